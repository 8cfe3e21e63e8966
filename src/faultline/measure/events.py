"""Turns the claims of a systematic event table into arrays. Invariant: one row is one event, in the order of its first
day; what a row does not say is NaN, -1 or "", never zero."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from faultline.case import Case
from faultline.record.analysis import Frame
from faultline.record.claim import Claim, Slot
from faultline.record.place import Place
from faultline.record.text import Filing
from faultline.record.vocabulary import Kind, PlacePrecision, SlotName

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_SAID = re.compile(r"(\w+)=([^;]*)")
_RADIUS = {PlacePrecision.EXACT: 5.0, PlacePrecision.NEAR: 25.0, PlacePrecision.ADMIN2: 50.0}
COARSE_KM = 200.0


@dataclass(frozen=True)
class Events:
    """Event rows of one frame as arrays of one length.

    `first` and `last` are proleptic ordinals of days (`date.toordinal`), both inclusive; `latitude` and `longitude`
    degrees, `radius` kilometres, NaN where the row has no point; `place`, `admin1`, `admin2`, `country` its words;
    `acted[n, k]` and `suffered[n, k]` say whether `parties[k]` stands as actor or recipient of row n; `root` is the
    action ("" unknown); `deaths` the best figure, NaN where none is given; `published` the last possible ordinal of
    publication, -1 where unknown; `claim` the id that opens the row.
    """

    frame: Frame
    first: Ints
    last: Ints
    latitude: Floats
    longitude: Floats
    radius: Floats
    place: npt.NDArray[np.str_]
    admin1: npt.NDArray[np.str_]
    admin2: npt.NDArray[np.str_]
    country: npt.NDArray[np.str_]
    parties: tuple[str, ...]
    acted: Flags
    suffered: Flags
    root: npt.NDArray[np.str_]
    subtype: npt.NDArray[np.str_]
    deaths: Floats
    published: Ints
    claim: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.first)

    @cached_property
    def located(self) -> Flags:
        """Rows with a point that is known within 50 km."""
        return np.asarray(np.isfinite(self.latitude) & (self.radius <= _RADIUS[PlacePrecision.ADMIN2]), np.bool_)

    @cached_property
    def exact_day(self) -> Flags:
        """Rows whose day is known."""
        return np.asarray(self.first == self.last, np.bool_)

    def by(self, ids: Iterable[str]) -> Flags:
        """Rows in which one of the parties acted."""
        return self._any(self.acted, ids)

    def on(self, ids: Iterable[str]) -> Flags:
        """Rows in which something was done to one of the parties."""
        return self._any(self.suffered, ids)

    def involving(self, ids: Iterable[str]) -> Flags:
        """Rows in which one of the parties acted or suffered: datasets do not say who began."""
        wanted = tuple(ids)
        return self.by(wanted) | self.on(wanted)

    def only(self, rows: Flags | Ints) -> "Events":
        """The chosen rows, in the same order."""
        names = [name for name, value in self.__dict__.items() if isinstance(value, np.ndarray) and name in _ARRAYS]
        kept = {name: getattr(self, name)[rows] for name in names}
        return Events(frame=self.frame, parties=self.parties, **kept)

    def _any(self, table: Flags, ids: Iterable[str]) -> Flags:
        wanted = set(ids)
        columns = [k for k, party in enumerate(self.parties) if party in wanted]
        return np.asarray(table[:, columns].any(axis=1), np.bool_)


_ARRAYS = frozenset(Events.__dataclass_fields__) - {"frame", "parties"}


def events_of(case: Case, rows: Iterable[tuple[Claim, Filing]], frame: Frame) -> Events:
    """The events of the claims, each with the filing of its document; claims that are no event of a known day are left
    out. A party is the id of the actor where one leads, else the name as the dataset writes it."""
    found = sorted(
        ((claim, filing) for claim, filing in rows if claim.kind is Kind.EVENT and claim.days.first_day),
        key=lambda row: (row[0].days.first_day, row[0].id),
    )
    sides = [[set(claim.values(name)) for name in (SlotName.ACTOR, SlotName.RECIPIENT)] for claim, _ in found]
    parties = tuple(sorted({party for pair in sides for side in pair for party in side}))
    index = {party: k for k, party in enumerate(parties)}
    spots = [_spot(case, claim) for claim, _ in found]
    return Events(
        frame=frame,
        first=_ints(claim.days.first_day.toordinal() if claim.days.first_day else -1 for claim, _ in found),
        last=_ints((claim.days.last_day or claim.days.first_day).toordinal() for claim, _ in found),  # type: ignore[union-attr]
        latitude=_floats(spot.latitude for spot in spots),
        longitude=_floats(spot.longitude for spot in spots),
        radius=_floats(spot.radius for spot in spots),
        place=_words(spot.place for spot in spots),
        admin1=_words(spot.admin1 for spot in spots),
        admin2=_words(spot.admin2 for spot in spots),
        country=_words(spot.country for spot in spots),
        parties=parties,
        acted=_table([pair[0] for pair in sides], index),
        suffered=_table([pair[1] for pair in sides], index),
        root=_words(claim.action.value if claim.action else "" for claim, _ in found),
        subtype=_words(claim.subtype for claim, _ in found),
        deaths=_floats(_deaths(claim) for claim, _ in found),
        published=_ints(f.published.last_day.toordinal() if f.published.last_day else -1 for _, f in found),
        claim=_words(claim.id for claim, _ in found),
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    latitude: float = float("nan")
    longitude: float = float("nan")
    radius: float = float("nan")
    place: str = ""
    admin1: str = ""
    admin2: str = ""
    country: str = ""


def _spot(case: Case, claim: Claim) -> _Spot:
    """Where the row says it was: its own point and units (see intake.row_place), else those of the case's place."""
    slot = next((slot for slot in claim.slots if slot.name is SlotName.PLACE), None)
    if slot is None:
        return _Spot()
    said = dict(_SAID.findall(slot.reason))
    known = _known(case, slot, claim)
    precision = PlacePrecision(said["precision"]) if "precision" in said else known.precision if known else None
    nan = float("nan")
    return _Spot(
        float(said["latitude"]) if "latitude" in said else known.latitude if known else nan,
        float(said["longitude"]) if "longitude" in said else known.longitude if known else nan,
        _RADIUS.get(precision, COARSE_KM) if precision else nan,
        slot.leading or slot.value,
        said.get("admin1") or (known.admin1 if known else ""),
        said.get("admin2") or (known.admin2 if known else ""),
        said.get("country") or (known.country if known else ""),
    )


def _known(case: Case, slot: Slot, claim: Claim) -> Place | None:
    return case.place(slot.leading, claim.days.first_day) if slot.leading else None


def _deaths(claim: Claim) -> float:
    """The best figure of the dead; where it is given by side, their sum; NaN where none is given."""
    best = [c.best for c in claim.casualties if c.harm == "killed" and c.best is not None]
    whole = [c.best for c in claim.casualties if c.harm == "killed" and c.best is not None and not c.group]
    return float(whole[0]) if whole else float(sum(best)) if best else float("nan")


def _table(sides: list[set[str]], index: dict[str, int]) -> Flags:
    table = np.zeros((len(sides), len(index)), np.bool_)
    for row, side in enumerate(sides):
        table[row, [index[party] for party in side]] = True
    return table


def _ints(values: Iterator[int] | Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _floats(values: Iterator[float] | Iterable[float]) -> Floats:
    return np.fromiter(values, np.float64)


def _words(values: Iterable[str]) -> npt.NDArray[np.str_]:
    return np.array(list(values), np.str_)
