"""Turns the sources of a case, and those that only the record names, into their list and a page each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.case import Case
from faultline.evidence import ClaimFilter
from faultline.publish.citing import Citer, find_source
from faultline.publish.web.page import render
from faultline.publish.web.query import Look
from faultline.publish.web.views.looking import Looking
from faultline.record.errors import NotFoundError
from faultline.record.text import Source

_SOME = 10


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with how many claims of the view it carries; `source` is None where the case does not describe it."""

    id: str
    name: str
    source: Source | None
    claims: int


def routes(looking: Looking) -> APIRouter:
    """The routes of the sources and of one source."""
    router = APIRouter()

    @router.get("/sources", response_class=HTMLResponse)
    def sources(request: Request, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        rows = source_rows(page.case, page.snapshot.counts("source", ClaimFilter()))
        return render(page, "sources.html", {"rows": rows})

    @router.get("/sources/{id}", response_class=HTMLResponse)
    def source(request: Request, id: str, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        chosen = ClaimFilter(sources=(id,), limit=_SOME)
        known = find_source(page.case, id)
        held = sum(1 for _ in page.snapshot.documents(ClaimFilter(sources=(id,))))
        if known is None and not held:
            raise NotFoundError(f"source {id}", "", "a source of the case or of a document in view")
        context = {
            "id": id,
            "name": known.name if known else id,
            "source": known,
            "total": page.snapshot.count(ClaimFilter(sources=(id,))),
            "held": held,
            "cited": Citer(page.case, page.snapshot).cite_all(page.snapshot.claims(chosen)),
        }
        return render(page, "source.html", context)

    return router


def source_rows(case: Case, claims: Mapping[str, int]) -> tuple[SourceRow, ...]:
    """Every source with a claim in view or described by the case, most claims first, then by name."""
    ids = {source.id for source in case.sources} | set(claims)
    rows = [_row(case, id, claims.get(id, 0)) for id in ids]
    return tuple(sorted(rows, key=lambda row: (-row.claims, row.name.casefold(), row.id)))


def _row(case: Case, id: str, claims: int) -> SourceRow:
    known = find_source(case, id)
    return SourceRow(id, known.name if known else id or "source not named", known, claims)
