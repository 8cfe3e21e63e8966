"""Turns followed units into the finding of the measure: who leads where, how surely, since when. Invariant: a state is
named with its probability and the age of the newest report, never as a fact.

Follows Rabiner (1989), Proc. IEEE 77:257, doi 10.1109/5.18626.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from faultline.measure.control.followed import Followed, Held, Spell, follow
from faultline.measure.control.proof import Compared, compare, held_out
from faultline.measure.control.settings import standard
from faultline.measure.form import NOT_ENOUGH, Measure
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.finding import Curve, Finding, Told

_NAME = "control"
NOT_KNOWN = "not known"  # reports say little more than silence would
_QUESTION = "Who holds which place, how surely, and since when?"
_UNIT = "probability"
_SURE = 0.5  # a spell that is told reaches at least that probability
_STEP = 30  # days between the points of a curve
_OTHER_SETTINGS = (("stay=half", 0.5, 1.0), ("stay=double", 2.0, 1.0), ("trust=0.8", 1.0, 0.8))


def find(sight: Sight) -> Finding:
    """One row a followed place: the leading state on the sight's day with its probability; spells as told rows."""
    followed = follow(sight)
    units = units_shown(sight, followed)
    if not units:
        return CONTROL.refuse(NOT_ENOUGH, "no place has reports of control from two documents")
    rows = tuple(_row(sight, followed, followed.on(unit, sight.as_of)) for unit in units)
    tested = _held_out_rows(followed)
    return Finding(
        _NAME,
        _QUESTION,
        _summary(sight, rows),
        rows + tested,
        tuple(_told(sight, followed, units)),
        tuple(_sensitivity(sight, units)),
        tuple(_curves(sight, followed, units)),
        _warnings(followed, units),
    )


def units_shown(sight: Sight, followed: Followed) -> tuple[str, ...]:
    """Declared places with reports and their parts; where none is declared, units with reports of two documents."""
    places = sight.declared.places
    if places:
        return tuple(unit for place in places for unit in followed.units if unit.split("/")[0] == place)
    documents = {unit: {w.message.document for w in followed.messages[unit]} for unit in followed.units}
    return tuple(unit for unit in followed.units if len(documents[unit]) > 1)


def named(sight: Sight, followed: Followed, state: str) -> str:
    """The state in words: the holder's name instead of its id."""
    for id, name in zip(followed.holders.ids, followed.holders.names, strict=True):
        if state == f"held by {id}":
            return f"held by {name}"
    return state


def place_name(sight: Sight, unit: str) -> str:
    """The name of a unit: "Kidal", "Kidal (camp)"."""
    place, _, part = unit.partition("/")
    name = sight.case.place(place, sight.as_of).name
    return f"{name} ({part})" if part else name


def _row(sight: Sight, followed: Followed, held: Held) -> Measured:
    age = "no report yet" if held.age is None else f"newest report {held.age} days old"
    state = named(sight, followed, held.state) if held.informed else NOT_KNOWN
    members = f" ({', '.join(held.members[:3])})" if held.members else ""
    return Measured(
        _NAME,
        held.probability,
        _UNIT,
        Days(followed.first, sight.as_of),
        CONTROL.null_model,
        claims=held.claims,
        name=state,
        subject=place_name(sight, held.unit),
        null=float(followed.start[followed.states.index(held.state)]),
        n=len(followed.messages[held.unit]),
        settings="settings.yaml as shipped",
        note=f"{state}{members}; {age}; entropy {held.entropy:.1f} of {np.log2(len(followed.states)):.1f} bits",
    )


def _held_out_rows(followed: Followed) -> tuple[Measured, ...]:
    """The chain's log score on held-out reports beside the last report's; none where fewer than 20 can be asked."""
    found = held_out(followed)
    if len(found) < CONTROL.minimal:
        return ()
    scored = compare(found)
    row = Measured(
        _NAME,
        scored.model,
        "mean log score a report (natural)",
        Days(followed.first, followed.last),
        "the last report persists, as sure as suits it best",
        name="held-out reports",
        null=scored.last_report,
        n=scored.n,
        note=_said_of(scored),
    )
    return (row,)


