"""Turns a case folder into rows. Invariant: an id that stands in a file is known, also where the rest of its entry is
wrong, so that one slip never makes every reference to it look wrong."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from faultline.case.files import read_text
from faultline.case.marked import MARKS, Text, read_yaml
from faultline.case.measure_rows import DeclaredRow
from faultline.case.problem import Problems, shown
from faultline.case.rows import ActorRow, CaseRow, PlaceRow, Row, SensitiveRow, SourceRow
from faultline.case.table import read_csv
from faultline.case.validate import read_row

CASE, ACTORS, SOURCES, PLACES, MEASURES = "case.yaml", "actors.yaml", "sources.yaml", "places.csv", "measures.yaml"
SENSITIVE = "sensitive.yaml"
R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Sheet(Generic[R]):
    """The rows of one file, and every id in it; `ids` is None where the file could not be read, so that nothing can be
    said about an id."""

    file: str
    rows: tuple[R, ...] = ()
    ids: Collection[str] | None = None


@dataclass(frozen=True)
class Rows:
    """Everything that could be read of a case folder; `case` is None where case.yaml is unusable, `declared` where
    measures.yaml is absent or unusable."""

    folder: Path
    case: CaseRow | None
    frames: Collection[str]
    actors: Sheet[ActorRow]
    sources: Sheet[SourceRow]
    places: Sheet[PlaceRow]
    declared: DeclaredRow | None = None
    sensitive: tuple[SensitiveRow, ...] = ()


def read_rows(folder: Path, problems: Problems) -> Rows:
    """What the files of a case folder hold; notes a problem for everything that cannot be read."""
    raw = _read_yaml(folder, CASE, problems)
    frames = _ids(raw.get("frames")) if isinstance(raw, dict) else ()
    case = None if raw is None else read_row(CaseRow, raw, f"{CASE}:1", problems)
    return Rows(
        folder,
        case,
        frames,
        _sheet(ACTORS, _read_yaml(folder, ACTORS, problems), ActorRow, problems),
        _sheet(SOURCES, _read_yaml(folder, SOURCES, problems), SourceRow, problems),
        _places(folder, problems),
        _declared(folder, problems),
        _sensitive(folder, problems),
    )


def _read_yaml(folder: Path, name: str, problems: Problems) -> Any:
    text = read_text(folder, name, problems)
    if text is None:
        return None
    before = len(problems)
    value = read_yaml(text, name, problems)
    if value is not None or len(problems) > before:
        return value
    if name == CASE:
        problems.add(f"{name}:1", "an empty file", "id, title, languages, ...", "`faultline new DIR` writes one.")
        return None
    return []


def _places(folder: Path, problems: Problems) -> Sheet[PlaceRow]:
    text = read_text(folder, PLACES, problems)
    table = None if text is None else read_csv(text, PLACES, PlaceRow.keys(), problems)
    if table is None:
        return Sheet(PLACES)
    return replace(_sheet(PLACES, table.rows, PlaceRow, problems), ids=table.ids)


def _declared(folder: Path, problems: Problems) -> DeclaredRow | None:
    """A case may declare nothing: then every measure runs on its defaults."""
    if not (folder / MEASURES).exists():
        return None
    raw = _read_yaml(folder, MEASURES, problems)
    return read_row(DeclaredRow, raw, f"{MEASURES}:1", problems) if raw else None


def _sensitive(folder: Path, problems: Problems) -> tuple[SensitiveRow, ...]:
    """Marks on documents; what is wrong with them is noted without a word of what stands there."""
    if not (folder / SENSITIVE).exists():
        return ()
    found = Problems()
    rows = _sheet(SENSITIVE, _read_yaml(folder, SENSITIVE, found), SensitiveRow, found).rows
    for problem in found.sorted():
        if problem.severity == "error":
            problems.add(problem.where, "something else (not repeated here)", problem.expected)
    return rows


def _sheet(file: str, raw: Any, model: type[R], problems: Problems) -> Sheet[R]:
    if raw is None:
        return Sheet(file)
    if not isinstance(raw, list):
        way_out = "Begin each entry with a hyphen: - id: ..."
        problems.add(f"{file}:1", "a text or keys", "a list of entries", way_out)
        return Sheet(file)
    if not raw:
        problems.warn(f"{file}:1", "no entry", "at least one", "What stands here is what texts are searched for.")
    ids = _ids(raw)
    rows = (_entry(model, entry, file, problems) for entry in raw)
    return Sheet(file, tuple(row for row in rows if row is not None), ids)


def _entry(model: type[R], entry: Any, file: str, problems: Problems) -> R | None:
    if isinstance(entry, dict):
        return read_row(model, entry, entry[MARKS].where(), problems)
    where = entry.where if isinstance(entry, Text) else f"{file}:1"
    got = shown(entry) if isinstance(entry, str) else "an entry without keys"
    problems.add(where, got, "an entry with keys", "Write - id: ... and the other keys below it.")
    return None


def _ids(raw: Any) -> frozenset[str]:
    entries = raw if isinstance(raw, list) else []
    return frozenset(e["id"] for e in entries if isinstance(e, dict) and isinstance(e.get("id"), str))
