"""Turns a filter into a page of claims with their sentences, and an id into one claim with everything behind it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.publish.citing import Citer
from faultline.publish.names import actor_name, place_name, slot_name
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import ClaimQuery, DoneQuery
from faultline.publish.web.selecting import asked_of
from faultline.publish.web.standing import CORRECTABLE, about, decision_done, shown_of
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.pager import Pager
from faultline.record.claim import Slot
from faultline.record.vocabulary import SlotName

_ASKED_BY = {SlotName.ACTOR: "actor", SlotName.RECIPIENT: "actor", SlotName.PLACE: "place"}


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot as a page shows it: `name` its reading, `words` what the text has at its span, `inherited` the words of
    another sentence that it was taken from, `open` what it may mean where that is open, `url` its claims."""

    slot: Slot
    name: str
    words: str
    inherited: str
    open: tuple[str, ...]
    url: str


def routes(looking: Looking) -> APIRouter:
    """The routes of the claims and of one claim."""
    router = APIRouter()

    @router.get("/claims", response_class=HTMLResponse)
    def claims(request: Request, query: Annotated[ClaimQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        question = asked_of(looking.worlds, page, query)
        cited = Citer(page.case, page.snapshot).cite_all(question.claims(page.snapshot))
        at = Pager(query.page, question.count(page.snapshot))
        return render(page, "claims.html", {"cited": cited, "at": at})

    @router.get("/claims/{id}", response_class=HTMLResponse)
    def claim(request: Request, id: str, query: Annotated[DoneQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        citer = Citer(page.case, page.snapshot)
        found = page.snapshot.claim(id)
        text = citer.document(found.document)[0].text
        slots = tuple(slot_row(page, slot, text) for slot in found.slots)
        decided = about(page.snapshot.decisions(), (id,))
        deciding = {
            "decided": decided,
            "shown": shown_of(page, (id,)),
            "done": decision_done(page),
            "correctable": CORRECTABLE,
        }
        return render(page, "claim.html", {"cited": citer.cite(found), "slots": slots, **deciding})

    return router


def slot_row(page: Page, slot: Slot, text: str) -> SlotRow:
    """A slot with its words in the text of its document."""
    asked = _ASKED_BY.get(slot.name)
    return SlotRow(
        slot=slot,
        name=slot_name(page.case, slot),
        words=slot.span.of(text) if slot.span else "",
        inherited=slot.inherited_from.of(text) if slot.inherited_from else "",
        open=() if slot.leading else _open(page, slot),
        url=page.fresh("/claims", {asked: slot.leading or slot.value}) if asked else "",
    )


def _open(page: Page, slot: Slot) -> tuple[str, ...]:
    name = place_name if slot.name == SlotName.PLACE else actor_name
    return tuple(name(page.case, candidate.id) for candidate in slot.candidates)
