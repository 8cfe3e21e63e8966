"""Turns the coupled system of the case into a page: the picture with three kinds of arrows, its loops, every arrow with
who says it and what the evidence adds. Invariant: it is read without JavaScript, and no kind stands for another."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from faultline.measure import MEASURES
from faultline.measure.form import CHANCE, NOT_A_SAMPLE, NOT_ENOUGH
from faultline.publish.coupling.files import draw_coupled
from faultline.publish.coupling.gather import level_names
from faultline.publish.coupling.terminal import loop_lines
from faultline.publish.coupling.words import EFFECTS, SIGNS, size_words
from faultline.publish.figure.svg import figure_css
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import Look
from faultline.publish.web.retelling import Retelling
from faultline.publish.web.tongue import Tongue, tongue_of
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.work import working
from faultline.record.days import parse_days
from faultline.record.links import Coupled
from faultline.record.vocabulary import ArrowKind


def routes(looking: Looking) -> APIRouter:
    """The routes of the system: its page, and the style of its picture, which a page may not carry in itself."""
    router = APIRouter()

    @router.get("/system/figure.css")
    def style() -> Response:
        return Response(figure_css(), media_type="text/css")

    @router.get("/system", response_class=HTMLResponse)
    def system(request: Request, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        if looking.guard.hands is None:
            return render(page, "system.html", {"found": None})
        work, arguments = looking.guard.hands.coupling(query.as_of, query.undated)
        job = looking.jobs.start(("system", page.snapshot.bounds), work, *arguments)
        if job.state != "done":
            return working(page, job, "System")
        return render(page, "system.html", context(page, job.result))

    return router


def context(page: Page, found: Coupled) -> dict[str, object]:
    """What the template of the system needs."""
    found = in_tongue(page, found)
    drawn = draw_coupled(found, page.case.title, linked=True, language=page.language) if found.links else ""
    return {
        "found": found,
        "about": page.about(one.claim for link in found.links for one in link.said),
        "svg": Markup(drawn),  # draw_svg escapes every word itself
        "kinds": [(kind, [(n, link) for n, link in enumerate(found.links) if link.kind is kind]) for kind in ArrowKind],
        "signs": SIGNS,
        "effects": EFFECTS,
        "written": lambda published: tongue_of(page.language).days(parse_days(published)),
        "size": size_words,
        "loops": loop_lines(found),
    }


def in_tongue(page: Page, found: Coupled) -> Coupled:
    """The system with its levels and what measures say of them in the language of the page."""
    tongue = tongue_of(page.language)
    if tongue.retelling is None:
        return found
    names = level_names(page.case, page.language)
    english = {name: names[id] for id, name in level_names(page.case).items()}
    tell = Retelling({**tongue.retelling.table, **english, **_verdicts(tongue)}).tell
    nodes = tuple(replace(one, name=names.get(one.id) or tell(one.name), state=tell(one.state)) for one in found.nodes)
    links = tuple(replace(one, evidence=tell(one.evidence), wanted=tell(one.wanted)) for one in found.links)
    return replace(found, nodes=nodes, links=links, left_out=tuple(map(tell, found.left_out)))


def _verdicts(tongue: Tongue) -> dict[str, str]:
    """What an arrow says of a measure in two words: its name and why it gives no number."""
    said = (CHANCE, NOT_A_SAMPLE, NOT_ENOUGH)
    return {f"{one.name} {why}": f"{tongue.code(one.name)} : {tongue.told(why)}" for one in MEASURES for why in said}
