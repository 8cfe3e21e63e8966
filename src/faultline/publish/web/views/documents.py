"""Turns a filter into a list of documents, and an id into its text with every claim highlighted in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.case import Case
from faultline.evidence import ClaimFilter, Held
from faultline.publish.citing import find_source, source_name
from faultline.publish.highlight import Piece, pieces
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import PAGE_SIZE, DocumentQuery, ReadingQuery, question_of
from faultline.publish.web.standing import CORRECTABLE, about, decision_done, shown_each
from faultline.publish.web.views.claims import SlotRow, slot_row
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.pager import Pager
from faultline.record.claim import Claim
from faultline.record.text import Document, Filing, Span

WINDOW = 40_000  # code points of a text that one page shows
MOST_CLAIMS = 400  # claims that one page highlights; what is beyond is said


@dataclass(frozen=True, slots=True)
class Card:
    """A claim beside the text, with its slots."""

    claim: Claim
    slots: tuple[SlotRow, ...]


def routes(looking: Looking) -> APIRouter:
    """The routes of the documents and of one document."""
    router = APIRouter()

    @router.get("/documents", response_class=HTMLResponse)
    def documents(request: Request, query: Annotated[DocumentQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        rows, total = held_documents(page, query)
        context = {"rows": rows, "at": Pager(query.page, total), "source_of": source_namer(page.case)}
        return render(page, "documents.html", context)

    @router.get("/documents/{id}", response_class=HTMLResponse)
    def document(request: Request, id: str, query: Annotated[ReadingQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        found, filing = page.snapshot.document(id)
        context = {"document": found, "filing": filing, "source_of": source_namer(page.case), "slots": CORRECTABLE}
        reading = _reading(page, found, query)
        claims = [card.claim.id for card in reading["cards"]]
        context |= {"shown": shown_each(page, claims), "done": decision_done(page)}
        stand = page.snapshot.decisions()
        context["decided"] = {claim: about(stand, (claim,)) for claim in claims}
        return render(page, "document.html", {**context, **reading})

    return router


def held_documents(page: Page, query: DocumentQuery) -> tuple[tuple[Held, ...], int]:
    """One page of the documents that a query lets through, by day of publication, and how many there are in all."""
    chosen = replace(question_of(page.case, query).chosen, words=query.words, limit=None, offset=0)
    first = (query.page - 1) * PAGE_SIZE
    total, rows = 0, []
    for held in _fitting(page.snapshot.documents(chosen), query):
        if first <= total < first + PAGE_SIZE:
            rows.append(held)
        total += 1
    return tuple(rows), total


def source_namer(case: Case) -> "partial[str]":
    """A function from a filing to the name of its source, for templates."""
    return partial(_source_name, case)


def _fitting(documents: Iterator[Held], query: DocumentQuery) -> Iterator[Held]:
    for held in documents:
        if (not query.language or held.filing.language == query.language) and not (query.silent and held.claims):
            yield held


def _source_name(case: Case, filing: Filing) -> str:
    return source_name(find_source(case, filing.source), filing)


def _reading(page: Page, document: Document, query: ReadingQuery) -> dict[str, Any]:
    """The window of the text that is asked for, its pieces, and a card for each claim in it."""
    text, snapshot = document.text, page.snapshot
    start = snapshot.claim(query.claim).span.start if query.claim else min(query.at, max(0, len(text) - 1))
    window = Span(start - start % WINDOW, min(len(text), start - start % WINDOW + WINDOW))
    chosen = ClaimFilter(documents=(document.id,))
    inside = tuple(islice((c for c in snapshot.claims(chosen) if c.span.overlaps(window)), MOST_CLAIMS))
    cards = [Card(c, tuple(slot_row(page, slot, text) for slot in c.slots)) for c in inside]
    return {
        "window": window,
        "length": len(text),
        "earlier": window.start - WINDOW if window.start else None,
        "later": window.end if window.end < len(text) else None,
        "total": snapshot.count(chosen),
        "cards": cards,
        "full": len(inside) == MOST_CLAIMS,
        "pieces": _pieces(text, inside, window),
    }


def _pieces(text: str, claims: tuple[Claim, ...], window: Span) -> tuple[Piece, ...]:
    slots = [slot.span for claim in claims for slot in claim.slots if slot.span]
    cuts = [edge for span in slots for edge in (span.start, span.end)]
    return pieces(text, [claim.span for claim in claims], window, cuts)
