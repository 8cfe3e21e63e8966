"""How far from the capital events happen, and whether that changed. Invariant: a shift of the median alone is never
called pressure on the capital: the near quantiles and the rings around it say that.

Follows Good 2005, doi 10.1007/b138696 (permutation); Künsch 1989, doi 10.1214/aos/1176347265 (blocks).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np

from faultline.measure.chance import between, generator, p_two_sided
from faultline.measure.events import Events, Flags, Floats, Ints
from faultline.measure.form import NOT_ENOUGH, Measure, corrected, window_of
from faultline.measure.named_days import how_near
from faultline.measure.parties import Party, parties_of
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.errors import NotFoundError
from faultline.record.finding import Curve, Finding, Told
from faultline.record.vocabulary import Kind
from faultline.resolve.pairs import haversine

NAME = "centre"
LEAST = 40  # events of a party, half before and half after the turn that is tested
QUANTILES = (0.10, 0.25, 0.50)
BLOCK = 14  # days that are moved as one: attacks come in waves
OTHER_YEARS = (183, 730)  # days: what the changes are sensitive to
YEAR = 365
_WHOLE = 0.95  # of the worlds must have an event in either period
_CHANGE = "two-week blocks of days dealt to the last year and the years before by chance"


def find(sight: Sight) -> Finding:
    """For each party the quantiles of distance and the shares within the rings, last year against before; entropy of
    regions; restrictions in the capital with their stated reason."""
    events = sight.events
    point = _capital(sight)
    told = tuple(_restrictions(sight))
    if events is None or point is None:
        why = "the case names no capital with coordinates"
        refused = CENTRE.refuse(NOT_ENOUGH, why, events)
        return Finding(NAME, CENTRE.question, refused.summary, refused.rows, told, frame=refused.frame)
    located = events.only(events.located)
    away = distance_km(located.latitude, located.longitude, *point)
    rows = [row for party in parties_of(sight, located) for row in _of_party(sight, located, away, party)]
    rows = corrected(rows, "changed")
    return Finding(
        NAME,
        CENTRE.question,
        _summary(rows),
        (*rows, *_entropy(sight, located)),
        told,
        sensitivity=tuple(r for party in parties_of(sight, located) for r in _other_turns(sight, located, away, party)),
        curves=tuple(c for party in parties_of(sight, located) for c in _curves(located, away, party)),
        warnings=(f"{len(events) - len(located)} rows whose place is coarser than a district are left out.",),
        frame=events.frame.id,
    )


def distance_km(latitude: Floats, longitude: Floats, north: float, east: float) -> Floats:
    """Great-circle kilometres from each point to one."""
    return haversine(np.stack([latitude, longitude], axis=1), np.array([[north, east]]))


def _capital(sight: Sight) -> tuple[float, float] | None:
    try:
        place = sight.case.place(sight.case.capital)
    except NotFoundError:
        return None
    return place.latitude, place.longitude


def _of_party(sight: Sight, events: Events, away: Floats, party: Party) -> Iterator[Measured]:
    chosen = party.rows(events)
    days, km = events.first[chosen], away[chosen]
    turn = int(events.first.max()) - YEAR + 1 if len(events) else 0
    after = days >= turn
    window = Days(date.fromordinal(turn), date.fromordinal(int(events.first.max())))
    if min(int(after.sum()), int((~after).sum())) < LEAST // 2:
        yield Measured(
            NAME,
            None,
            "km",
            window,
            _CHANGE,
            verdict=NOT_ENOUGH,
            subject=party.name,
            n=len(days),
            frame=events.frame.id,
            note=f"{int(after.sum())} events in the last year and {int((~after).sum())} before; {LEAST // 2} of each",
        )
        return
    chance = generator(sight.seed, NAME, party.id)
    draws = list(dealt(days, turn, (sight.declared.draws, chance)))
    for name, unit, statistic in _statistics(sight):
        now, before = statistic(km[after]), statistic(km[~after])
        drawn = np.array([statistic(km[late]) - statistic(km[~late]) for late in draws])
        drawn = drawn[np.isfinite(drawn)]
        if len(drawn) < _WHOLE * len(draws):  # periods without an event: all of them stand on a few days
            row = Measured(NAME, None, unit, window, _CHANGE, name=f"{name}: change", subject=party.name, n=len(days))
            note = "the events stand in so few blocks of days that their scatter cannot be told"
            yield replace(row, verdict=NOT_ENOUGH, frame=events.frame.id, note=note)
            continue
        low, high, p = tested(now - before, drawn)
        note = f"{now:.3g} {unit} in the last year, {before:.3g} before"
        shown = (party.name, name, unit, int(after.sum()))
        yield _change(shown, now - before, (low, high, p), window, (events.frame.id, note))


def _other_turns(sight: Sight, events: Events, away: Floats, party: Party) -> Iterator[Measured]:
    """The changes of the shares within the rings with the last half-year and the last two years in place of one."""
    chosen = party.rows(events)
    days, km, last = events.first[chosen], away[chosen], int(events.first.max())
    for length in OTHER_YEARS:
        after = days > last - length
        if min(int(after.sum()), int((~after).sum())) < LEAST // 2:
            continue
        window = Days(date.fromordinal(last - length + 1), date.fromordinal(last))
        for ring in sight.declared.rings_km:
            now, before = _share(ring, km[after]), _share(ring, km[~after])
            row = Measured(NAME, now - before, "share", window, name=f"share within {ring} km: change")
            settings = f"last {length} days against all before"
            note = f"{now:.3g} then, {before:.3g} before"
            yield replace(
                row, subject=party.name, n=int(after.sum()), settings=settings, frame=events.frame.id, note=note
            )


def _statistics(sight: Sight) -> list[tuple[str, str, Callable[[Floats], float]]]:
    """Name, unit and function of each number of a set of distances; NaN of an empty set."""
    near: list[tuple[str, str, Callable[[Floats], float]]] = [
        (f"{q:.0%} nearest lie within", "km", partial(_quantile, q)) for q in QUANTILES
    ]
    return [*near, *((f"share within {ring} km", "share", partial(_share, ring)) for ring in sight.declared.rings_km)]


def _quantile(q: float, km: Floats) -> float:
    return float(np.quantile(km, q)) if len(km) else float("nan")


def _share(ring: int, km: Floats) -> float:
    return float(np.mean(km <= ring)) if len(km) else float("nan")


def dealt(days: Ints, turn: int, how: tuple[int, np.random.Generator]) -> Iterator[Flags]:
    """Which events are late, in so many worlds by that generator: blocks of days fall into either period by chance, as
    many into each as there are."""
    draws, chance = how
    block = (days - int(days.min())) // BLOCK
    count = int(block.max()) + 1
    late = max(1, round((int(days.max()) - turn + 1) / BLOCK))
    for _ in range(draws):
        chosen = np.zeros(count, np.bool_)
        chosen[chance.permutation(count)[:late]] = True
        yield chosen[block]


def tested(seen: float, drawn: Floats) -> tuple[float, float, float]:
    """The 90 % interval of the change that was seen, by the scatter of changes where there is none, and the two-sided
    p-value."""
    low, high = between(drawn)
    return seen - high, seen - low, p_two_sided(seen, drawn)


_Shown = tuple[str, str, str, int]  # subject, name, unit, events


def _change(
    shown: _Shown, change: float, tested: tuple[float, float, float], window: Days, said: tuple[str, str]
) -> Measured:
    subject, name, unit, n = shown
    low, high, p = tested
    return Measured(
        NAME,
        change,
        unit,
        window,
        _CHANGE,
        low,
        high,
        p,
        name=f"{name}: change",
        subject=subject,
        null=0.0,
        interval="90 % of the statistic",
        n=n,
        settings=f"turn={window.first_day}; block={BLOCK} days",
        frame=said[0],
        note=said[1],
    )


def _entropy(sight: Sight, events: Events) -> Iterator[Measured]:
    """How evenly the first-order units share the events of the last year: 0 one of them, 1 all alike."""
    recent = events.only((events.first > int(events.first.max()) - YEAR) & (events.admin1 != ""))
    names, counts = np.unique(recent.admin1, return_counts=True)
    if len(names) < 2 or len(recent) < LEAST:
        return
    shares = counts / counts.sum()
    value = float(-(shares * np.log(shares)).sum() / np.log(len(names)))
    yield Measured(
        NAME,
        value,
        "entropy over its maximum",
        window_of(recent),
        name="evenness of first-order units",
        subject="all parties",
        n=len(recent),
        frame=events.frame.id,
        note=f"{len(names)} units",
    )


def _curves(events: Events, away: Floats, party: Party) -> Iterator[Curve]:
    """Median distance by quarter."""
    rows = party.rows(events)
    if rows.sum() < LEAST:
        return
    quarters = _quarters(events.first[rows])
    x, y = [], []
    for quarter in sorted(set(quarters)):
        km = away[rows][[q == quarter for q in quarters]]
        x.append(quarter)
        y.append(float(np.median(km)) if len(km) >= 5 else None)
    yield Curve(party.name, "line", tuple(x), tuple(y), "km to the capital (median of the quarter)")


def _quarters(days: Ints) -> list[str]:
    dates = [date.fromordinal(int(day)) for day in days]
    return [date(d.year, 3 * ((d.month - 1) // 3) + 1, 1).isoformat() for d in dates]


def _restrictions(sight: Sight) -> Iterator[Told]:
    """Claims of restrictions in the capital, with the reason that they state."""
    capital = sight.case.capital
    for claim in sight.of_kinds(Kind.RESTRICTION):
        places = {c.id for slot in claim.slots if slot.name == "place" for c in slot.candidates}
        if capital and capital in places:
            reasons = [slot.value for slot in claim.slots if slot.name == "reason"]
            why = f", reason stated: {'; '.join(reasons)}" if reasons else ", no reason stated"
            text = f"{claim.subtype.replace('_', ' ') or 'restriction'} in the capital{why}"
            yield Told(text, claim.days, (claim.id,), capital, "restriction")


def _summary(rows: list[Measured]) -> str:
    tested = [row for row in rows if row.p_value is not None]
    if not tested:
        return f"No party has {LEAST // 2} located events before and in the last year: {NOT_ENOUGH}."
    near = [row for row in tested if row.unit == "share" and row.verdict == "changed" and (row.statistic or 0) > 0]
    shifted = [row for row in tested if row.name.startswith("50%") and row.verdict == "changed"]
    if near:
        return f"A larger share of events lies near the capital in the last year: {_named(near)}."
    if shifted:
        return (
            f"The median distance changed, the shares near the capital did not: {_named(shifted)}; no pressure on it."
        )
    return "Neither the distance to the capital nor the shares near it changed beyond chance in the last year."


def _named(rows: list[Measured]) -> str:
    return ", ".join(f"{row.subject} ({row.name.removesuffix(': change')})" for row in rows)


CENTRE = Measure(
    NAME,
    "Do events move towards the capital?",
    "Quantiles of the distance to the capital and shares within rings around it, the last year against all before.",
    "km; share",
    _CHANGE,
    LEAST,
    True,
    "A nearer median can come from quiet in the far regions: read the shares within the rings. More reporters in the"
    " capital move the shares too.",
    "Good 2005, doi 10.1007/b138696 (permutation); Künsch 1989, doi 10.1214/aos/1176347265 (blocks)",
    find,
    lambda sight: (*how_near(sight), *_restrictions(sight)),
    least="20 located events of a party in the last year and 20 before",
)
