"""Turns notices into intervals over which something is in force at a place, and answers what is in force on a day.
Invariant: where no end is known none is made up; the chance that it still holds falls with the days since it was last
said to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import exp

from faultline.measure.force.lexicon import family, table
from faultline.measure.force.notices import Notice, Step, notices
from faultline.measure.sight import Sight

_SLACK = 7  # days between the end of a term and its extension that still make one interval
_NEAR_TERM = 31  # an extension so near the end of a term is a new one, else it is the one that set the term
ENDED, TERM, OPEN = "ended", "its term ran out", "no end known"


@dataclass(frozen=True, slots=True)
class Interval:
    """Something in force at `place` from `first_day` to `last_day`, both inclusive; `last_day` None: no end is known,
    and `confirmed` is the last day on which it was said to be in force. `began` is False where only an extension or an
    end was told: the true beginning lies before. `earliest` is the first day on which the end may have come."""

    family: str
    kinds: tuple[str, ...]
    place: str
    first_day: date
    last_day: date | None = None
    confirmed: date | None = None
    began: bool = True
    earliest: date | None = None
    how: str = OPEN
    imposer: str = ""
    side: str = ""
    reasons: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def length(self) -> int | None:
        """Days in force, None where an end is unknown."""
        return None if self.last_day is None else (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether something is in force on a day: the chance, and the interval that says so (None: nothing does)."""

    probability: float
    interval: Interval | None = None


@dataclass(frozen=True)
class Ledger:
    """Intervals by family and place, and the mean length of each family in days."""

    intervals: tuple[Interval, ...]
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    means: Mapping[str, float] = field(default_factory=dict)

    def in_force(self, kind: str, place: str, day: date) -> Standing:
        """The likeliest interval of that kind, or of one that counts as it, at the place or at one that contains it; of
        equally likely ones the nearest in time."""
        places = self.within.get(place, frozenset({place}))
        found = [i for i in self.intervals if i.family == family(kind) and i.place in places]
        rated = [Standing(self.chance(interval, day), interval) for interval in found]
        return max(rated, key=lambda s: (s.probability, -_apart(s.interval, day)), default=Standing(0.0))

    def on(self, day: date, least: float = 0.5) -> tuple[Standing, ...]:
        """Everything that is in force on that day with at least that chance."""
        rated = (Standing(self.chance(interval, day), interval) for interval in self.intervals)
        return tuple(standing for standing in rated if standing.probability >= least)

    def chance(self, interval: Interval, day: date) -> float:
        """The chance that the interval covers the day: certain inside, falling over the days on which the end may have
        come, or, where no end is known, with the days since it was last said to hold."""
        if day < interval.first_day:
            return 0.0
        if interval.last_day is None:
            silent = (day - (interval.confirmed or interval.first_day)).days
            return 1.0 if silent <= 0 else exp(-silent / self.means[interval.family])
        if day > interval.last_day:
            return 0.0
        if interval.earliest is None or day < interval.earliest:
            return 1.0
        return ((interval.last_day - day).days + 1) / ((interval.last_day - interval.earliest).days + 1)


def ledger(sight: Sight, known_by: date | None = None) -> Ledger:
    """What was in force where, by what the sight sees; with `known_by` only by what was published until then."""
    found = [n for n in notices(sight) if known_by is None or (n.published is not None and n.published <= known_by)]
    intervals = merge(found)
    return Ledger(intervals, _within(sight), _means(intervals))


def merge(found: Iterable[Notice]) -> tuple[Interval, ...]:
    """The intervals that notices make, by place, family and first day. What ends something at a place ends it there and
    nowhere else; notices are taken in the order of their days."""
    groups: dict[tuple[str, str], list[Notice]] = {}
    for notice in found:
        if notice.kind not in table()["only_ends"]:
            groups.setdefault((notice.place, family(notice.kind)), []).append(notice)
        if notice.step is Step.ENDED:
            for other in table()["ends_too"].get(notice.kind, ()):
                groups.setdefault((notice.place, other), []).append(notice)
    return tuple(interval for key in sorted(groups) for interval in _merged(groups[key], key[1]))


def _merged(group: list[Notice], of_family: str) -> list[Interval]:
    made: list[Interval] = []
    for notice in sorted(group, key=lambda n: (n.day, n.step is Step.ENDED, n.claim)):
        going = [k for k in reversed(range(len(made))) if _continues(made[k], notice)]
        own = (k for k in going if notice.side and made[k].side == notice.side)
        current = next(own, going[0] if going else None)
        if notice.step is Step.ENDED:
            if current is not None:
                made[current] = _end(made[current], notice)
            elif family(notice.kind) == of_family:
                made.append(_after(made, _ended_only(notice, of_family)))
        elif current is not None:
            made[current] = _prolong(made[current], notice)
        else:
            made.append(_after(made, _begin(notice, of_family)))
    return made


