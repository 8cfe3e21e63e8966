"""Turns a snapshot into the start page: what the case is, how much the record holds, what is not in view."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.evidence import ClaimFilter, Held, Snapshot
from faultline.evidence.counts import By
from faultline.publish.citing import Citer
from faultline.publish.kinds import KindStyle
from faultline.publish.names import actor_name, place_name
from faultline.publish.web.lanes import NO_MONTHS, Lanes, Line, draw
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import Look
from faultline.publish.web.tongue import tongue_of
from faultline.publish.web.views.looking import Looking
from faultline.record.claim import Claim
from faultline.record.vocabulary import Kind

_TOP = 8  # rows of a list of names
_LATEST = 5
_ROOM = 96  # height of the one lane
_LOOK_AT = 60  # of the claims with the latest last day: some of them have an open end


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its name and the address of what it counts."""

    name: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many claims of a kind; `share` of the largest kind, in percent, is the length of its bar."""

    style: KindStyle
    count: int
    share: float


def routes(looking: Looking) -> APIRouter:
    """The route of the start page."""
    router = APIRouter()

    @router.get("/", response_class=HTMLResponse)
    def start(request: Request, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        answer = render(page, "start.html", _context(page))
        looking.ahead(query)  # the next step leads to incidents
        return answer

    return router


def _context(page: Page) -> dict[str, object]:
    snapshot, case = page.snapshot, page.case
    held = tuple(snapshot.documents())
    silent = Counter(one.filing.language for one in held if not one.claims)
    return {
        "headline": _headline(page, len(held)),
        "drawing": _all_claims(snapshot),
        "by_kind": _by_kind(page),
        "by_modality": _top(page, "modality", tongue_of(page.language).code),
        "by_actor": _top(page, "actor", partial(actor_name, case)),
        "by_place": _top(page, "place", partial(place_name, case)),
        "silent": silent.most_common(_TOP),
        "earlier": _half_way(held),
        "latest": Citer(case, snapshot).cite_all(_latest(snapshot)),
    }


def _all_claims(snapshot: Snapshot) -> Lanes:
    """One lane of everything whose days lie inside one month."""
    counts = {month: count for month, count in snapshot.counts("month").items() if month}
    every = Line("All claims")
    return draw([(every, counts)], (min(counts), max(counts)), _ROOM) if counts else draw([], NO_MONTHS)


def _headline(page: Page, documents: int) -> tuple[Count, ...]:
    sources = page.snapshot.counts("source")
    return (
        Count("claims", sum(sources.values()), page.fresh("/claims")),
        Count("documents", documents, page.fresh("/documents")),
        Count("sources with a claim", len(sources), page.fresh("/sources", {"spoken": "1"})),
    )


def _latest(snapshot: Snapshot) -> list[Claim]:
    """The last few happenings whose days are known and over, the newest first."""
    chosen = ClaimFilter(kinds=(Kind.EVENT, Kind.TALK, Kind.CONTROL), last_day=snapshot.as_of, order="last_day")
    found = snapshot.claims(replace(chosen, offset=max(0, snapshot.count(chosen) - _LOOK_AT)))
    over = [claim for claim in found if claim.days.last_day and claim.days.last_day <= snapshot.as_of]
    return over[::-1][:_LATEST]


def _half_way(held: Sequence[Held]) -> date | None:
    """A day by which half of the dated documents were published; None where none is dated."""
    days = sorted(last for one in held if (last := one.filing.published.last_day))
    return days[len(days) // 2] if days else None


def _by_kind(page: Page) -> tuple[KindCount, ...]:
    counts, styles = page.snapshot.counts("kind"), tongue_of(page.language).kinds
    most = max(counts.values(), default=1)
    rows = [
        KindCount(style, counts.get(kind, 0), round(100 * counts.get(kind, 0) / most, 2))
        for kind, style in styles.items()
    ]
    return tuple(sorted((row for row in rows if row.count), key=lambda row: -row.count))


def _top(page: Page, by: By, name: Callable[[str], str], most: int = _TOP) -> tuple[Count, ...]:
    """The largest counts by one property, largest first; those without the property stand in no row."""
    counts = sorted(page.snapshot.counts(by).items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [(key, count) for key, count in counts if key][:most]
    return tuple(Count(name(key), count, page.fresh("/claims", {by: key})) for key, count in rows)
