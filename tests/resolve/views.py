"""Happenings for the tests of matching: an invented country, told of by invented papers."""

import random
from datetime import date, timedelta

from faultline.record.claim import Casualties
from faultline.record.days import DayPrecision, Days
from faultline.resolve.happening import Happening
from faultline.resolve.wording import stems

TOWNS = [(f"town{n}", 12.0 + 0.6 * (n // 6), -6.0 + 0.6 * (n % 6)) for n in range(30)]
WORDS = (
    "market bridge convoy patrol night river school mayor trucks motorcycles drones militia herders camp road".split()
)


def day(text: str) -> Days:
    """One day."""
    known = date.fromisoformat(text)
    return Days(known, known, DayPrecision.DAY)


def view(
    id: str, days: str = "2020-03-01", town: int = 0, killed: int | None = 5, words: str = "", **fields: object
) -> Happening:
    """A telling by a document of its own, of an attack on a town."""
    name, north, east = TOWNS[town]
    known = {
        "document": f"doc_{id}",
        "country": "XX",
        "days": day(days) if days else Days(),
        "places": (name,),
        "spots": ((north, east, 5.0),),
        "actors": ("rebels",),
        "kin": ("rebels",),
        "actions": ("attack",),
        "roots": ("assault",),
        "counts": (Casualties("killed", killed, killed, killed),) if killed is not None else (),
        "where": stems(name),
        "title": stems(words),
        "words": stems(words),
        "text": stems(f"{words} {name}"),
        "published": day(days) if days else Days(),
        "source": f"paper_{id}",
    }
    return Happening(**{"id": id, **known, **fields})  # type: ignore[arg-type]


def months_of_views(seed: int, happenings: int = 60) -> tuple[list[Happening], dict[str, int]]:
    """Views of happenings that are told one to four times, a day off now and then, and the happening of each view."""
    chance = random.Random(seed)
    views, truth = [], {}
    for number in range(happenings):
        first = date(2020, 1, 1) + timedelta(days=chance.randrange(200))
        town, killed = chance.randrange(len(TOWNS)), chance.randrange(1, 40)
        words = (
            " ".join(chance.sample(WORDS, 6))
            + " "
            + " ".join("".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(4))
        )
        for telling in range(chance.randint(1, 4)):
            told = first + timedelta(days=chance.choice((0, 0, 0, 1)))
            id = f"v{number:03d}{telling}"
            views.append(view(id, str(told), town, killed + chance.choice((0, 0, 1)), words))
            truth[id] = number
    return views, truth
