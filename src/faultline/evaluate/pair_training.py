"""Turns pairs whose answer is known into a pair model. Invariant: calibration, threshold and the mark of certainty are
chosen on folds that the trees in question have not seen; no chance that is not seeded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from faultline.evaluate.pair_certainty import NONE_SURE, merges, sure_from
from faultline.record import boosting
from faultline.resolve.cluster import Links, average_link
from faultline.resolve.columns import Floats, Ints
from faultline.resolve.company import company
from faultline.resolve.match import PairModel, calibrated, doubted, log_odds
from faultline.resolve.pairs import AGAINST, FEATURES, FOR, Features

Flags = NDArray[np.bool_]

SPARED = 5
DOUBT = 2.0  # pairs of one event rest on one another: what was never wrong here may be elsewhere
POOL = 60  # pairs that a step of the calibration rests on at least
NEVER = -1  # the fold of rows that train the likeness and are never held out


@dataclass(frozen=True)
class Examples:
    """Rows with their pairs: `features` pairs x FEATURES, `a` and `b` rows, `same` the answers where they are `known`,
    `weight` what a pair counts. Of each row: its `fold`, and `apart` (rows of one number never stand together).
    `judge` says how good a grouping is, from the group of each row, higher is better."""

    features: Features
    a: Ints
    b: Ints
    same: Flags
    known: Flags
    weight: Floats
    fold: Ints
    apart: Ints
    judge: Callable[[Sequence[int]], float]


@dataclass(frozen=True)
class Recipe:
    """How the trees are grown, and what is tried when the threshold is chosen. `purity` is the share of right merges
    above the mark of certainty; `contradiction` as in match.doubted. `directed` trees hold that what speaks for a pair
    never speaks against it: they fit a collection less and travel better."""

    screen_at: float = 0.002
    screen_trees: int = 15
    trees: int = 100
    leaves: int = 15
    rate: float = 0.1
    verdict_trees: int = 120
    verdict_leaves: int = 8
    verdict_rate: float = 0.06
    thresholds: tuple[float, ...] = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
    purity: float = 0.95
    contradiction: float = 1.0
    directed: bool = False
    seed: int = 1


def train(examples: Examples, recipe: Recipe) -> PairModel:
    """A model from pairs with answers, calibrated on held-out folds."""
    screen = _grow(examples, np.ones(len(examples.a), bool), examples.features, _screen(recipe))
    seen = _kept(screen, examples.features) > recipe.screen_at
    alone, likeness = held_out(examples, seen, examples.features, _alone(recipe))
    inside = ~np.isnan(alone)
    together = company(len(examples.fold), examples.a[inside], examples.b[inside], alone[inside])
    wide = np.full((len(examples.a), examples.features.shape[1] + together.shape[1]), np.nan, np.float32)
    wide[inside] = np.column_stack([examples.features[inside], together])
    raw, verdict = held_out(examples, inside, wide, _verdict(recipe))
    asked = inside & examples.known
    line = calibration(raw[asked], examples.same[asked])
    probability = doubted(calibrated(raw, line), examples.features, recipe.contradiction)
    model = PairModel(
        screen=screen,
        likeness=likeness,
        verdict=verdict,
        screen_at=recipe.screen_at,
        calibration=line,
        contradiction=recipe.contradiction,
        threshold=0.0,
        sure=NONE_SURE,
    )
    threshold, groups = _threshold(examples, inside, probability[inside], recipe)
    found = merges(groups, _rows(examples, inside, probability), _answers(examples, asked), examples.fold)
    return replace(model, threshold=threshold, sure=sure_from(found, recipe.purity))


def _rows(e: Examples, inside: Flags, probability: Floats) -> list[tuple[int, int, float]]:
    return list(zip(e.a[inside].tolist(), e.b[inside].tolist(), probability[inside].tolist(), strict=True))


def _answers(e: Examples, asked: Flags) -> dict[tuple[int, int], bool]:
    keys = zip(np.minimum(e.a, e.b)[asked].tolist(), np.maximum(e.a, e.b)[asked].tolist(), strict=True)
    return dict(zip(keys, e.same[asked].tolist(), strict=True))


def thinned(examples: Examples) -> Examples:
    """The examples with every fifth of the pairs that are not the same and in no fold, at the weight of five."""
    outside = (examples.fold[examples.a] == NEVER) & (examples.fold[examples.b] == NEVER) & ~examples.same
    spared = outside & (np.arange(len(examples.a)) % SPARED != 0)
    kept = np.flatnonzero(~spared)
    return replace(
        examples,
        features=examples.features[kept],
        a=examples.a[kept],
        b=examples.b[kept],
        same=examples.same[kept],
        known=examples.known[kept],
        weight=np.where(outside, examples.weight * SPARED, examples.weight)[kept],
    )


def calibration(raw: Floats, same: Flags) -> tuple[tuple[float, float], ...]:
    """Knots of `calibrated`: log odds as given and as found, of pools of pairs in which the share of the same rises
    (isotonic regression by pooling adjacent violators; Ayer et al. 1955, doi 10.1214/aoms/1177728423)."""
    order = np.argsort(raw, kind="stable")
    parts = np.array_split(order, max(1, len(order) // POOL))
    pools = [(float(log_odds(raw[p]).sum()), float(same[p].sum()), len(p)) for p in parts if len(p)]
    kept: list[tuple[float, float, int]] = []
    for pool in pools:
        kept.append(pool)
        while len(kept) > 1 and kept[-2][1] / kept[-2][2] >= kept[-1][1] / kept[-1][2]:
            last, before = kept.pop(), kept.pop()
            kept.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    return tuple((given / n, log((right + DOUBT) / (n - right + DOUBT))) for given, right, n in kept)


def held_out_likeness(examples: Examples, recipe: Recipe) -> Floats:
    """The likeness of each pair by trees that saw nothing of its folds; 0 for pairs across folds."""
    everything = np.ones(len(examples.a), bool)
    return np.nan_to_num(held_out(examples, everything, examples.features, _alone(recipe))[0])


def held_out(e: Examples, used: Flags, features: Features, parameters: "_Trees") -> tuple[Floats, str]:
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
    directed: bool


def _screen(recipe: Recipe) -> _Trees:
    return _Trees(recipe.screen_trees, 8, 0.3, recipe.seed, recipe.directed)


def _alone(recipe: Recipe) -> _Trees:
    return _Trees(recipe.trees, recipe.leaves, recipe.rate, recipe.seed, recipe.directed)


def _verdict(recipe: Recipe) -> _Trees:
    return _Trees(recipe.verdict_trees, recipe.verdict_leaves, recipe.verdict_rate, recipe.seed, recipe.directed)


def _grow(e: Examples, used: Flags, features: Features, trees: _Trees) -> str:
    parameters: dict[str, object] = {
        "objective": "binary", "learning_rate": trees.rate, "num_leaves": trees.leaves, "min_data_in_leaf": 40,
        "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "seed": trees.seed,
    }  # fmt: skip
    if trees.directed:
        parameters["monotone_constraints"] = _directions(features.shape[1])
    used = used & e.known
    grown = boosting.train(parameters, features[used], e.same[used].astype(float), e.weight[used], trees.rounds)
    return boosting.written(grown)


def _directions(width: int) -> list[int]:
    """Whether a feature may only speak for a pair (1), only against it (-1) or both (0); company is free."""
    signs = {**dict.fromkeys(FOR, 1), **dict.fromkeys(AGAINST, -1)}
    return [signs.get(name, 0) for name in FEATURES] + [0] * (width - len(FEATURES))


def _kept(text: str, features: Features) -> Floats:
    return boosting.predict(boosting.read(text), features)


def _threshold(e: Examples, inside: Flags, probability: Floats, recipe: Recipe) -> tuple[float, Sequence[int]]:
    """The threshold whose groups are the best, over the rows of all folds, and the groups; the highest of equals."""
    ids = [f"{row:09d}" for row in range(len(e.fold))]
    pairs = list(zip(e.a[inside].tolist(), e.b[inside].tolist(), probability.tolist(), strict=True))
    links = Links(apart=e.apart.tolist())
    made = {t: average_link(ids, pairs, links, t) for t in recipe.thresholds}
    best = max((round(e.judge(groups), 4), t) for t, groups in made.items())[1]
    return best, made[best]
