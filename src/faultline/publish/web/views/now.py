"""Turns a day into what changed since then, each line with its reason. Invariant: the earlier side is what was known on
that day, not what is known of it now."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from faultline.publish.web.page import Page, render
from faultline.publish.web.query import Day, Look
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.work import under_way
from faultline.publish.web.worlds import Progress
from faultline.record.errors import UsageError

_DAYS = 90  # how far back a first visit looks
_SEEN = "faultline-seen"  # the days of the last visit and of the one before
_MOST = 200  # lines of one sort
_FIRST = 15  # new incidents that stand open


class NowQuery(Look):
    """Since which day."""

    since: Day | None = Field(default=None, description="The earlier day; that of the last visit where absent.")


def routes(looking: Looking) -> APIRouter:
    """The route of what changed."""
    router = APIRouter()

    @router.get("/now", response_class=HTMLResponse)
    def now(request: Request, query: Annotated[NowQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        visit = _visit(request, page.snapshot.as_of)
        since = query.since or visit.before
        if since >= page.snapshot.as_of:
            raise UsageError("since", str(since), f"a day before {page.snapshot.as_of}")
        earlier = looking.page(request, query.model_copy(update={"as_of": since}))
        found = looking.worlds.changes(earlier, page)
        if isinstance(found, Progress):
            return under_way(looking, page, found, "Now")
        context = {"found": found, "since": since, "most": _MOST, "first": _FIRST, "steps": _steps(page)}
        answer = render(page, "now.html", context)
        if page.query.as_of is None:
            answer.set_cookie(_SEEN, f"{visit.day}.{visit.before}", 365 * 86400, httponly=True, samesite="strict")
        return answer

    return router


@dataclass(frozen=True, slots=True)
class _Visit:
    """A day on which somebody looks, and the day of the visit before: it stays the same for all looks of one day."""

    day: date
    before: date


def _visit(request: Request, today: date) -> _Visit:
    """This visit; without an earlier one, as if it were some months back."""
    try:
        last, earlier = map(date.fromisoformat, request.cookies.get(_SEEN, "").split("."))
    except ValueError:
        last = earlier = date.max
    before = earlier if last == today else last
    return _Visit(today, before if before < today else today - timedelta(days=_DAYS))


def _steps(page: Page) -> tuple[date, ...]:
    return tuple(page.snapshot.as_of - timedelta(days=days) for days in (7, 30, 90, 365))
