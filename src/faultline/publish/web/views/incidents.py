"""Turns the world into a page of incidents, and an id into one incident with all its voices side by side."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.publish.citing import Cited, Citer
from faultline.publish.incidents import Dossier, IncidentRow, Mouth, dossier, incidents_of
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import PAGE_SIZE, DoneQuery, IncidentQuery
from faultline.publish.web.selecting import wanted_of
from faultline.publish.web.standing import decision_done, shown_of
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.pager import Pager
from faultline.publish.web.views.work import making
from faultline.publish.web.worlds import Worlds
from faultline.publish.worlds import Seen


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice with its sentence."""

    mouth: Mouth
    cited: Cited


def routes(looking: Looking) -> APIRouter:
    """The routes of the incidents and of one incident."""
    router = APIRouter()

    @router.get("/incidents", response_class=HTMLResponse)
    def incidents(request: Request, query: Annotated[IncidentQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        if unmade := making(looking, page, "Incidents", ground=False):
            return unmade
        rows = rows_of(looking.worlds, page, query)
        first = (query.page - 1) * PAGE_SIZE
        shown = rows[first : first + PAGE_SIZE]
        return render(page, "incidents.html", {"rows": shown, "at": Pager(query.page, len(rows))})

    @router.get("/incidents/{id}", response_class=HTMLResponse)
    def incident(request: Request, id: str, query: Annotated[DoneQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        if unmade := making(looking, page, "Incidents", ground=False):
            return unmade
        seen = looking.worlds.of(page)
        return render(page, "incident.html", _told(page, seen, dossier(seen, id)))

    return router


def _told(page: Page, seen: Seen, found: Dossier) -> dict[str, object]:
    """All voices by independent lineage, the oldest lineage first, numbered in the order of publication."""
    citer = Citer(page.case, page.snapshot)
    voices = {one.claim: Spoken(one, citer.cite(seen.world.claims[one.claim])) for one in found.mouths}
    claims = tuple(voices)
    return {
        "found": found,
        "groups": [[voices[id] for id in group] for group in seen.lineages.groups(claims)],
        "numbers": {id: n for n, id in enumerate(claims, start=1)},
        "shown": shown_of(page, claims),
        "done": decision_done(page),
    }


def rows_of(worlds: Worlds, page: Page, query: IncidentQuery) -> tuple[IncidentRow, ...]:
    """The incidents that the filter lets through, in the order asked for."""
    seen, wanted = worlds.of(page), wanted_of(page.case, query)
    by_id = {row.id: row for row in worlds.rows(page)}
    rows = [by_id[one.id] for one in incidents_of(seen, wanted)]
    if query.order == "deaths":
        rows.sort(key=lambda row: -(row.killed_best or 0))
    if query.order == "disputed":
        weights = worlds.disputed(page)
        rows.sort(key=lambda row: -weights.get(row.id, 0.0))
    return tuple(rows)
