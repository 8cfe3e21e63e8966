"""Turns a world into the event table of a dataset that codes it completely, in the forms of ACLED and of UCDP GED, and
into monthly figures. Invariant: the dead of a row are the dead of its happening."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from faultline.sandbox.chance import chance, stream
from faultline.sandbox.press import actions, ebb
from faultline.sandbox.sources import EVENTS
from faultline.sandbox.world import Happening, World

ACLED_COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 actor2 "
    "assoc_actor_2 country admin1 admin2 location latitude longitude geo_precision source notes fatalities"
).split()
GED_COLUMNS = (
    "id year code_status type_of_violence conflict_name side_a side_b source_article where_prec where_coordinates "
    "adm_1 adm_2 latitude longitude country event_clarity date_prec date_start date_end deaths_a deaths_b "
    "deaths_civilians deaths_unknown best high low"
).split()
_FIGURE_COLUMNS = ("unit", "month", "deaths", "published")
_MONTHS = "January February March April May June July August September October November December".split()
_LAG = 15  # days from the end of a month or year to its publication


def recorded(world: World) -> tuple[Happening, ...]:
    """What the table has: true, of a kind that it codes, and seen by it."""
    rng = stream(world.options.seed, "table")
    coded = [h for h in world.happenings if h.true and "acled" in actions()[h.action] and h.place]
    return tuple(h for h in coded if chance(rng, world.options.table_recall * ebb(world, h.day)))


def acled_table(world: World, rows: Iterable[Happening]) -> str:
    """CSV in the form of an ACLED export."""
    return _csv(ACLED_COLUMNS, (_acled_row(world, h) for h in rows))


def ged_table(world: World, rows: Iterable[Happening]) -> str:
    """CSV in the form of UCDP GED: as there, fatal events only."""
    fatal = (h for h in rows if h.killed and "ged" in actions()[h.action])
    return _csv(GED_COLUMNS, (_ged_row(world, h) for h in fatal))


def monthly_figures(world: World, rows: Iterable[Happening]) -> str:
    """CSV of deaths by region and month, a zero where the dataset has none, each with the day it became public."""
    deaths: Counter[tuple[str, str]] = Counter()
    for happening in rows:
        deaths[world.place(happening.place).admin1, f"{happening.day:%Y-%m}"] += happening.killed
    regions = sorted({place.admin1 for place in world.country.places})
    months = sorted({f"{world.options.day(n):%Y-%m}" for n in range(world.options.days)})
    made = ([r, m, deaths[r, m], public_after(date.fromisoformat(f"{m}-01"), 31)] for m in months for r in regions)
    return _csv(_FIGURE_COLUMNS, made)


def public_after(first_day: date, days: int) -> date:
    """When what covers so many days from that one on became public."""
    return first_day + timedelta(days=days + _LAG)


def _acled_row(world: World, happening: Happening) -> list[object]:
    event, sub_event = actions()[happening.action]["acled"]
    place = world.place(happening.place)
    day = happening.day
    actors = [_name(world, party, day) for party in happening.actors]
    others = [_name(world, party, day) for party in happening.recipients]
    written = f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year}"
    kind = "Political violence" if happening.mark != "politics" else "Strategic developments"
    notes = f"{happening.id}: {sub_event}, {place.name}."
    return [
        *("ZZ" + happening.id[1:], written, day.year, 1, kind, event, sub_event),
        *(actors[0], "; ".join(actors[1:]), others[0] if others else "", "; ".join(others[1:])),
        *(world.country.name, place.admin1, place.admin2, place.name, place.latitude, place.longitude, 1),
        *(EVENTS, notes, happening.killed),
    ]


def _ged_row(world: World, happening: Happening) -> list[object]:
    place, day = world.place(happening.place), happening.day
    side_a, side_b = happening.actors[0], happening.recipients[0]
    dead = {toll.group: toll.killed for toll in happening.tolls}
    # As in GED the state, where it fights, is side A.
    if actions()[happening.action]["ged"] == 1 and side_b == "army":
        side_a, side_b = side_b, side_a
    names = [_name(world, party, day) for party in (side_a, side_b)]
    civilians = dead.get("civilians", 0)
    return [
        *(
            int(happening.id[1:]),
            day.year,
            "Clear",
            actions()[happening.action]["ged"],
            f"{world.country.name}",
            *names,
        ),
        *(EVENTS, 1, place.name, place.admin1, place.admin2, place.latitude, place.longitude, world.country.name),
        *(1, 1, day, day, dead.get(side_a, 0), 0 if side_b == "civilians" else dead.get(side_b, 0), civilians, 0),
        *(happening.killed, happening.killed, happening.killed),
    ]


def _name(world: World, party: str, day: date) -> str:
    if party == "civilians":
        return f"Civilians ({world.country.name})"
    return world.party(party).named(day).english


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(list(header))
    writer.writerows([list(row) for row in rows])
    return out.getvalue()
