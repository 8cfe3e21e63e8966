"""Turns the figures of a case into the forecast view: what came, the fan ahead, chances, and how earlier forecasts
fared. Invariant: the input is what was public on the page's day; what cannot be forecast is said, never drawn."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from faultline.forecast.of_case import forecasts
from faultline.publish.forecasts.case import months, share, sums, within
from faultline.publish.forecasts.fan import fan_svg
from faultline.publish.web.page import render
from faultline.publish.web.query import Look
from faultline.publish.web.tongue import tongue_of
from faultline.publish.web.views.looking import Looking
from faultline.record.errors import FaultlineError
from faultline.record.forecasting import CaseForecast


def routes(looking: Looking) -> APIRouter:
    """The route of the forecasts."""
    router = APIRouter()

    @router.get("/forecast", response_class=HTMLResponse)
    def forecast(request: Request, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        found: list[CaseForecast] = []
        why = ""
        try:
            found = forecasts(page.case, page.snapshot)
        except FaultlineError as error:
            why = str(error)
        told = tongue_of(page.language).told
        drawn = [  # escapes its own words
            (one, Markup(fan_svg(one, f"{told(one.series)}, {one.unit}", n))) for n, one in enumerate(found)
        ]
        context = {"drawn": drawn, "why": why, "sums": sums, "months": months, "share": share, "within": within}
        return render(page, "forecast.html", context)

    return router
