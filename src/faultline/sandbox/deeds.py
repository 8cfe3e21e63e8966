"""Turns daily counts and the plan into happenings with places, parties and tolls, and keeps who holds what. Invariant:
only living parties act, only what the army holds is taken from it, and a place in a cycle is left alone."""

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from faultline.sandbox.chance import chance, pick, stream, weighed
from faultline.sandbox.holding import Holding
from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.parties import Roster
from faultline.sandbox.pulse import Counts, offensive_days
from faultline.sandbox.world import ARMED_MARKS, Country, Happening, Party, Toll

_GROUP_ACTIONS = {
    "attack": 0.28,
    "ambush": 0.2,
    "attack_ied": 0.14,
    "shelling": 0.08,
    "capture": 0.12,
    "shoot_down": 0.04,
    "clash": 0.14,
}
_STATE_ACTIONS = {"airstrike": 0.34, "clash": 0.24, "arrest": 0.2, "recapture": 0.22}
_CIVILIAN_ACTIONS = {"attack_civilians": 0.65, "kidnapping": 0.35}
# Mean numbers killed: of who does it, of whom it is done to; both negative binomial. Wounded are drawn beside them.
_LOSSES = {
    "attack": (1.5, 3.0),
    "ambush": (0.7, 3.5),
    "attack_ied": (0.0, 2.0),
    "shelling": (0.0, 1.2),
    "capture": (1.5, 3.5),
    "recapture": (1.5, 3.0),
    "shoot_down": (0.0, 1.5),
    "clash": (2.5, 2.5),
    "airstrike": (0.0, 5.0),
    "arrest": (0.0, 0.0),
    "attack_civilians": (0.0, 4.5),
    "kidnapping": (0.0, 0.0),
}
_TAKEN = {"arrest": 4.0, "kidnapping": 3.0}
_AT_HOME, _WITH_BACKER = 0.7, 0.2
_THREATS = 0.05  # a threat for so many armed happenings
_BATCH = (2, 5)  # at least, below


@dataclass
class Scene:
    """The running state of the simulation."""

    options: SandboxOptions
    country: Country
    roster: Roster
    holding: Holding
    reserved: frozenset[str]  # places of cycles
    rng: np.random.Generator
    made: list[Happening] = field(default_factory=list)

    def living(self, day: date, camp: str) -> list[Party]:
        """Armed groups of that camp on that day, else of any."""
        groups = [p for p in self.roster.parties if p.kind == "armed_group" and p.first_day <= day <= p.last_day]
        return [p for p in groups if p.camp == camp] or groups

    def backer(self, day: date) -> str:
        """The outside backer that is there on that day, if any."""
        kinds = ("foreign_force", "private_military")
        found = [p.id for p in self.roster.parties if p.kind in kinds and p.first_day <= day <= p.last_day]
        return found[0] if found else ""


def play(scene: Scene, counts: Counts, planned: tuple[Happening, ...]) -> None:
    """Goes through the days: what is planned first, then the armed happenings, into `scene.made`."""
    options = scene.options
    agenda: dict[date, list[Happening]] = {}
    for happening in planned:
        agenda.setdefault(happening.day, []).append(happening)
    hits = _hits(scene)
    for number in range(options.days):
        day = options.day(number)
        for happening in agenda.get(day, ()):
            _carry_out(scene, happening)
        for mark, place, wave in hits.get(number, ()):
            _strike(scene, day, mark, (place, wave))
        for mark, count in zip(ARMED_MARKS, counts[number], strict=True):
            for _ in range(int(count)):
                _one_or_batch(scene, day, mark)


def invent(scene: Scene) -> None:
    """Adds threats, on days that owe nothing to what happens, and what is only said to have happened."""
    rng = stream(scene.options.seed, "press")
    armed = sum(h.mark != "politics" for h in scene.made)
    for _ in range(int(rng.poisson(_THREATS * armed))):
        day = scene.options.day(int(rng.integers(scene.options.days)))
        group = pick(rng, scene.living(day, pick(rng, ("north", "river"))))
        place = pick(rng, scene.country.towns[group.home][0])
        scene.made.append(Happening("", day, "threat", "politics", (group.id,), ("army",), place))
    for _ in range(int(rng.poisson(scene.options.false_claims * armed))):
        day = scene.options.day(int(rng.integers(scene.options.days)))
        group = pick(rng, scene.living(day, pick(rng, ("north", "river"))))
        towns = [id for cercle in scene.country.towns[group.home] for id in cercle]
        action = weighed(rng, {"capture": 0.5, "shoot_down": 0.3, "ambush": 0.2})
        tolls = (Toll("army", int(rng.integers(2, 12))),) if action == "ambush" else ()
        scene.made.append(
            Happening("", day, action, group.camp, (group.id,), ("army",), pick(rng, towns), tolls, true=False)
        )


