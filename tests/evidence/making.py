"""Makes entries for tests: small documents, their claims, and event tables of any length."""

from datetime import UTC, date, datetime, timedelta

from faultline.evidence import Entry
from faultline.record.claim import Casualties, Claim, Coded, Slot, Speaker, identified
from faultline.record.days import DayPrecision, Days, parse_days
from faultline.record.ids import bytes_hash, document_id
from faultline.record.text import Candidate, Document, Filing, Mention, Span
from faultline.record.vocabulary import Action, Kind, MentionKind, Modality, SlotName

START = datetime(2026, 1, 1, tzinfo=UTC)


def moment(n: int) -> datetime:
    """The n-th day of a store's history."""
    return START + timedelta(days=n)


def document(text: str, content: bytes | None = None) -> tuple[bytes, Document]:
    """Bytes and document of a text."""
    content = text.encode() if content is None else content
    return content, Document(document_id(content), bytes_hash(content), "text/plain", text)


def sentences(made: Document, actor: str = "army") -> Coded:
    """A claim for each sentence of the text, with an actor, a place and a count, and a mention."""
    claims, mentions, start = [], [], 0
    for sentence in made.text.split("."):
        span = Span(start, start + len(sentence))
        start = span.end + 1
        if sentence.strip():
            claims.append(claim(made, span, actor))
            mentions.append(Mention(made.id, span, MentionKind.ACTOR, sentence[:5], (Candidate(actor),)))
    return Coded(identified(claims), tuple(mentions), ("one note",))


def claim(made: Document, span: Span, actor: str = "army") -> Claim:
    """A claim over a span."""
    return Claim(
        id="",
        document=made.id,
        kind=Kind.EVENT,
        span=span,
        action=Action.ASSAULT,
        subtype="battle",
        speaker=Speaker(("reporter", "officials"), "state"),
        modality=Modality.CLAIMED,
        days=Days(date(2015, 3, 1), date(2015, 3, 31), DayPrecision.MONTH, "published 2015-04-01"),
        casualties=(Casualties("killed", 3, None, 5, "soldiers"),),
        slots=(
            Slot(SlotName.ACTOR, "the army", span, "rule", "why", 0.75, (Candidate(actor),), Span(0, span.end)),
            Slot(SlotName.RECIPIENT, "rebels", None, candidates=(Candidate("a", 0.5), Candidate("b", 0.5, "tie"))),
            Slot(SlotName.PLACE, "Town", span, candidates=(Candidate("town", 0.9, "gazetteer"), Candidate("x", 0.1))),
            Slot(SlotName.COUNT, "3", span),
        ),
        confidence=0.5,
    )


def entry(text: str, origin: str = "a.txt", published: str = "2015-04-01", version: str = "1", **more: str) -> Entry:
    """An entry whose sentences were read by the coder "sentences"."""
    actor = more.pop("actor", "army")
    content, made = document(text)
    source = more.pop("source", "wire")
    filing = Filing(origin, made.id, source, published=parse_days(published), **more)
    return Entry(content, made, filing, "sentences", version, sentences(made, actor))
