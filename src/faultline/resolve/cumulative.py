"""Running totals in a ledger of their own, each beside the sum of the incidents in its period. Invariant: a running
total is never added to an incident, and what the two differ by is shown, not mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from faultline.record.days import Days
from faultline.record.decision import Incident
from faultline.record.place import distance_km
from faultline.record.vocabulary import SlotName
from faultline.resolve.casualties import KILLED, Counting, Ledger, deaths, ledger
from faultline.resolve.lexicon import folded
from faultline.resolve.stated import Stated, stated_of
from faultline.resolve.world import World


@dataclass(frozen=True, slots=True)
class Running:
    """A running total and what the incidents of its period and places come to. `sum` is over `incidents` that give a
    best estimate, `silent` give none; `difference` is the total less the sum, None for another harm than killed, of
    which no sum is made. A fitting sum does not prove the total: the incidents are those that were reported here."""

    stated: Stated
    days: Days
    places: tuple[str, ...]
    sum: int | None
    incidents: int
    silent: int
    difference: int | None


def cumulative(world: World, counting: Counting) -> tuple[Running, ...]:
    """Every running total that a claim in view gives, by the end of its period."""
    known: dict[str, Ledger] = {}
    found = [_running(world, counting, one, known) for one in _totals(world)]
    return tuple(sorted(found, key=lambda r: (str(r.days), r.stated.claim)))


def _totals(world: World) -> Iterator[Stated]:
    for _, report in sorted(world.reports.items()):
        for claim in report.claims:
            if claim.casualties:
                yield from (s for s in stated_of(world.parties, report, claim) if s.scope == "running total")


def _running(world: World, counting: Counting, stated: Stated, known: dict[str, Ledger]) -> Running:
    places = tuple(dict.fromkeys(world.claims[stated.claim].values(SlotName.PLACE)))
    inside = [one.id for one in world.incidents if not one.part_of and _is_inside(world, one, stated.since, places)]
    if stated.harm != KILLED or stated.since.first_day is None:  # of an unknown period no sum is made
        return Running(stated, stated.since, places, None, 0, len(inside), None)
    for incident in inside:
        if incident not in known:
            known[incident] = ledger(world, incident, counting)
    numbers = [_number(world, counting, known[incident], stated) for incident in inside]
    added = [n for n in numbers if n is not None]
    total = stated.value
    difference = None if total is None else total - sum(added)
    return Running(stated, stated.since, places, sum(added), len(added), len(numbers) - len(added), difference)


def _number(world: World, counting: Counting, found: Ledger, stated: Stated) -> int | None:
    """Those killed in an incident of the people that the total is about."""
    if stated.everybody:
        return deaths(world, found.incident, counting)
    group = stated.group_id or folded(stated.group)
    return next((toll.best for toll in found.tolls if (toll.harm, toll.group) == (KILLED, group)), None)


def _is_inside(world: World, incident: Incident, period: Days, places: tuple[str, ...]) -> bool:
    days = incident.days
    if days.first_day is None or days.last_day is None or period.first_day is None:
        return False
    if days.first_day < period.first_day or (period.last_day is not None and days.last_day > period.last_day):
        return False
    wide = [place for place in map(world.find_place, places) if place]
    fine = [place for place in map(world.find_place, incident.places) if place]
    return not wide or any(distance_km(a, b) <= a.radius_km for a in wide for b in fine)
