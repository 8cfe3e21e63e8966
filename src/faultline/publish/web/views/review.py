"""Turns the queue of open questions into one page a question, and answers into decisions. Invariant: every answer is a
decision with an author, can be taken back, and never overwrites what the reviewer was not shown."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from faultline.publish.citing import Cited, Citer
from faultline.publish.incidents import IncidentRow, Mouth, incident_row, mouth
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import DoneQuery, Look
from faultline.publish.web.standing import CORRECTABLE, Shown, about, decision_done, keep, shown_of
from faultline.publish.web.views.looking import Looking
from faultline.publish.worlds import Seen
from faultline.record.claim import Claim
from faultline.record.decision import Decision
from faultline.record.errors import NotFoundError, UsageError
from faultline.record.vocabulary import DecisionKind
from faultline.resolve.deciding import Reviewer, correct, on_claim, on_pair
from faultline.resolve.queue import Question, questions

_LATEST = 8  # decisions shown with their way back
_PAIR = (DecisionKind.SAME_AS, DecisionKind.NOT_SAME, DecisionKind.PART_OF)
Id = Annotated[str, Field(max_length=80)]


class ReviewQuery(DoneQuery):
    """Which question: its number in the queue, and of which sort."""

    n: int = Field(default=0, ge=0, le=1_000_000)
    asks: Literal["", "pair", "claim", "decision"] = ""


class Answer(BaseModel):
    """A decision as a form sends it. `claims` are those whose decisions the page showed, `version` their version."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    kind: DecisionKind
    subject: Id
    object: Id = ""
    slot: Annotated[str, Field(max_length=40)] = ""
    value: Annotated[str, Field(max_length=2000)] = ""
    by: Annotated[str, Field(max_length=80)] = ""
    why: Annotated[str, Field(max_length=2000)] = ""
    claims: Annotated[str, Field(max_length=20_000)] = ""
    version: Id = ""
    after: Annotated[str, Field(max_length=2000)] = "/review"

    @property
    def shown(self) -> Shown:
        """What the page showed."""
        return Shown(tuple(one for one in self.claims.split(",") if one), self.version)


