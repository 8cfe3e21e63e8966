"""An invented event table in the layout of ACLED's exports of 2020 (numbers for the kinds of actors, days as "03 March
2012"), 1997 to 2020, with names as that dataset writes them. Nothing in it happened. Run nothing here."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from faultline.record.place import Place

HEADER = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3"
).split(",")
FIRST, LAST = date(1997, 1, 1), date(2020, 12, 31)
_STATE = (
    ("Military Forces of Mali (1991-2012)", 1, 1997, 2012),
    ("Military Forces of Mali (2012-2013)", 1, 2012, 2013),
    ("Military Forces of Mali (2013-2020)", 1, 2013, 2020),
    ("Police Forces of Mali (2013-2020)", 1, 2013, 2020),
    ("Military Forces of France (2012-2017)", 8, 2013, 2017),
    ("Military Forces of France (2017-)", 8, 2017, 2020),
    ("MINUSMA: United Nations Multidimensional Integrated Stabilization Mission in Mali (2013-)", 8, 2013, 2020),
)
_ARMED = (
    ("GSPC: Salafist Group for Preaching and Combat", 2, 2000, 2007),
    ("AQIM: Al Qaeda in the Islamic Maghreb", 2, 2007, 2017),
    ("MNLA: National Movement for the Liberation of Azawad", 2, 2012, 2020),
    ("CMA: Coordination of Movements of the Azawad", 2, 2014, 2020),
    ("Ansar Dine", 2, 2012, 2017),
    ("MUJAO: Movement for Unity and Jihad in West Africa", 2, 2012, 2014),
    ("JNIM: Group for Support of Islam and Muslims", 2, 2017, 2020),
    ("JNIM: Group for Support of Islam and Muslims and/or Islamic State (West Africa) - Greater Sahara", 2, 2018, 2020),
    ("Islamic State (West Africa) - Greater Sahara Faction", 2, 2016, 2020),
    ("Katiba Macina", 2, 2015, 2020),
    ("GATIA: Imghad Tuareg and Allies Self-Defense Group", 3, 2014, 2020),
    ("Dan Na Ambassagou", 3, 2017, 2020),
    ("Fulani Ethnic Militia (Mali)", 4, 2012, 2020),
    ("Unidentified Armed Group (Mali)", 3, 1997, 2020),
)
_NOBODY = (("Civilians (Mali)", 7), ("Protesters (Mali)", 6), ("Rioters (Mali)", 5))
_TYPES = (  # event type, sub-event type, who acts, who suffers, share
    ("Battles", "Armed clash", _ARMED, _STATE, 0.34),
    ("Battles", "Government regains territory", _STATE, _ARMED, 0.02),
    ("Violence against civilians", "Attack", _ARMED, _NOBODY[:1], 0.26),
    ("Violence against civilians", "Abduction/forced disappearance", _ARMED, _NOBODY[:1], 0.05),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED", _ARMED, _STATE, 0.1),
    ("Explosions/Remote violence", "Air/drone strike", _STATE, _ARMED, 0.03),
    ("Protests", "Peaceful protest", _NOBODY[1:2], (), 0.1),
    ("Riots", "Violent demonstration", _NOBODY[2:], (), 0.03),
    ("Strategic developments", "Looting/property destruction", _ARMED, _NOBODY[:1], 0.04),
    ("Strategic developments", "Agreement", _STATE, _ARMED, 0.03),
)
_COUNTRIES = (("Mali", "466", "MLI", 0.8), ("Burkina Faso", "854", "BFO", 0.12), ("Niger", "562", "NIR", 0.08))


def write_acled(path: Path, rows: int, places: Sequence[Place], seed: int) -> None:
    """Writes so many rows, rising as the war did: a twentieth before 2012, half in the last two years."""
    chance = np.random.default_rng(seed)
    days = np.sort(_days(rows, chance))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEADER, restval="")
        writer.writeheader()
        for number, day in enumerate(days.tolist()):
            writer.writerow(_row(number, FIRST + timedelta(days=day), places, chance))


def _days(rows: int, chance: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    length = (LAST - FIRST).days + 1
    years = 1997 + np.arange(length) / 365.25
    rate = np.where(years < 2012, 0.3, 2.0 * np.exp(0.42 * (years - 2013)))
    rate = rate * np.repeat(chance.gamma(2.0, 0.5, length // 7 + 1), 7)[:length]  # bouts of a week
    return chance.choice(length, rows, p=rate / rate.sum()).astype(np.int64)


def _row(number: int, day: date, places: Sequence[Place], chance: np.random.Generator) -> dict[str, str]:
    form, sub, actors, targets, _ = _TYPES[int(chance.choice(len(_TYPES), p=[one[-1] for one in _TYPES]))]
    actor, other = _one(actors, day, chance), _one(targets, day, chance)
    country, iso, short, _ = _COUNTRIES[int(chance.choice(len(_COUNTRIES), p=[one[-1] for one in _COUNTRIES]))]
    place = places[int(len(places) * chance.random() ** 2)]
    deadly = form in ("Battles", "Violence against civilians", "Explosions/Remote violence")
    said = {
        "data_id": str(8_000_000 + number),
        "iso": iso,
        "event_id_cnty": f"{short}{number}",
        "event_id_no_cnty": str(number),
        "event_date": day.strftime("%d %B %Y"),
        "year": str(day.year),
        "time_precision": str(chance.choice([1, 2, 3], p=[0.88, 0.08, 0.04])),
        "event_type": form,
        "sub_event_type": sub,
        "actor1": actor[0],
        "inter1": str(actor[1]),
        "actor2": other[0],
        "inter2": str(other[1]),
        "interaction": f"{actor[1]}{other[1]}",
        "region": "Western Africa",
        "country": country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "location": place.name,
        "latitude": f"{place.latitude:.4f}",
        "longitude": f"{place.longitude:.4f}",
        "geo_precision": str(chance.choice([1, 2, 3], p=[0.7, 0.22, 0.08])),
        "source": "Invented Press",
        "source_scale": "National",
        "notes": f"Invented row {number}.",
        "fatalities": str(int(chance.negative_binomial(0.4, 0.12)) if deadly else 0),
        "timestamp": "1610000000",
        "iso3": {"MLI": "MLI", "BFO": "BFA", "NIR": "NER"}[short],
    }
    return said


def _one(kinds: Sequence[tuple[object, ...]], day: date, chance: np.random.Generator) -> tuple[str, int]:
    """One of the parties that there were in that year; nobody where the event has no other side."""
    there = [kind for kind in kinds if len(kind) < 4 or int(str(kind[2])) <= day.year <= int(str(kind[3]))]
    if not there:
        return ("Unidentified Armed Group (Mali)", 3) if kinds else ("", 0)
    chosen = there[int(chance.integers(0, len(there)))]
    return str(chosen[0]), int(str(chosen[1]))