def _continues(interval: Interval, notice: Notice) -> bool:
    """Whether the notice is about that interval: it falls inside, or soon after a term that nothing ended, or not so
    long after the interval was last said to hold that it more likely ended since."""
    of_kinds = table()["only_ends"].get(notice.kind)
    if of_kinds is not None and (
        notice.day < interval.first_day or (of_kinds and not set(of_kinds) & set(interval.kinds))
    ):
        return False
    others = bool(notice.imposer and interval.imposer and notice.imposer != interval.imposer)
    if others and notice.kind in table()["by_imposer"]:
        return False
    sides = bool(notice.side and interval.side and notice.side != interval.side)
    if sides and notice.kind in table()["begun_by"] and notice.step is not Step.ENDED:
        return False
    since = notice.since if notice.step is not Step.EXTENDED else None
    begins = min(since or notice.day, notice.day)
    if interval.last_day is None:
        patience = float(table()["usual"][interval.kinds[0]])
        return begins <= (interval.confirmed or interval.first_day) + timedelta(days=patience)
    slack = 0 if interval.how == ENDED else _SLACK
    return begins <= interval.last_day + timedelta(days=slack)


def _after(made: list[Interval], new: Interval) -> Interval:
    """The new interval, begun after what was ended before it."""
    ends = [i.last_day for i in made if i.how == ENDED and i.last_day and i.last_day >= new.first_day]
    if not ends or (new.last_day and max(ends) >= new.last_day):
        return new
    return replace(new, first_day=max(ends) + timedelta(days=1), began=False)


def _begin(notice: Notice, of_family: str) -> Interval:
    since = notice.since if notice.step is not Step.EXTENDED else None
    first = min(since or notice.day, notice.day)
    return Interval(
        of_family,
        (notice.kind,),
        notice.place,
        first,
        notice.until,
        notice.day,
        notice.step is Step.ON,
        how=TERM if notice.until else OPEN,
        imposer=notice.imposer,
        side=notice.side,
        reasons=(notice.reason,) if notice.reason else (),
        claims=(notice.claim,),
    )


def _ended_only(notice: Notice, of_family: str) -> Interval:
    """An end without a beginning: it was in force until then, since when is known only where the words say so."""
    began = _begin(replace(notice, until=notice.day), of_family)
    known = notice.since is not None
    return replace(began, began=known, earliest=notice.earliest, how=ENDED, ends=(notice.claim,))


def _prolong(interval: Interval, notice: Notice) -> Interval:
    last, how = interval.last_day, interval.how
    if notice.until and (last is None or notice.until > last):
        last, how = notice.until, TERM
    elif notice.step is Step.EXTENDED and not notice.until and last and (last - notice.day).days <= _NEAR_TERM:
        last, how = None, OPEN  # extended, nobody says until when
    since = notice.since if notice.step is Step.ON else None
    first = min(interval.first_day, since or interval.first_day)
    return replace(
        interval,
        kinds=tuple(dict.fromkeys((*interval.kinds, notice.kind))),
        first_day=first,
        last_day=last,
        confirmed=max(interval.confirmed or notice.day, notice.day),
        how=how,
        imposer=interval.imposer or notice.imposer,
        side=interval.side or notice.side,
        reasons=tuple(dict.fromkeys((*interval.reasons, *([notice.reason] if notice.reason else ())))),
        claims=tuple(dict.fromkeys((*interval.claims, notice.claim))),
    )


def _end(interval: Interval, notice: Notice) -> Interval:
    last = notice.day
    if interval.last_day is not None and notice.since is None:
        last = min(interval.last_day, notice.day)
    return replace(
        interval,
        first_day=min(interval.first_day, last, notice.since or last),
        last_day=last,
        earliest=max(notice.earliest, interval.first_day) if notice.earliest else None,
        how=ENDED,
        claims=tuple(dict.fromkeys((*interval.claims, notice.claim))),
        ends=(*interval.ends, notice.claim),
    )


def _means(intervals: Iterable[Interval]) -> dict[str, float]:
    """Mean days of each family: known lengths, and `weight` more of the usual length."""
    usual, weight = table()["usual"], float(table()["weight"])
    lengths: dict[str, list[int]] = {}
    for interval in intervals:
        known = lengths.setdefault(interval.family, [])
        if interval.length is not None and interval.began:
            known.append(interval.length)
    return {name: (sum(known) + weight * float(usual[name])) / (len(known) + weight) for name, known in lengths.items()}


def _apart(interval: Interval | None, day: date) -> int:
    """Days between the day and the interval, 0 inside."""
    if interval is None:
        return 0
    last = interval.last_day or interval.confirmed or interval.first_day
    return max((interval.first_day - day).days, (day - last).days, 0)


def _within(sight: Sight) -> dict[str, frozenset[str]]:
    """Each place with those that contain it: its regions by name, and its country."""
    found: dict[str, set[str]] = {}
    units: dict[tuple[str, str, str], str] = {}
    for place in sight.case.places:
        if place.feature.startswith("PCL"):
            units["PCL", place.country, ""] = place.id
        elif place.feature in ("ADM1", "ADM2"):
            units[place.feature, place.country, place.admin1 if place.feature == "ADM1" else place.admin2] = place.id
    for place in sight.case.places:
        keys = [
            ("PCL", place.country, ""),
            ("ADM1", place.country, place.admin1),
            ("ADM2", place.country, place.admin2),
        ]
        containing = {units[key] for key in keys if key in units and (key[0] == "PCL" or key[2])}
        found.setdefault(place.id, {place.id}).update(containing)
    return {place: frozenset(containing) for place, containing in found.items()}
