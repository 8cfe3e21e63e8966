"""Who backs whom, what is announced, under way and complete, what gaps are left, which support assets are said to be
lost, and whether events changed after a departure. Invariant: an announcement is never a departure, and what a party
claims is never a confirmed loss.

Follows Eggers, Tuñón & Dafoe 2024, doi 10.1111/ajps.12818 (placebo tests).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import numpy as np

from faultline.measure.chance import p_two_sided
from faultline.measure.events import Events, Floats
from faultline.measure.form import ALARM, CHANCE, NOT_A_SAMPLE, NOT_ENOUGH, Measure
from faultline.measure.sight import Sight
from faultline.record.actor import Tie
from faultline.record.analysis import Measured
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.declared import Departure
from faultline.record.finding import Finding, Told
from faultline.record.packaged import packaged
from faultline.record.vocabulary import ActorKind, Kind, Modality, SlotName, TieKind
from faultline.resolve.lexicon import any_of, folded

NAME = "backing"
SPAN = 90  # days before and after a departure
OTHER_SPANS = (45, 180)  # days: what the ratio is sensitive to
LEAST = 20  # events in the two spans together
SOON = 180  # days within which another backer counts as a substitution
NULL = "the same change around every other day of the table, spans that touch the departure left out"
_LEAVING = frozenset({"withdrawal", "departure", "expulsion", "handover"})
_COMING = frozenset({"arrival", "deployment"})
_LOST = frozenset({"shoot_down", "destruction", "capture", "accident", "seizure"})
_ABROAD = frozenset({ActorKind.STATE, ActorKind.FOREIGN_FORCE, ActorKind.PRIVATE_MILITARY, ActorKind.PEACEKEEPING})
_OPEN = frozenset({Modality.PLANNED, Modality.THREATENED, Modality.DEMANDED, Modality.HYPOTHETICAL})


def find(sight: Sight) -> Finding:
    """Ties of backing with their gaps and substitutions, departures by stage, losses of assets; and for each declared
    departure the events before and after it against every other day."""
    told = (*_ties(sight), *_gaps(sight), *_moves(sight), *_losses(sight))
    events = sight.events
    rows = [row for departure in sight.declared.departures for row in _around(departure, events)]
    if not rows:
        rows = [BACKING.refuse(NOT_ENOUGH, "the case declares no departure").rows[0]]
    frame = events.frame.id if events else ""
    other = tuple(_other_spans(sight, events)) if events is not None else ()
    said = (_summary(told, rows), tuple(rows), told, other)
    return Finding(NAME, BACKING.question, *said, warnings=_WARNINGS, frame=frame)


_WARNINGS = (
    "A change after a departure is not its effect: what made the backer leave moves events too.",
    "Ties are those of actors.yaml that were public by then; claims are counted as they are told, not as a rate.",
)


@dataclass(frozen=True, slots=True)
class _Backing:
    supporter: str
    supported: str
    tie: Tie


def _backed(sight: Sight) -> list[_Backing]:
    """Backing that was public by the day of the question: ties of backing, and alliances of the defender with forces
    from abroad. All parts of the defender are one supported party."""
    defender = sight.members(sight.declared.defender) if sight.declared.defender else frozenset()
    found = []
    for tie in (tie for actor in sight.case.actors for tie in actor.ties):
        if (tie.published.last_day or tie.published.first_day or date.min) > sight.as_of:
            continue
        ends = (tie.actor, tie.other) if tie.actor not in defender else (tie.other, tie.actor)
        allied = tie.kind is TieKind.ALLIANCE and ends[1] in defender and sight.kinds.get(ends[0]) in _ABROAD
        if tie.kind is TieKind.BACKING or allied:
            supporter, supported = ends if allied else (tie.actor, tie.other)
            found.append(_Backing(supporter, sight.declared.defender if supported in defender else supported, tie))
    distinct = {(one.supporter, one.supported, one.tie.days): one for one in reversed(found)}.values()
    return sorted(distinct, key=lambda one: (one.supported, one.tie.days.first_day or date.min, one.supporter))


def backers(sight: Sight, party: str) -> tuple[Days, ...]:
    """The days over which each known backer stands behind the party, as public by the day of the question."""
    return tuple(one.tie.days for one in _backed(sight) if one.supported == party)


def _ties(sight: Sight) -> Iterator[Told]:
    for one in _backed(sight):
        yield Told(f"{one.supporter} backs {one.supported}", one.tie.days, one.tie.sources, one.supported, "backing")


def _gaps(sight: Sight) -> Iterator[Told]:
    """Stretches in which nobody on record backed a party, and departures with another backer's coming near in time."""
    backed = [one for one in _backed(sight) if one.tie.days.first_day]
    for supported in sorted({one.supported for one in backed}):
        mine = [one for one in backed if one.supported == supported]
        last: date | None = None
        for one in mine:
            first = one.tie.days.first_day or date.min
            if last is not None and first - last > timedelta(days=1):
                gap = Days(last + timedelta(days=1), first - timedelta(days=1))
                yield Told(f"nobody on record backs {supported}", gap, (), supported, "gap")
            last = max(last or date.min, one.tie.days.last_day or date.max)
        yield from _substitutions(supported, mine)


