"""Turns paths into outcomes by region and month. Invariant: nothing finer leaves here; with a scenario every outcome
stands beside that of the paths without it."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from faultline.model.play import Played, months_of
from faultline.model.setting import Setting
from faultline.record.scenario import Outlook

Floats = npt.NDArray[np.float64]
COUNTRY = "the country"
VIOLENCE, CHANGED, BLOCKADED = "violence", "places that change hands", "blockades"
LONGEST, RESTRICTED = "longest blockade", "restrictions in the capital"
_Labels = tuple[str, str, str, str, str]


def outlooks(setting: Setting, played: Played, base: Played | None = None) -> tuple[Outlook, ...]:
    """Every outcome with its 90 % interval; `base` are paths without the scenario."""
    found = _labelled(setting, played)
    other = dict(_labelled(setting, base)) if base else {}
    return tuple(_row(labels, values, other.get(labels)) for labels, values in found)


def _labelled(setting: Setting, played: Played) -> list[tuple[_Labels, Floats]]:
    """Values by path of each outcome with its labels: outcome, unit, region, month, mark."""
    months, _ = months_of(setting.issue, setting.weeks)
    found: list[tuple[_Labels, Floats]] = []
    for k, mark in enumerate(setting.marks):
        values = played.violence[:, :, :, k]
        found += [((VIOLENCE, "events", *where, mark), v) for where, v in _cut(values, setting.region_names, months)]
    parts = ((CHANGED, "places", played.changed), (BLOCKADED, "place-days", played.blockaded))
    for outcome, unit, rows in parts:
        if rows is not None:
            found += [((outcome, unit, *where, ""), v) for where, v in _cut(rows, setting.region_names, months)]
    if played.longest is not None:
        found.append(((LONGEST, "days", COUNTRY, "", ""), played.longest))
    if played.restricted is not None:
        rows = played.restricted
        found.append(((RESTRICTED, "days", COUNTRY, "", ""), rows.sum(axis=1)))
        found += [((RESTRICTED, "days", COUNTRY, month, ""), rows[:, m]) for m, month in enumerate(months)]
    return found


def _cut(values: Floats, regions: Sequence[str], months: Sequence[str]) -> Iterator[tuple[tuple[str, str], Floats]]:
    """The whole, then by region, then by region and month, of paths x months x regions."""
    yield (COUNTRY, ""), values.sum(axis=(1, 2))
    for m, month in enumerate(months):
        yield (COUNTRY, month), values[:, m].sum(axis=1)
    for r, region in enumerate(regions):
        yield (region, ""), values[:, :, r].sum(axis=1)
        for m, month in enumerate(months):
            yield (region, month), values[:, m, r]


def _row(labels: _Labels, values: Floats, base: Floats | None) -> Outlook:
    low, middle, high = _spread(values)
    mean, some = float(values.mean()), float((values > 0).mean())
    if base is None:
        return Outlook(*labels, mean, low, middle, high, some)
    more = float((values > base).mean() + (values == base).mean() / 2)
    return Outlook(*labels, mean, low, middle, high, some, float(base.mean()), more, *_spread(base))


def _spread(values: Floats) -> tuple[float, float, float]:
    """The ends of the middle 90 % of paths, and its middle between them."""
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return float(low), float(middle), float(high)
