"""Turns incidents, restrictions, offices, backing and control into tracks of bars over days. Invariant: an end that
nobody told of is open and drawn so; what a case knows by hindsight is said to be."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from faultline.case import Case
from faultline.publish.incidents import IncidentRow
from faultline.publish.months import day_number, first_day_of, last_day_of
from faultline.publish.names import actor_name
from faultline.publish.web.ground import Ground, InForce
from faultline.record.actor import Actor, Office, Tie
from faultline.record.days import Days
from faultline.record.vocabulary import TieKind
from faultline.resolve.actors_ties import in_view

HOLDERS = 12  # colours of who holds a place: .h-0 to .h-11 of views.css
HIGH = 20.0
_MOST = 60  # tracks of one sort
_FADE = 365  # days for which an open end is drawn on after it was last said to hold


@dataclass(frozen=True, slots=True)
class Bar:
    """From the day `x` for `width` days, `height` up to HIGH; `strength` (0 to 1) is how solid it is drawn, `colour` a
    number of a party (-1: none); `open` where no end is known; `path` is the address of what it stands on."""

    x: int
    width: int
    height: float
    title: str
    strength: float = 1.0
    colour: int = -1
    open: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One line: its name, what stands beside it, and its bars."""

    name: str
    beside: str
    bars: tuple[Bar, ...]
    hindsight: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """Whose colour the number stands for."""

    colour: int
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """Tracks of one sort; `kind` colours them, `more` were left out, `keys` say whose colours stand in them."""

    title: str
    kind: str
    tracks: tuple[Track, ...]
    more: int = 0
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the tracks are narrowed to: the drawn days (both inclusive), and ids of actors and places (() for all)."""

    first: int
    last: int
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def happened(rows: Sequence[IncidentRow]) -> Group:
    """Incidents by month, and the best estimates of those killed in them."""
    counts, killed = Counter[str](), Counter[str]()
    for row in rows:
        if row.days.first_day and row.days.last_day and (row.days.last_day - row.days.first_day).days < 32:
            month = row.days.first_day.isoformat()[:7]
            counts[month] += 1
            killed[month] += row.killed_best or 0
    return Group(
        "Incidents by month", "event", (_monthly("Incidents", counts), _monthly("Killed, best estimates", killed))
    )


def talks(months: dict[str, int]) -> Group:
    """Claims of talks by month."""
    return Group("Talks", "talk", (_monthly("Claims of talks", Counter(months)),))


def restrictions(ground: Ground, chosen: Chosen) -> Group:
    """What was in force, one track a place and sort, the longest known first."""
    held: dict[tuple[str, str], list[InForce]] = {}
    for one in ground.restrictions:
        if not chosen.places or one.place in chosen.places:
            held.setdefault((one.name, one.family), []).append(one)
    found = [Track(name, family, tuple(_in_force(one) for one in ones)) for (name, family), ones in held.items()]
    return _group("Restrictions", "restriction", _touching(found, chosen))


def offices(case: Case, as_of: date, chosen: Chosen) -> Group:
    """Who held which office."""
    found = []
    for actor in _wanted(case.actors, chosen):
        for one in actor.offices:
            if in_view(one, as_of):
                title = f"{actor_name(case, one.holder)}: {one.title}, {actor.name}"
                found.append(_track((title, f"{one.title}, {actor.name}"), one, as_of, f"/actors/{one.holder}"))
    return _group("Offices", "relation", _touching(found, chosen))


def backing(case: Case, as_of: date, chosen: Chosen) -> Group:
    """Who backed whom."""
    found = []
    for actor in case.actors:
        for tie in actor.ties:
            wanted = not chosen.actors or {actor.id, tie.other} & set(chosen.actors)
            if tie.kind is TieKind.BACKING and wanted and in_view(tie, as_of):
                name = f"{actor.name} → {actor_name(case, tie.other)}"
                found.append(_track((name, tie.note), tie, as_of, f"/actors/{actor.id}"))
    return _group("Backers", "relation", _touching(found, chosen))


def control(ground: Ground, chosen: Chosen) -> Group:
    """Who held each followed place, month by month: as solid as it is sure."""
    found, held = [], set[int]()
    for strip in ground.control:
        if chosen.places and strip.place.split("/")[0] not in chosen.places:
            continue
        bars, start = [], None
        for n, end in enumerate(ground.months):
            begin = (start or end - 30) + (1 if start else 0)
            start = end
            if strip.holder[n] >= 0:
                held.add(strip.holder[n])
                said = f"{ground.holders[strip.holder[n]]}, {strip.probability[n]:.2f}"
                strength = 0.15 + 0.85 * strip.probability[n]
                bars.append(Bar(begin, end - begin + 1, HIGH, said, strength, strip.holder[n] % HOLDERS))
        found.append(Track(strip.name, "", tuple(bars)))
    keys = tuple(Key(one % HOLDERS, ground.holders[one]) for one in sorted(held))
    return replace(_group("Control", "control", found), keys=keys)


def _monthly(name: str, counts: Counter[str]) -> Track:
    most = max(counts.values(), default=1) or 1
    bars = []
    for month, count in sorted(counts.items()):
        first, last = day_number(first_day_of(month)), day_number(last_day_of(month))
        if count:
            height = max(1.0, round(HIGH * count / most, 1))
            path = f"/incidents?first_day={first_day_of(month)}&last_day={last_day_of(month)}"
            bars.append(Bar(first, last - first + 1, height, f"{month}: {count:,}", path=path))
    return Track(name, f"{max(counts.values(), default=0):,}", tuple(bars))


def _in_force(one: InForce) -> Bar:
    end = one.last if one.last is not None else (one.confirmed or one.first) + _FADE
    path = f"/claims/{one.claims[0]}" if one.claims else ""
    said = f"{one.kind.replace('_', ' ')}{', ' + one.reason if one.reason else ''}"
    return Bar(one.first, max(1, end - one.first + 1), HIGH, said, 0.85, -1, one.last is None, path)


def _track(names: tuple[str, str], one: Office | Tie, as_of: date, path: str) -> Track:
    first = day_number(one.days.first_day or date(1990, 1, 1))
    last = day_number(min(one.days.last_day or as_of, as_of))
    bar = Bar(first, max(1, last - first + 1), HIGH, names[0], 0.85, -1, one.days.last_day is None, path)
    return Track(names[0].split(": ")[0], names[1], (bar,), not one.published.known)


def _wanted(actors: Iterable[Actor], chosen: Chosen) -> Iterator[Actor]:
    for actor in actors:
        if not chosen.actors or actor.id in chosen.actors or any(o.holder in chosen.actors for o in actor.offices):
            yield actor


def _touching(tracks: Iterable[Track], chosen: Chosen) -> list[Track]:
    """Those with a bar in the drawn days, the first to begin first."""
    inside = [t for t in tracks if any(b.x <= chosen.last and b.x + b.width >= chosen.first for b in t.bars)]
    return sorted(inside, key=lambda track: (min(bar.x for bar in track.bars), track.name))


def _group(title: str, kind: str, tracks: list[Track]) -> Group:
    return Group(title, kind, tuple(tracks[:_MOST]), max(0, len(tracks) - _MOST))


def span_of(period: Days, case: Case, as_of: date) -> tuple[int, int]:
    """The days drawn: the period as far as it is bounded, else that of the case."""
    first = period.first_day or case.period.first_day or date(as_of.year - 10, 1, 1)
    last = min(period.last_day or as_of, as_of)
    return day_number(first), max(day_number(last), day_number(first) + 30)
