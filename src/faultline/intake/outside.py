"""Turns event tables that lie outside a case, single files or folders of them, into the rows of one dataset. Invariant:
a row that several files hold under one id counts once, as the last of them has it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from faultline.case.case import Case, Input
from faultline.intake.layout import lay_out
from faultline.intake.limits import Limits
from faultline.intake.packaged import table
from faultline.intake.row_action import row_id
from faultline.intake.sheet import Sheet
from faultline.intake.table_file import read_table
from faultline.intake.taken import RefusedError
from faultline.intake.taking import limits_of, no_event_table, take_outside_table
from faultline.record.claim import Claim
from faultline.record.errors import InputError
from faultline.record.text import Filing

_KNOWN = ("ged", "acled")  # told apart by their headers
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Outside:
    """Rows of the tables with the filing of their file, in the order of the files; `files` are those that were read,
    `left_out` the names of files in a folder that are no event tables, `again` how many rows a later file had too."""

    rows: tuple[tuple[Claim, Filing], ...]
    files: tuple[Path, ...]
    left_out: tuple[str, ...]
    again: int


def take_outside(case: Case, paths: Sequence[Path], reader: str = "") -> Outside:
    """The rows of those files and of the event tables in those folders, read with the names of the case. Versions of
    one dataset stand in the order in which they are given, those of a folder in that of the numbers in their names.

    Raises InputError where a file cannot be read, is of no known layout, or is of another dataset than the first.
    """
    files, left_out = _files(paths, reader, limits_of(case))
    if not files:
        raise InputError(str(paths[0]), "no event table in it", "files in the layout of UCDP GED or ACLED")
    kinds = {kind: path for path, kind in reversed(files)}
    if len(kinds) > 1:
        got = " and ".join(f"{path.name} ({kind})" for kind, path in sorted(kinds.items()))
        raise InputError(str(files[0][0]), got, "files of one dataset", "Measure each dataset by itself.")
    found: dict[str, tuple[Claim, Filing]] = {}
    number = 0
    for path, kind in files:
        taken = take_outside_table(case, Input("tables", path, reader=kind, frame=path.stem))
        for claim in taken.coded.claims if taken.coded else ():
            number += 1
            key = row_id(claim) or claim.id
            found.pop(key, None)  # so that it stands where the later file has it
            found[key] = claim, taken.filing
    return Outside(tuple(found.values()), tuple(path for path, _ in files), tuple(left_out), number - len(found))


def reader_of(path: Path, limits: Limits) -> str:
    """The reader whose columns a table has; "" where it has those of none. Raises RefusedError as `read_table`."""
    header = Sheet(read_table(path, limits).document.text).header
    for reader in _KNOWN:
        try:
            lay_out(header, table(f"{reader}.yaml"))
        except RefusedError:
            continue
        return reader
    return ""


def _files(paths: Sequence[Path], reader: str, limits: Limits) -> tuple[list[tuple[Path, str]], list[str]]:
    """Each file with its reader, and the names of those left out."""
    found: list[tuple[Path, str]] = []
    left_out = []
    for path, named in _walked(paths):
        kind = _read_by(path, reader, named, limits)
        if kind:
            found.append((path, kind))
        else:
            left_out.append(path.name)
    return found, left_out


def _walked(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Files with whether they were named; what lies in a folder was not."""
    for path in paths:
        if path.is_dir():
            inside = (one for one in path.iterdir() if one.is_file() and one.suffix.lower() in _TABLES)
            yield from ((one, False) for one in sorted(inside, key=_by_numbers))
        else:
            yield path, True


def _by_numbers(path: Path) -> list[tuple[int, str]]:
    """So that version 26_0_10 comes after 26_0_2."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(path.name.lower())]


def _read_by(path: Path, reader: str, named: bool, limits: Limits) -> str:
    """The reader of a file, "" for one of a folder that is no event table. Raises InputError for a named one."""
    if reader and named:
        return reader
    try:
        kind = reader_of(path, limits)
    except RefusedError as refused:
        if not named:
            return ""
        raise no_event_table(refused, path) from None
    if not kind and named:
        raise InputError(str(path), "columns of no known dataset", "those of UCDP GED or ACLED", "Name it: --reader.")
    return kind if reader in ("", kind) else ""


def said_of(outside: Outside) -> str:
    """What was read, in words."""
    names = ", ".join(path.name for path in outside.files)
    again = f"; {outside.again} rows stand in several of them and count once, as the last has them" * (
        outside.again > 0
    )
    left = f"; no event tables: {', '.join(outside.left_out)}" * bool(outside.left_out)
    return f"read from {names}{again}{left}"
