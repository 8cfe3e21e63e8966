"""Turns declared coalitions, ties and offices into who can hold a place. Invariant: on a day an actor belongs to one
holder, and the defender of the case is the first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from faultline.measure.sight import Sight
from faultline.record.actor import Tie
from faultline.record.claim import Slot
from faultline.record.declared import Coalition
from faultline.record.vocabulary import ARMED, ActorKind, SlotName, TieKind

Ints = npt.NDArray[np.int64]

STATE = 0
UNNAMED = -1  # armed people who are not the state and whom nobody names

_ARMED = ARMED - {ActorKind.STATE_FORCE}
_STATE = frozenset({ActorKind.STATE_FORCE, ActorKind.GOVERNMENT, ActorKind.JUNTA})
_AROUND = 182  # days
_ONE = frozenset({TieKind.MEMBER, TieKind.SUCCESSOR, TieKind.MERGER})
# Classes of people, as coding names them, that are armed and not the state.
_UNNAMED_ARMED = frozenset({"jihadist", "militant", "gunman", "attacker", "rebel"})


@dataclass(frozen=True)
class Holders:
    """`ids` are coalitions or actors, the defender first; `declared` gives the holder of those that are members by
    declaration, `others` that of armed actors outside; `wholes` what an actor is part of and when, offices included.
    `joint` are declared coalitions of members of several holders; `helpers` hold with the state where both are named;
    `sides` are the sides that actors.yaml gives to members, with the days (ordinals) on which claims have those act."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    declared: Mapping[str, int]
    others: Mapping[str, int] = field(default_factory=dict)
    wholes: Mapping[str, tuple[Tie, ...]] = field(default_factory=dict)
    joint: tuple[Coalition, ...] = ()
    helpers: frozenset[int] = frozenset()
    sides: Mapping[str, Mapping[int, Ints]] = field(default_factory=dict)

    def kin(self, side: str, day: date | None) -> tuple[int, ...]:
        """Who may be meant where only the side is said: holders with at least a quarter of what reports within half a
        year of the day tell of that side."""
        near = {
            holder: int(np.count_nonzero(np.abs(days - day.toordinal()) <= _AROUND)) if day else 0
            for holder, days in self.sides.get(side, {}).items()
        }
        return tuple(sorted(holder for holder, n in near.items() if n and n * 4 >= sum(near.values())))

    def of(self, actor: str, day: date | None = None) -> int | None:
        """The holder that the actor belongs to on that day; None where it is none that can hold a place."""
        seen: set[str] = set()
        found = [actor]
        while found:
            if found[0] in self.declared:
                return self.declared[found[0]]
            seen.add(found[0])
            ties = self.wholes.get(found.pop(0), ())
            found += [t.other for t in ties if t.other not in seen and (day is None or t.days.covers(day))]
        return next((self.others[one] for one in (actor, *sorted(seen)) if one in self.others), None)

    def named(self, slot: Slot, day: date | None = None) -> tuple[int | None, str]:
        """Whom the slot names: index of the holder, None where it is no party that can hold a place, and the actor
        ("" where several of one holder may be meant); of armed people whom nobody names UNNAMED and their class."""
        if not slot.candidates:
            return (UNNAMED, slot.reason) if slot.reason in _UNNAMED_ARMED else (None, "")
        weights: dict[int, float] = {}
        for candidate in slot.candidates:
            holder = self.of(candidate.id, day)
            if holder is not None:
                weights[holder] = weights.get(holder, 0.0) + candidate.probability
        best = max(weights, key=lambda holder: weights[holder], default=None)
        if best is None or weights[best] * 2 <= sum(c.probability for c in slot.candidates):
            return None, ""
        return best, slot.leading


