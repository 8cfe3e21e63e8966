"""Turns a happening into what one source tells of it: whose word it is, how surely, with which numbers. Invariant: a
party raises the enemy's losses and lowers its own; the truth itself is never changed."""

from dataclasses import dataclass, replace

import numpy as np

from faultline.sandbox.chance import chance, pick
from faultline.sandbox.sources import Outlet
from faultline.sandbox.world import Happening, Toll, World

REPORTER, HEARSAY = "", "reports"
LOCALS = ("residents", "witnesses", "security")
_GIVES_UP = ("withdrawal", "handover")
_BY_UNKNOWN = ("attack", "ambush", "attack_ied", "attack_civilians", "kidnapping", "shelling")


@dataclass(frozen=True, slots=True)
class Account:
    """One telling: `speaker` is a party, one of LOCALS, HEARSAY or REPORTER; `tolls` as told, with `rough` ones said to
    be a least number; `unnamed` where it does not say who did it."""

    happening: Happening
    speaker: str
    modality: str
    tolls: tuple[Toll, ...]
    unnamed: bool = False
    rough: bool = False


def account_of(world: World, happening: Happening, source: Outlet, rng: np.random.Generator) -> Account:
    """What that source tells of that happening."""
    if happening.action == "threat":
        return Account(happening, happening.actors[0], "threatened", ())
    if happening.action == "leave_announced":
        return Account(happening, REPORTER, "planned", ())
    speaker = _speaker(world, happening, source, rng)
    modality = modality_of(happening, speaker)
    tolls, rough = _told(world, happening, speaker, source, rng)
    unnamed = happening.true and speaker not in happening.actors and happening.action in _BY_UNKNOWN
    return Account(happening, speaker, modality, tolls, unnamed and chance(rng, 0.3), rough)


def modality_of(happening: Happening, speaker: str) -> str:
    """How surely it is told, by whose word it is: rule 2 of the gold."""
    if speaker == REPORTER:
        return "asserted"
    if speaker in (*LOCALS, HEARSAY, "mission"):
        return "reported"
    if speaker in happening.recipients or (speaker in happening.actors and happening.action in _GIVES_UP):
        return "confirmed"
    return "claimed"


def _speaker(world: World, happening: Happening, source: Outlet, rng: np.random.Generator) -> str:
    if not happening.true:
        return happening.actors[0]
    if happening.mark == "politics":
        return pick(rng, (REPORTER, REPORTER, "mission", *LOCALS[:1])) if happening.place else REPORTER
    parties = [p for p in (*happening.actors, *happening.recipients) if p not in ("backer", "firm")]
    if "civilians" in happening.recipients:
        parties = ["army"]  # nobody boasts of these; the other side accuses
    on_side = [p for p in parties if source.side and source.side in (p, world.party(p).camp)]
    if on_side:
        return on_side[0]
    if chance(rng, 0.3):
        return pick(rng, parties)
    return pick(rng, (REPORTER, REPORTER, REPORTER, *LOCALS, HEARSAY))


def _told(
    world: World, happening: Happening, speaker: str, source: Outlet, rng: np.random.Generator
) -> tuple[tuple[Toll, ...], bool]:
    party = speaker in (*happening.actors, *happening.recipients)
    if party:
        return tuple(
            t for toll in happening.tolls if (t := _slanted(world, toll, speaker, rng)).killed or t.taken
        ), False
    if chance(rng, source.accuracy):
        return happening.tolls, False
    # A first count misses some: told as a least number, which stays true, or plainly wrong.
    return tuple(replace(t, killed=int(t.killed * rng.uniform(0.4, 1.0)), wounded=0) for t in happening.tolls), chance(
        rng, 0.6
    )


def _slanted(world: World, toll: Toll, speaker: str, rng: np.random.Generator) -> Toll:
    bias = world.options.bias
    if toll.group == "civilians":
        return toll if chance(rng, 0.5) else replace(toll, killed=0, wounded=0)
    same = toll.group == speaker or (speaker == "army" and toll.group in ("backer", "firm"))
    if same:
        kept = max(0.0, 1 - bias * float(rng.exponential()))
        return replace(toll, killed=int(toll.killed * kept), wounded=int(toll.wounded * kept))
    more = 1 + bias * float(rng.exponential())
    return replace(toll, killed=int(np.ceil(toll.killed * more)), wounded=0)
