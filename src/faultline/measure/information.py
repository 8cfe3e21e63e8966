"""Information as pressure: what parties claim and who confirms it, how long that takes, how claimed losses compare with
admitted ones, whether threats are followed by what they name. Invariant: nobody corroborates himself, silence confirms
nothing, and what is not confirmed yet is censored.

Follows Kaplan & Meier 1958, doi 10.1080/01621459.1958.10501452 (time with censoring).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from faultline.measure.chance import Floats, between, binomial_interval, generator, p_above
from faultline.measure.form import ALARM, CHANCE, NOT_ENOUGH, Measure
from faultline.measure.lengths import kaplan_meier
from faultline.measure.sight import Resolved, Sight
from faultline.record.analysis import Measured
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.decision import Incident
from faultline.record.finding import Curve, Finding, Told
from faultline.record.vocabulary import Kind, Modality, SlotName
from faultline.resolve.casualties import stated_in

NAME = "information"
LEAST = 10  # incidents that a side claims
LEAST_THREATS = 5
AHEAD = 30  # days in which what a threat names is looked for
OTHER_AHEAD = (14, 60)  # days: what the threats are sensitive to
BACK = 360  # days before a threat from which matched windows are taken
NULL = "the same actor and place in windows of 30 days without a threat, in the year before"
_SAID_SO = frozenset({Modality.CLAIMED, Modality.ASSERTED, Modality.CONFIRMED, Modality.REPORTED})


@dataclass(frozen=True, slots=True)
class Heard:
    """One incident that a side claims: when the claim was public, and when another independent voice had it (None: not
    by the day of the question)."""

    incident: str
    side: str
    claimed: date
    confirmed: date | None
    claims: tuple[str, ...]


def find(sight: Sight) -> Finding:
    """For each side what it claims and nobody else has, how long confirmation takes, claimed over admitted losses; and
    whether threats come true more often than quiet windows."""
    rows: list[Measured] = []
    told: list[Told] = []
    curves: list[Curve] = []
    if sight.resolved is not None:
        heard = tuple(heard_of(sight, sight.resolved))
        for side in dict.fromkeys(one.side for one in heard):
            mine = [one for one in heard if one.side == side]
            rows += _of_side(sight, side, mine)
            curves += _curve(sight, side, mine)
            told += [_told(sight, one) for one in mine if one.confirmed is None]
        rows += _losses(sight, sight.resolved)
    rows.append(_threats(sight))
    other = tuple(row for ahead in OTHER_AHEAD if (row := _threats(sight, ahead)).statistic is not None)
    said = (_summary(rows), tuple(rows), tuple(told), other, tuple(curves))
    return Finding(NAME, INFORMATION.question, *said, _WARNINGS)


_WARNINGS = (
    "The reports were chosen by hand: shares say what was found unconfirmed here, not what stayed unconfirmed.",
    "Not confirmed is not false.",
)


def heard_of(sight: Sight, resolved: Resolved) -> Iterator[Heard]:
    """The incidents that a declared side claims, in the order of the claims. Who confirms must be an independent
    lineage and no voice of that side."""
    for incident in resolved.world.incidents:
        claims = [resolved.world.claims[id] for id in incident.claims]
        for side in dict.fromkeys(filter(None, (side_of(sight, resolved, claim) for claim in claims))):
            yield from _heard(sight, resolved, incident, side)


def side_of(sight: Sight, resolved: Resolved, claim: Claim) -> str:
    """The declared coalition that the claim's voice speaks for, "" for none."""
    report = resolved.world.reports.get(claim.document)
    voice = resolved.world.parties.voice(claim.speaker, report.filing.source if report else "")
    return next((c.id for c in sight.declared.coalitions if {voice.party, voice.actor} & set(c.members)), "")


def _heard(sight: Sight, resolved: Resolved, incident: Incident, side: str) -> Iterator[Heard]:
    claims = [resolved.world.claims[id] for id in incident.claims]
    own = [c for c in claims if side_of(sight, resolved, c) == side and c.modality in _SAID_SO]
    when = sorted(day for c in own if (day := sight.published(c)))
    if not when:
        return
    others = [c for c in claims if side_of(sight, resolved, c) != side and c.modality in _SAID_SO]
    found = [c for c in others if len(resolved.lineages.groups((own[0].id, c.id))) > 1]
    days = sorted(day for c in found if (day := sight.published(c)))
    yield Heard(incident.id, side, when[0], days[0] if days else None, tuple(c.id for c in own))


