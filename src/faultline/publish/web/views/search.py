"""Turns words into the claims and documents that hold them, the words marked."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.evidence.search import Hit
from faultline.publish.citing import Citer
from faultline.publish.highlight import Piece, pieces
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import SearchQuery
from faultline.publish.web.views.documents import source_namer
from faultline.publish.web.views.looking import Looking
from faultline.record.text import Filing, Span

LIMIT = 20  # claims, and as many documents


@dataclass(frozen=True, slots=True)
class Found:
    """A document that holds the words: its filing and the stretch where they stand, cut at the marked words."""

    id: str
    filing: Filing
    pieces: tuple[Piece, ...]


def routes(looking: Looking) -> APIRouter:
    """The route of the search."""
    router = APIRouter()

    @router.get("/search", response_class=HTMLResponse)
    def search(request: Request, query: Annotated[SearchQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        return render(page, "search.html", _context(page, query.q))

    return router


def _context(page: Page, words: str) -> dict[str, object]:
    hits = page.snapshot.search(words, LIMIT) if words else ()
    citer = Citer(page.case, page.snapshot)
    claims = [page.snapshot.claim(hit.claim) for hit in hits if hit.claim]
    documents = [_found(citer, hit) for hit in hits if not hit.claim]
    return {
        "cited": citer.cite_all(claims),
        "documents": documents,
        "full": max(len(claims), len(documents)) == LIMIT,
        "source_of": source_namer(page.case),
    }


def _found(citer: Citer, hit: Hit) -> Found:
    start = hit.span.start
    marks = [Span(mark.start - start, mark.end - start) for mark in hit.marks]
    return Found(hit.document, citer.document(hit.document)[1], pieces(hit.words, marks, Span(0, len(hit.words))))
