"""Shows long work while it is at work, and stops it. Invariant: a page of running work reloads
itself and never waits."""

import time
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from faultline.publish.web.jobs import Job, State
from faultline.publish.web.page import Page, render
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.worlds import Progress

PATIENCE = 4.0  # seconds for which a page waits for its world before it says so


def routes(looking: Looking) -> APIRouter:
    """The routes that stop work, and that begin again what was stopped."""
    router = APIRouter()

    @router.post("/work/stop")
    def stop(
        request: Request, id: Annotated[str, Form(max_length=80)], after: Annotated[str, Form(max_length=400)] = "/"
    ) -> RedirectResponse:
        looking.guard.workers(request)
        looking.jobs.stop(id)
        looking.worlds.stop(id)
        return RedirectResponse(own(after), status_code=303)

    @router.post("/work/begin")
    def begin(
        request: Request, id: Annotated[str, Form(max_length=80)], after: Annotated[str, Form(max_length=4000)] = "/"
    ) -> RedirectResponse:
        looking.guard.workers(request)
        looking.worlds.begin(id)
        return RedirectResponse(own(after), status_code=303)

    return router


def own(address: str) -> str:
    """The address if it is one within these pages. Raises HTTPException 400 for any other."""
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        raise HTTPException(400, "An address within these pages is expected.")
    return address


def making(looking: Looking, page: Page, title: str, ground: bool = True) -> HTMLResponse | None:
    """None once the page's incidents, and with `ground` who held what, are worked out; until then, after a short wait,
    a page that says how far they are and looks again, or that it was stopped."""
    progress = looking.worlds.waited(page, PATIENCE, ground)
    return under_way(looking, page, progress, title) if progress else None


def under_way(looking: Looking, page: Page, progress: Progress, title: str) -> HTMLResponse:
    """The page of what is worked out beside the pages: how far it is, or that somebody stopped it."""
    state: State = "stopped" if progress.stopped else "running"
    job = Job(progress.id, state, progress.step, begun=time.monotonic() - progress.seconds)
    hands = looking.guard.hands is not None
    return render(page, "working.html", {"job": job, "title": title, "hands": hands, "beside": True}, 202)


def working(page: Page, job: Job, title: str) -> HTMLResponse:
    """The page of work that is not done: how far it is, or why there is no result."""
    context = {"job": job, "title": title, "hands": True, "beside": False}
    return render(page, "working.html", context, 202 if job.state == "running" else 200)