def _of_side(sight: Sight, side: str, heard: Sequence[Heard]) -> Iterator[Measured]:
    window = Days(min(one.claimed for one in heard), max(one.claimed for one in heard))
    row = Measured(NAME, None, "share", window, name="claimed incidents that no other independent voice has")
    row = replace(row, subject=_name(sight, side), n=len(heard))
    if len(heard) < LEAST:
        yield replace(row, verdict=NOT_ENOUGH, note=f"{len(heard)} incidents claimed, {LEAST} are needed")
        return
    alone = sum(one.confirmed is None for one in heard)
    bounds = binomial_interval(alone, len(heard), 0.9)
    row = replace(row, statistic=alone / len(heard), low=bounds[0], high=bounds[1], interval="90 % of the statistic")
    yield replace(row, note=f"{alone} of {len(heard)}", claims=tuple(c for one in heard for c in one.claims))
    lengths = [max(0, ((one.confirmed or sight.as_of) - one.claimed).days) for one in heard]
    curve = kaplan_meier(lengths, [one.confirmed is not None for one in heard])
    low, high = curve.median_bounds()
    median = Measured(NAME, curve.median, "days", window, name="median time until another voice has it")
    note = f"{alone} still without"
    median = replace(median, low=low, high=high, interval="90 % of the statistic", n=len(heard), note=note)
    yield replace(
        median, subject=_name(sight, side), verdict="" if curve.median is not None else "more than half still wait"
    )


def _losses(sight: Sight, resolved: Resolved) -> Iterator[Measured]:
    """Losses that a side claims of its enemy over those that the enemy admits, in incidents where both are stated."""
    pairs: dict[str, list[tuple[int, int]]] = {}
    for incident in resolved.world.incidents:
        stated = [s for s in stated_in(resolved.world, incident.id) if s.harm == "killed" and s.value is not None]
        for coalition in sight.declared.coalitions:
            mine = [s.value or 0 for s in stated if s.stands == "enemy" and s.party in coalition.members]
            theirs = [s.value or 0 for s in stated if s.stands == "own" and s.party not in coalition.members]
            if mine and theirs:
                pairs.setdefault(coalition.id, []).append((max(mine), max(theirs)))
    for side, found in sorted(pairs.items()):
        claimed, admitted = (sum(one[k] for one in found) for k in (0, 1))
        row = Measured(NAME, None, "ratio", Days(), name="claimed over admitted losses of the enemy", n=len(found))
        row = replace(
            row, subject=_name(sight, side), note=f"{claimed} claimed, {admitted} admitted in {len(found)} incidents"
        )
        yield replace(row, statistic=claimed / admitted) if admitted else replace(row, verdict=NOT_ENOUGH)


@dataclass(frozen=True, slots=True)
class _Threat:
    actors: frozenset[str]
    places: frozenset[str]
    day: date
    claim: str


def _threats(sight: Sight, ahead: int = AHEAD) -> Measured:
    """How many threats were followed within 30 days (`ahead`) by an attack of who threatened (at the named place, if
    any), against quiet windows of the year before."""
    threats = [t for claim in sight.of_kinds(Kind.THREAT) if (t := _threat(sight, claim))]
    row = Measured(NAME, None, "threats followed", _window(threats), NULL, name="threats followed by an attack")
    row = replace(
        row,
        settings=f"within {ahead} days",
        n=len(threats),
        subject="all parties",
        claims=tuple(t.claim for t in threats),
    )
    if len(threats) < LEAST_THREATS:
        return replace(
            row, verdict=NOT_ENOUGH, note=f"{len(threats)} threats of known day and party, {LEAST_THREATS} needed"
        )
    deeds = _deeds(sight)
    seen = sum(_followed(t, deeds, 0, ahead) for t in threats)
    chance = generator(sight.seed, NAME, "threats")
    windows = [_quiet(t, threats, ahead) for t in threats]
    pairs = zip(threats, windows, strict=True)
    came = [np.array([_followed(t, deeds, o, ahead) for o in offsets], float) for t, offsets in pairs]
    draws = quiet_draws(came, sight.declared.draws, chance)
    low, high = between(draws)
    p = p_above(seen, draws)
    row = replace(row, statistic=float(seen), null=float(draws.mean()), low=low, high=high, interval="90 % of the null")
    return replace(
        row, p_value=p, verdict="more than quiet windows" if p <= ALARM else CHANCE, note=f"{seen} of {len(threats)}"
    )


