"""Turns a world into the lists of a case folder: actors.yaml, sources.yaml, places.csv, case.yaml. Invariant: they hold
what a well-informed desk would know by names and days, and nothing of who did what."""

import csv
import io
from datetime import timedelta
from typing import Any

import yaml

from faultline.sandbox.forms import demonym, french
from faultline.sandbox.sources import EVENTS, Outlet
from faultline.sandbox.world import Party, World

GED = "ged-table"
_PLACE_COLUMNS = (
    "id,name,variants,latitude,longitude,radius_km,feature,precision,admin2,admin1,country,first_day,last_day,source,note"
).split(",")
_KNOWN_AFTER = 3  # days from a change among the parties to its first publication


def actors_yaml(world: World) -> str:
    """Parties with their dated names, in both languages, and dated ties."""
    return _yaml([_actor(world, party) for party in world.parties if party.id != "civilians"])


def sources_yaml(world: World, press: tuple[Outlet, ...]) -> str:
    """Those who publish: the press and the two forms of the event table."""
    rows = [
        {
            "id": s.id,
            "name": s.name,
            "kind": s.kind,
            "family": s.id,
            "country": "ZZ",
            "languages": list(s.languages),
            **({"side": s.side} if s.side else {}),
            "reliability": s.letter,
            "reason": f"invented; {round(100 * s.accuracy)} of 100 of its figures are right",
        }
        for s in press
    ]
    for id, name in ((EVENTS, "Event table of the sandbox"), (GED, "Fatal events of the sandbox")):
        about = {
            "family": EVENTS,
            "country": "ZZ",
            "languages": ["en"],
            "reliability": "A",
            "reason": "made from the truth",
        }
        rows.append({"id": id, "name": name, "kind": "dataset", **about})
    return _yaml(rows)


