"""Turns files of UCDP events into tables of states, pairs of actors and months. Invariant: an event counts once, as its
newest file has it; an event in or before the last year of the yearly release is never taken from a candidate file; what
rests on candidate events is marked provisional.

Sundberg & Melander (2013), doi 10.1177/0022343313484347; the codebook's date_start says the month of an event.
"""

import csv
import io
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from faultline.intake.packaged import table
from faultline.record.errors import InputError

COUNTRY, DYAD = "country-month.csv", "dyad-month.csv"
_MOST_BYTES = 3_000_000_000  # unpacked; the yearly release has a tenth of it


@dataclass(frozen=True, slots=True)
class _Event:
    kind: str
    country: str
    dyad: str
    year: int
    month: int
    deaths: int
    candidate: bool


def ucdp_tables(yearly: Path, candidates: Sequence[Path]) -> dict[str, str]:
    """The two tables as CSV text by file name, from one yearly file and the candidate files after it, oldest first.

    Raises InputError where a file is no CSV of UCDP events or a row cannot be read.
    """
    events = dict(_events(yearly, candidate=False))
    settled = max((event.year for event in events.values()), default=0)
    for path in candidates:
        events |= {id: event for id, event in _events(path, candidate=True) if event.year > settled}
    return {COUNTRY: _by_country(events.values()), DYAD: _by_dyad(events.values())}


def _events(path: Path, candidate: bool) -> Iterator[tuple[str, _Event]]:
    columns = table("ucdp.yaml")["columns"]
    rows = csv.DictReader(io.StringIO(_text(path)))
    missing = [name for name in columns.values() if name not in (rows.fieldnames or ())]
    if missing:
        raise InputError(str(path), f"no column {missing[0]}", "a file of UCDP events with its own column names")
    for row in rows:
        where = f"{path.name}, line {rows.line_num}"
        try:
            yield row[columns["id"]], _event({word: row[name] for word, name in columns.items()}, candidate)
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(where, str(error)[:80], "a UCDP event") from None


def _event(cells: dict[str, str], candidate: bool) -> _Event:
    words = table("ucdp.yaml")
    year, month = int(cells["start"][:4]), int(cells["start"][5:7])
    country = str(int(float(cells["country"])))
    other, since = words["states"].get(country, (country, 0))
    dyad = str(int(float(cells["dyad"]))) if cells["dyad"] else ""
    deaths = int(float(cells["deaths"]))
    kind = words["kinds"][str(int(float(cells["kind"])))]
    return _Event(kind, str(other) if year >= since else country, dyad, year, month, deaths, candidate)


def _text(path: Path) -> str:
    if path.suffix.lower() != ".zip":
        return path.read_text(encoding="utf-8-sig")
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")]
            if len(inside) != 1 or inside[0].file_size > _MOST_BYTES:
                raise InputError(str(path), f"{len(inside)} CSV files", "one, of a size that can be")
            return archive.read(inside[0]).decode("utf-8-sig")
    except zipfile.BadZipFile:
        raise InputError(str(path), "no zip file", "the yearly release of UCDP as it came") from None


def _by_country(events: Collection[_Event]) -> str:
    cells: dict[tuple[int, int, int], dict[str, int]] = {}
    for event in events:
        cell = cells.setdefault((int(event.country), event.year, event.month), {})
        for name, worth in ((f"{event.kind}_events", 1), (f"{event.kind}_deaths", event.deaths)):
            cell[name] = cell.get(name, 0) + worth
        cell["provisional"] = max(cell.get("provisional", 0), int(event.candidate))
    names = [f"{kind}_{what}" for kind in ("sb", "ns", "os") for what in ("events", "deaths")]
    head = ("gwno", "year", "month", *names, "provisional")
    return _csv(
        head, ((*key, *(cell.get(n, 0) for n in (*names, "provisional"))) for key, cell in sorted(cells.items()))
    )


def _by_dyad(events: Collection[_Event]) -> str:
    cells: dict[tuple[int, str, int, int], list[int]] = {}
    for event in events:
        if event.dyad:
            cell = cells.setdefault((int(event.dyad), event.kind, event.year, event.month), [0, 0, 0])
            cell[0], cell[1], cell[2] = cell[0] + 1, cell[1] + event.deaths, max(cell[2], int(event.candidate))
    head = ("dyad_id", "type", "year", "month", "events", "deaths", "provisional")
    return _csv(head, ((*key, *cell) for key, cell in sorted(cells.items())))


def _csv(head: Sequence[str], rows: Iterator[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
