"""What intake hands on: a document that was taken, or why something was not. Invariant: a file is taken whole or not
at all, and whatever is left out is counted with its reason."""

from dataclasses import dataclass, field

from faultline.record.analysis import Figure
from faultline.record.claim import Coded
from faultline.record.errors import InputError
from faultline.record.text import Document, Filing


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was left out: `origin` as in a filing, a short `reason` (see docs/guide/intake), `where` in it, how many."""

    origin: str
    reason: str
    where: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """One document with its bytes and filing.

    `coded` is None for prose, which coding reads; a table of events or figures brings its claims (or none) along.
    `reader_version` changes whenever the same bytes could give another text or other claims. `skipped` are rows;
    `withheld` the words that the case lets out by no way: they stand in no other field but the bytes.
    """

    content: bytes
    document: Document
    filing: Filing
    coded: Coded | None = None
    figures: tuple[Figure, ...] = ()
    reader: str = ""
    reader_version: str = ""
    skipped: tuple[Skipped, ...] = ()
    withheld: tuple[str, ...] = field(default=(), repr=False)


class RefusedError(InputError):
    """A file or a part of it that cannot be read; `reason` is the short code under which it is counted."""

    def __init__(self, reason: str, where: str = "", expected: str = "") -> None:
        self.reason = reason
        super().__init__(where or reason, reason if where else "", expected)

    def skipped(self, origin: str) -> Skipped:
        """The same as a count of one for that origin."""
        detail = "; ".join(part for part in (self.where if self.where != self.reason else "", self.expected) if part)
        return Skipped(origin, self.reason, detail)
