"""Turns the shared filter into incidents and claims. Invariant: a filter that the ledger cannot answer (side, voices,
standing) is answered by the world of the same snapshot."""

from dataclasses import replace

from faultline.case import Case
from faultline.publish.incidents import Wanted
from faultline.publish.names import find_actor, find_place
from faultline.publish.question import Question
from faultline.publish.web.page import Page
from faultline.publish.web.query import PAGE_SIZE, Look, actors_of, question_of
from faultline.publish.web.worlds import Worlds
from faultline.publish.worlds import Seen


def wanted_of(case: Case, query: Look) -> Wanted:
    """Which incidents the filter lets through. Raises UsageError for a period that ends before it begins."""
    return Wanted(
        places=tuple(find_place(case, place) for place in query.place),
        actors=actors_of(case, query),
        period=query.period,
        kinds=query.kind,
        sources=query.source,
        side=find_actor(case, query.side),
        modalities=query.modality,
        voices=query.voices,
        standing=query.standing,
    )


def asked_of(worlds: Worlds, page: Page, query: Look, page_size: int | None = PAGE_SIZE) -> Question:
    """The question for the ledger, narrowed to claims of the side, in incidents of the voices and the standing."""
    question = question_of(page.case, query, page_size)
    if not (query.side or query.voices > 1 or query.standing):
        return question
    return replace(question, among=_among(worlds.of(page), query))


def _among(seen: Seen, query: Look) -> frozenset[str]:
    side = find_actor(seen.case, query.side)
    ids = set(seen.world.claims)
    if query.voices > 1 or query.standing:
        rest = Wanted(voices=query.voices, standing=query.standing)
        ids = {id for one in seen.world.incidents if rest.fits(seen, one) for id in one.claims}
    if side:
        spoken = Wanted(side=side)
        ids = {id for id in ids if spoken.told(seen, seen.world.claims[id])}
    return frozenset(ids)
