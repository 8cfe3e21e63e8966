"""Turns counts by month into the timeline: lanes of bars, and the same numbers as a table. Invariant: a period is whole
months or whole years, so that every bar and cell equals the list that it opens."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.evidence import Snapshot
from faultline.evidence.counts import By
from faultline.publish.kinds import KindStyle, kind_styles
from faultline.publish.months import first_day_of, last_day_of, months_between
from faultline.publish.question import Question
from faultline.publish.web.lanes import NO_MONTHS, Lanes, Line, draw
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import ClaimQuery
from faultline.publish.web.selecting import asked_of, wanted_of
from faultline.publish.web.tongue import tongue_of
from faultline.publish.web.tracks import (
    Chosen,
    Group,
    backing,
    control,
    happened,
    offices,
    restrictions,
    span_of,
    talks,
)
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.map import rows_ever
from faultline.publish.web.views.work import making
from faultline.record.vocabulary import Kind

_BY_MONTH = 36  # up to so many months the table goes by month, beyond by year
Counts = dict[str, dict[str, int]]  # kind, period (YYYY-MM or YYYY), claims that lie inside it


@dataclass(frozen=True, slots=True)
class Row:
    """A month or year with the count of each drawn kind."""

    period: str
    cells: tuple[tuple[KindStyle, int], ...]


def routes(looking: Looking) -> APIRouter:
    """The route of the timeline."""
    router = APIRouter()

    @router.get("/timeline", response_class=HTMLResponse)
    def timeline(request: Request, query: Annotated[ClaimQuery, Query()]) -> HTMLResponse:
        monthly = _monthly(query)
        whole = _whole(query, monthly)
        page = looking.page(request, whole)
        if unmade := making(looking, page, "Timeline"):
            return unmade
        question = asked_of(looking.worlds, page, whole)
        drawing = lanes_of(page.snapshot, question, page.language)
        context = {
            "drawing": drawing,
            "total": question.count(page.snapshot),
            "monthly": monthly,
            "groups": _groups(looking, page, whole),
            "span": span_of(whole.period, page.case, page.snapshot.as_of),
            "table": _table(drawing, counts_of(page.snapshot, question, "month" if monthly else "year"), page.language),
        }
        return render(page, "timeline.html", context)

    return router


def _groups(looking: Looking, page: Page, query: ClaimQuery) -> tuple[Group, ...]:
    """All tracks but the empty ones."""
    first, last = span_of(query.period, page.case, page.snapshot.as_of)
    wanted = wanted_of(page.case, query)
    chosen = Chosen(first, last, wanted.actors, wanted.places)
    ground, as_of = looking.worlds.ground(page), page.snapshot.as_of
    months = asked_of(looking.worlds, page, query, None).only(Kind.TALK).without_period().counts(page.snapshot, "month")
    found = (
        happened(rows_ever(looking.worlds, page)),
        talks({month: count for month, count in months.items() if month}),
        control(ground, chosen),
        restrictions(ground, chosen),
        backing(page.case, as_of, chosen),
        offices(page.case, as_of, chosen),
    )
    return tuple(group for group in found if any(track.bars for track in group.tracks))


def lanes_of(snapshot: Snapshot, question: Question, language: str = "en") -> Lanes:
    """The claims of a question by kind and month, over the question's period as far as it is bounded, else from the
    first month that holds a claim to the last."""
    counts = counts_of(snapshot, question, "month")
    held = sorted({month for by_month in counts.values() for month in by_month})
    if not held:
        return draw([], NO_MONTHS)
    styles = tongue_of(language).kinds
    lines = [(Line(style.plural, kind), counts[kind]) for kind, style in styles.items() if kind in counts]
    first, last = question.chosen.first_day, question.chosen.last_day
    return draw(lines, (str(first)[:7] if first else held[0], str(last)[:7] if last else held[-1]))


def counts_of(snapshot: Snapshot, question: Question, by: By) -> Counts:
    """Claims of each kind whose days lie wholly inside one period; kinds without any are left out."""
    kinds = question.chosen.kinds or tuple(style.kind for style in kind_styles().values())
    found = {kind.value: question.only(kind).counts(snapshot, by) for kind in kinds}
    return {kind: {p: n for p, n in counts.items() if p} for kind, counts in found.items() if any(counts)}


def _monthly(query: ClaimQuery) -> bool:
    if query.first_day is None or query.last_day is None:
        return False
    return len(months_between(str(query.first_day)[:7], str(query.last_day)[:7])) <= _BY_MONTH


def _whole(query: ClaimQuery, monthly: bool) -> ClaimQuery:
    """The query with its period widened to whole months or years."""
    width = 7 if monthly else 4
    first = first_day_of(str(query.first_day)[:width]) if query.first_day else None
    last = last_day_of(str(query.last_day)[:width]) if query.last_day else None
    return query.model_copy(update={"first_day": first, "last_day": last})


def _table(lanes: Lanes, counts: Counts, language: str) -> tuple[Row, ...]:
    """Rows by period, oldest first, without those in which nothing lies."""
    styles = [style for kind, style in tongue_of(language).kinds.items() if counts.get(kind)]
    periods = sorted({period for by_period in counts.values() for period in by_period if _in(period, lanes)})
    return tuple(Row(p, tuple((style, counts[style.kind].get(p, 0)) for style in styles)) for p in periods)


def _in(period: str, lanes: Lanes) -> bool:
    """Whether a period touches the drawn months: a claim that overlaps the period may lie in none."""
    width = len(period)
    return not lanes.months or lanes.months[0][:width] <= period <= lanes.months[-1][:width]