def places_csv(world: World) -> str:
    """The gazetteer."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_PLACE_COLUMNS)
    for p in world.country.places:
        writer.writerow(
            (
                *(p.id, p.name, "|".join(p.variants), p.latitude, p.longitude, p.radius_km, p.feature),
                *(p.precision.value, p.admin2, p.admin1, p.country, "", "", p.source, p.note),
            )
        )
    return out.getvalue()


def case_yaml(world: World, tables: list[dict[str, Any]]) -> str:
    """The case: its inputs, what they are a sample of, and dated facts from the truth."""
    first, last = world.options.first_day, world.options.last_day
    days = {"first_day": first, "last_day": last}
    return _yaml(
        {
            "schema": 1,
            "id": "sandbox",
            "title": f"{world.country.name}, an invented country",
            "languages": ["en", "fr"],
            "countries": ["ZZ"],
            "capital": world.country.capital,
            "period": days,
            "documents": [{"path": "reports", "frame": "dispatches"}],
            "tables": tables,
            "figures": [{"path": "figures/monthly.csv", "source": EVENTS, "columns": _FIGURES}],
            "frames": [
                {
                    **frame,
                    **days,
                    "systematic": frame["id"] != "dispatches",
                    "note": _NOTES[frame["id"] != "dispatches"],
                }
                for frame in _frames(world)
            ],
            "policy": {"level": "admin2", "delay_days": 0, "mask_names": False},
            "expectations": _expectations(world),
        }
    )


_NOTES = ("what the simulated press told", "everything that the simulated dataset saw")
_FIGURES = {"unit": "unit", "month": "month", "value": "deaths", "published": "published"}


def _frames(world: World) -> list[dict[str, str]]:
    wire = f"{world.country.spare_names[0]} Wire Service".lower().replace(" ", "-")
    return [
        {"id": "dispatches", "source": wire, "unit": "report"},
        {"id": "acled-form", "source": EVENTS, "unit": "event"},
        {"id": "ged-form", "source": GED, "unit": "fatal event"},
    ]


def _actor(world: World, party: Party) -> dict[str, Any]:
    options = world.options
    row: dict[str, Any] = {"id": party.id, "name": party.names[0].english, "kind": party.kind}
    if party.camp:
        row["side"] = party.camp
    if (party.first_day, party.last_day) != (options.first_day, options.last_day):
        last = ".." if party.last_day == options.last_day else party.last_day
        row["days"] = f"{party.first_day}/{last}"
    row["aliases"] = [*_names(world, party), *_known_as(world, party)]
    if party.id == "government":
        row["metonyms"] = [world.place(world.country.capital).name]
        english = demonym(world, "en")
        row["demonyms"] = [english, f"{english}s", *(demonym(world, "fr", e) for e in ("", "ne", "s", "nes"))]
    ties = [_tie(world, bond) for bond in world.bonds if bond.actor == party.id]
    return {**row, **({"ties": ties} if ties else {})}


def _names(world: World, party: Party) -> list[dict[str, Any]]:
    """Every name with the days on which it held."""
    rows = []
    for name in party.names:
        days: dict[str, Any] = {}
        if name.first_day > world.options.first_day:
            days["first_day"] = name.first_day
        if name.last_day < world.options.last_day:
            # A name is written for a while after it is given up.
            days["last_day"] = name.last_day + timedelta(days=400)
        rows += [{"name": name.english, "language": "en", **days}, {"name": name.french, "language": "fr", **days}]
        rows += [{"name": name.acronym, **days}] if name.acronym else []
    return rows


def _known_as(world: World, party: Party) -> list[dict[str, Any]]:
    """What the army, the government and the backer are called besides their names."""
    english, of_country = demonym(world, "en"), demonym(world, "fr")
    neighbour = world.country.neighbours[0] + "n"
    table = {
        "army": (
            [f"{english} army", f"{english} troops", f"{english} soldiers", "government forces"],
            [f"armée {of_country}ne", f"soldats {of_country}s", "forces gouvernementales"],
        ),
        "government": (
            [f"{english} government", f"{english} authorities"],
            [f"gouvernement {of_country}", f"autorités {of_country}nes"],
        ),
        "backer": (
            [f"{neighbour} troops", f"{neighbour} soldiers"],
            [f"troupes {french(neighbour)}nes", f"soldats {french(neighbour)}s"],
        ),
    }
    in_english, in_french = table.get(party.id, ([], []))
    rows = [{"name": name, "language": "en"} for name in in_english]
    return rows + [{"name": name, "language": "fr"} for name in in_french]


def _tie(world: World, bond: Any) -> dict[str, Any]:
    row = {"kind": bond.kind, "other": bond.other, "first_day": bond.first_day}
    if bond.last_day:
        row["last_day"] = bond.last_day
    known = bond.first_day + timedelta(days=_KNOWN_AFTER)
    return {**row, "sources": [EVENTS], "published": known}


def _expectations(world: World) -> list[dict[str, Any]]:
    """Facts of the truth, a few of each form: who held what in the middle, what was in force, who was, who backed."""
    middle = world.options.day(world.options.days // 2)
    # what a party held from the beginning, or got by a merger, nothing tells of
    taken = {(h.place, h.day) for h in world.happenings if h.true and h.action in ("capture", "handover")}
    rows = [
        ("holds", middle, row.place, row.holder, "measure")
        for row in world.held
        if row.state == "held" and row.first_day <= middle <= row.last_day and row.holder != "army"
        if (row.place, row.first_day) in taken
    ][:6]
    rows += [("in_force", r.first_day, r.place, r.kind, "measure") for r in world.restrictions[:4]]
    groups = [p for p in world.parties if p.kind == "armed_group" and p.first_day > world.options.first_day]
    rows += [("exists", p.first_day + timedelta(days=_KNOWN_AFTER), p.id, "yes", "case") for p in groups[:3]]
    leaves = next(b for b in world.bonds if b.kind == "backing" and b.last_day)
    rows += [("tie", leaves.first_day + timedelta(days=30), leaves.actor, f"backing {leaves.other}", "case")]
    keys = ("form", "day", "subject", "value", "stage")
    return [{**dict(zip(keys, row, strict=True)), "source": EVENTS} for row in rows]


class _PlainDumper(yaml.SafeDumper):
    """Writes every value out: a case file holds no YAML aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(value: Any) -> str:
    return str(yaml.dump(value, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=118))
