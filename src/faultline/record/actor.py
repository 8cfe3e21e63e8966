"""Actors, their dated names and dated relations. Invariant: every alias and tie is valid over an inclusive interval and
keeps where it comes from."""

from dataclasses import dataclass
from datetime import date

from faultline.record.days import Days
from faultline.record.vocabulary import ActorKind, TieKind


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an actor, in one language ("" for any), over an inclusive interval of days (open ends: always)."""

    name: str
    language: str = ""
    days: Days = Days()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A dated relation from `actor` to `other`. `published` is when its source was published: from then on it is known
    (DESIGN §5); unknown means the tie is hindsight and is labelled so."""

    actor: str
    kind: TieKind
    other: str
    days: Days = Days()
    sources: tuple[str, ...] = ()
    published: Days = Days()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A term of office: `holder` holds `title` at `actor` over an inclusive interval."""

    actor: str
    title: str
    holder: str
    days: Days = Days()
    sources: tuple[str, ...] = ()
    published: Days = Days()


@dataclass(frozen=True, slots=True)
class Actor:
    """A party: a force, group, government, organisation or public person, with its dated names and ties.

    `metonyms` are places that stand for it where they act ("Bamako", "the Kremlin") and are no names of it otherwise;
    `demonyms` are the words for its people and things ("Malian", "maliennes").
    """

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[Alias, ...] = ()
    ties: tuple[Tie, ...] = ()
    offices: tuple[Office, ...] = ()
    days: Days = Days()
    side: str = ""
    note: str = ""
    metonyms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()

    def names_on(self, day: date | None = None) -> tuple[str, ...]:
        """Every name valid on that day (all names where day is None), its own first, without repeats."""
        valid = [a.name for a in self.aliases if day is None or a.days.covers(day)]
        return tuple(dict.fromkeys([self.name, *valid]))
