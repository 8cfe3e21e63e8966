"""Sources, documents, spans and mentions: what was published and where in it a thing stands. Invariant: offsets are
code points into the document's text, end exclusive."""

from dataclasses import dataclass, field

from faultline.record.days import Days
from faultline.record.errors import UsageError
from faultline.record.vocabulary import MentionKind, Reliability, SourceKind


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes or says; never the acting side.

    `family` groups publishers of one house; `side` is the id or name of the party that the source speaks for, if any;
    `reliability` is the Admiralty letter and `reason` the one line that defends it.
    """

    id: str
    name: str
    kind: SourceKind = SourceKind.OUTLET
    family: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    side: str = ""
    reliability: Reliability = Reliability.F
    reason: str = ""
    laundering: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text: code points, `end` exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise UsageError("span", f"{self.start}-{self.end}", "0 <= start <= end")

    def of(self, text: str) -> str:
        """The words under the span."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text as published, identified by the hash of its bytes, immutable.

    `id` and `hash` come from the bytes as received; `text` is what offsets refer to; `media_type` as in RFC 6838.
    """

    id: str
    hash: str
    media_type: str
    text: str


@dataclass(frozen=True, slots=True)
class Filing:
    """One version of what stands at one origin of a case: which document, and what is said about it from outside.

    `origin` is a path relative to the case or an address, and chains the versions. `document` is empty when the filing
    is a removal. `published` is an interval: the first and last possible day of publication. `retold_from` is the
    address of the page that a retelling of ours rests on, empty for a page itself. `frame` names the frame of the case.
    """

    origin: str
    document: str
    source: str = ""
    title: str = ""
    url: str = ""
    language: str = ""
    published: Days = Days()
    frame: str = ""
    retold_from: str = ""
    note: str = ""
    extra: str = ""  # front matter keys that Faultline has no word for, as JSON, kept and shown


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A mark on words that must leave the desk by no way: every occurrence of `words` in a document, or the code points
    of `span` in its text.

    The document is named by its id or by an origin. `length` is that of the text in which the span was marked (0: not
    known). `where` says where the mark stands; no message repeats the words.
    """

    where: str
    document: str = ""
    origin: str = ""
    words: str = field(default="", repr=False)
    span: Span | None = None
    length: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor or place that a mention may mean, with the probability that it does (0 to 1) and why."""

    id: str
    probability: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text with its candidates; coding emits it, resolve decides it."""

    document: str
    span: Span
    kind: MentionKind
    name: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a claim was taken from: a wire, a copy, a retelling, a quoted speaker. Independent lineages corroborate.

    `via` is how it is known: "credit", "copy", "retelling", "speaker", "family", "laundering".
    """

    id: str
    source: str
    via: str
    address: str = ""
