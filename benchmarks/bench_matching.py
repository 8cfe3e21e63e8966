"""How fast reports become incidents: 10,000 and 100,000 invented claims, and one day's reports more.

Goals: 100,000 claims in under 4 minutes on two cores, near-linear from 10,000 on; a day more in under 10 s; under 2 GB.
The claims are invented: three a report, two or three reports of a happening, ten years, a country of 600 places.
"""

import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta

from faultline.record.claim import Casualties
from faultline.record.days import DayPrecision, Days
from faultline.resolve.happening import Happening
from faultline.resolve.linker import link

SIZES = (10_000, 30_000, 100_000)
YEARS = 10


def main() -> None:
    """Prints a Markdown table."""
    print("| claims | tellings | incidents | seconds | MB at most |")
    print("|---:|---:|---:|---:|---:|")
    for size in SIZES:
        views = list(told(size))
        begun = time.perf_counter()
        linked = link(views, frozenset(), frozenset())
        seconds = time.perf_counter() - begun
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {size:,} | {len(views):,} | {len(linked.groups):,} | {seconds:.1f} | {most:.0f} |", flush=True)


def told(claims: int) -> Iterator[Happening]:
    """Tellings of invented happenings: about one for three claims, as reports tell."""
    chance = random.Random(claims)
    places = [(f"p{n}", 10 + 8 * chance.random(), -8 + 12 * chance.random()) for n in range(600)]
    words = [f"{chance.getrandbits(32):08x}"[:6] for _ in range(20_000)]
    number = 0
    while number < claims // 3:
        first = date(2012, 1, 1) + timedelta(days=chance.randrange(365 * YEARS))
        place, party, dead = chance.choice(places), f"a{chance.randrange(40)}", chance.randrange(30)
        topic = chance.sample(words, 30)
        for _ in range(chance.choice((1, 1, 2, 3, 4))):
            number += 1
            yield _telling(chance, number, (first, place, party, dead), topic)


def _telling(
    chance: random.Random, number: int, facts: tuple[date, tuple[str, float, float], str, int], topic: list[str]
) -> Happening:
    first, (place, north, east), party, dead = facts
    day = first + timedelta(days=chance.choice((0, 0, 0, 0, 1)))
    said = chance.random() < 0.6
    published = day + timedelta(days=chance.randrange(4))
    text = tuple(sorted(set(chance.sample(topic, 20))))
    return Happening(
        id=f"clm_{number:06d}",
        document=f"doc_{number // 2 if chance.random() < 0.3 else number:06d}",
        country="XX",
        days=Days(day, day, DayPrecision.DAY) if said else Days(),
        places=(place,),
        spots=((north, east, 5.0),),
        actors=(party,) if chance.random() < 0.6 else (),
        kin=(party,),
        actions=("attack",),
        roots=("assault",),
        counts=(Casualties("killed", dead, dead, dead),) if dead and chance.random() < 0.5 else (),
        where=(place,),
        title=text[:6],
        words=text[:12],
        text=text,
        published=Days(published, published, DayPrecision.DAY),
        source=f"s{chance.randrange(60)}",
    )


if __name__ == "__main__":
    main()
