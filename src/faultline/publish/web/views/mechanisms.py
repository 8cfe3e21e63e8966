"""Turns the findings of the measures into one panel each: the statistic against its null, the settings, how it is
misread. Invariant: what cannot be told from its null is printed as such, and nothing is shown without its unit."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.measure import MEASURES
from faultline.publish.findings.shown import beside, p_value, statistic
from faultline.publish.web.curves import HEIGHT, WIDTH, panels_of
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import Look
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.work import working
from faultline.record.finding import Finding

_ROWS = 12  # of one table; the rest is counted
_TOLD = 60  # of what is described


def routes(looking: Looking) -> APIRouter:
    """The route of the mechanisms."""
    router = APIRouter()

    @router.get("/mechanisms", response_class=HTMLResponse)
    def mechanisms(request: Request, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        if looking.guard.hands is None:
            return render(page, "mechanisms.html", {"found": ()})
        work, arguments = looking.guard.hands.measuring(query.as_of, query.undated)
        job = looking.jobs.start(("measures", page.snapshot.bounds), work, *arguments)
        if job.state != "done":
            return working(page, job, "Mechanisms")
        return render(page, "mechanisms.html", context(page, job.result))

    return router


def context(page: Page, findings: tuple[Finding, ...]) -> dict[str, object]:
    """What the template of the mechanisms needs of the findings."""
    measures = {measure.name: measure for measure in MEASURES}
    behind = [row.claims[0] for finding in findings for row in finding.rows[:_ROWS] if row.claims]
    behind += [told.claims[0] for finding in findings for told in finding.told[:_TOLD] if told.claims]
    return {
        "about": page.about(behind),
        "most": _TOLD,
        "found": [(one, measures.get(one.measure), panels_of(one)) for one in findings],
        "rows": _ROWS,
        "width": WIDTH,
        "height": HEIGHT,
        "statistic": statistic,
        "beside": beside,
        "p_value": p_value,
    }
