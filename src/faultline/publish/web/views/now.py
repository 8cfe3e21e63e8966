"""Turns a day into what changed since then, each line with its reason. Invariant: the earlier side is what was known on
that day, not what is known of it now."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from faultline.publish.web.page import Page, render
from faultline.publish.web.query import Look
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.work import under_way
from faultline.publish.web.worlds import Progress
from faultline.record.errors import UsageError

_DAYS = 90  # how far back a first visit looks
_SEEN = "faultline-seen"  # the day of the last visit
_MOST = 40  # lines of one sort


class NowQuery(Look):
    """Since which day."""

    since: date | None = Field(default=None, description="The earlier day; that of the last visit where absent.")


def routes(looking: Looking) -> APIRouter:
    """The route of what changed."""
    router = APIRouter()

    @router.get("/now", response_class=HTMLResponse)
    def now(request: Request, query: Annotated[NowQuery, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        since = query.since or _last_visit(request, page)
        if since >= page.snapshot.as_of:
            raise UsageError("since", str(since), f"a day before {page.snapshot.as_of}")
        earlier = looking.page(request, query.model_copy(update={"as_of": since}))
        found = looking.worlds.changes(earlier, page)
        if isinstance(found, Progress):
            return under_way(looking, page, found, "Now")
        context = {"found": found, "since": since, "most": _MOST, "steps": _steps(page)}
        answer = render(page, "now.html", context)
        if page.query.as_of is None:
            answer.set_cookie(_SEEN, page.snapshot.as_of.isoformat(), 365 * 86400, httponly=True, samesite="strict")
        return answer

    return router


def _last_visit(request: Request, page: Page) -> date:
    """The day of the last visit if it lies before the day of the question; else some months back."""
    try:
        seen = date.fromisoformat(request.cookies.get(_SEEN, ""))
    except ValueError:
        seen = date.max
    return seen if seen < page.snapshot.as_of else page.snapshot.as_of - timedelta(days=_DAYS)


def _steps(page: Page) -> tuple[date, ...]:
    return tuple(page.snapshot.as_of - timedelta(days=days) for days in (7, 30, 90, 365))
