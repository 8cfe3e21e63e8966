"""The forms that exchangeable parts take. Each is declared once here and registered by hand where it is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from faultline.record.analysis import Frame, Measured
from faultline.record.claim import Claim, Coded
from faultline.record.days import Days
from faultline.record.text import Document, Filing, Span


class Coder(Protocol):
    """Turns a document into claims. A function of its arguments: no I/O, no clock, no chance."""

    @property
    def name(self) -> str:
        """Names its readings in the store."""
        ...

    @property
    def version(self) -> str:
        """Changes with the code, the lexicon and the case knowledge that it reads."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes that it reads; other documents are kept and not coded."""
        ...

    def code(self, document: Document, filing: Filing) -> Coded:
        """Claims with spans, slots and rules, and mentions; nothing for a language that it does not read."""
        ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: its span, its language, the number of its paragraph (from 0), whether it is a
    headline."""

    span: Span
    language: str
    paragraph: int = 0
    headline: bool = False


class LanguagePack(Protocol):
    """What a coder knows of one language: splitter, lexicon, reporting verbs, date and count grammar, demonyms."""

    language: str  # ISO 639-1

    def sentences(self, text: str) -> tuple[Sentence, ...]:
        """Sentences in the order of the text; spans do not overlap."""
        ...


class Snapshot(Protocol):
    """What was known on a day: the only way out of the ledger."""

    @property
    def as_of(self) -> date:
        """The last day whose publications are seen, inclusive."""
        ...

    @property
    def recorded_by(self) -> datetime:
        """The moment up to which the store's own history is replayed, inclusive."""
        ...

    def claims(self) -> Iterable[Claim]:
        """Claims in a stable order (document, span, kind, ordinal)."""
        ...


class Measure(Protocol):
    """A number for one mechanism."""

    name: str
    question: str
    unit: str
    window: Days
    frame: Frame | None
    minimal_data: int

    def run(self, snapshot: Snapshot) -> Measured:
        """The statistic against its null, or a verdict that says why there is none."""
        ...
