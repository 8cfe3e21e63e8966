"""Turns a seed into one stream of chance for each part of a sandbox. Invariant: what one part draws never moves what
another draws, so a world stays the same while its reporting changes."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_PARTS = ("country", "parties", "pulse", "politics", "deeds", "press", "prose", "table")


def stream(seed: int, part: str) -> np.random.Generator:
    """The generator of that part; always the same for the same seed."""
    return np.random.default_rng([seed, _PARTS.index(part)])


def pick(rng: np.random.Generator, among: Sequence[T]) -> T:
    """One of them, all equally likely."""
    return among[int(rng.integers(len(among)))]


def weighed(rng: np.random.Generator, weights: Mapping[T, float]) -> T:
    """One of the keys, by its weight."""
    keys = list(weights)
    shares = np.array([weights[key] for key in keys], dtype=float)
    return keys[int(rng.choice(len(keys), p=shares / shares.sum()))]


def chance(rng: np.random.Generator, probability: float) -> bool:
    """True with that probability."""
    return bool(rng.random() < probability)
