"""Turns the world into a page of incidents, and an id into one incident with all its voices side by side."""

from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from faultline.evidence.visible import Bounds
from faultline.publish.citing import Cited, Citer
from faultline.publish.incidents import Mouth, Wanted, dossier, incident_row, incidents_of
from faultline.publish.names import find_actor, find_place
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import PAGE_SIZE, Look, Paged, Words
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.pager import Pager
from faultline.publish.worlds import Seen
from faultline.record.days import Days
from faultline.record.errors import UsageError

_KEPT = 3  # worlds: a reader goes to and fro between a few days


class IncidentQuery(Paged):
    """Which incidents: every field narrows, an absent one does not."""

    actor: Words = Field(default="", description="Id or name of an actor.")
    place: Words = Field(default="", description="Id or name of a place.")
    first_day: date | None = Field(default=None, description="May have happened on this day or later.")
    last_day: date | None = Field(default=None, description="May have happened on this day or earlier.")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice with its sentence."""

    mouth: Mouth
    cited: Cited


def routes(looking: Looking) -> APIRouter:
    """The routes of the incidents and of one incident."""
    router = APIRouter()
    worlds = Worlds()

    @router.get("/incidents", response_class=HTMLResponse)
    def incidents(request: Request, query: Annotated[IncidentQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        seen = worlds.of(page)
        found = incidents_of(seen, wanted_of(page, query))
        first = (query.page - 1) * PAGE_SIZE
        rows = [incident_row(seen, one) for one in found[first : first + PAGE_SIZE]]
        return render(page, "incidents.html", {"rows": rows, "at": Pager(query.page, len(found))})

    @router.get("/incidents/{id}", response_class=HTMLResponse)
    def incident(request: Request, id: str, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        seen = worlds.of(page)
        found = dossier(seen, id)
        citer = Citer(page.case, page.snapshot)
        voices = [Spoken(one, citer.cite(seen.world.claims[one.claim])) for one in found.mouths]
        return render(page, "incident.html", {"found": found, "voices": voices})

    return router


class Worlds:
    """The worlds of the last snapshots that were looked at: each is made once."""

    def __init__(self) -> None:
        self._made: dict[Bounds, Seen] = {}
        self._lock = Lock()

    def of(self, page: Page) -> Seen:
        """The world that a page looks at. Two requests for one world wait for one another."""
        bounds = page.snapshot.bounds
        with self._lock:
            seen = self._made.pop(bounds, None) or Seen(page.case, page.snapshot)
            self._made[bounds] = seen
            while len(self._made) > _KEPT:
                del self._made[next(iter(self._made))]
            _ = seen.world
        return seen


def wanted_of(page: Page, query: IncidentQuery) -> Wanted:
    """What the query asks for. Raises UsageError for a period that ends before it begins."""
    if query.first_day and query.last_day and query.last_day < query.first_day:
        raise UsageError("period", f"{query.first_day} to {query.last_day}", "first day <= last day", "Swap the two.")
    place, actor = find_place(page.case, query.place), find_actor(page.case, query.actor)
    return Wanted(place, actor, Days(query.first_day, query.last_day))
