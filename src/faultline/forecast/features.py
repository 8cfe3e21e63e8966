"""Turns a table up to its last month into what a model sees of each unit in each month. Invariant: the row of a month
is worked out from that month and earlier ones alone, so that a row of the past is what it was then."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from faultline.forecast.outcomes import Monthly
from faultline.measure.chance import Floats

SUMS = (1, 2, 3, 6, 12, 24, 60, 120)
DECAYS = (1, 3, 6, 12, 36, 120)  # half-lives in months of the self-exciting decays
LONGEST_QUIET = 240.0  # months since the last death, at most
GROUPS = {
    "level": "deaths of the last six months",
    "long": "deaths of the last one to ten years",
    "decay": "self-exciting decay of past deaths",
    "often": "how often there were deaths at all",
    "spread": "how unsteady the last year was",
    "other": "deaths of the other types of violence",
    "world": "how bloody the world was, how long the unit has been in the table",
    "ahead": "how far ahead the month lies",
}


@dataclass(frozen=True)
class Seen:
    """Features by unit and month: `values` (units, months, features), with the name and group of each feature."""

    names: tuple[str, ...]
    groups: tuple[str, ...]
    values: Floats

    def one(self, name: str) -> Floats:
        """One feature, (units, months)."""
        return np.asarray(self.values[:, :, self.names.index(name)])


def features(table: Monthly) -> Seen:
    """Every feature of every unit and month of the table."""
    found = [*_own(table.deaths), *_others(table), *_around(table)]
    names, groups, values = zip(*found, strict=True)
    return Seen(names, groups, np.stack(values, axis=-1).astype(np.float32))


def _own(deaths: Floats) -> Iterator[tuple[str, str, Floats]]:
    logs = np.log1p(deaths)
    some = (deaths > 0).astype(float)
    for months in SUMS:
        yield f"mean {months}", "level" if months <= 6 else "long", np.log1p(_total(deaths, months) / months)
    for months in DECAYS:
        yield f"decay {months}", "decay", _decay(logs, months)
    for months in (3, 12):
        yield f"decay of any {months}", "decay", _decay(some, months)
    for months in (6, 12, 24, 60):
        yield f"share of months {months}", "often", _total(some, months) / months
    for months in (12, 60):
        yield f"share of months over 25 {months}", "often", _total((deaths >= 25).astype(float), months) / months
    yield "months since", "often", _since(deaths)
    mean = _total(logs, 12) / 12
    yield "spread 12", "spread", np.sqrt(np.maximum(_total(logs**2, 12) / 12 - mean**2, 0))
    for name, rank in (("most 12", -1), ("middle 12", 6)):
        yield name, "spread", np.log1p(_ranked(deaths, 12, rank))
    yield "second 6", "spread", np.log1p(_ranked(deaths, 6, -2))


def _others(table: Monthly) -> Iterator[tuple[str, str, Floats]]:
    for name, deaths in table.beside.items():
        for months in (3, 12, 60):
            yield f"{name} mean {months}", "other", np.log1p(_total(deaths, months) / months)
        for months in (6, 36):
            yield f"{name} decay {months}", "other", _decay(np.log1p(deaths), months)
        yield f"{name} months since", "other", _since(deaths)


def _around(table: Monthly) -> Iterator[tuple[str, str, Floats]]:
    yield "world 12", "world", np.broadcast_to(world(table)[None, :], table.deaths.shape)
    yield "age", "world", np.minimum(np.cumsum(table.exists, axis=1) / 12.0, 40.0)


def world(table: Monthly) -> Floats:
    """Log of all deaths of the twelve months to each month, (months,), by the table or as it was told."""
    if table.world is not None:
        return table.world
    return np.asarray(np.log1p(_total(table.deaths, 12).sum(axis=0)))


def _total(values: Floats, months: int) -> Floats:
    """Sum of each month and those before it, `months` in all or as many as there are."""
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    at = np.arange(values.shape[1])
    return np.asarray(sums[:, at + 1] - sums[:, np.maximum(at + 1 - months, 0)])


def _decay(values: Floats, half_life: int) -> Floats:
    """Mean of all months so far, each weighing half of one that is `half_life` months younger."""
    stays = 0.5 ** (1.0 / half_life)
    found = np.empty_like(values, dtype=float)
    state = np.zeros(len(values))
    for month in range(values.shape[1]):
        state = stays * state + (1.0 - stays) * values[:, month]
        found[:, month] = state
    return found


def _since(values: Floats) -> Floats:
    found = np.empty_like(values, dtype=float)
    state = np.full(len(values), LONGEST_QUIET)
    for month in range(values.shape[1]):
        state = np.where(values[:, month] > 0, 0.0, np.minimum(state + 1, LONGEST_QUIET))
        found[:, month] = state
    return found


def _ranked(values: Floats, months: int, rank: int) -> Floats:
    """One order statistic of each month and those before it; months before the table count as none."""
    padded = np.concatenate([np.zeros((len(values), months - 1)), values], axis=1)
    frames = np.lib.stride_tricks.sliding_window_view(padded, months, axis=1)
    return np.asarray(np.sort(frames, axis=-1)[:, :, rank])
