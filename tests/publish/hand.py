"""A small invented case made by hand, in a real store: what the tests of publish read. Nothing in it happened."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from faultline.case import Case, Policy
from faultline.evidence import Entry, Snapshot, Store, open_store
from faultline.record.actor import Actor
from faultline.record.claim import Casualties, Claim, Coded, Slot, Speaker, identified
from faultline.record.days import parse_days
from faultline.record.ids import bytes_hash, document_id
from faultline.record.place import Place
from faultline.record.text import Candidate, Document, Filing, Mention, Source, Span
from faultline.record.vocabulary import (
    Action,
    ActorKind,
    Kind,
    MentionKind,
    Modality,
    PlacePrecision,
    Reliability,
    SlotName,
    SourceKind,
)

RECORDED = datetime(2020, 6, 1, 12, 0, tzinfo=UTC)
AS_OF = date(2020, 6, 1)
# The pages that hold for every claim of the case; tests add those that ask for something.
PAGES = (
    "/",
    "/now?since=2020-03-04",
    "/map",
    "/timeline",
    "/actors",
    "/actors/river_front",
    "/incidents",
    "/documents",
    "/mechanisms",
    "/system",
    "/forecast",
    "/examine",
    "/review",
    "/sources",
    "/sources/courier",
    "/nothing",
)


@dataclass(frozen=True)
class HandDesk:
    """A desk over a store that a test filled."""

    case: Case
    store: Store

    def snapshot(self, as_of: date | None = None, include_undated: bool = False) -> Snapshot:
        return self.store.snapshot(as_of=as_of or AS_OF, include_undated=include_undated)


@dataclass(frozen=True)
class Said:
    """A claim to be: the words it stands on and what it says; every text in it must stand in the document."""

    kind: Kind
    words: str
    days: str = ""
    action: Action | None = None
    subtype: str = ""
    actor: str = ""
    place: str = ""
    speaker: str = ""
    modality: Modality = Modality.ASSERTED
    casualties: tuple[Casualties, ...] = ()
    recipient: str = ""


ACTORS = (
    Actor("river_front", "River Front", ActorKind.ARMED_GROUP),
    Actor("army", "Army of Varda", ActorKind.STATE_FORCE),
    Actor("ana_mora", "Ana Mora", ActorKind.PERSON),
)
PLACES = (
    Place("tarn", "Tarn", 10.0, 1.0, admin2="Lower Osk", admin1="Osk", country="VR"),
    Place("belk", "Belk", 10.5, 1.2, admin2="Upper Osk", admin1="Osk", country="VR"),
    Place("osk", "Osk", 10.2, 1.1, 80.0, feature="ADM1", precision=PlacePrecision.ADMIN1, admin1="Osk", country="VR"),
)
SOURCES = (
    Source("courier", "The Varda Courier", SourceKind.OUTLET, reliability=Reliability.B, reason="corrects itself"),
    Source("radio", "Radio du Fleuve", SourceKind.LOCAL_PRESS, languages=("fr",), reliability=Reliability.C),
)


def hand_case(folder: Path, policy: Policy | None = None) -> Case:
    """The case, without files."""
    return Case(
        folder=folder,
        id="varda",
        title="Varda",
        languages=("en", "fr"),
        countries=("VR",),
        capital="",
        period=parse_days("2019/2020"),
        actors=ACTORS,
        places=PLACES,
        sources=SOURCES,
        frames=(),
        inputs=(),
        policy=policy or Policy(),
        expectations=(),
        fingerprint="hand",
    )


def hand_entry(filing: Filing, text: str, said: tuple[Said, ...] = (), people: tuple[str, ...] = ()) -> Entry:
    """An entry whose claims and mentions of people stand where their words first stand in the text."""
    content = text.encode()
    document = Document(document_id(content), bytes_hash(content), "text/plain", text)
    claims = identified([_claim(document, one) for one in said])
    mentions = tuple(Mention(document.id, _span(text, name), MentionKind.PERSON, name) for name in people)
    standing = Filing(**{f: getattr(filing, f) for f in filing.__slots__} | {"document": document.id})
    return Entry(content, document, standing, "hand", "1", Coded(claims, mentions))


def filing(origin: str, title: str, published: str = "", source: str = "courier", language: str = "en") -> Filing:
    """A filing with a page of its own."""
    url = f"https://example.org/{origin}"
    return Filing(origin, "", source, title, url, language, parse_days(published))


def retold(origin: str, title: str, published: str, source: str = "courier", language: str = "en") -> Filing:
    """A filing of a retelling."""
    url = f"https://example.org/{origin}"
    return Filing(origin, "", source, title, url, language, parse_days(published), retold_from=url)


def open_desk(folder: Path, entries: list[Entry], policy: Policy | None = None) -> HandDesk:
    """A desk over a new SQLite store with these entries."""
    store = open_store(f"sqlite:///{folder / 'store.sqlite'}")
    store.append(entries, RECORDED)
    return HandDesk(hand_case(folder, policy), store)


def _claim(document: Document, said: Said) -> Claim:
    span = _span(document.text, said.words)
    slots = [
        _slot(document.text, span, SlotName.ACTOR, said.actor, {a.name: a.id for a in ACTORS}),
        _slot(document.text, span, SlotName.RECIPIENT, said.recipient, {a.name: a.id for a in ACTORS}),
        _slot(document.text, span, SlotName.PLACE, said.place, {p.name: p.id for p in PLACES}),
    ]
    return Claim(
        id="",
        document=document.id,
        kind=said.kind,
        span=span,
        action=said.action,
        subtype=said.subtype,
        speaker=Speaker((said.speaker,)) if said.speaker else Speaker(),
        modality=said.modality,
        days=parse_days(said.days),
        casualties=said.casualties,
        slots=tuple(slot for slot in slots if slot),
    )


def _slot(text: str, span: Span, name: SlotName, words: str, ids: dict[str, str]) -> Slot | None:
    if not words:
        return None
    start = text.index(words, span.start)
    candidates = (Candidate(ids[words], 1.0, "gazetteer"),) if words in ids else ()
    return Slot(name, words, Span(start, start + len(words)), "gazetteer", f"name of a {name.value}", 0.9, candidates)


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
