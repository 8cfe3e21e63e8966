"""Turns notices of restrictions into what was in force where and when. Invariant: an end that nobody told of is "no end
known", neither an end nor for ever; a restriction keeps the reason that its text gives.

Follows Kaplan & Meier (1958), J. Am. Stat. Assoc. 53:457, doi 10.1080/01621459.1958.10501452.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from faultline.measure.force import Interval, Ledger, ledger
from faultline.measure.force.ledger import OPEN
from faultline.measure.form import NOT_ENOUGH, Measure
from faultline.measure.lengths import kaplan_meier
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.finding import Curve, Finding, Told
from faultline.record.place import Restriction

EPIDEMIC = "epidemic"
OTHER_MEANS = (0.5, 1.0, 2.0)  # what is in force on the day is sensitive to
HALF = 0.5  # the chance from which on something counts as in force
_NAME = "in_force"
_QUESTION = "What was in force where, since when, until when, and for what stated reason?"
_STEP = 30  # days between the points of a curve
_DAYS = "days"


def find(sight: Sight) -> Finding:
    """Told rows: one an interval. Rows: how long each kind lasts, and what is in force on the sight's day."""
    known = ledger(sight)
    if len(known.intervals) < IN_FORCE.minimal:
        return IN_FORCE.refuse(NOT_ENOUGH, f"{len(known.intervals)} restrictions are told of")
    families = sorted({interval.family for interval in known.intervals})
    rows = (*(_length_row(sight, known, name) for name in families), *_now_rows(sight, known))
    return Finding(
        _NAME,
        _QUESTION,
        _summary(sight, known),
        rows,
        tuple(told(sight, interval) for interval in sorted(known.intervals, key=lambda i: i.first_day)),
        tuple(_other_means(sight, known)),
        tuple(_curves(sight, known, families)),
        ("reports are chosen by hand: how many restrictions there were is not counted by them",),
    )


def _other_means(sight: Sight, known: Ledger) -> Iterator[Measured]:
    """How many restrictions count as in force on the day where those of no known end last half and twice as long."""
    day = Days(sight.as_of, sight.as_of)
    for times in OTHER_MEANS:
        other = replace(known, means={name: mean * times for name, mean in known.means.items()})
        number = float(len(other.on(sight.as_of, HALF)))
        row = Measured(_NAME, number, "restrictions", day, name="in force on the day", subject="all kinds")
        yield replace(row, n=len(known.intervals), settings=f"mean lengths times {times:g}")


def restrictions(sight: Sight) -> tuple[Restriction, ...]:
    """Every interval as a record; an unknown end stays open."""
    return tuple(
        Restriction(
            interval.kinds[0],
            (interval.place,),
            Days(interval.first_day, interval.last_day),
            interval.imposer,
            ", ".join(interval.reasons),
            interval.claims,
        )
        for interval in ledger(sight).intervals
    )


def told(sight: Sight, interval: Interval) -> Told:
    """The interval in words, with the claims of its beginning, its extensions and its end."""
    place = sight.case.place(interval.place, interval.first_day).name
    since = f"since {interval.first_day}" if interval.began else f"at the latest since {interval.first_day}"
    if interval.last_day is None:
        until = f"no end known, last said to be in force on {interval.confirmed}"
    elif interval.earliest:
        until = f"ended between {interval.earliest} and {interval.last_day}"
    else:
        until = f"until {interval.last_day} ({interval.how})"
    reason = f"; stated reason: {', '.join(interval.reasons)}" if interval.reasons else ""
    health = "; a measure of health, no sign of pressure" if interval.reasons[:1] == (EPIDEMIC,) else ""
    what = " / ".join(kind.replace("_", " ") for kind in interval.kinds)
    days = Days(interval.first_day, interval.last_day)
    return Told(f"{place}: {what}, {since}, {until}{reason}{health}", days, interval.claims, place, interval.family)


def _length_row(sight: Sight, known: Ledger, name: str) -> Measured:
    chosen = [i for i in known.intervals if i.family == name and i.began]
    seen = [float(i.length or max(1, ((i.confirmed or i.first_day) - i.first_day).days + 1)) for i in chosen]
    curve = kaplan_meier(seen, [i.how != OPEN for i in chosen])
    low, high = curve.median_bounds()
    return Measured(
        _NAME,
        curve.median,
        _DAYS,
        _window(chosen or known.intervals, sight.as_of),
        claims=tuple(dict.fromkeys(claim for i in chosen for claim in i.claims)),
        low=low,
        high=high,
        verdict="" if curve.median is not None else NOT_ENOUGH,
        name="median length",
        subject=name.replace("_", " "),
        interval="90 % of the statistic",
        n=curve.n,
        note=f"{curve.ended} of {curve.n} have a known end; the others count until they were last said to be in force"
        if curve.median is not None
        else f"reported ends: {curve.ended} of {curve.n} have one",
    )


def _now_rows(sight: Sight, known: Ledger) -> Iterator[Measured]:
    for standing in known.on(sight.as_of):
        interval = standing.interval
        if interval:
            yield Measured(
                _NAME,
                round(standing.probability, 3),
                "probability",
                Days(interval.first_day, interval.last_day),
                claims=interval.claims,
                name=f"in force on {sight.as_of}: {interval.kinds[0].replace('_', ' ')}",
                subject=sight.case.place(interval.place, sight.as_of).name,
                n=len(interval.claims),
                note=told(sight, interval).text,
            )


def _curves(sight: Sight, known: Ledger, families: Iterable[str]) -> Iterator[Curve]:
    """Places with each kind in force (probability half or more), every 30 days."""
    first = min(interval.first_day for interval in known.intervals)
    days = [first + timedelta(days=n) for n in range(0, (sight.as_of - first).days + 1, _STEP)]
    labels = tuple(day.isoformat() for day in days)
    for name in families:
        chosen = [i for i in known.intervals if i.family == name]
        counts = tuple(float(len({i.place for i in chosen if known.chance(i, day) >= HALF})) for day in days)
        yield Curve(name.replace("_", " "), "step", labels, counts, "places")


def _window(chosen: Iterable[Interval], as_of: date) -> Days:
    return Days(min((i.first_day for i in chosen), default=as_of), as_of)


def _summary(sight: Sight, known: Ledger) -> str:
    now = [s.interval for s in known.on(sight.as_of) if s.interval]
    listed = "; ".join(f"{i.kinds[0].replace('_', ' ')} at {sight.case.place(i.place).name}" for i in now[:6])
    open_ended = sum(i.last_day is None for i in known.intervals)
    told_of = f"{len(known.intervals)} restrictions are told of, of {open_ended} no end is known"
    return f"{told_of}; on {sight.as_of} in force with probability 0.5 or more: {listed or 'none'}."


IN_FORCE = Measure(
    name=_NAME,
    question=_QUESTION,
    definition="Intervals over which a curfew, emergency, closure, ban, sanction, ceasefire, siege or blockade was in "
    "force at a place, from the claims of its beginning, extensions and end.",
    unit=_DAYS,
    null_model="none: it describes",
    minimal=1,
    systematic=False,
    misread="as a count of restrictions, or 'no end known' as 'in force for ever'",
    reference="Kaplan & Meier (1958), J. Am. Stat. Assoc. 53:457, doi 10.1080/01621459.1958.10501452",
    find=find,
    least="one restriction that is told of",
)