def _substitutions(supported: str, backed: list[_Backing]) -> Iterator[Told]:
    for left in backed:
        end = left.tie.days.last_day
        for new in backed:
            first = new.tie.days.first_day
            if end and first and new.supporter != left.supporter and abs((first - end).days) <= SOON:
                text = f"{left.supporter} leaves and {new.supporter} comes beside {supported}"
                yield Told(text, Days(min(first, end), max(first, end)), (), supported, "substitution")


def _moves(sight: Sight) -> Iterator[Told]:
    """Departures and arrivals of backers as told, each with the stage that its words show."""
    supporters = {one.supporter for one in _backed(sight)} | {d.supporter for d in sight.declared.departures}
    backers = {part for supporter in supporters for part in sight.members(supporter)}
    for claim in sight.of_kinds(Kind.EVENT, Kind.INTENT):
        values = claim.values(SlotName.ACTOR)
        moving = [actor for actor in values if actor in backers and sight.kinds.get(actor) in _ABROAD]
        if moving and claim.subtype in _LEAVING | _COMING:
            what = "leaves" if claim.subtype in _LEAVING else "comes"
            stage = stage_of(sight, claim)
            text = f"{', '.join(moving)} {what} ({stage}): “{sight.quoted(claim)}”"
            yield Told(text, claim.days, (claim.id,), moving[0], stage)


def stage_of(sight: Sight, claim: Claim) -> str:
    """ "announced", "under way" or "complete": by the claim's kind and modality, else by its words."""
    if claim.kind is Kind.INTENT or claim.modality in _OPEN:
        return "announced"
    said = sight.words(claim)
    stages: Mapping[str, tuple[str, ...]] = _words()["stages"]
    return next((stage for stage in ("complete", "announced") if _names(said, stages[stage])), "under way")


@dataclass(frozen=True, slots=True)
class Loss:
    """A support asset that a claim says was lost; `confirmed` where the owner or the text itself says so."""

    claim: Claim
    asset: str
    confirmed: bool


def losses(sight: Sight) -> tuple[Loss, ...]:
    """Claims that speak of a lost aircraft, drone or armoured vehicle, in the order of their days."""
    found = []
    for claim in sight.of_kinds(Kind.EVENT):
        if claim.subtype in _LOST and claim.modality not in _OPEN | {Modality.DENIED, Modality.NEGATED}:
            asset = _asset(sight, claim)
            if asset:
                found.append(Loss(claim, asset, claim.modality in (Modality.CONFIRMED, Modality.ASSERTED)))
    return tuple(sorted(found, key=lambda loss: (loss.claim.days.first_day or date.max, loss.claim.id)))


def _asset(sight: Sight, claim: Claim) -> str:
    """What was lost: where something fell or was shot down any word may name it, else only what the claim has as its
    recipient: a drone that films a capture is not captured."""
    falls = claim.subtype in ("shoot_down", "accident")
    said = sight.words(claim) if falls else " ; ".join(s.value for s in claim.slots if s.name is SlotName.RECIPIENT)
    return next((name for name, words in _words()["assets"].items() if _names(said, words)), "")


def _losses(sight: Sight) -> Iterator[Told]:
    for loss in losses(sight):
        status = "confirmed or in the text's own voice" if loss.confirmed else str(loss.claim.modality)
        what = loss.claim.subtype.replace("_", " ")
        text = f"{loss.asset}: {what}, {status}: “{sight.quoted(loss.claim)}”"
        yield Told(text, loss.claim.days, (loss.claim.id,), loss.asset, "loss")


def _around(departure: Departure, events: Events | None) -> Iterator[Measured]:
    """The change of the daily number of events around the departure, and around each placebo day."""
    day = departure.days.last_day
    name = departure.name or f"{departure.supporter} leaves"
    if day is None:
        return
    if events is None:
        row = Measured(NAME, None, "ratio of events", departure.days, NULL, verdict=NOT_A_SAMPLE, name=name)
        yield replace(row, subject=departure.supported, note="rates come from a systematic event table")
        return
    daily, origin = _daily(events)
    for at, said in ((day, name), *((placebo, f"{name}: placebo") for placebo in departure.placebos)):
        yield _change(departure, events, (daily, at.toordinal() - origin), said)


def _daily(events: Events) -> tuple[Floats, int]:
    origin = int(events.first.min())
    return np.bincount(events.first - origin).astype(np.float64), origin