def _hits(scene: Scene) -> dict[int, list[tuple[str, str, str]]]:
    """Day number -> (mark, place, offensive) of its hits; an offensive is one mark's and hits each cercle once while
    there are enough."""
    cercles = [cercle for region in scene.country.towns for cercle in region]
    found: dict[int, list[tuple[str, str, str]]] = {}
    for n, days in enumerate(offensive_days(scene.options)):
        order = scene.rng.permutation(len(cercles))
        mark = pick(scene.rng, ARMED_MARKS[:2])
        for front, day in enumerate(days):
            place = pick(scene.rng, cercles[int(order[front % len(cercles)])])
            found.setdefault(day, []).append((mark, place, f"offensive-{n + 1}"))
    return found


def _carry_out(scene: Scene, happening: Happening) -> None:
    """What is planned happens, and moves who holds what."""
    if happening.action == "withdrawal" and happening.place:
        scene.holding.give(happening.place, "", happening.day)
    elif happening.action == "handover":
        scene.holding.give(happening.place, happening.recipients[0], happening.day)
    elif happening.action == "merger":
        for party in happening.actors:
            for place in scene.holding.held_by(party):
                scene.holding.give(place, happening.recipients[0], happening.day)
    scene.made.append(happening)


def _one_or_batch(scene: Scene, day: date, mark: str) -> None:
    count = 1
    wave = ""
    if chance(scene.rng, scene.options.batches):
        count, wave = int(scene.rng.integers(*_BATCH)), f"batch-{day}-{mark}"
    for _ in range(count):
        _strike(scene, day, mark, ("", wave))


def _strike(scene: Scene, day: date, mark: str, where: tuple[str, str]) -> None:
    """One armed happening of a mark; `where` is its place (empty: any) and the wave it belongs to."""
    rng = scene.rng
    group = pick(rng, scene.living(day, mark if mark in ("north", "river") else pick(rng, ("north", "river"))))
    place = where[0] or _somewhere(scene, group)
    actions = {"state": _STATE_ACTIONS, "civilians": _CIVILIAN_ACTIONS}.get(mark, _GROUP_ACTIONS)
    action = weighed(rng, actions)
    if action == "recapture":
        lost = [p for p in scene.holding.held_by(group.id) if p not in scene.reserved]
        action, place = ("recapture", pick(rng, lost)) if lost else ("airstrike", place)
    if action == "capture" and not _can_fall(scene, place):
        action = "attack"
    actors, recipients = _sides(scene, day, action, group.id)
    if action in ("capture", "recapture"):
        scene.holding.give(place, actors[0], day)
    tolls = _tolls(rng, action, actors, recipients)
    scene.made.append(Happening("", day, action, mark, actors, recipients, place, tolls, where[1]))


def _can_fall(scene: Scene, place: str) -> bool:
    capital_region = {id for cercle in scene.country.towns[0] for id in cercle}
    return scene.holding.holder(place) == "army" and place not in scene.reserved and place not in capital_region


def _sides(scene: Scene, day: date, action: str, group: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    backer = scene.backer(day)
    ours: tuple[str, ...] = ("army",)
    if action in ("airstrike", "recapture", "clash", "ambush") and backer and chance(scene.rng, _WITH_BACKER):
        ours = ("army", backer)
    if action in _CIVILIAN_ACTIONS:
        return (group,), ("civilians",)
    if action in ("airstrike", "arrest", "recapture"):
        return ours, (group,)
    return (group,), ours


def _somewhere(scene: Scene, group: Party) -> str:
    rng, towns = scene.rng, scene.country.towns
    region = group.home if chance(rng, _AT_HOME) else int(rng.integers(len(towns)))
    return pick(rng, pick(rng, towns[region]))


def _tolls(
    rng: np.random.Generator, action: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> tuple[Toll, ...]:
    """Who lost how many: overdispersed, often nobody. Only the first of each side, to keep sums plain."""
    own, other = _LOSSES[action]
    taken = 1 + int(rng.poisson(_TAKEN[action])) if action in _TAKEN else 0
    drawn = [(actors[0], own, 0), (recipients[0], other, taken)]
    tolls = []
    for group, mean, held in drawn:
        killed = int(rng.negative_binomial(1.2, 1.2 / (1.2 + mean))) if mean else 0
        wounded = int(rng.poisson(1.3 * mean)) if mean else 0
        if killed or wounded or held:
            tolls.append(Toll(group, killed, wounded, held))
    return tuple(tolls)


def numbered(made: list[Happening]) -> tuple[Happening, ...]:
    """In the order of days, with their ids."""
    ordered = sorted(made, key=lambda h: h.day)
    return tuple(replace(h, id=f"h{n + 1:05d}") for n, h in enumerate(ordered))
