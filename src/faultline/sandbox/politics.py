"""Turns options into what is planned over the period besides the daily violence: cycles of siege, talk, agreement,
withdrawal and handover, and restrictions. Invariant: none of it moves the daily counts."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from faultline.sandbox.chance import chance, pick, stream
from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.parties import Roster
from faultline.sandbox.world import CAPITAL_REGION, Country, Happening, InForce, Party

_STEPS = (  # action, least and most days after the step before
    ("siege_blockade", 0, 0),
    ("meeting", 6, 15),
    ("agreement", 5, 14),
    ("withdrawal", 2, 5),
    ("handover", 0, 1),
)
_KINDS = ("state_of_emergency", "curfew")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned, in no order."""

    happenings: tuple[Happening, ...]
    restrictions: tuple[InForce, ...]


def make_plan(options: SandboxOptions, country: Country, roster: Roster) -> Plan:
    """The cycles and restrictions of those options; a place goes through one cycle at a time."""
    rng = stream(options.seed, "politics")
    happenings: list[Happening] = []
    taken: set[str] = set()
    for number in range(options.cycles):
        happenings += _cycle(options, country, roster, rng, (f"cycle-{number + 1}", taken))
    restrictions = _restrictions(options, country, rng)
    for restriction in restrictions:
        happenings += _told(restriction)
    return Plan(tuple(happenings), tuple(restrictions))


def _cycle(
    options: SandboxOptions,
    country: Country,
    roster: Roster,
    rng: np.random.Generator,
    label: tuple[str, set[str]],
) -> list[Happening]:
    name, taken = label
    day = options.day(int(rng.integers(options.days // 12, max(options.days - 70, options.days // 12 + 1))))
    group = _lasting(roster, day, rng)
    free = [id for cercle in country.towns[group.home] for id in cercle if id not in taken] if group else []
    if group is None or not free:
        return []
    place = pick(rng, free)
    taken.add(place)
    made = []
    for action, least, most in _STEPS:
        day += timedelta(days=int(rng.integers(least, most + 1)))
        if day > min(options.last_day, group.last_day):
            break
        sides = _sides(action, group.id)
        made.append(Happening("", day, action, "politics", *sides, place, wave=name))
    if made and made[-1].action == "handover" and chance(rng, 0.5):
        ended = day + timedelta(days=int(rng.integers(20, 60)))
        if ended <= min(options.last_day, group.last_day):
            made.append(Happening("", ended, "ceasefire_ended", "politics", (group.id,), ("government",), wave=name))
    return made


def _sides(action: str, group: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return {
        "siege_blockade": ((group,), ("army",)),
        "meeting": (("government", group), ()),
        "agreement": (("government", group), ()),
        "withdrawal": (("army",), ()),
        "handover": (("army",), (group,)),
    }[action]


def _lasting(roster: Roster, day: date, rng: np.random.Generator) -> Party | None:
    """An armed group that lives for the next seven weeks, if there is one."""
    end = day + timedelta(days=49)
    groups = [p for p in roster.parties if p.kind == "armed_group" and p.first_day <= day and p.last_day >= end]
    return pick(rng, groups) if groups else None


def _restrictions(options: SandboxOptions, country: Country, rng: np.random.Generator) -> list[InForce]:
    """Each in a span of its own, so that no two of one kind overlap; the first in the capital."""
    made: list[InForce] = []
    width = options.days // max(options.restrictions, 1)
    for number in range(options.restrictions):
        first = number * width + int(rng.integers(0, max(width // 4, 1)))
        length = int(rng.integers(10, max(width // 3, 12)))
        places = _seats_of(country)
        place = country.capital if number == 0 else pick(rng, places)
        made.append(_in_force(options, (f"restriction-{number + 1}", place), (first, length, width), rng))
    return made


def _in_force(
    options: SandboxOptions, what: tuple[str, str], when: tuple[int, int, int], rng: np.random.Generator
) -> InForce:
    first, length, width = when
    extended: tuple[date, ...] = ()
    last = first + length - 1
    if chance(rng, 0.6) and first + 2 * length < (first // width + 1) * width:
        extended = (options.day(last),)  # on the last day of the first term
        last += length
    ended = "running" if last >= options.days - 1 else ("lifted" if chance(rng, 0.5) else "lapsed")
    if ended == "lifted":
        last -= int(rng.integers(1, max(length // 2, 2)))
    first_day = options.day(first)
    return InForce(what[0], pick(rng, _KINDS), what[1], first_day, max(options.day(last), first_day), ended, extended)


def _seats_of(country: Country) -> list[str]:
    return [cercle[0] for region in country.towns[CAPITAL_REGION:] for cercle in region]


def _told(restriction: InForce) -> list[Happening]:
    """Declaration, extensions and lifting happen; a lapse is the absence of a happening."""
    days = [(restriction.first_day, "declared"), *((day, "extended") for day in restriction.extended)]
    if restriction.ended == "lifted":
        days.append((restriction.last_day, "lifted"))
    return [
        Happening(
            "",
            day,
            f"{restriction.kind}_{step}",
            "politics",
            ("government",),
            (),
            restriction.place,
            wave=restriction.id,
            detail=restriction.kind,
        )
        for day, step in days
    ]
