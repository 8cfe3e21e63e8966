"""Turns the sources of a case, and those that only the record names, into their list and a page each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.case import Case
from faultline.evidence import ClaimFilter
from faultline.publish.citing import Citer, find_source
from faultline.publish.incidents import IncidentRow
from faultline.publish.web.page import render
from faultline.publish.web.query import PAGE_SIZE, Look, SourceQuery
from faultline.publish.web.tongue import tongue_of
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.pager import Pager
from faultline.publish.web.views.work import making
from faultline.publish.worlds import Seen
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

    def named(self, asked: str, worded: Callable[[str], str]) -> bool:
        """Whether the words asked for stand in its name, its id, its country or, as `worded` says it, its kind."""
        known = self.source
        said = (self.name, self.id, *((known.country, worded(known.kind.value)) if known else ()))
        return asked.strip().casefold() in "\n".join(said).casefold()


@dataclass(frozen=True, slots=True)
class Record:
    """How a source fares: the incidents with a claim of it, those with another independent voice, those whose happening
    somebody denies, and those that rest on it alone, the deadliest first."""

    incidents: int
    corroborated: int
    disputed: int
    alone: tuple[IncidentRow, ...]


def routes(looking: Looking) -> APIRouter:
    """The routes of the sources and of one source."""
    router = APIRouter()

    @router.get("/sources", response_class=HTMLResponse)
    def sources(request: Request, query: Annotated[SourceQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        rows = source_rows(page.case, page.snapshot.counts("source", ClaimFilter()))
        code = tongue_of(page.language).code
        found = [row for row in rows if row.named(query.named, code) and (row.claims or not query.spoken)]
        first = (query.page - 1) * PAGE_SIZE
        context = {"rows": found[first : first + PAGE_SIZE], "at": Pager(query.page, len(found))}
        return render(page, "sources.html", context)

    @router.get("/sources/{id}", response_class=HTMLResponse)
    def source(request: Request, id: str, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        chosen = ClaimFilter(sources=(id,), limit=_SOME)
        known = find_source(page.case, id)
        held = sum(1 for _ in page.snapshot.documents(ClaimFilter(sources=(id,))))
        if known is None and not held:
            raise NotFoundError(f"source {id}", "", "a source of the case or of a document in view")
        if unmade := making(looking, page, "Sources", ground=False):
            return unmade
        context = {
            "id": id,
            "name": known.name if known else id,
            "source": known,
            "total": page.snapshot.count(ClaimFilter(sources=(id,))),
            "held": held,
            "record": record_of(looking.worlds.of(page), looking.worlds.rows(page), id),
            "kin": [one for one in page.case.sources if known and known.family and one.family == known.family],
            "cited": Citer(page.case, page.snapshot).cite_all(page.snapshot.claims(chosen)),
        }
        return render(page, "source.html", context)

    return router


def record_of(seen: Seen, rows: Sequence[IncidentRow], source: str) -> Record:
    """What the incidents owe to a source. What rests on it alone has no other independent voice: every claim was
    published by it, or was taken from its house."""
    own = {id for id, claim in seen.world.claims.items() if seen.world.reports[claim.document].filing.source == source}
    houses = {seen.lineages.of(id)[0].id for id in own}
    carried, alone = [], []
    for row in rows:
        claims = seen.world.incident(row.id).claims
        if own.intersection(claims):
            carried.append(row)
        if row.voices == 1 and all(id in own or seen.lineages.of(id)[-1].id in houses for id in claims):
            alone.append(row)
    return Record(
        incidents=len(carried),
        corroborated=sum(row.voices > 1 for row in carried),
        disputed=sum(row.says != "happened" for row in carried),
        alone=tuple(sorted(alone, key=lambda row: -(row.killed_best or 0))),
    )


def source_rows(case: Case, claims: Mapping[str, int]) -> tuple[SourceRow, ...]:
    """Every source with a claim in view or described by the case, most claims first, then by name."""
    ids = {source.id for source in case.sources} | set(claims)
    rows = [_row(case, id, claims.get(id, 0)) for id in ids]
    return tuple(sorted(rows, key=lambda row: (-row.claims, row.name.casefold(), row.id)))


def _row(case: Case, id: str, claims: int) -> SourceRow:
    known = find_source(case, id)
    return SourceRow(id, known.name if known else id or "source not named", known, claims)
