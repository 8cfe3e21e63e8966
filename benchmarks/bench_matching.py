"""How fast reports become incidents: 10,000 and 100,000 invented claims, and one day's reports more.

Goals: 100,000 claims in under 4 minutes on two cores, near-linear from 10,000 on; a day more in under 10 s; under 2 GB.
The claims are invented: three a report, two or three reports of a happening, ten years, countries of 600 places; each
text has some words of its happening and many that every text may have. They grow in two ways. Either all happens in one
country, so that ten times as many claims crowd on the same days and places and each has ten times as many others near
it; or there is a country more for every 10,000 claims, so that each has as many near it as before. Seconds are those of
the processor.
"""

import random
import resource
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from faultline.record.claim import Casualties
from faultline.record.days import DayPrecision, Days
from faultline.record.place import Place
from faultline.resolve.happening import Happening
from faultline.resolve.linker import Remembering
from faultline.resolve.linking import Linked

SIZES = (10_000, 30_000, 100_000)
A_COUNTRY = 10_000  # claims of a country where there are several
YEARS = 10
LAST = date(2012, 1, 1) + timedelta(days=365 * YEARS + 10)
A_DAY = 60  # tellings that one day brings

Linking = tuple[Linked, float]


def main() -> None:
    """Prints a Markdown table."""
    print("| claims | countries | tellings | incidents | pairs | seconds | a day more, seconds | MB at most |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for size, countries in [(n, c) for n in SIZES for c in sorted({1, n // A_COUNTRY})]:
        views = in_order(told(size, countries))
        today = set(random.Random(1).sample([view.id for view in views], A_DAY))
        views = in_order(_published_last(view) if view.id in today else view for view in views)
        remembering = Remembering()
        linked(remembering, [view for view in views if view.id not in today])
        more, seconds = linked(remembering, views)
        again = Remembering()
        whole, anew = linked(again, views)
        if more != whole:
            raise AssertionError("what was added to what was known is linked otherwise than all at once")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        counts = size, countries, len(views), len(whole.groups), again.compared
        print(f"| {' | '.join(f'{n:,}' for n in counts)} | {anew:.1f} | {seconds:.1f} | {most:.0f} |", flush=True)


def linked(linker: Remembering, views: Sequence[Happening]) -> Linking:
    """The groups of the views, and the seconds that they took."""
    begun = time.process_time()
    found = linker(views, frozenset(), frozenset())
    return found, time.process_time() - begun


def in_order(views: Iterable[Happening]) -> list[Happening]:
    """As resolve gives them: by document."""
    return sorted(views, key=lambda view: (view.document, view.id))


def _published_last(view: Happening) -> Happening:
    return replace(view, published=Days(LAST, LAST, DayPrecision.DAY), document=f"{view.document}-today")


def told(claims: int, countries: int = 1) -> Iterator[Happening]:
    """Tellings of invented happenings: about one for three claims, as reports tell; as many of each country."""
    chance = random.Random(claims)
    places = [_place(chance, n, n % countries) for n in range(600 * countries)]
    words = [f"{chance.getrandbits(32):08x}"[:6] for _ in range(20_000)]
    usual = list(accumulate(1 / (n + 1) for n in range(4_000)))
    number = 0
    while number < claims // 3:
        first = date(2012, 1, 1) + timedelta(days=chance.randrange(365 * YEARS))
        place, party, dead = chance.choice(places), f"a{chance.randrange(40)}", chance.randrange(30)
        topic = chance.sample(words, 30)
        for _ in range(chance.choice((1, 1, 2, 3, 4))):
            number += 1
            others = chance.choices(words[:4_000], cum_weights=usual, k=60)
            yield _telling(chance, number, (first, place, f"{place.country}{party}", dead), [*topic[:20], *others])


def _place(chance: random.Random, number: int, country: int) -> Place:
    """A place of a country that is 8 degrees high and 12 wide and lies beside the others, two rows of them."""
    north = 10 + 8 * chance.random() - 20 * (country % 2)
    east = -8 + 12 * chance.random() + 14 * (country // 2)
    return Place(f"p{number}", f"P{number}", north, east, 5.0, country=f"{country:02d}")


def _telling(chance: random.Random, number: int, facts: tuple[date, Place, str, int], topic: list[str]) -> Happening:
    first, place, party, dead = facts
    day = first + timedelta(days=chance.choice((0, 0, 0, 0, 1)))
    said = chance.random() < 0.6
    published = day + timedelta(days=chance.randrange(4))
    text = tuple(sorted(set(topic)))
    return Happening(
        id=f"clm_{number:06d}",
        document=f"doc_{number // 2 if chance.random() < 0.3 else number:06d}",
        country=place.country,
        days=Days(day, day, DayPrecision.DAY) if said else Days(),
        places=(place.id,),
        spots=((place.latitude, place.longitude, place.radius_km),),
        actors=(party,) if chance.random() < 0.6 else (),
        kin=(party,),
        actions=("attack",),
        roots=("assault",),
        counts=(Casualties("killed", dead, dead, dead),) if dead and chance.random() < 0.5 else (),
        where=(place.id,),
        title=tuple(sorted(set(topic[:6]))),
        words=tuple(sorted(set(topic[:12]))),
        text=text,
        published=Days(published, published, DayPrecision.DAY),
        source=f"s{chance.randrange(60)}",
    )


if __name__ == "__main__":
    main()
