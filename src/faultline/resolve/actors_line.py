"""Follows an actor through time: what it came from, what it became, whom it belongs to, who belongs to it, who stands
with it. Invariant: a step stands on ties of the case, all of them, side by side where they differ."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from faultline.case import Case
from faultline.record.actor import Alias, Tie
from faultline.record.days import Days
from faultline.record.vocabulary import TieKind
from faultline.resolve.actors_ties import in_view, known_from


class Relation(StrEnum):
    """What the other one is to the actor that a step leaves from."""

    CAME_FROM = "came from"
    BECAME = "became"
    BELONGS_TO = "belongs to"
    MEMBER = "has as member"
    ALLY = "allied with"
    BACKER = "backed by"
    BACKS = "backs"
    COMMANDER = "commanded by"
    COMMANDS = "commands"
    RIVAL = "rival of"


# Kind of the tie -> what the other is to its holder, what its holder is to the other
_BETWEEN = {
    TieKind.SUCCESSOR: (Relation.CAME_FROM, Relation.BECAME),
    TieKind.SPLIT: (Relation.CAME_FROM, Relation.BECAME),
    TieKind.MERGER: (Relation.BECAME, Relation.CAME_FROM),
    TieKind.MEMBER: (Relation.BELONGS_TO, Relation.MEMBER),
    TieKind.ALLIANCE: (Relation.ALLY, Relation.ALLY),
    TieKind.COMMAND: (Relation.COMMANDS, Relation.COMMANDER),
    TieKind.BACKING: (Relation.BACKS, Relation.BACKER),
    TieKind.RIVALRY: (Relation.RIVAL, Relation.RIVAL),
}
_BECOMING = (Relation.CAME_FROM, Relation.BECAME)
_FOLLOWED = (*_BECOMING, Relation.BELONGS_TO, Relation.MEMBER)
_AROUND = (
    Relation.MEMBER,
    Relation.ALLY,
    Relation.BACKER,
    Relation.BACKS,
    Relation.COMMANDER,
    Relation.COMMANDS,
    Relation.BELONGS_TO,
)


@dataclass(frozen=True, slots=True)
class Account:
    """One tie as an account of a step: known from a day on; `hindsight` where nobody says since when."""

    tie: Tie
    known_from: date | None
    hindsight: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From `actor` to `other`, `depth` steps away from the actor that was asked for (1: beside it). `competing` where
    the accounts differ in kind or in days."""

    relation: Relation
    actor: str
    other: str
    depth: int
    accounts: tuple[Account, ...]
    competing: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An actor's line: its dated names in their order, and the steps by relation, nearest first."""

    actor: str
    names: tuple[Alias, ...]
    steps: tuple[Step, ...]

    def actors(self, *relations: Relation) -> tuple[str, ...]:
        """Everybody on the line by one of those relations (all where none is given), without repeats."""
        return tuple(dict.fromkeys(s.other for s in self.steps if not relations or s.relation in relations))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is followed: `day` on which membership and company count (None: ever) and up to which becoming does;
    `as_of` when a tie must have been known (None: now); at most `depth` steps."""

    day: date | None = None
    as_of: date | None = None
    depth: int = 6


def line(case: Case, actor: str, asked: Asked | None = None) -> Line:
    """What the actor came from and what that came from, what it became, and on the day whom it belongs to and who
    belongs to it. Raises NotFoundError for an id that the case does not have."""
    asked = asked or Asked()
    found = case.actor(actor)
    names = tuple(sorted(found.aliases, key=lambda a: (a.days.first_day or date.min, a.name)))
    return Line(actor, names, tuple(_walk(_Ties(case, asked), actor, _FOLLOWED, asked.depth)))


def coalition(case: Case, actor: str, asked: Asked | None = None) -> tuple[Step, ...]:
    """Who stands with an actor on a day: members and their members, allies, backers, commanders and those commanded.
    Raises NotFoundError."""
    asked = asked or Asked()
    case.actor(actor)
    ties = _Ties(case, asked)
    beside = [step for step in ties.steps(actor, 1) if step.relation in _AROUND]
    members = [s for s in _walk(ties, actor, (Relation.MEMBER,), asked.depth) if s.depth > 1]
    return (*beside, *members)


class _Ties:
    """The ties of a case in view, by both their ends."""

    def __init__(self, case: Case, asked: Asked) -> None:
        self._found: dict[tuple[str, Relation, str], list[Tie]] = defaultdict(list)
        self._from: dict[str, list[tuple[str, Relation, str]]] = defaultdict(list)
        lives = {actor.id: actor.days for actor in case.actors}
        for actor in case.actors:
            for tie in actor.ties:
                both = (lives[tie.actor], lives.get(tie.other, Days()))
                if in_view(tie, asked.as_of) and _counts(tie, both, asked.day):
                    there, back = _BETWEEN[tie.kind]
                    self._put((actor.id, there, tie.other), tie)
                    self._put((tie.other, back, actor.id), tie)

    def steps(self, actor: str, depth: int) -> Iterator[Step]:
        """The steps that leave from an actor, those of one relation together, oldest account first."""
        for key in sorted(self._from.get(actor, ()), key=self._order):
            ties = sorted(self._found[key], key=lambda t: (_ends(t.days), t.kind))
            accounts = tuple(Account(tie, known_from(tie.published), not tie.published.known) for tie in ties)
            competing = len({(tie.kind, tie.days.first_day, tie.days.last_day) for tie in ties}) > 1
            yield Step(key[1], actor, key[2], depth, accounts, competing)

    def _put(self, key: tuple[str, Relation, str], tie: Tie) -> None:
        if key not in self._found:
            self._from[key[0]].append(key)
        self._found[key].append(tie)

    def _order(self, key: tuple[str, Relation, str]) -> tuple[int, date, str]:
        first = min(tie.days.first_day or date.min for tie in self._found[key])
        return list(Relation).index(key[1]), first, key[2]


def _walk(ties: _Ties, actor: str, relations: tuple[Relation, ...], depth: int) -> Iterator[Step]:
    """Steps outwards by one relation after the other, nearest first, nobody left twice.

    What one came from is followed to what that came from: never back to what else came of it.
    """
    for relation in relations:
        edge, seen = [actor], {actor}
        for far in range(1, depth + 1):
            steps = [step for one in edge for step in ties.steps(one, far) if step.relation is relation]
            yield from steps
            edge = list(dict.fromkeys(step.other for step in steps if step.other not in seen))
            seen |= set(edge)


def _ends(days: Days) -> tuple[date, date]:
    return days.first_day or date.min, days.last_day or date.max


def _counts(tie: Tie, lives: tuple[Days, Days], day: date | None) -> bool:
    """Whether a tie counts on a day: becoming is for good once it began, anything else while it and both ends last."""
    if day is None:
        return True
    if _BETWEEN[tie.kind][0] in _BECOMING:
        return Days(tie.days.first_day).covers(day)
    return all(days.covers(day) for days in (tie.days, *lives))
