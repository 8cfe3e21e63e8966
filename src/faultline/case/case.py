"""A case folder as one frozen value. Invariant: every id in it is known in it, and its fingerprint changes exactly with
what coding reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from faultline.case.names import Named, actor_index, candidates, name_key, place_index
from faultline.record.actor import Actor
from faultline.record.analysis import Expectation, Frame
from faultline.record.days import Days
from faultline.record.declared import Declared
from faultline.record.errors import NotFoundError
from faultline.record.place import Place
from faultline.record.system import Concept
from faultline.record.text import Candidate, Sensitive, Source

T = TypeVar("T")
InputKind = Literal["documents", "tables", "figures"]


class Columns(Mapping[str, str]):
    """Our word to their column, in the order of the file; hashable, and can be sent to a worker process."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: tuple[tuple[str, str], ...] = ()) -> None:
        self.pairs = pairs

    def __getitem__(self, key: str) -> str:
        return dict(self.pairs)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self.pairs))

    def __len__(self) -> int:
        return len(self.pairs)

    def __hash__(self) -> int:
        return hash(frozenset(self.pairs))


@dataclass(frozen=True)
class Input:
    """One entry under `documents`, `tables` or `figures`. `path` is absolute and lies inside the case folder; `reader`
    is set for tables (ged, acled, csv); what is "" or unknown is left to the file itself."""

    kind: InputKind
    path: Path
    reader: str = ""
    source: str = ""
    frame: str = ""
    published: Days = Days()
    language: str = ""
    retold: bool = False
    columns: Mapping[str, str] = Columns()
    encoding: str = ""


@dataclass(frozen=True)
class Feed:
    """An entry under `feeds`: its address, the absolute path of the folder for its pages, its source's id or ""."""

    url: str
    folder: Path
    source: str = ""


@dataclass(frozen=True)
class Policy:
    """Limits and rules of publication: what leaves the desk shows control, local pacts and talks at `level` and after
    `delay_days` days, and masks people who are no actors; a build stops over the share `bad_rows` (0 to 1) of bad
    rows; a file over `max_bytes` is skipped."""

    level: str = "admin2"
    delay_days: int = 90
    mask_names: bool = True
    bad_rows: float = 0.05
    max_bytes: int = 2_000_000_000


@dataclass(frozen=True)
class Case:
    """Everything that a case folder says. `folder` is absolute; `countries` are ISO 3166-1 codes; `capital` is a place
    id or ""; `sensitive` are the marks of sensitive.yaml and of reviewers; `watched` are absolute paths of inputs in
    which texts keep arriving. A place whose admin units changed stands in `places` once for each of its disjoint
    intervals."""

    folder: Path
    id: str
    title: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    capital: str
    period: Days
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    sources: tuple[Source, ...]
    frames: tuple[Frame, ...]
    inputs: tuple[Input, ...]
    policy: Policy
    expectations: tuple[Expectation, ...]
    fingerprint: str
    concepts: tuple[Concept, ...] = ()
    declared: Declared = Declared()
    sensitive: tuple[Sensitive, ...] = ()
    watched: tuple[Path, ...] = ()
    feeds: tuple[Feed, ...] = ()

    def actor(self, actor_id: str) -> Actor:
        """The actor with that id. Raises NotFoundError."""
        return _found(self._actors, actor_id, "actors.yaml")

    def source(self, source_id: str) -> Source:
        """The source with that id. Raises NotFoundError."""
        return _found(self._sources, source_id, "sources.yaml")

    def place(self, place_id: str, day: date | None = None) -> Place:
        """The place with that id, with its admin units as of `day` (None, or a day that no row covers: the newest row).
        Raises NotFoundError."""
        rows = _found(self._places, place_id, "places.csv")
        return next((place for place in rows if day and place.days.covers(day)), rows[-1])

    def actor_candidates(self, name: str, days: Days | None = None) -> tuple[Candidate, ...]:
        """The actors that the name may mean on those days (see `names.candidates`); () for a name nobody has."""
        return candidates(self.actor_names.get(name_key(name), ()), days)

    def place_candidates(self, name: str, days: Days | None = None) -> tuple[Candidate, ...]:
        """The places that the name may mean, with equal probabilities; () for a name that no place has."""
        return candidates(self.place_names.get(name_key(name), ()), days)

    @cached_property
    def actor_names(self) -> Mapping[str, tuple[Named, ...]]:
        """Every name of every actor by its key (`name_key`)."""
        return actor_index(self.actors)

    @cached_property
    def place_names(self) -> Mapping[str, tuple[Named, ...]]:
        """Every name and variant of every place by its key (`name_key`)."""
        return place_index(self.places)

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def _places(self) -> dict[str, tuple[Place, ...]]:
        rows: dict[str, tuple[Place, ...]] = {}
        for place in sorted(self.places, key=lambda p: p.days.first_day or date.min):
            rows[place.id] = (*rows.get(place.id, ()), place)
        return rows


def _found(records: Mapping[str, T], key: str, file: str) -> T:
    if key not in records:
        raise NotFoundError(key, "no such id", f"an id in {file}")
    return records[key]