def _said_of(scored: Compared) -> str:
    better = "better" if scored.gain > 0 else "worse"
    by = f"{better} than the last report by {abs(scored.gain):.2f} nats a report"
    return f"{by}; the last report is {scored.sureness:.0%} sure"


def _told(sight: Sight, followed: Followed, units: Iterable[str]) -> Iterator[Told]:
    for unit in units:
        for spell in followed.history(unit).spells:
            if spell.probability >= _SURE and spell.claims:
                yield _spell(sight, followed, unit, spell)


def _spell(sight: Sight, followed: Followed, unit: str, spell: Spell) -> Told:
    state = named(sight, followed, spell.state)
    text = f"{place_name(sight, unit)}: {state}, highest probability {spell.probability:.2f}"
    return Told(text, Days(spell.first_day, spell.last_day), spell.claims, place_name(sight, unit), spell.state)


def _sensitivity(sight: Sight, units: Iterable[str]) -> Iterator[Measured]:
    chosen = tuple(units)
    for name, stay, trust in _OTHER_SETTINGS:
        other = follow(sight, standard().scaled(stay, trust))
        for unit in chosen:
            if unit in other.units:
                yield replace(_row(sight, other, other.on(unit, sight.as_of)), settings=name)


def _curves(sight: Sight, followed: Followed, units: tuple[str, ...]) -> Iterator[Curve]:
    """Smoothed probabilities of the states that ever lead, every 30 days."""
    smoothed = followed.smoothed(units)
    points = range(0, smoothed.shape[1], _STEP)
    days = tuple((followed.first + timedelta(days=t)).isoformat() for t in points)
    for u, unit in enumerate(units):
        for k in sorted(set(smoothed[u].argmax(axis=1).tolist())):
            name = f"{place_name(sight, unit)}: {named(sight, followed, followed.states[k])}"
            y = tuple(round(float(smoothed[u, t, k]), 4) for t in points)
            yield Curve(name, "line", days, y, _UNIT, panel=place_name(sight, unit))


def _summary(sight: Sight, rows: tuple[Measured, ...]) -> str:
    known = sorted((row for row in rows if row.name != NOT_KNOWN), key=lambda row: -(row.statistic or 0.0))
    told = "; ".join(f"{row.subject} {row.name} ({row.statistic:.2f})" for row in known[:6])
    said = f": {told}" if told else ""
    return f"On {sight.as_of} reports say something of {len(known)} of {len(rows)} places{said}."


def _warnings(followed: Followed, units: Iterable[str]) -> tuple[str, ...]:
    silent = [unit for unit in units if _newest(followed, unit) < followed.last - timedelta(days=365)]
    told = (
        (f"no report for a year or more of {', '.join(silent)}: the long-run mix shows, not a state",) if silent else ()
    )
    return ("reports are chosen by hand: silence about a place is not peace there", *told)


def _newest(followed: Followed, unit: str) -> date:
    return date.fromordinal(max(w.message.day for w in followed.messages[unit]))


CONTROL = Measure(
    name=_NAME,
    question=_QUESTION,
    definition="The probability of each state of a place (held by the state or an armed coalition, contested, besieged "
    "with a garrison inside, under a local pact, vacated) by a daily hidden Markov chain over reports of control.",
    unit=_UNIT,
    null_model="the chain's long-run mix: what is believed where nobody reports",
    minimal=20,
    systematic=False,
    misread="as a map of positions: a probability says what reports support, and an old report supports little",
    reference="Rabiner (1989), Proc. IEEE 77:257, doi 10.1109/5.18626",
    find=find,
    least="one report of control of a place; 20 held-out reports for a score",
)
