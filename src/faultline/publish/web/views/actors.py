"""Turns actors into their list with its network, and an id into one actor: names, lineage over time, ties with the
claims behind each. Invariant: accounts that differ stand side by side, and hindsight is labelled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from faultline.case import Case
from faultline.evidence import ClaimFilter
from faultline.publish.citing import Cited, Citer
from faultline.publish.months import day_number
from faultline.publish.names import actor_name
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import PAGE_SIZE, Look, actors_of
from faultline.publish.web.tracks import Bar, Chosen, Group, Track, offices, span_of
from faultline.publish.web.views.looking import Looking
from faultline.record.actor import Actor, Alias
from faultline.record.claim import Slot
from faultline.record.days import Days
from faultline.record.vocabulary import Kind, SlotName, TieKind
from faultline.resolve.actors_line import Account, Asked, Relation, Step, coalition, line
from faultline.resolve.actors_ties import in_view, known_from

_MOST = 400  # ties in a table


@dataclass(frozen=True, slots=True)
class TieRow:
    """A tie with the names of its ends. `hindsight` where nobody says since when it was known."""

    actor: str
    actor_name: str
    kind: TieKind
    other: str
    other_name: str
    days: Days
    sources: tuple[str, ...]
    hindsight: bool
    note: str


@dataclass(frozen=True, slots=True)
class Told:
    """A step beside an actor, with the claims of the record that speak of both ends."""

    step: Step
    cited: tuple[Cited, ...]


def routes(looking: Looking) -> APIRouter:
    """The routes of the actors and of one actor."""
    router = APIRouter()

    @router.get("/actors", response_class=HTMLResponse)
    def actors(request: Request, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        ties = ties_of(page)
        counts = page.snapshot.counts("party")  # as the link of each count filters
        spoken = [one for one in page.case.actors if counts.get(one.id) or one.ties or one.offices]
        rows = sorted(spoken, key=lambda a: (-counts.get(a.id, 0), a.name))
        context = {"first": PAGE_SIZE, "rows": rows, "counts": counts, "ties": ties[:_MOST]}
        return render(page, "actors.html", {**context, "more": max(0, len(ties) - _MOST), "sorts": tuple(TieKind)})

    @router.get("/actors/{id}", response_class=HTMLResponse)
    def actor(request: Request, id: str, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        return render(page, "actor.html", _context(page, page.case.actor(id)))

    return router


def ties_of(page: Page) -> tuple[TieRow, ...]:
    """The ties that were known on the day and touch the period, of the actors asked for, the first to begin first."""
    wanted, period = set(actors_of(page.case, page.query)), page.query.period
    found = [row for row in _rows(page.case, page.snapshot.as_of) if not wanted or {row.actor, row.other} & wanted]
    kept = (row for row in found if not period.known or row.days.overlaps(period))
    return tuple(sorted(kept, key=lambda row: (row.days.first_day or date.min, row.actor_name)))


def _rows(case: Case, as_of: date) -> Iterator[TieRow]:
    for actor in case.actors:
        for tie in actor.ties:
            if in_view(tie, as_of):
                ends = (actor.id, actor.name, tie.kind, tie.other, actor_name(case, tie.other))
                yield TieRow(*ends, tie.days, tie.sources, not tie.published.known, tie.note)


def _context(page: Page, actor: Actor) -> dict[str, object]:
    asked = Asked(as_of=page.snapshot.as_of)
    followed = line(page.case, actor.id, asked)
    beside = coalition(page.case, actor.id, asked)
    first, last = span_of(page.query.period, page.case, page.snapshot.as_of)
    every = (*followed.steps, *beside, *_rivals(page, actor.id))
    steps = {(s.relation, s.actor, s.other): s for s in every if s.actor == actor.id}
    return {
        "actor": actor,
        "line": followed,
        "named": tuple(_dated(followed.names).items()),
        "groups": (
            _lineage(page, actor, followed.steps),
            offices(page.case, page.snapshot.as_of, Chosen(first, last, (actor.id,))),
        ),
        "span": (first, last),
        "told": [Told(step, _between(page, step)) for step in steps.values()],
        "claims": page.snapshot.count(ClaimFilter(actors=(actor.id,))),
    }


def _lineage(page: Page, actor: Actor, steps: tuple[Step, ...]) -> Group:
    """The actor's names over time, then those on its line, each over its own days."""
    as_of = page.snapshot.as_of
    names = _dated(alias for alias in actor.aliases if alias.days.known)
    tracks = [
        Track(", ".join(held[:3]) + (" …" if len(held) > 3 else ""), "name", (_bar(days, ", ".join(held), as_of, ""),))
        for days, held in names.items()
    ]
    for step in steps:
        other = next((one for one in page.case.actors if one.id == step.other), None)
        if other:
            said = f"{step.relation.value}: {other.name}"
            dated = [one.tie.days for one in step.accounts if one.tie.days.known]
            bars = tuple(_bar(days, said, as_of, f"/actors/{other.id}") for days in dated)
            hindsight = all(one.hindsight for one in step.accounts)
            tracks.append(Track(other.name, step.relation.value, bars, hindsight))
    return Group("Lineage", "relation", tuple(tracks[:60]), max(0, len(tracks) - 60))


def _dated(names: Iterable[Alias]) -> dict[Days, list[str]]:
    """The names by the days for which they held."""
    found: dict[Days, list[str]] = {}
    for one in names:
        found.setdefault(one.days, []).append(one.name)
    return found


def _rivals(page: Page, actor: str) -> Iterator[Step]:
    """Those whom a tie of the case calls its rival, whoever holds the tie: no line and no coalition leads to them. A
    tie that both hold by the same sources is one account."""
    held: dict[str, dict[tuple[Days, str, frozenset[str]], Account]] = {}
    for one in page.case.actors:
        for tie in one.ties:
            if tie.kind is TieKind.RIVALRY and actor in (one.id, tie.other) and in_view(tie, page.snapshot.as_of):
                other = tie.other if one.id == actor else one.id
                account = Account(tie, known_from(tie.published), not tie.published.known)
                held.setdefault(other, {}).setdefault((tie.days, tie.note, frozenset(tie.sources)), account)
    for other, found in sorted(held.items()):
        accounts = found.values()
        competing = len({(one.tie.days.first_day, one.tie.days.last_day) for one in accounts}) > 1
        yield Step(Relation.RIVAL, actor, other, 1, tuple(accounts), competing)


def _bar(days: Days, title: str, as_of: date, path: str) -> Bar:
    first = day_number(days.first_day or date(1990, 1, 1))
    last = day_number(min(days.last_day or as_of, as_of))
    return Bar(first, max(20, last - first + 1), 20.0, title, 0.85, -1, days.last_day is None, path)


def _between(page: Page, step: Step) -> tuple[Cited, ...]:
    """Claims of a relation that name both ends."""
    chosen = ClaimFilter(kinds=(Kind.RELATION,), actors=(step.actor,))
    found = [claim for claim in page.snapshot.claims(chosen) if step.other in _parties(claim.slots)]
    return Citer(page.case, page.snapshot).cite_all(found[:5])


def _parties(slots: tuple[Slot, ...]) -> set[str]:
    return {slot.leading for slot in slots if slot.name in (SlotName.ACTOR, SlotName.RECIPIENT)}
