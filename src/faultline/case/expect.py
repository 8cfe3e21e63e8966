"""Answers the expectations that the case file itself answers: who existed, who was tied to whom. Invariant: a tie
counts from the publication of its source; what rests on an undated entry, or on silence, is labelled hindsight."""

from collections.abc import Iterator
from datetime import date

from faultline.case.case import Case
from faultline.case.check_expectations import NOT
from faultline.record.actor import Tie
from faultline.record.analysis import Checked, CheckState, Expectation
from faultline.record.vocabulary import TieKind

_MUTUAL = frozenset({TieKind.ALLIANCE, TieKind.RIVALRY})  # kept by either of the two


def check_exists(case: Case, asked: Expectation) -> Checked:
    """Whether the actor's `days` cover the expectation's day. It fails where actors.yaml gives the actor no days, and
    is always hindsight: no day of publication stands beside them."""
    days = case.actor(asked.subject).days
    expected = f"{asked.subject} {'exists' if asked.value == 'yes' else 'does not exist'} on {asked.day}"
    if not days.known:
        way_out = f"Give {asked.subject} its `days` in actors.yaml."
        return Checked(asked, CheckState.FAILED, "no days given", expected, way_out)
    got = f"days {days}"
    if days.covers(asked.day) == (asked.value == "yes"):
        return Checked(asked, CheckState.PASSED, got, hindsight=True)
    return Checked(asked, CheckState.FAILED, got, expected, _way_out(asked, f"the days of {asked.subject}"))


def check_tie(case: Case, asked: Expectation, as_of: date) -> Checked:
    """Whether a tie of that kind to that actor is in force on the expectation's day, by what was published until
    `as_of` (inclusive) and what has no day of publication. Alliances and rivalries count from either side."""
    kind, _, other = asked.value.removeprefix(NOT).partition(" ")
    ties = list(_ties(case, TieKind(kind), asked.subject, other.strip()))
    in_force = [tie for tie in ties if tie.days.covers(asked.day) and _in_view(tie, as_of)]
    demanded = not asked.value.startswith(NOT)
    got = "; ".join(_told(tie) for tie in in_force or ties) or f"no tie {kind} between {asked.subject} and {other}"
    if bool(in_force) == demanded:
        known = _known_from(in_force)
        return Checked(asked, CheckState.PASSED, got, known_from=known, hindsight=known is None or known > asked.day)
    expected = f"{asked.value} in force on {asked.day}, known by {as_of}"
    return Checked(asked, CheckState.FAILED, got, expected, _way_out(asked, f"the ties of {asked.subject}"))


def _ties(case: Case, kind: TieKind, subject: str, other: str) -> Iterator[Tie]:
    for tie in case.actor(subject).ties:
        if (tie.kind, tie.other) == (kind, other):
            yield tie
    if kind in _MUTUAL:
        for tie in case.actor(other).ties:
            if (tie.kind, tie.other) == (kind, subject):
                yield tie


def _in_view(tie: Tie, as_of: date) -> bool:
    published = tie.published
    if published.last_day is not None:
        return published.last_day <= as_of
    return published.first_day is None or published.first_day <= as_of


def _known_from(ties: list[Tie]) -> date | None:
    return min((tie.published.last_day for tie in ties if tie.published.last_day), default=None)


def _told(tie: Tie) -> str:
    known = f"published {tie.published}" if tie.published.known else "publication unknown"
    return f"{tie.actor} {tie.kind} {tie.other}, days {tie.days}, {known}"


def _way_out(asked: Expectation, what: str) -> str:
    return f"Correct {what} in actors.yaml, or the expectation: {asked.source} decides."