class Undo(BaseModel):
    """A decision to take back."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    id: Id
    by: Annotated[str, Field(max_length=80)] = ""
    why: Annotated[str, Field(max_length=2000)] = ""
    after: Annotated[str, Field(max_length=2000)] = "/review"


@dataclass(frozen=True, slots=True)
class Side:
    """One claim of a question, as the other pages show it."""

    mouth: Mouth
    cited: Cited
    row: IncidentRow | None


def routes(looking: Looking) -> APIRouter:
    """The routes of the review and of decisions."""
    router = APIRouter()

    @router.get("/review", response_class=HTMLResponse)
    def review(request: Request, query: Annotated[ReviewQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        return render(page, "review.html", _context(looking, page, query))

    @router.get("/review/changed/{id}", response_class=HTMLResponse)
    def changed(request: Request, id: str, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        return render(page, "changed.html", _changed(looking.worlds.of(page), id))

    @router.post("/decisions")
    def decided(request: Request, answer: Annotated[Answer, Form()]) -> Response:
        hands = looking.guard.demand(request)
        page = looking.page(request, Look(undated=True))
        made = _made(looking.worlds.near(_same_view(looking, request, answer.after)), answer, page.writer.name)
        fresh = partial(looking.desk.snapshot, None, True)
        [kept] = keep(hands, fresh, [made], answer.shown)
        return _back(looking, answer.after, kept)

    @router.post("/decisions/undo")
    def undone(request: Request, undo: Annotated[Undo, Form()]) -> Response:
        hands = looking.guard.demand(request)
        who = Reviewer(undo.by.strip() or looking.guard.author(request), undo.why)
        [kept] = hands.decide([hands.taken_back(undo.id, who.by, who.why)])
        return _back(looking, undo.after, kept)

    return router


def _same_view(looking: Looking, request: Request, after: str) -> Page:
    """The page that the form stood on, as far as its address says from which day it looked."""
    asked = dict(one.split("=", 1) for one in urlsplit(after).query.split("&") if "=" in one)
    kept = {name: asked[name] for name in ("as_of", "undated") if name in asked}
    return looking.page(request, Look.model_validate(kept))


def _made(seen: Seen, answer: Answer, name: str) -> Decision:
    """The decision that an answer means. Raises UsageError without a name, or for what cannot be meant."""
    who = Reviewer(answer.by.strip() or name, answer.why.strip())
    if answer.kind in _PAIR:
        return on_pair(seen.world, answer.kind, (answer.subject, answer.object), who)
    if answer.kind is DecisionKind.CORRECT:
        if answer.subject not in seen.world.claims:
            raise NotFoundError(f"claim {answer.subject}", "nothing", "a claim in view that feeds an incident")
        return correct(seen.world, answer.subject, (answer.slot, answer.value), who)
    return on_claim(seen.world, answer.kind, answer.subject, who)


def _back(looking: Looking, after: str, kept: Decision) -> Response:
    """To the page that the form stood on, never to another server."""
    where = urlsplit(after)
    if where.scheme or where.netloc or not where.path.startswith("/") or after.startswith(("//", "/\\")):
        raise UsageError("after", after, "an address within these pages")
    questions = [one for one in where.query.split("&") if one and not one.startswith("done=")]
    to = f"{where.path}?{'&'.join([*questions, f'done={kept.id}'])}"
    response = RedirectResponse(to, status_code=303)
    looking.guard.remember(response, kept.by)
    return response


def _context(looking: Looking, page: Page, query: ReviewQuery) -> dict[str, object]:
    seen = looking.worlds.near(page)
    stand = page.snapshot.decisions()
    opened = [one for one in questions(seen.world) if not _settled(one, stand)]
    counts = {asks: sum(one.asks == asks for one in opened) for asks in ("pair", "claim", "decision")}
    asked = [one for one in opened if not query.asks or one.asks == query.asks]
    n = min(query.n, max(0, len(asked) - 1))
    question = asked[n] if asked else None
    ids = (question.subject, question.object) if question else ()
    claims = tuple(id for id in ids if id in seen.world.claims)
    return {
        "question": question,
        "n": n,
        "total": len(asked),
        "counts": counts,
        "decided": sum(not one.undoes for one in stand),
        "sides": [_side(seen, page, seen.world.claims[id]) for id in claims],
        "before": about(stand, claims),
        "shown": shown_of(page, claims),
        "latest": stand[::-1][:_LATEST],
        "done": decision_done(page),
        "slots": CORRECTABLE,
    }


def _settled(question: Question, stand: tuple[Decision, ...]) -> bool:
    """Whether a decision already answers it: the world in view may be older than the newest decisions."""
    mine = {question.subject, question.object} - {""}
    for one in stand:
        if one.undoes:
            continue
        if question.asks == "pair" and one.kind in _PAIR and {one.subject, one.object} == mine:
            return True
        if one.subject in mine and one.kind in (DecisionKind.REJECT, DecisionKind.RETRACT):
            return True
        if question.asks == "claim" and one.subject == question.subject:
            return True
    return False


def _side(seen: Seen, page: Page, claim: Claim) -> Side:
    home = seen.world.home.get(claim.id, "")
    row = incident_row(seen, seen.world.incident(home)) if home else None
    return Side(mouth(seen, claim), Citer(page.case, page.snapshot).cite(claim), row)


def _changed(seen: Seen, id: str) -> dict[str, object]:
    """The incidents that a decision touches, as they are with it and as they would be without it."""
    stand = seen.snapshot.decisions()
    decision = next((one for one in stand if one.id == id), None)
    if decision is None:
        raise NotFoundError(f"decision {id}", "nothing", "a decision that stands as of this day")
    without = [one for one in stand if one.id != id]
    if decision.undoes:
        stood = [one for one in seen.snapshot.decisions(with_undone=True) if one.id == decision.undoes]
        without = [*without, *stood]
    other = Seen(seen.case, seen.snapshot, seen.profile, seen.memory)
    other.__dict__.update(reports=seen.reports, lineages=seen.lineages)
    other.__dict__["world"] = seen.memory.resolved(seen.case, seen.reports, without)
    claims = [one for one in (decision.subject, decision.object) if one]
    return {"decision": decision, "now": _rows(seen, claims), "then": _rows(other, claims)}


def _rows(seen: Seen, claims: list[str]) -> tuple[IncidentRow, ...]:
    homes = dict.fromkeys(seen.world.home[claim] for claim in claims if claim in seen.world.home)
    return tuple(incident_row(seen, seen.world.incident(home)) for home in homes)
