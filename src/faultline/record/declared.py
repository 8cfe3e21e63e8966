"""What a case declares before any measure is looked at: coalitions, windows, named days, departures, shocks. Invariant:
a measure tests what stands here and nothing that its own result suggested."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from faultline.record.days import Days


class Standing(StrEnum):
    """How a named day came into the file: known beforehand and therefore never a blind test, or chosen as a placebo."""

    DECLARED = "declared"
    PLACEBO = "placebo"


@dataclass(frozen=True, slots=True)
class Coalition:
    """Parties that count as one actor over `days`; `members` are ids of actors, each named: membership changes over the
    years, and no tie adds one."""

    id: str
    name: str
    members: tuple[str, ...]
    days: Days = Days()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day (or a few) whose surprise is asked for, with the coalition that acted."""

    name: str
    days: Days
    coalition: str
    standing: Standing = Standing.DECLARED
    source: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """A supporter that left, the supported party and the days of the departure; `placebos` are days on which nobody
    left."""

    supporter: str
    supported: str
    days: Days
    name: str = ""
    placebos: tuple[date, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties whose bouts of fighting, talking and withdrawing are followed in `places` (() is anywhere)."""

    one: str
    other: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shock:
    """A day after which the return to normal is timed, at a place or region or, where `place` is "", in the country."""

    name: str
    day: date
    place: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the event model: what an event must have to bear it. Empty fields ask for nothing; `coalition` acts,
    `recipients` are ids or sides acted upon."""

    name: str
    coalition: str = ""
    roots: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything that measures.yaml says. Windows and bins are whole days, distances kilometres; `draws` is the number
    of draws from a null model and `seed` what they start from."""

    coalitions: tuple[Coalition, ...] = ()
    defender: str = ""
    windows: tuple[int, ...] = (1, 2, 3, 7)
    bins: tuple[int, ...] = (7, 14, 28)
    front_km: float = 50.0
    rings_km: tuple[int, ...] = (50, 100, 300)
    days: tuple[NamedDay, ...] = ()
    departures: tuple[Departure, ...] = ()
    pairs: tuple[Pair, ...] = ()
    shocks: tuple[Shock, ...] = ()
    marks: tuple[Mark, ...] = ()
    places: tuple[str, ...] = ()  # whose control is followed; () is every place with two claims of control or more
    draws: int = 999
    seed: int = 20120117
    declared_on: date | None = None

    def coalition(self, coalition_id: str) -> Coalition | None:
        """The coalition of that id, None where it is not declared."""
        return next((c for c in self.coalitions if c.id == coalition_id), None)
