"""Turns the world into a page of incidents, and an id into one incident with all its voices side by side."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.publish.citing import Cited, Citer
from faultline.publish.incidents import Mouth, Wanted, dossier, incident_row, incidents_of
from faultline.publish.names import find_actor, find_place
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import PAGE_SIZE, IncidentQuery, Look
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.pager import Pager
from faultline.record.days import Days
from faultline.record.errors import UsageError


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
        seen = looking.worlds.of(page)
        found = incidents_of(seen, wanted_of(page, query))
        first = (query.page - 1) * PAGE_SIZE
        rows = [incident_row(seen, one) for one in found[first : first + PAGE_SIZE]]
        return render(page, "incidents.html", {"rows": rows, "at": Pager(query.page, len(found))})

    @router.get("/incidents/{id}", response_class=HTMLResponse)
    def incident(request: Request, id: str, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        seen = looking.worlds.of(page)
        found = dossier(seen, id)
        citer = Citer(page.case, page.snapshot)
        voices = [Spoken(one, citer.cite(seen.world.claims[one.claim])) for one in found.mouths]
        return render(page, "incident.html", {"found": found, "voices": voices})

    return router


def wanted_of(page: Page, query: IncidentQuery) -> Wanted:
    """What the query asks for. Raises UsageError for a period that ends before it begins."""
    if query.first_day and query.last_day and query.last_day < query.first_day:
        raise UsageError("period", f"{query.first_day} to {query.last_day}", "first day <= last day", "Swap the two.")
    place, actor = find_place(page.case, query.place), find_actor(page.case, query.actor)
    return Wanted(place, actor, Days(query.first_day, query.last_day))
