"""Shows long work while it is at work, and stops it. Invariant: a page of running work reloads
itself and never waits."""

import time
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from faultline.publish.web.jobs import Job
from faultline.publish.web.page import Page, render
from faultline.publish.web.views.looking import Looking

PATIENCE = 4.0  # seconds for which a page waits for its world before it says so
Words = Annotated[str, Form(max_length=400)]


def routes(looking: Looking) -> APIRouter:
    """The route that stops work."""
    router = APIRouter()

    @router.post("/work/stop")
    def stop(
        request: Request, id: Annotated[str, Form(max_length=80)], after: Annotated[str, Form(max_length=400)] = "/"
    ) -> RedirectResponse:
        looking.guard.workers(request)
        looking.jobs.stop(id)
        return RedirectResponse(own(after), status_code=303)

    return router


def own(address: str) -> str:
    """The address if it is one within these pages. Raises HTTPException 400 for any other."""
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        raise HTTPException(400, "An address within these pages is expected.")
    return address


def making(looking: Looking, page: Page, title: str, ground: bool = True) -> HTMLResponse | None:
    """None once the page's incidents, and with `ground` who held what, are worked out; until then, after
    a short wait, a page that says how far they are and looks again."""
    progress = looking.worlds.waited(page, PATIENCE, ground)
    if progress is None:
        return None
    job = Job("", step=progress.step, begun=time.monotonic() - progress.seconds)
    return render(page, "working.html", {"job": job, "title": title}, 202)


def working(page: Page, job: Job, title: str) -> HTMLResponse:
    """The page of work that is not done: how far it is, or why there is no result."""
    return render(page, "working.html", {"job": job, "title": title}, 202 if job.state == "running" else 200)
