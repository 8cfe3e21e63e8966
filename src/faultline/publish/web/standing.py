"""Says what people have decided about some claims, and in which version a page showed it. Invariant: two reviewers
never overwrite each other: whoever decides on another version than the one that stands is told so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from faultline.evidence import Snapshot
from faultline.publish.view import Hands
from faultline.publish.web.page import Page
from faultline.publish.web.query import DoneQuery
from faultline.record.decision import Decision
from faultline.record.errors import ConflictError, UsageError
from faultline.record.ids import content_id

CORRECTABLE = ("action", "actor", "recipient", "place", "days", "count", "speaker", "modality")  # slots
_DECIDING = Lock()  # between looking at what stands and keeping what is new, nobody else decides here


def about(decisions: Iterable[Decision], claims: Iterable[str]) -> tuple[Decision, ...]:
    """The decisions whose subject or object is one of the claims, in their order."""
    wanted = set(claims) - {""}
    return tuple(one for one in decisions if wanted.intersection((one.subject, one.object)))


def version_of(decisions: Iterable[Decision], claims: Iterable[str]) -> str:
    """The version of what was decided about the claims, those taken back included."""
    return content_id("ver", *sorted(one.id for one in about(decisions, claims)))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page showed of the decisions about some claims."""

    claims: tuple[str, ...]
    version: str


def keep(hands: Hands, fresh: Callable[[], Snapshot], made: Sequence[Decision], shown: Shown) -> tuple[Decision, ...]:
    """The decisions as they were kept. `fresh` gives the snapshot of this moment.

    Raises ConflictError where something was decided about the claims that the page did not show, and UsageError where
    the decisions are about others.
    """
    if not {id for one in made for id in (one.subject, one.object) if id} <= set(shown.claims):
        raise UsageError("decision", "about other claims", "one about what the page showed")
    with _DECIDING:
        stand = fresh().decisions(with_undone=True)
        if shown.version != version_of(stand, shown.claims):
            last = about(stand, shown.claims)[-1:]
            said = "; ".join(f"{one.by}: {one.kind} ({one.why or 'no reason given'})" for one in last)
            way_out = "Go back, look at the question again, and decide anew."
            raise ConflictError(
                "This was decided meanwhile", said or "another version", "what the page showed", way_out
            )
        return hands.decide(made)


def shown_of(page: Page, claims: tuple[str, ...]) -> Shown:
    """What a form must carry to decide about the claims."""
    stand = page.desk.snapshot(None, True).decisions(with_undone=True) if page.writer.allowed else ()
    return Shown(claims, version_of(stand, claims))


def shown_each(page: Page, claims: Iterable[str]) -> dict[str, Shown]:
    """The same for each claim alone."""
    stand = page.desk.snapshot(None, True).decisions(with_undone=True) if page.writer.allowed else ()
    return {claim: Shown((claim,), version_of(stand, (claim,))) for claim in claims}


def decision_done(page: Page) -> Decision | None:
    """The decision that led back to this page; None where none did or it does not stand."""
    done = page.query.done if isinstance(page.query, DoneQuery) else ""
    return next((one for one in page.snapshot.decisions() if one.id == done), None) if done else None
