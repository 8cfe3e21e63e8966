"""Synchrony of several fronts against interval jitter. Invariant: a window is at most a third of its bin, the actor is
fixed beforehand, and no p-value stands without its correction for the number of tests.

Follows Amarasingham et al. 2012, doi 10.1152/jn.00633.2011.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from faultline.measure.chance import between, generator, p_above
from faultline.measure.events import Events, Floats, Ints
from faultline.measure.form import ALARM, CHANCE, NOT_ENOUGH, Measure, corrected, window_of
from faultline.measure.named_days import places_hit
from faultline.measure.parties import Party, parties_of
from faultline.measure.sight import Sight
from faultline.measure.synchrony.fronts import fronts_of
from faultline.measure.synchrony.jitter import Jitter, fronts_in_window, hits, null_coincidences
from faultline.measure.synchrony.jitter import coincidences as count
from faultline.measure.synchrony.load import load_on
from faultline.measure.synchrony.warn import batching
from faultline.record.analysis import Measured
from faultline.record.declared import NamedDay
from faultline.record.finding import Curve, Finding

NAME = "synchrony"
LEAST = 30  # front-days of one actor
NEAR = 90  # days on either side of a named day in which a table that covers it has a row
NULL = "interval jitter: each front's days redrawn within fixed bins"
_BAND = "90 % of the null"


@dataclass(frozen=True)
class _Hits:
    """The front-days of one party: `days` count from the first day of the table."""

    party: Party
    fronts: Ints
    days: Ints
    length: int
    told_apart: str


def find(sight: Sight) -> Finding:
    """Rows for each party, window and bin; the named days; sensitivity to how fronts are told apart."""
    events = sight.events
    if events is None:
        raise ValueError("synchrony asks for an event table")
    exact = events.only(events.exact_day)
    found = list(_rows(sight, exact, None, settings(sight)))
    rows = tuple(corrected([_with_plain(row) for row in found], "more than chance"))
    named = [
        row for day in sight.declared.days for row in (*_named_day(sight, exact, day), *load_on(sight, exact, day))
    ]
    dropped = len(events) - len(exact)
    warnings = [*batching(exact), *([f"{dropped} rows of no exact day are left out."] if dropped else [])]
    return Finding(
        NAME,
        SYNCHRONY.question,
        _summary(rows),
        (*rows, *named),
        sensitivity=_sensitivity(sight, exact),
        curves=_curves(sight, exact),
        warnings=(*warnings, "Hits on the same days never prove coordination: a common cause does the same."),
        frame=events.frame.id,
    )


def settings(sight: Sight) -> tuple[tuple[int, int], ...]:
    """Each declared window with the smallest declared bin that is three times as long: what is tested."""
    bins = sorted(sight.declared.bins)
    return tuple((w, b) for w in sight.declared.windows for b in [next((b for b in bins if b >= 3 * w), 0)] if b)


def other_settings(sight: Sight) -> tuple[tuple[int, int], ...]:
    """The declared windows with the longer bins: what the tests are sensitive to."""
    tested = settings(sight)
    return tuple((w, b) for w, first in tested for b in sorted(sight.declared.bins) if b > first)


def _hits(sight: Sight, events: Events, party: Party, by_unit: bool | None) -> _Hits:
    chosen = events.only(party.rows(events))
    numbers, told_apart = fronts_of(chosen, sight.declared.front_km, by_unit)
    origin = int(events.first.min()) if len(events) else 0
    fronts, days = hits(numbers, chosen.first - origin)
    length = int(events.first.max()) - origin + 1 if len(events) else 0
    return _Hits(party, fronts, days, length, told_apart)


def _sensitivity(sight: Sight, events: Events) -> tuple[Measured, ...]:
    """Longer bins, and fronts told apart by distance."""
    longer = (row for row in _rows(sight, events, None, other_settings(sight)) if row.statistic is not None)
    by_distance = (row for row in _rows(sight, events, False, settings(sight)) if row.statistic is not None)
    return (*longer, *by_distance)


def _rows(
    sight: Sight, events: Events, by_unit: bool | None, tested: tuple[tuple[int, int], ...]
) -> Iterator[Measured]:
    for party in parties_of(sight, events):
        one = _hits(sight, events, party, by_unit)
        if len(one.days) < LEAST or len(np.unique(one.fronts)) < 2:
            yield _refused(one, events)
            continue
        for setting in tested:
            yield _row(sight, one, setting, events)


def _refused(one: _Hits, events: Events) -> Measured:
    note = f"{len(one.days)} days on which a front was hit, at least {LEAST} on two fronts are needed"
    row = Measured(NAME, None, "pairs of fronts", window_of(events), NULL, verdict=NOT_ENOUGH)
    return replace(row, subject=one.party.name, n=len(one.days), frame=events.frame.id, note=note)


def _row(sight: Sight, one: _Hits, setting: tuple[int, int], events: Events) -> Measured:
    window, width = setting
    chance = generator(sight.seed, NAME, one.party.id, window, width, one.told_apart)
    seen = count(one.fronts, one.days, window)
    jitter = Jitter((one.fronts, one.days), width, one.length)
    draws = null_coincidences(jitter, window, sight.declared.draws, chance, seen)
    low, high = between(draws)
    expected = float(draws.mean())
    p = p_above(seen, draws)
    return Measured(
        NAME,
        float(seen),
        "pairs of fronts",
        window_of(events),
        NULL,
        low,
        high,
        p,
        verdict="more than chance" if p <= ALARM else CHANCE,
        name=f"hit within {window} day{'s' if window > 1 else ''}",
        subject=one.party.name,
        null=expected,
        interval=_BAND,
        n=len(one.days),
        settings=f"window={window} days; bin={width} days; fronts={one.told_apart}",
        frame=events.frame.id,
        note=f"ratio {seen / expected:.2f}" if expected else "",
    )


def _with_plain(row: Measured) -> Measured:
    """The row with its p-value before correction in the note."""
    if row.p_value is None:
        return row
    note = "; ".join(part for part in (row.note, f"alone p = {row.p_value:.3g}") if part)
    return replace(row, note=note)


def _named_day(sight: Sight, events: Events, day: NamedDay) -> Iterator[Measured]:
    """How many fronts were hit on the named days, alone and against the busiest days of jittered worlds."""
    first, last = day.days.first_day, day.days.last_day
    party = next((p for p in parties_of(sight, events) if p.id == day.coalition), None)
    if first is None or last is None or party is None or not len(events):
        return
    one = _hits(sight, events, party, None)
    at, window = first.toordinal() - int(events.first.min()), (last - first).days + 1
    if not 0 <= at <= one.length - window or not len(one.days):
        return
    if not (np.abs(events.first - first.toordinal()) <= NEAR).any():
        row = Measured(NAME, None, "fronts", day.days, NULL, verdict=NOT_ENOUGH, name=f"{day.name} ({day.standing})")
        note = f"the table has no row within {NEAR} days of it"
        yield replace(row, subject=party.name, frame=events.frame.id, note=note)
        return
    width = next((b for b in sorted(sight.declared.bins) if b >= 3 * window), max(sight.declared.bins))
    seen = int(fronts_in_window(one.fronts, one.days, window, one.length)[at])
    there, anywhere = _busiest(sight, one, (at, window, width))
    low, high = between(there)
    yield Measured(
        NAME,
        float(seen),
        "fronts",
        day.days,
        NULL,
        low,
        high,
        p_above(seen, anywhere),
        verdict="more than chance" if p_above(seen, anywhere) <= ALARM else CHANCE,
        name=f"{day.name} ({day.standing})",
        subject=party.name,
        null=float(there.mean()),
        interval=_BAND,
        n=len(one.days),
        settings=f"window={window} days; bin={width} days; searched={one.length} days",
        frame=events.frame.id,
        note=f"on that day alone p = {p_above(seen, there):.3g}; p is corrected for the search over all days",
    )


def _busiest(sight: Sight, one: _Hits, setting: tuple[int, int, int]) -> tuple[Floats, Floats]:
    """Fronts hit in the window and in the busiest window of each jittered world."""
    at, window, width = setting
    chance = generator(sight.seed, NAME, "named", one.party.id, at, window)
    jitter = Jitter((one.fronts, one.days), width, one.length)
    there, anywhere = np.empty(sight.declared.draws), np.empty(sight.declared.draws)
    for draw in range(sight.declared.draws):
        within = fronts_in_window(one.fronts, jitter.draw(chance), window, one.length)
        there[draw], anywhere[draw] = within[at], within.max()
    return there, anywhere


def _summary(rows: tuple[Measured, ...]) -> str:
    tested = [row for row in rows if row.p_value is not None]
    if not tested:
        return f"No party has {LEAST} days with a hit on one of two fronts: {NOT_ENOUGH}."
    beyond = [row for row in tested if row.p_value is not None and row.p_value <= ALARM]
    if not beyond:
        return f"Fronts are hit together no more often than chance in any of {len(tested)} tests."
    names = ", ".join(dict.fromkeys(row.subject for row in beyond))
    return (
        f"Fronts are hit together more often than chance by {names} ({len(beyond)} of {len(tested)} tests, corrected)."
    )


def _curves(sight: Sight, events: Events) -> tuple[Curve, ...]:
    """Fronts hit in a week by each party."""
    curves = []
    for party in parties_of(sight, events):
        one = _hits(sight, events, party, None)
        if len(one.days) < LEAST:
            continue
        weekly = fronts_in_window(one.fronts, one.days, 7, one.length)[::7]
        origin = int(events.first.min())
        days = tuple(date.fromordinal(origin + 7 * n).isoformat() for n in range(len(weekly)))
        counts = tuple(float(v) for v in weekly)
        curves.append(Curve(party.name, "step", days, counts, "fronts hit in a week", panel=party.name))
    return tuple(curves)


SYNCHRONY = Measure(
    NAME,
    "Are several fronts hit on the same days more often than their own rates explain?",
    "Pairs of different fronts hit within a window of days by one actor or coalition that was fixed beforehand.",
    "pairs of fronts",
    NULL,
    LEAST,
    True,
    "More than chance is not coordination: weather, reporting in batches and a common cause do the same. A bin"
    " shorter than an offensive hides it.",
    "Amarasingham et al. 2012, doi 10.1152/jn.00633.2011",
    find,
    places_hit,
    least="30 days on which a party hit one of at least two fronts",
)
