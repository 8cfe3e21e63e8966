"""Keeps what people decide: in the case's own file first, then in the store. Invariant: a decision that is on file is
never lost; a store that misses it takes it in at the next build."""

from collections.abc import Sequence

from faultline.case import load_case
from faultline.case.decisions import append_decisions
from faultline.desk.building import build
from faultline.desk.opened import Desk, now
from faultline.evidence import Snapshot
from faultline.publish.worlds import Seen
from faultline.record.decision import Decision
from faultline.record.errors import NotFoundError
from faultline.record.vocabulary import DecisionKind
from faultline.resolve.deciding import Reviewer, dated, undo
from faultline.resolve.profiles import Profile


def world(desk: Desk, snapshot: Snapshot, profile: Profile = Profile.REPRESENTATIVE) -> Seen:
    """What the snapshot sees as one world of incidents, figures weighed by the profile; made when it is first read."""
    return Seen(desk.case, snapshot, profile)


def decide(desk: Desk, made: Sequence[Decision]) -> tuple[Decision, ...]:
    """Appends decisions of this moment to CASE/decisions.jsonl and to the store; returns them as they were kept. One
    that withholds words, or takes that back, is followed by a build, so that it holds when this returns.

    Raises StoreError where the store is busy or cannot be written; the file has them then, and a build takes them in.
    """
    moment = now()
    kept = tuple(dated(decision, moment) for decision in made)
    append_decisions(desk.case.folder, kept)
    desk.store.decide(kept, moment)
    if any(_withholds(desk, decision) for decision in kept):
        build(Desk(load_case(desk.case.folder), desk.url))  # reads the marked document anew, without the words
    return kept


def decision(desk: Desk, id: str) -> Decision:
    """The decision of that id, also one that was taken back. Raises NotFoundError."""
    for one in desk.snapshot(include_undated=True).decisions(with_undone=True):
        if one.id == id:
            return one
    raise NotFoundError(f"decision {id}", "nothing", "an id of decisions.jsonl")


def _withholds(desk: Desk, one: Decision) -> bool:
    return one.kind is DecisionKind.WITHHOLD or bool(one.undoes and _withholds(desk, decision(desk, one.undoes)))


def taken_back(desk: Desk, id: str, by: str, why: str = "") -> Decision:
    """What takes the decision of that id back, not kept yet. Raises NotFoundError, and UsageError without a name."""
    return undo(decision(desk, id), Reviewer(by, why))