def quiet_draws(came: Sequence[Floats], draws: int, chance: np.random.Generator) -> Floats:
    """How many threats would have been followed, each by one of its own quiet windows: `came` says for each threat
    which of them were. A threat without a quiet window counts as not followed."""
    found = np.zeros(draws)
    for windows in came:
        found += chance.choice(windows, draws) if len(windows) else 0.0
    return found


def _threat(sight: Sight, claim: Claim) -> _Threat | None:
    """Who threatens, where, and from when on: the day of the threat, else of its publication."""
    day = claim.days.last_day if claim.days.known else sight.published(claim)
    actors = frozenset(claim.values(SlotName.ACTOR)) or frozenset(filter(None, [claim.speaker.actor]))
    known = actors & {actor.id for actor in sight.case.actors}
    return _Threat(known, frozenset(claim.values(SlotName.PLACE)), day, claim.id) if known and day else None


_Deeds = list[tuple[frozenset[str], frozenset[str], date]]


def _deeds(sight: Sight) -> _Deeds:
    found = []
    for claim in sight.of_kinds(Kind.EVENT):
        day = claim.days.first_day
        if (
            day
            and claim.modality in _SAID_SO
            and claim.action is not None
            and claim.action.value in ("assault", "blockade")
        ):
            found.append((frozenset(claim.values(SlotName.ACTOR)), frozenset(claim.values(SlotName.PLACE)), day))
    return found


def _followed(threat: _Threat, deeds: _Deeds, offset: int, ahead: int) -> bool:
    """Whether a deed of the one who threatened (at the named place) lies in the window begun `offset` days before."""
    first = threat.day - timedelta(days=offset)
    last = first + timedelta(days=ahead)
    return any(
        first < day <= last and actors & threat.actors and (not threat.places or places & threat.places)
        for actors, places, day in deeds
    )


def _quiet(threat: _Threat, threats: Sequence[_Threat], ahead: int) -> list[int]:
    """Offsets of the windows before, one after another, that hold no threat of the same party."""
    others = [other.day for other in threats if other.actors & threat.actors]
    offsets = range(2 * ahead, BACK + 1, ahead)
    starts = {offset: threat.day - timedelta(days=offset) for offset in offsets}
    return [
        o for o, start in starts.items() if not any(start <= day <= start + timedelta(days=ahead) for day in others)
    ]


def _window(threats: Sequence[_Threat]) -> Days:
    days = [threat.day for threat in threats]
    return Days(min(days), max(days)) if days else Days()


def _curve(sight: Sight, side: str, heard: Sequence[Heard]) -> list[Curve]:
    """Incidents claimed by year."""
    if len(heard) < LEAST:
        return []
    years = range(min(one.claimed.year for one in heard), max(one.claimed.year for one in heard) + 1)
    counts = tuple(float(sum(one.claimed.year == year for one in heard)) for year in years)
    return [
        Curve(_name(sight, side), "step", tuple(f"{y}-01-01" for y in years), counts, "incidents claimed in the year")
    ]


def _told(sight: Sight, one: Heard) -> Told:
    text = f"claimed by {_name(sight, one.side)}, no other independent voice by {sight.as_of}"
    return Told(text, Days(one.claimed, one.claimed), one.claims, one.incident, "unconfirmed")


def _name(sight: Sight, side: str) -> str:
    coalition = sight.declared.coalition(side)
    return coalition.name if coalition else side


def _summary(rows: Sequence[Measured]) -> str:
    shares = [row for row in rows if row.unit == "share" and row.statistic is not None]
    said = "; ".join(f"{row.subject}: {row.note}" for row in shares) or "no side has ten claimed incidents"
    threat = next(row for row in rows if row.unit == "threats followed")
    followed = (
        f"threats: {threat.note}, {threat.verdict}" if threat.statistic is not None else f"threats: {threat.verdict}"
    )
    return f"Claimed incidents that no other independent voice has: {said}. {followed}."


INFORMATION = Measure(
    NAME,
    "What do parties claim, who confirms it, and do threats come true?",
    "Claimed incidents without another voice; time until one; claimed over admitted losses; threats followed.",
    "share; days; ratio",
    NULL,
    0,
    False,
    "Not confirmed is not false. A side that is quoted by few is confirmed by few.",
    "Kaplan & Meier 1958, doi 10.1080/01621459.1958.10501452 (time with censoring)",
    find,
    least="ten incidents that a side claims, five threats",
)
