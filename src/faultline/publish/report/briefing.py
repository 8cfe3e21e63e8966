"""The parts of an analyst's briefing, free of any file format. Invariant: a statement about the world carries the
numbers of its references, and a reference is a claim that may leave the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from faultline.record.days import Days


@dataclass(frozen=True, slots=True)
class Reference:
    """A claim that a statement rests on. `words` is "" where its sentence is held back, `title` and `url` where they
    would say what it may not; `retold` marks words of ours that retell a page and are no quotation."""

    number: int
    claim: str
    source: str
    title: str
    published: str
    url: str
    words: str
    retold: bool
    language: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or a line with the numbers of its references; `lead` is what it begins with, set off from the rest."""

    text: str
    references: tuple[int, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a header, and as many cells in every row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with what it shows, drawn only in the form that is asked for: `svg` for a page, `png` for paper."""

    drawn: Callable[[], str]
    printed: Callable[[], bytes]
    caption: str

    @property
    def svg(self) -> str:
        """The figure as SVG text."""
        return self.drawn()

    @property
    def png(self) -> bytes:
        """The figure as PNG."""
        return self.printed()


@dataclass(frozen=True, slots=True)
class Section:
    """A part under one title: a note on how to read it, statements, a table, figures; `more` says what was cut."""

    title: str
    note: str = ""
    statements: tuple[Statement, ...] = ()
    grid: Grid | None = None
    pictures: tuple[Picture, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """A whole briefing on one period, by what was known on `as_of`."""

    title: str
    period: Days
    as_of: date
    recorded_by: datetime
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
