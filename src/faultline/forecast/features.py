"""Turns a table up to its last month into what a model sees of each unit in each month. Invariant: the row of a month
is worked out from that month and earlier ones alone, so that a row of the past is what it was then."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from faultline.forecast.around import NAMES, around
from faultline.forecast.outcomes import EVENTS, Monthly
from faultline.forecast.season import turn
from faultline.forecast.sums import decay, total
from faultline.measure.chance import Floats

SUMS = (1, 2, 3, 6, 12, 24, 60, 120)
DECAYS = (1, 3, 6, 12, 36, 120)  # half-lives in months of the self-exciting decays
FADING = 4  # half-life in months of the mean that forgets
FADED = f"faded {FADING}"
LONGEST_QUIET = 240.0  # months since the last death, at most
GROUPS = {
    "level": "deaths of the last six months",
    "long": "deaths of the last one to ten years",
    "decay": "self-exciting decay of past deaths",
    "often": "how often there were deaths at all",
    "spread": "how unsteady the last year was",
    "other": "deaths of the other types of violence",
    "events": "how many separate events there were",
    "around": "deaths in the states next to it",
    "world": "how bloody the world was, how long the unit has been in the table",
    "season": "how the same months of the last two years were",
    "ahead": "how far ahead the month lies",
}


@dataclass(frozen=True)
class Seen:
    """Features by unit and month: `values` (units, months, features), with the name and group of each feature; `turn`
    is the turn of the year seen from each month (season.py), `first` the number of the first month."""

    names: tuple[str, ...]
    groups: tuple[str, ...]
    values: Floats
    turn: Floats
    first: int

    def one(self, name: str) -> Floats:
        """One feature, (units, months)."""
        return np.asarray(self.values[:, :, self.names.index(name)])


def features(table: Monthly) -> Seen:
    """Every feature of every unit and month of the table."""
    found = [*_own(table.deaths), *_others(table), *_events(table), *_world(table), *_near(table)]
    names, groups, values = zip(*found, strict=True)
    return Seen(names, groups, np.stack(values, axis=-1).astype(np.float32), turn(table.deaths), table.first)


def _own(deaths: Floats) -> Iterator[tuple[str, str, Floats]]:
    logs = np.log1p(deaths)
    some = (deaths > 0).astype(float)
    for months in SUMS:
        yield f"mean {months}", "level" if months <= 6 else "long", np.log1p(total(deaths, months) / months)
    yield from _decays("decay", "decay", logs, DECAYS)
    yield FADED, "level", np.log1p(decay(deaths, FADING)[0])
    yield from _decays("decay of any", "decay", some, (3, 12))
    for months in (6, 12, 24, 60):
        yield f"share of months {months}", "often", total(some, months) / months
    for months in (12, 60):
        yield f"share of months over 25 {months}", "often", total((deaths >= 25).astype(float), months) / months
    yield "months since", "often", _since(deaths)
    for months in (12, 24, 60):
        mean = total(logs, months) / months
        yield f"spread {months}", "spread", np.sqrt(np.maximum(total(logs**2, months) / months - mean**2, 0))
    for name, rank in (("most 12", -1), ("middle 12", 6), ("second least 12", 1)):
        yield name, "spread", np.log1p(_ranked(deaths, 12, rank))
    yield "second 6", "spread", np.log1p(_ranked(deaths, 6, -2))


def _others(table: Monthly) -> Iterator[tuple[str, str, Floats]]:
    for name, deaths in table.beside.items():
        if name == EVENTS:
            continue
        for months in (3, 12, 60):
            yield f"{name} mean {months}", "other", np.log1p(total(deaths, months) / months)
        yield from _decays(f"{name} decay", "other", np.log1p(deaths), (6, 36))
        yield f"{name} months since", "other", _since(deaths)


def _events(table: Monthly) -> Iterator[tuple[str, str, Floats]]:
    """Many small events say more of the months to come than one large one; nothing where the table has no count."""
    if EVENTS not in table.beside:
        return
    events = table.beside[EVENTS]
    for months in (1, 3, 6, 12, 24, 60):
        yield f"events {months}", "events", np.log1p(total(events, months) / months)
    logs = np.log1p(events)
    for months, decayed in zip((3, 12), decay(logs, 3, 12), strict=True):
        yield f"events decay {months}", "events", decayed
        each = total(table.deaths, months) / np.maximum(total(events, months), 1.0)
        yield f"deaths an event {months}", "events", np.log1p(each)
    mean = total(logs, 12) / 12
    yield "spread of events 12", "events", np.sqrt(np.maximum(total(logs**2, 12) / 12 - mean**2, 0))


def _decays(name: str, group: str, values: Floats, months: tuple[int, ...]) -> Iterator[tuple[str, str, Floats]]:
    for half_life, decayed in zip(months, decay(values, *months), strict=True):
        yield f"{name} {half_life}", group, decayed


def _world(table: Monthly) -> Iterator[tuple[str, str, Floats]]:
    yield "world 12", "world", np.broadcast_to(world(table)[None, :], table.deaths.shape)
    yield "age", "world", np.minimum(np.cumsum(table.exists, axis=1) / 12.0, 40.0)


def _near(table: Monthly) -> Iterator[tuple[str, str, Floats]]:
    if table.around is None:
        told = around(table.deaths, table.near)
    else:
        told = np.broadcast_to(table.around[:, None, None], (len(NAMES), *table.deaths.shape))
    for name, values in zip(NAMES, told, strict=True):
        yield name, "around", values


def world(table: Monthly) -> Floats:
    """Log of all deaths of the twelve months to each month, (months,), by the table or as it was told."""
    if table.world is not None:
        return table.world
    return np.asarray(np.log1p(total(table.deaths, 12).sum(axis=0)))


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
