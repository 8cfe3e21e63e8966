"""The nouns of a simulated world: what is true in a sandbox. Invariant: they hold no doubt; doubt enters where they are
reported."""

from dataclasses import dataclass
from datetime import date

from faultline.record.place import Place
from faultline.sandbox.options import SandboxOptions

CAPITAL_REGION = 0
ARMED_MARKS = ("north", "river", "state", "civilians")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a party from one day on: English and French without article, acronym, French gender."""

    english: str
    french: str
    acronym: str
    feminine: bool
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Party:
    """One who acts. `camp` is north, river or state (or "" for those who stand outside); days are inclusive."""

    id: str
    kind: str
    camp: str
    names: tuple[Name, ...]
    first_day: date
    last_day: date
    home: int = CAPITAL_REGION

    def named(self, day: date) -> Name:
        """Its name on that day; outside its life the nearest."""
        found = [name for name in self.names if name.first_day <= day]
        return found[-1] if found else self.names[0]


@dataclass(frozen=True, slots=True)
class Country:
    """Places and the words for the country. `towns` are village and town ids by (region, cercle)."""

    name: str
    demonym: str
    capital: str
    places: tuple[Place, ...]
    towns: tuple[tuple[tuple[str, ...], ...], ...]
    neighbours: tuple[str, str]
    spare_names: tuple[str, ...]  # names for parties and sources, used nowhere else


@dataclass(frozen=True, slots=True)
class Toll:
    """People of one party ("civilians" too) harmed: exact numbers, both really so."""

    group: str
    killed: int = 0
    wounded: int = 0
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened on one day (or, where `true` is False, that was only said to have happened).

    `action` is a word of phrases.yaml; `mark` one of ARMED_MARKS or "politics"; `wave` names the offensive, batch or
    cycle it belongs to; `detail` is the kind of restriction, the new name, the thing lost.
    """

    id: str
    day: date
    action: str
    mark: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str = ""
    tolls: tuple[Toll, ...] = ()
    wave: str = ""
    detail: str = ""
    true: bool = True

    @property
    def killed(self) -> int:
        """Everybody killed in it."""
        return sum(toll.killed for toll in self.tolls)


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a place, or besieges it, from when to when, inclusive. `state` is held or besieged."""

    place: str
    state: str
    holder: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class InForce:
    """A restriction in force; `ended` is lapsed, lifted or running; `extended` holds the days of its extensions."""

    id: str
    kind: str
    place: str
    first_day: date
    last_day: date
    ended: str
    extended: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Bond:
    """A dated relation, as `Tie` in record/actor.py."""

    actor: str
    kind: str
    other: str
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is true in a sandbox."""

    options: SandboxOptions
    country: Country
    parties: tuple[Party, ...]
    bonds: tuple[Bond, ...]
    happenings: tuple[Happening, ...]  # in the order of days; the false ones too
    held: tuple[Held, ...]
    restrictions: tuple[InForce, ...]

    def party(self, id: str) -> Party:
        """The party of that id."""
        return next(party for party in self.parties if party.id == id)

    def place(self, id: str) -> Place:
        """The place of that id."""
        return next(place for place in self.country.places if place.id == id)
