"""Turns pairs whose answer is known into a pair model. Invariant: calibration, threshold and the mark of certainty are
chosen on folds that the trees in question have not seen; no chance that is not seeded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import lightgbm
import numpy as np
from numpy.typing import NDArray

from faultline.evaluate.grouping import likeness_of_groups
from faultline.resolve.cluster import Links, average_link
from faultline.resolve.columns import Floats, Ints
from faultline.resolve.company import company
from faultline.resolve.match import PairModel, calibrated
from faultline.resolve.pairs import Features

Flags = NDArray[np.bool_]

NEVER = -1  # the fold of rows that train the likeness and are never held out


@dataclass(frozen=True)
class Examples:
    """Rows with their pairs: `features` pairs x FEATURES, `a` and `b` rows, `same` the answers. Of each row: `fold`,
    its true `group`, and `apart` (rows of one number never stand together). `weight` of each pair."""

    features: Features
    a: Ints
    b: Ints
    same: Flags
    fold: Ints
    group: Sequence[str]
    apart: Ints
    weight: Floats


@dataclass(frozen=True)
class Recipe:
    """How the trees are grown, and what is tried when the threshold is chosen. `purity` is the share of right answers
    above the mark of certainty."""

    screen_at: float = 0.002
    screen_trees: int = 15
    trees: int = 100
    leaves: int = 15
    rate: float = 0.1
    verdict_trees: int = 120
    verdict_leaves: int = 8
    verdict_rate: float = 0.06
    thresholds: tuple[float, ...] = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
    purity: float = 0.97
    seed: int = 1


def train(examples: Examples, recipe: Recipe) -> PairModel:
    """A model from pairs with answers, calibrated on held-out folds."""
    screen = _grow(examples, np.ones(len(examples.a), bool), examples.features, _screen(recipe))
    seen = _kept(screen, examples.features) > recipe.screen_at
    alone, likeness = _held_out(examples, seen, examples.features, _alone(recipe))
    inside = ~np.isnan(alone)
    together = company(len(examples.fold), examples.a[inside], examples.b[inside], alone[inside])
    wide = np.full((len(examples.a), examples.features.shape[1] + together.shape[1]), np.nan, np.float32)
    wide[inside] = np.column_stack([examples.features[inside], together])
    raw, verdict = _held_out(examples, inside, wide, _verdict(recipe))
    slope, offset = platt(raw[inside], examples.same[inside])
    probability = calibrated(raw[inside], slope, offset)
    model = PairModel(
        screen=screen,
        likeness=likeness,
        verdict=verdict,
        screen_at=recipe.screen_at,
        slope=slope,
        offset=offset,
        threshold=0.0,
        sure=sure_from(probability, examples.same[inside], recipe.purity),
    )
    return replace(model, threshold=_threshold(examples, inside, probability, recipe))


def platt(raw: Floats, same: Flags) -> tuple[float, float]:
    """Slope and offset of the logistic line through the log odds that makes the answers likeliest (Newton's method)."""
    clipped = np.clip(raw, 1e-6, 1 - 1e-6)
    design = np.column_stack([np.log(clipped / (1 - clipped)), np.ones(len(raw))])
    weights = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-(design @ weights)))
        curve = design.T @ (design * (p * (1 - p))[:, None]) + 1e-6 * np.eye(2)
        step = np.linalg.solve(curve, design.T @ (same - p))
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return float(weights[0]), float(weights[1])


def sure_from(probability: Floats, same: Flags, purity: float) -> float:
    """The smallest probability from which on at least `purity` of the pairs are one happening; 1.0 where none is."""
    order = np.argsort(-probability, kind="stable")
    right = np.cumsum(same[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= purity)
    return float(probability[order][enough[-1]]) if len(enough) else 1.0


def _held_out(e: Examples, used: Flags, features: Features, parameters: "_Trees") -> tuple[Floats, str]:
    """The likeness of each pair inside a fold by trees that saw nothing of the fold (NaN for other pairs and unused
    ones), and the trees grown on everything that is used."""
    found = np.full(len(e.a), np.nan)
    fold_a, fold_b = e.fold[e.a], e.fold[e.b]
    for fold in sorted(set(e.fold.tolist()) - {NEVER}):
        inside = used & (fold_a == fold) & (fold_b == fold)
        rest = used & (fold_a != fold) & (fold_b != fold)
        if inside.any():
            found[inside] = _kept(_grow(e, rest, features, parameters), features[inside])
    return found, _grow(e, used, features, parameters)


@dataclass(frozen=True)
class _Trees:
    rounds: int
    leaves: int
    rate: float
    seed: int


def _screen(recipe: Recipe) -> _Trees:
    return _Trees(recipe.screen_trees, 8, 0.3, recipe.seed)


def _alone(recipe: Recipe) -> _Trees:
    return _Trees(recipe.trees, recipe.leaves, recipe.rate, recipe.seed)


def _verdict(recipe: Recipe) -> _Trees:
    return _Trees(recipe.verdict_trees, recipe.verdict_leaves, recipe.verdict_rate, recipe.seed)


def _grow(e: Examples, used: Flags, features: Features, trees: _Trees) -> str:
    """One thread and fixed seeds: the same trees on every machine."""
    parameters = {
        "objective": "binary", "learning_rate": trees.rate, "num_leaves": trees.leaves, "min_data_in_leaf": 40,
        "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1,
        "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": trees.seed,
    }  # fmt: skip
    data = lightgbm.Dataset(features[used], e.same[used].astype(float), weight=e.weight[used])
    return str(lightgbm.train(parameters, data, trees.rounds).model_to_string())


def _kept(text: str, features: Features) -> Floats:
    return np.asarray(lightgbm.Booster(model_str=text).predict(features, num_threads=1), dtype=float)


def _threshold(e: Examples, inside: Flags, probability: Floats, recipe: Recipe) -> float:
    """The threshold whose groups, over the rows of all folds, are likest to the true ones; the highest of equals."""
    rows = np.flatnonzero(e.fold != NEVER)
    place = {int(row): n for n, row in enumerate(rows)}
    ids = [f"{row:09d}" for row in rows]
    pairs = [
        (place[int(x)], place[int(y)], float(p)) for x, y, p in zip(e.a[inside], e.b[inside], probability, strict=True)
    ]
    links = Links(apart=[int(e.apart[row]) for row in rows])
    truth = [e.group[int(row)] for row in rows]
    best = (-1.0, 0.0)
    for threshold in recipe.thresholds:
        found = average_link(ids, pairs, links, threshold)
        best = max(best, (round(likeness_of_groups(truth, found), 4), threshold))
    return best[1]
