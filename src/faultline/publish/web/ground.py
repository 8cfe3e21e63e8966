"""Turns what a snapshot knew into who held which place, month by month, and what was in force where. Invariant: control
carries its probability and the age of its newest report; an end that nobody told of stays open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from faultline.case import Case
from faultline.measure import Sight
from faultline.measure.control import Followed, follow
from faultline.measure.control.find import named, place_name, units_shown
from faultline.measure.force.ledger import ledger
from faultline.publish.months import day_number
from faultline.publish.names import actor_name
from faultline.publish.web.points import Spot, spot_of
from faultline.record.errors import NotFoundError
from faultline.record.halting import breathe


@dataclass(frozen=True, slots=True)
class Strip:
    """Who held a place at the end of each month of `months` (days since 1970-01-01): number of the holder in the
    ground's `holders` (-1: not known), its probability, and days since the newest report (None: none yet)."""

    place: str
    name: str
    spot: Spot | None
    holder: tuple[int, ...]
    probability: tuple[float, ...]
    age: tuple[int | None, ...]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """Something in force at a place; `last` None: no end is known, and `confirmed` is the last day on which it was said
    to be in force."""

    family: str
    kind: str
    place: str
    name: str
    spot: Spot | None
    first: int
    last: int | None
    confirmed: int | None
    imposed_by: str
    reason: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """Control and restrictions as of a day. `months` are the last days of months, the last of them the day itself."""

    months: tuple[int, ...]
    holders: tuple[str, ...]
    control: tuple[Strip, ...]
    restrictions: tuple[InForce, ...]


def ground_of(case: Case, sight: Sight) -> Ground:
    """Control of the places that the case declares, or of those with reports of two documents; every restriction."""
    followed = follow(sight)
    units = units_shown(sight, followed)
    months = _month_ends(followed.first, sight.as_of) if units else ()
    chances = followed.smoothed(units) if units else np.zeros((0, 0, 0))
    strips = [_strip(case, sight, followed, (unit, chances[n], months)) for n, unit in enumerate(units)]
    return Ground(
        months=tuple(day_number(month) for month in months),
        holders=tuple(named(sight, followed, state).removeprefix("held by ") for state in followed.states),
        control=tuple(strips),
        restrictions=tuple(_restrictions(case, sight)),
    )


def _strip(case: Case, sight: Sight, followed: Followed, told: tuple[str, object, tuple[date, ...]]) -> Strip:
    breathe()
    unit, chances, months = told[0], np.asarray(told[1]), told[2]
    index = [min((month - followed.first).days, len(chances) - 1) for month in months]
    known = followed.informed(chances)
    reports = sorted(w.message.day for w in followed.messages[unit])
    leading = chances.argmax(axis=-1)
    now = followed.on(unit, sight.as_of)
    return Strip(
        place=unit,
        name=place_name(sight, unit),
        spot=_spot(case, unit.split("/")[0]),
        holder=tuple(int(leading[n]) if known[n] else -1 for n in index),
        probability=tuple(round(float(chances[n].max()), 3) for n in index),
        age=tuple(_age(reports, month.toordinal()) for month in months),
        claims=now.claims,
    )


def _age(reports: list[int], day: int) -> int | None:
    before = [one for one in reports if one <= day]
    return day - before[-1] if before else None


def _spot(case: Case, place: str) -> Spot | None:
    try:
        return spot_of(case, case.place(place))
    except NotFoundError:
        return None


def _restrictions(case: Case, sight: Sight) -> Iterator[InForce]:
    for one in sorted(ledger(sight).intervals, key=lambda i: (i.first_day, i.place)):
        spot = _spot(case, one.place)
        yield InForce(
            family=one.family,
            kind=one.kinds[0],
            place=one.place,
            name=spot.name if spot else one.place,
            spot=spot,
            first=day_number(one.first_day),
            last=day_number(one.last_day) if one.last_day else None,
            confirmed=day_number(one.confirmed) if one.confirmed else None,
            imposed_by=actor_name(case, one.imposer) if one.imposer else "",
            reason=", ".join(one.reasons),
            claims=one.claims,
        )


def _month_ends(first: date, last: date) -> tuple[date, ...]:
    found, day = [], first.replace(day=1)
    while day <= last:
        following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        found.append(min(following - timedelta(days=1), last))
        day = following
    return tuple(found)
