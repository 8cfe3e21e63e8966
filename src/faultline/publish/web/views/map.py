"""Turns incidents, control and restrictions into a map and the same numbers as tables. Invariant: nothing is drawn
finer than it is known, and what cannot be drawn is counted."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.publish.incidents import IncidentRow, Wanted
from faultline.publish.months import day_number
from faultline.publish.web.fronts import fronts_in, with_fronts
from faultline.publish.web.ground import Ground, InForce, Strip
from faultline.publish.web.page import Page, render
from faultline.publish.web.points import by_place, points_of
from faultline.publish.web.query import Look
from faultline.publish.web.selecting import wanted_of
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.work import making
from faultline.publish.web.worlds import Worlds
from faultline.record.days import Days

_MOST = 60  # places in the table
_FRONTS = 20


def routes(looking: Looking) -> APIRouter:
    """The route of the map."""
    router = APIRouter()

    @router.get("/map", response_class=HTMLResponse)
    def drawn(request: Request, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        unmade = making(looking, page, "Map")
        return unmade or render(page, "map.html", _context(looking.worlds, page))

    return router


def rows_ever(worlds: Worlds, page: Page) -> tuple[IncidentRow, ...]:
    """The incidents that the filter lets through in any period: a browser narrows them to one."""
    wanted = replace(wanted_of(page.case, page.query), period=Days())
    if wanted == Wanted():
        return worlds.rows(page)
    seen = worlds.of(page)
    kept = {one.id for one in seen.world.incidents if wanted.fits(seen, one)}
    return tuple(row for row in worlds.rows(page) if row.id in kept)


def shown_on(page: Page) -> date:
    """The day of which control and restrictions are shown: the end of the period, at the latest the day of the
    question."""
    return min(page.query.last_day or page.snapshot.as_of, page.snapshot.as_of)


def month_of(ground: Ground, day: date) -> int:
    """The number of the month of a day; -1 before the first."""
    return sum(month < day_number(day) for month in ground.months[:-1]) if ground.months else -1


def in_force(ground: Ground, day: date) -> tuple[InForce, ...]:
    """What was in force on a day, those without a known end included while nobody has told of one for a year."""
    at = day_number(day)
    return tuple(one for one in ground.restrictions if one.first <= at and at <= _until(one))


def _until(one: InForce) -> int:
    return one.last if one.last is not None else (one.confirmed or one.first) + 365


def _context(worlds: Worlds, page: Page) -> dict[str, object]:
    points = with_fronts(page.case, points_of(page.case, rows_ever(worlds, page)))
    counted = by_place(points, page.query.period)
    ground, day = worlds.ground(page), shown_on(page)
    month = month_of(ground, day)
    strips = [(one, _held(ground, one, month)) for one in ground.control]
    return {
        "places": [one for one in counted if one.spot][:_MOST],
        "more": max(0, sum(one.spot is not None for one in counted) - _MOST),
        "unplaced": sum(one.incidents for one in counted if one.spot is None),
        "wide": [one for one in counted if one.spot and not one.spot.drawn],
        "total": sum(one.incidents for one in counted),
        "control": [(one, held, one.probability[month], one.age[month]) for one, held in strips if held],
        "restrictions": in_force(ground, day),
        "day": day,
        "fronts": fronts_in(page.case, points, page.query.period)[:_FRONTS],
        "told_apart": points.told_apart,
        "front_km": page.case.declared.front_km,
    }


def _held(ground: Ground, strip: Strip, month: int) -> str:
    holder = strip.holder[month] if 0 <= month < len(strip.holder) else -1
    return ground.holders[holder] if holder >= 0 else ""
