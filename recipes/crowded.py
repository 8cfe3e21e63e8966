"""Invents crowded countries whose truth is known: towns that are attacked again within days, told of by papers that
leave out, blur and mistake. Invariant: everything follows from the seed; no two countries are told of in one form.

A model that has seen few happenings a day learns to make light of days, counts and neighbours; here it cannot.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from faultline.evaluate.pair_training import Examples
from faultline.record.claim import Casualties
from faultline.record.days import DayPrecision, Days
from faultline.resolve.blocking import candidates
from faultline.resolve.columns import Ints, columns
from faultline.resolve.happening import Happening
from faultline.resolve.pairs import features

FIRST_DAY = date(2001, 1, 1)
_ACTS = (
    ("attack", "assault"), ("clash", "fight"), ("killing", "assault"), ("airstrike", "assault"),
    ("kidnapping", "assault"), ("attack_ied", "assault"), ("withdrawal", "yield"), ("capture", "fight"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Crowded:
    """How crowded a country is, and how its papers tell. Shares are 0 to 1.

    `towns` lie `apart` degrees from one another; `happenings` fall on `days` days. A telling is a day late with the
    chance `late`, gives no day with `undated`, no place with `placeless`, no party with `unnamed`, no count with
    `uncounted`; its count is off with `off`. It shares `told` of the `own` words of its happening, beside `usual`
    words that any telling may have.
    """

    seed: int
    towns: int
    apart: float
    days: int
    happenings: int
    parties: int
    acts: int
    late: float
    undated: float
    placeless: float
    unnamed: float
    uncounted: float
    off: float
    told: float
    own: int
    usual: int


def countries(seed: int, count: int) -> tuple[Crowded, ...]:
    """So many countries, each with a crowd and a press of its own."""
    chance = random.Random(seed)
    return tuple(_country(chance) for _ in range(count))


def _country(chance: random.Random) -> Crowded:
    return Crowded(
        seed=chance.getrandbits(32),
        towns=chance.randrange(12, 60),
        apart=chance.uniform(0.2, 1.0),
        days=chance.randrange(60, 400),
        happenings=chance.randrange(80, 200),
        parties=chance.choice((1, 1, 2, 4)),
        acts=chance.choice((1, 1, 3, len(_ACTS))),
        late=chance.uniform(0.1, 0.4),
        undated=chance.choice((0.0, 0.1, 0.3)),
        placeless=chance.choice((0.0, 0.05, 0.15)),
        unnamed=chance.choice((0.0, 0.2, 0.5)),
        uncounted=chance.choice((0.0, 0.2, 0.5)),
        off=chance.uniform(0.0, 0.5),
        told=chance.uniform(0.4, 1.0),
        own=chance.randrange(3, 16),
        usual=chance.randrange(4, 16),
    )


def tellings_of(country: Crowded) -> tuple[list[Happening], list[int]]:
    """The tellings of a country, one to five of each happening, and the happening that each tells of."""
    chance = random.Random(country.seed)
    towns = [_town(country, n) for n in range(country.towns)]
    usual = [_word(chance) for _ in range(2 * country.usual + 4)]
    views: list[Happening] = []
    truth: list[int] = []
    for number in range(country.happenings):
        world = _World(chance, country, usual, towns[chance.randrange(len(towns))])
        for view in world.told(number):
            views.append(view)
            truth.append(number)
    return views, truth


class _World:
    """One happening and how it is told."""

    def __init__(
        self, chance: random.Random, country: Crowded, usual: Sequence[str], town: tuple[str, float, float]
    ) -> None:
        self.chance, self.country, self.usual, self.town = chance, country, usual, town
        self.day = FIRST_DAY + timedelta(days=chance.randrange(country.days))
        self.party = f"party{chance.randrange(country.parties)}"
        self.act = _ACTS[chance.randrange(country.acts)]
        self.killed = chance.randrange(1, 40)
        self.words = [_word(chance) for _ in range(country.own)]

    def told(self, number: int) -> Iterator[Happening]:
        """One to five tellings, each by a paper of its own."""
        for telling in range(self.chance.choice((1, 1, 2, 3, 4, 5))):
            yield self._telling(f"w{self.country.seed}-{number:04d}-{telling}")

    def _telling(self, id: str) -> Happening:
        own, place = self.country, self.town
        placed, named = not self._happens(own.placeless), not self._happens(own.unnamed)
        day = self.day + timedelta(days=int(self._happens(own.late)))
        published = day + timedelta(days=self.chance.choice((0, 0, 1, 2)))
        words = self._said()
        return Happening(
            id=id,
            document=f"doc_{id}",
            country=f"C{own.seed}",
            days=Days() if self._happens(own.undated) else Days(day, day, DayPrecision.DAY),
            places=(place[0],) if placed else (),
            spots=((place[1], place[2], 5.0),) if placed else (),
            actors=(self.party,) if named else (),
            unknown_actor=not named,
            kin=(self.party,) if named else (),
            actions=(self.act[0],),
            roots=(self.act[1],),
            counts=self._counts(),
            where=(place[0],) if placed else (),
            title=tuple(sorted(set(words[: len(words) // 2]))),
            words=tuple(sorted(set(words))),
            text=tuple(sorted({*words, *([place[0]] if placed else [])})),
            published=Days(published, published, DayPrecision.DAY),
            source=f"paper{self.chance.randrange(40)}",
        )

    def _counts(self) -> tuple[Casualties, ...]:
        if self._happens(self.country.uncounted):
            return ()
        killed = self.killed + (self.chance.choice((-1, 1, 2)) if self._happens(self.country.off) else 0)
        return (Casualties("killed", max(0, killed), max(0, killed), max(0, killed)),)

    def _said(self) -> list[str]:
        """Words of the happening and words of any happening, mixed."""
        words = [word for word in self.words if self._happens(self.country.told)]
        words += self.chance.sample(self.usual, self.country.usual)
        self.chance.shuffle(words)
        return words

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share


def _town(country: Crowded, number: int) -> tuple[str, float, float]:
    across = 8
    return f"t{country.seed}n{number}", 5 + country.apart * (number // across), 5 + country.apart * (number % across)


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=6))


def crowded_examples(country: Crowded) -> Examples:
    """The tellings of a country as examples in one block; every answer is known."""
    views, truth = in_order(country)
    table = columns(views)
    a, b = candidates(table)
    return Examples(
        features=features(table, a, b),
        a=a,
        b=b,
        same=truth[a] == truth[b],
        known=np.ones(len(a), bool),
        weight=np.ones(len(a)),
        fold=np.zeros(len(views), np.int64),
        apart=table.document,
        judge=lambda found: share_right(truth, found),
    )


def in_order(country: Crowded) -> tuple[list[Happening], Ints]:
    """The tellings as resolve gives them, by document, with the happening of each."""
    views, truth = tellings_of(country)
    order = sorted(range(len(views)), key=lambda n: views[n].document)
    return [views[n] for n in order], np.array([truth[n] for n in order], np.int64)


def share_right(truth: Ints, groups: Sequence[int]) -> float:
    """The share of the pairs that stand in one group which are one happening; 1 where there is none."""
    one, other = np.triu_indices(len(truth), 1)
    found = np.asarray(groups)[one] == np.asarray(groups)[other]
    return float((truth[one] == truth[other])[found].mean()) if found.any() else 1.0
