"""Turns an article that a reader pastes or uploads into its assertions with verdicts beside its sentences. Invariant:
nothing of the article is stored; it is forgotten with the work on it."""

from datetime import date
from pathlib import PurePath
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from faultline.publish.findings.examined import counted
from faultline.publish.findings.shown import beside, p_value, statistic
from faultline.publish.highlight import pieces
from faultline.publish.view import Paper
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import Day, Look
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.work import working
from faultline.record.errors import NotFoundError, UsageError
from faultline.record.examination import Examination
from faultline.record.text import Span

_ENDINGS = frozenset({".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".json"})
_MOST = 2_000_000  # characters that are pasted


def routes(looking: Looking) -> APIRouter:
    """The routes of the examiner."""
    router = APIRouter()

    @router.get("/examine", response_class=HTMLResponse)
    def asked(request: Request, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        return render(page, "examine.html", {"ready": looking.guard.hands is not None})

    @router.post("/examine")
    def examine(
        request: Request,
        published: Annotated[Day, Form()],
        text: Annotated[str, Form(max_length=_MOST)] = "",
        title: Annotated[str, Form(max_length=300)] = "",
        file: UploadFile | None = None,
        lang: Annotated[Literal["", "en", "fr"], Query()] = "",
    ) -> RedirectResponse:
        hands = looking.guard.workers(request)
        paper = _paper(text, title, published, file)
        work, arguments = hands.examining(paper)
        page = looking.page(request, Look(lang=lang))
        job = looking.jobs.start(("examine", paper, page.snapshot.bounds), work, *arguments)
        return RedirectResponse(page.url(f"/examine/{job.id}"), status_code=303)

    @router.get("/examine/{id}", response_class=HTMLResponse)
    def examined(request: Request, id: str, query: Annotated[Look, Query()]) -> HTMLResponse:
        page, job = looking.page(request, query), looking.jobs.find(id)
        if job is None:
            raise NotFoundError(f"examination {id}", "nothing", "one of this run", "Give the article again.")
        if job.state != "done":
            return working(page, job, "Examine")
        found, text = job.result
        return render(page, "examined.html", _context(page, found, text))

    return router


def _paper(text: str, title: str, published: date, file: UploadFile | None) -> Paper:
    """What is to be examined. Raises UsageError where nothing was given, or a file of no known form."""
    if file is not None and file.filename:
        ending = PurePath(file.filename).suffix.lower()
        if ending not in _ENDINGS:
            raise UsageError("file", repr(ending), f"one of {', '.join(sorted(_ENDINGS))}")
        return Paper(file.file.read(), ending, published, title)
    if not text.strip():
        raise UsageError("article", "nothing", "a text or a file")
    return Paper(text.encode("utf-8"), ".txt", published, title)


def _context(page: Page, found: Examination, text: str) -> dict[str, object]:
    """The text cut at its assertions, and every assertion with what the evidence says."""
    spans = [one.span for one in found.asserted]
    tested = [side for one in found.asserted for side in (one.then, one.now)]
    wanted = {id for one in tested for id in (*one.supporting, *one.against)}
    return {
        "found": found,
        "verdicts": counted(found),
        "pieces": pieces(text, spans, Span(0, len(text))),
        "seen": page.about(wanted),
        "statistic": statistic,
        "beside": beside,
        "p_value": p_value,
    }
