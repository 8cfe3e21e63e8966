"""Turns options into a world: the one place where country, parties, plan and violence meet. Invariant: a function of
the options alone."""

from faultline.sandbox.chance import pick, stream
from faultline.sandbox.country import make_country
from faultline.sandbox.deeds import Scene, invent, numbered, play
from faultline.sandbox.holding import Holding, sieges
from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.parties import Roster, make_parties
from faultline.sandbox.politics import make_plan
from faultline.sandbox.pulse import daily_counts
from faultline.sandbox.world import Country, World

_HELD_AT_FIRST = 2  # places that each group holds on the first day


def simulate(options: SandboxOptions) -> World:
    """What is true in the sandbox of those options."""
    country = make_country(options)
    roster = make_parties(options, country)
    plan = make_plan(options, country, roster)
    reserved = frozenset(h.place for h in plan.happenings if h.wave.startswith("cycle"))
    holding = Holding(_first_holders(options, country, roster, reserved), options.first_day)
    scene = Scene(options, country, roster, holding, reserved, stream(options.seed, "deeds"))
    play(scene, daily_counts(options), (*roster.happenings, *plan.happenings))
    invent(scene)
    happenings = numbered(scene.made)
    steps = [(h.day, h.action, h.place, h.actors[0]) for h in happenings if h.wave.startswith("cycle")]
    held = (*holding.rows(options.last_day), *sieges(steps, options.last_day))
    return World(options, country, roster.parties, roster.bonds, happenings, held, plan.restrictions)


def _first_holders(
    options: SandboxOptions, country: Country, roster: Roster, reserved: frozenset[str]
) -> dict[str, str]:
    """The army holds everything but a few villages of each group's home."""
    rng = stream(options.seed + 1, "deeds")
    holders = {id: "army" for region in country.towns for cercle in region for id in cercle}
    for party in roster.parties:
        if party.kind == "armed_group" and party.first_day == options.first_day:
            free = [
                id
                for cercle in country.towns[party.home]
                for id in cercle[1:]
                if id not in reserved and holders[id] == "army"
            ]
            for _ in range(min(_HELD_AT_FIRST, len(free))):
                place = pick(rng, free)
                free.remove(place)
                holders[place] = party.id
    return holders
