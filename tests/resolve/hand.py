"""A small invented country and reports made by hand: what the tests of resolve read. Nothing in it happened."""

from dataclasses import dataclass, replace
from pathlib import Path

from faultline.case import Case, Policy
from faultline.record.actor import Actor, Tie
from faultline.record.claim import REPORTER, Casualties, Claim, Slot, Speaker, identified
from faultline.record.days import Days, parse_days
from faultline.record.decision import Decision
from faultline.record.ids import document_id
from faultline.record.place import Place
from faultline.record.text import Candidate, Filing, Source, Span
from faultline.record.vocabulary import (
    Action,
    ActorKind,
    Kind,
    Modality,
    PlacePrecision,
    Reliability,
    SlotName,
    SourceKind,
    TieKind,
)
from faultline.resolve.casualties import Counting
from faultline.resolve.lineage import trace
from faultline.resolve.profiles import Profile
from faultline.resolve.report import Report
from faultline.resolve.world import World, resolve
from tests.resolve.standin import standin

ACTORS = (
    Actor("army", "Army of Varda", ActorKind.STATE_FORCE, side="Varda"),
    Actor("gov-varda", "Government of Varda", ActorKind.GOVERNMENT, side="Varda"),
    Actor("front", "River Front", ActorKind.ARMED_GROUP, side="front"),
    Actor("league", "Hill League", ActorKind.ARMED_GROUP),
    Actor("ana-mora", "Ana Mora", ActorKind.PERSON, ties=(Tie("ana-mora", TieKind.MEMBER, "army"),)),
    Actor("rescue", "Rescue Watch", ActorKind.ORGANISATION),
)
PLACES = (
    Place("tarn", "Tarn", 10.0, 1.0, 3.0, admin1="Osk", country="VR"),
    Place("belk", "Belk", 10.6, 1.4, 3.0, admin1="Osk", country="VR"),
    Place("sull", "Sull", 12.0, 3.0, 3.0, admin1="Marr", country="VR"),
    Place("tarn-south", "Tarn", 14.0, 5.0, 3.0, admin1="Marr", country="VR"),
    Place("varda", "Varda", 12.0, 3.0, 500.0, feature="PCLI", precision=PlacePrecision.COUNTRY, country="VR"),
)
SOURCES = (
    Source("courier", "The Varda Courier", SourceKind.OUTLET, reliability=Reliability.B),
    Source("radio", "River Radio", SourceKind.OUTLET, reliability=Reliability.C),
    Source("herald", "Hill Herald", SourceKind.OUTLET, reliability=Reliability.D),
    Source("front-voice", "Voice of the Front", SourceKind.PARTY, side="front", reliability=Reliability.E),
)


@dataclass(frozen=True)
class Say:
    """A claim to be: the words it stands on (they must stand in the text) and what it says."""

    words: str
    kind: Kind = Kind.EVENT
    subtype: str = "attack"
    action: Action | None = Action.ASSAULT
    days: str = ""
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    speaker: Speaker = Speaker()
    modality: Modality = Modality.ASSERTED
    tolls: tuple[Casualties, ...] = ()
    confidence: float = 0.9


def toll(words: str, best: int, group: str = "people", **more: object) -> Say:
    """A quantity of people killed."""
    count = Casualties("killed", best, best, best, group)
    return replace(Say(words, Kind.QUANTITY, "fatalities", None, tolls=(count,)), **more)  # type: ignore[arg-type]


def said_by(name: str, actor: str = "") -> Speaker:
    return Speaker((REPORTER, name), actor)


def hand_case() -> Case:
    """The case, without files."""
    return Case(
        folder=Path("varda"),
        id="varda",
        title="Varda",
        languages=("en", "fr"),
        countries=("VR",),
        capital="sull",
        period=Days(),
        actors=ACTORS,
        places=PLACES,
        sources=SOURCES,
        frames=(),
        inputs=(),
        policy=Policy(),
        expectations=(),
        fingerprint="hand",
    )


def report(text: str, published: str, *said: Say, source: str = "courier", origin: str = "") -> Report:
    """A report whose claims stand where their words first stand in its text."""
    document = document_id(text.encode())
    filing = Filing(origin or f"reports/{document}.md", document, source, "", "", "en", parse_days(published))
    return Report(filing, text, identified([_claim(document, text, one) for one in said]))


def world_of(*reports: Report, decisions: tuple[Decision, ...] = ()) -> World:
    """The world of the reports by the stand-in linker."""
    return resolve(hand_case(), reports, decisions, standin)


def counting(world: World, profile: Profile = Profile.REPRESENTATIVE) -> Counting:
    """Figures weighed by the lineages of the world's reports."""
    return Counting(trace(world.case, tuple(world.reports.values())), profile)


def _claim(document: str, text: str, said: Say) -> Claim:
    start = text.index(said.words)
    span = Span(start, start + len(said.words))
    slots = [
        *(Slot(SlotName.PLACE, id, span, candidates=(Candidate(id),)) for id in said.places),
        *(Slot(SlotName.ACTOR, id, span, candidates=_known(id)) for id in said.actors),
        *(Slot(SlotName.RECIPIENT, id, span, candidates=_known(id)) for id in said.recipients),
        *(Slot(SlotName.COUNT, f"{c.harm} {c.best}", span) for c in said.tolls),
    ]
    return Claim(
        id="",
        document=document,
        kind=said.kind,
        span=span,
        action=said.action,
        subtype=said.subtype,
        speaker=said.speaker,
        modality=said.modality,
        days=parse_days(said.days),
        casualties=said.tolls,
        slots=tuple(slots),
        confidence=said.confidence,
    )


def _known(id: str) -> tuple[Candidate, ...]:
    return (Candidate(id),) if id in {actor.id for actor in ACTORS} else ()