def _other_spans(sight: Sight, events: Events) -> Iterator[Measured]:
    """The ratio around each departure over half and twice the days; its p-value is not corrected."""
    daily, origin = _daily(events)
    for departure in sight.declared.departures:
        day = departure.days.last_day
        at = day.toordinal() - origin if day else -1
        for span in OTHER_SPANS:
            seen, known = log_ratio(daily, at, span), other_weeks(daily, at, span)
            if np.isnan(seen) or len(known) < 20 or day is None:
                continue
            window = Days(day - timedelta(days=span), day + timedelta(days=span))
            row = Measured(NAME, float(np.exp(seen)), "ratio of events", window, NULL)
            name = departure.name or f"{departure.supporter} leaves"
            row = replace(row, p_value=p_two_sided(seen, known), name=name, subject=departure.supported)
            yield replace(row, settings=f"{span} days before and after", frame=events.frame.id)


def log_ratio(daily: Floats, at: int, span: int = SPAN) -> float:
    """Log of the events in the 90 days after day `at` over those in the 90 before; NaN where days are missing."""
    if at < span or at + span >= len(daily):
        return float("nan")
    return float(np.log((daily[at + 1 : at + 1 + span].sum() + 0.5) / (daily[at - span : at].sum() + 0.5)))


def other_weeks(daily: Floats, at: int, span: int = SPAN) -> Floats:
    """The same around every seventh other day whose spans do not touch those of day `at`."""
    others = [log_ratio(daily, k, span) for k in range(span, len(daily) - span, 7) if abs(k - at) > 2 * span]
    return np.array([value for value in others if np.isfinite(value)])


def _change(departure: Departure, events: Events, where: tuple[Floats, int], name: str) -> Measured:
    daily, at = where
    seen = log_ratio(daily, at)
    n = int(daily[max(0, at - SPAN) : max(0, at + 1 + SPAN)].sum())
    day = date.fromordinal(int(events.first.min()) + at)
    window = Days(day - timedelta(days=SPAN), day + timedelta(days=SPAN))
    row = Measured(NAME, None, "ratio of events", window, NULL, name=name, subject=departure.supported, n=n)
    row = replace(row, frame=events.frame.id, settings=f"{SPAN} days before and after")
    empty = [
        side
        for side, part in (("before", daily[max(0, at - SPAN) : at]), ("after", daily[at + 1 :][:SPAN]))
        if not part.any()
    ]
    if empty and not np.isnan(seen):
        note = f"the table has no row in the {SPAN} days {' nor '.join(empty)} it: whether it covers them is not known"
        return replace(row, verdict=NOT_ENOUGH, note=note)
    if np.isnan(seen) or n < LEAST:
        return replace(row, verdict=NOT_ENOUGH, note=f"{n} events in the table's days around it, {LEAST} are needed")
    known = other_weeks(daily, at)
    if len(known) < 20:
        return replace(
            row, statistic=float(np.exp(seen)), verdict=NOT_ENOUGH, note="fewer than 20 other weeks to compare"
        )
    low, high = np.quantile(known, [0.05, 0.95])
    p = p_two_sided(seen, known)
    return replace(
        row,
        statistic=float(np.exp(seen)),
        null=float(np.exp(np.median(known))),
        low=float(np.exp(low)),
        high=float(np.exp(high)),
        interval="90 % of the null",
        p_value=p,
        verdict="beyond other days" if p <= ALARM else CHANCE,
        note=f"{len(known)} other weeks, which overlap: the p-value is a rank",
    )


def _summary(told: tuple[Told, ...], rows: Iterable[Measured]) -> str:
    forms = [one.form for one in told]
    count = {form: forms.count(form) for form in ("backing", "gap", "substitution", "complete", "loss")}
    changed = [row.name for row in rows if row.verdict == "beyond other days" and "placebo" not in row.name]
    said = (
        f"{count['backing']} ties of backing, {count['gap']} gaps and {count['substitution']} substitutions on record;"
    )
    said += f" {count['complete']} claims of a completed departure, {count['loss']} of a lost asset"
    return f"{said}; events changed beyond other days after: {', '.join(changed) or 'no declared departure'}."


def _names(said: str, words: tuple[str, ...]) -> bool:
    return bool(_pattern(words).search(folded(said)))


_pattern = cache(any_of)


@cache
def _words() -> dict[str, dict[str, tuple[str, ...]]]:
    raw = packaged("faultline.measure", "backing_words.yaml")
    return {part: {name: tuple(words) for name, words in table.items()} for part, table in raw.items()}


BACKING = Measure(
    NAME,
    "Who backs whom, since when, and what changed when a backer left?",
    "Ties of backing, gaps and substitutions; departures by stage; lost support assets; events around a departure.",
    "ratio of events",
    NULL,
    0,
    False,
    "After is not because: the reasons for leaving move events too. A loss that an enemy claims is not confirmed.",
    "Eggers, Tuñón & Dafoe 2024, doi 10.1111/ajps.12818 (placebo tests)",
    find,
    least="for the events around a departure a table with 20 events in the 180 days about it",
)
