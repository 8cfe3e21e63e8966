"""The lines of a notebook's tables. Invariant: names stand beside ids, and an empty cell means that nothing is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.publish.citing import Cited
from faultline.publish.incidents import IncidentRow
from faultline.publish.names import actor_name, place_name, slot_name
from faultline.record.analysis import Measured
from faultline.record.claim import Casualties, Claim
from faultline.record.finding import Finding
from faultline.record.text import Source
from faultline.record.vocabulary import SlotName


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One source saying one thing. Days are inclusive, None where unknown; `killed_*` are people, of all groups that
    the claim counts, None where it counts none; `retold` marks words of ours that retell a page."""

    claim: str
    kind: str
    action: str
    subtype: str
    modality: str
    speakers: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    words: str
    retold: bool
    source: str
    published: date | None
    document: str
    confidence: float


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One happening by all that was said of it. `killed_best` None: no figure may count; `voices` are independent
    lineages; `certainty` is the probability of the weakest link by which it hangs together."""

    incident: str
    first_day: date | None
    last_day: date | None
    says: str
    acts: tuple[str, ...]
    actors: tuple[str, ...]
    places: tuple[str, ...]
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_why: str
    claims: int
    documents: int
    voices: int
    provisional: bool
    certainty: float | None
    part_of: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Who publishes, and how much of it is in view. `reliability` is A to F (Admiralty scale)."""

    source: str
    name: str
    kind: str
    family: str
    country: str
    side: str
    reliability: str
    reason: str
    documents: int
    claims: int


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One statistic against its null. `low` and `high` are what `interval` says; `statistic` None with a `verdict` says
    why there is no number; `n` is what it rests on."""

    measure: str
    name: str
    subject: str
    statistic: float | None
    unit: str
    first_day: date | None
    last_day: date | None
    null: float | None
    low: float | None
    high: float | None
    interval: str
    p_value: float | None
    n: int
    verdict: str
    null_model: str
    settings: str
    frame: str
    note: str


def claim_line(case: Case, cited: Cited) -> ClaimLine:
    """The line of a claim."""
    claim = cited.claim
    low, best, high = (_people(claim, name) for name in ("low", "best", "high"))
    return ClaimLine(
        claim=claim.id,
        kind=claim.kind.value,
        action=claim.action.value if claim.action else "",
        subtype=claim.subtype,
        modality=claim.modality.value,
        speakers=claim.speaker.chain,
        first_day=claim.days.first_day,
        last_day=claim.days.last_day,
        actors=_named(case, claim, SlotName.ACTOR),
        recipients=_named(case, claim, SlotName.RECIPIENT),
        places=_named(case, claim, SlotName.PLACE),
        killed_low=low,
        killed_best=best,
        killed_high=high,
        words=cited.excerpt.words,
        retold=cited.retold,
        source=cited.source_name,
        published=cited.filing.published.last_day,
        document=claim.document,
        confidence=claim.confidence,
    )


def incident_line(case: Case, row: IncidentRow) -> IncidentLine:
    """The line of an incident."""
    return IncidentLine(
        incident=row.id,
        first_day=row.days.first_day,
        last_day=row.days.last_day,
        says=row.says,
        acts=row.acts,
        actors=tuple(actor_name(case, id) for id in row.actors),
        places=tuple(place_name(case, id) for id in row.places),
        killed_low=row.killed_low,
        killed_best=row.killed_best,
        killed_high=row.killed_high,
        killed_why=row.killed_why,
        claims=row.claims,
        documents=row.documents,
        voices=row.voices,
        provisional=row.provisional,
        certainty=row.certainty,
        part_of=row.part_of,
    )


def source_lines(case: Case, snapshot: Snapshot) -> list[SourceLine]:
    """A line for each source of the case, in its order, then for each other one in view."""
    claims, documents = snapshot.counts("source"), {source.id: 0 for source in case.sources}
    for held in snapshot.documents():
        documents[held.filing.source] = documents.get(held.filing.source, 0) + 1
    known = {source.id: source for source in case.sources}
    return [_source_line(known.get(id), id, (number, claims.get(id, 0))) for id, number in documents.items()]


def _source_line(known: Source | None, id: str, counts: tuple[int, int]) -> SourceLine:
    if known is None:
        return SourceLine(id, id, "", "", "", "", "", "", *counts)
    said = (known.name, known.kind.value, known.family, known.country, known.side, known.reliability.value)
    return SourceLine(id, *said, known.reason, *counts)


def measure_lines(findings: Iterable[Finding]) -> list[MeasureLine]:
    """The statistics of each finding, in its order, sensitivity left out."""
    return [_measure_line(row) for finding in findings for row in finding.rows]


def _measure_line(row: Measured) -> MeasureLine:
    return MeasureLine(
        measure=row.measure,
        name=row.name,
        subject=row.subject,
        statistic=row.statistic,
        unit=row.unit,
        first_day=row.window.first_day,
        last_day=row.window.last_day,
        null=row.null,
        low=row.low,
        high=row.high,
        interval=row.interval,
        p_value=row.p_value,
        n=row.n,
        verdict=row.verdict,
        null_model=row.null_model,
        settings=row.settings,
        frame=row.frame,
        note=row.note,
    )


def _named(case: Case, claim: Claim, name: SlotName) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slot_name(case, slot) for slot in claim.slots if slot.name == name))


def _people(claim: Claim, name: str) -> int | None:
    """People killed by that end of the claim's triples; a running total of a period is none of an event."""
    stated = [getattr(one, name) for one in claim.casualties if _counts(one)]
    known = [number for number in stated if number is not None]
    return sum(known) if known and len(known) == len(stated) else None


def _counts(one: Casualties) -> bool:
    return one.harm == "killed" and not one.cumulative_since
