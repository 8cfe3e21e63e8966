"""The arrows of a coupled system as rows of a table, for the terminal, a page or a report. Invariant: a row has one
kind, and where sentences are left out no word of an article stands in it."""

from dataclasses import dataclass

from faultline.publish.coupling.words import SIGNS, said_words, size_words
from faultline.record.links import Coupled, Link
from faultline.record.system import ArrowStatus
from faultline.record.vocabulary import ArrowKind


@dataclass(frozen=True, slots=True)
class ArrowRow:
    """One arrow in words: `what` is the measured size, who says so, or the assumption; `disputed` who says otherwise;
    `adds` what the evidence adds and `wanted` the data that would measure it."""

    kind: ArrowKind
    cause: str
    sign: str
    effect: str
    what: str
    disputed: str
    adds: str
    wanted: str


def arrow_rows(coupled: Coupled, kind: ArrowKind | None = None, sentences: bool = True) -> tuple[ArrowRow, ...]:
    """A row for every arrow of that kind (all where none is named), in the order of the system."""
    return tuple(_row(coupled, link, sentences) for link in coupled.links if kind in (None, link.kind))


def _row(coupled: Coupled, link: Link, sentences: bool) -> ArrowRow:
    status = "" if link.status is ArrowStatus.STATED else f" ({link.status.value})"
    said = said_words(link.said, sentences)
    what = {ArrowKind.MEASURED: size_words(link), ArrowKind.ASSERTED: said, ArrowKind.ASSUMED: link.assumed}[link.kind]
    ends = coupled.name(link.cause), f"{SIGNS[link.sign]}{status}", coupled.name(link.effect)
    return ArrowRow(link.kind, *ends, what, said_words(link.disputed, sentences), link.evidence, link.wanted)