def holders_of(sight: Sight, named: Iterable[str]) -> Holders:
    """The holders of a case: its defender, its declared coalitions, then armed actors among `named`, those outside
    every declared coalition that are tied as member, successor or merger counted as one."""
    declared: dict[str, int] = dict.fromkeys(_defender(sight), STATE)
    ids = [sight.declared.defender or "state"]
    joint = []
    for coalition in sight.declared.coalitions:
        if coalition.id == sight.declared.defender:
            continue
        if all(member in declared for member in coalition.members):
            joint.append(coalition)
            continue
        ids.append(coalition.id)
        for member in coalition.members:
            declared.setdefault(member, len(ids) - 1)
    others: dict[str, int] = {}
    wholes = _wholes(sight)
    inner = Holders((), (), declared, {}, wholes)
    lines = _lines(sight, {actor.id for actor in sight.case.actors if actor.kind in _ARMED} - set(declared))
    for actor in sorted(set(named)):
        if actor in lines and actor not in others and _apart(inner, actor):
            ids.append(actor)
            others.update(dict.fromkeys(lines[actor], len(ids) - 1))
    names = tuple(_name(sight, id) for id in ids)
    found = Holders(tuple(ids), names, declared, others, wholes, tuple(joint))
    return replace(found, helpers=_helpers(sight, found), sides=_sides(sight, found))


def _apart(inner: Holders, actor: str) -> bool:
    """Whether the actor is outside every declared coalition, always or at times."""
    return inner.of(actor) is None or any(tie.days.known for tie in inner.wholes.get(actor, ()))


def _defender(sight: Sight) -> frozenset[str]:
    coalition = sight.declared.coalition(sight.declared.defender)
    if coalition:
        return frozenset(coalition.members)
    if sight.declared.defender:
        return frozenset({sight.declared.defender})
    return frozenset(actor.id for actor in sight.case.actors if actor.kind in _STATE)


def _lines(sight: Sight, armed: set[str]) -> dict[str, frozenset[str]]:
    """Those armed actors with all among them that they are tied to as one."""
    group = {actor: {actor} for actor in armed}
    for actor in sight.case.actors:
        for tie in actor.ties:
            if tie.kind in _ONE and tie.actor in armed and tie.other in armed:
                joined = group[tie.actor] | group[tie.other]
                for member in joined:
                    group[member] = joined
    return {actor: frozenset(members) for actor, members in group.items()}


def _wholes(sight: Sight) -> dict[str, tuple[Tie, ...]]:
    """What actors are members of, and what people command or hold an office at."""
    found: dict[str, list[Tie]] = {}
    for actor in sight.case.actors:
        kinds = (TieKind.MEMBER, TieKind.COMMAND) if actor.kind is ActorKind.PERSON else (TieKind.MEMBER,)
        found.setdefault(actor.id, []).extend(tie for tie in actor.ties if tie.kind in kinds)
        for office in actor.offices:
            tie = Tie(office.holder, TieKind.MEMBER, actor.id, office.days)
            found.setdefault(office.holder, []).append(tie)
    return {actor: tuple(ties) for actor, ties in found.items() if ties}


def _helpers(sight: Sight, holders: Holders) -> frozenset[int]:
    """Holders of whom a member is tied to the defender as its backer."""
    ties = (tie for actor in sight.case.actors for tie in actor.ties if tie.kind is TieKind.BACKING)
    found = {holders.of(tie.actor) for tie in ties if holders.of(tie.other) == STATE}
    return frozenset(holder for holder in found if holder)


def _sides(sight: Sight, holders: Holders) -> dict[str, dict[int, Ints]]:
    sides = {actor.id: actor.side.casefold() for actor in sight.case.actors if actor.side and actor.kind in _ARMED}
    found: dict[str, dict[int, list[int]]] = {}
    for claim in sight.claims:
        day = claim.days.last_day or sight.published(claim)
        for actor in claim.values(SlotName.ACTOR) if day else ():
            holder = holders.of(actor, day) if actor in sides else None
            if day and holder:
                found.setdefault(sides[actor], {}).setdefault(holder, []).append(day.toordinal())
    return {side: {holder: np.array(days) for holder, days in by.items()} for side, by in found.items()}


def _name(sight: Sight, id: str) -> str:
    coalition = sight.declared.coalition(id)
    if coalition:
        return coalition.name
    return next((actor.name for actor in sight.case.actors if actor.id == id), "the state")
