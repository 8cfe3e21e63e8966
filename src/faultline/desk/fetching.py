"""Brings tables of outcomes from their publisher, when somebody asks by name. Invariant: a table is written whole or
not at all, and what was fetched is converted, not kept."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from faultline.case.whole import write_whole
from faultline.intake.fetch import FetchLimits, fetch_file
from faultline.intake.packaged import table
from faultline.intake.taken import RefusedError
from faultline.intake.ucdp import ucdp_tables
from faultline.record.errors import InputError

_LIMITS = FetchLimits(most_bytes=1_000_000_000, seconds=900.0)


def fetch_ucdp(to: Path, sources: Sequence[str] = (), limits: FetchLimits = _LIMITS) -> Sequence[Path]:
    """The tables in folder `to`, by country and by pair of actors and month. `sources` are files or addresses: the
    yearly release, then candidate files, oldest first; () for the publisher's current ones, of which candidate files
    end with the first month that is not there.

    Raises InputError where a file cannot be had or read; nothing is written then.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = [_held(source, Path(folder), limits) for source in sources] or _published(Path(folder), limits)
        made = ucdp_tables(paths[0], paths[1:])
    to.mkdir(parents=True, exist_ok=True)
    return [write_whole(to / name, text) for name, text in made.items()]


def _published(folder: Path, limits: FetchLimits) -> list[Path]:
    words = table("ucdp.yaml")
    paths = [_held(words["yearly"], folder, limits)]
    for month in words["candidate_months"]:
        try:
            paths.append(_held(words["candidate"].format(month=month), folder, limits))
        except RefusedError as refused:
            if refused.reason != "status":
                raise
            break
    return paths


def _held(source: str, folder: Path, limits: FetchLimits) -> Path:
    """The file as it lies here; what has an address is fetched into the folder first."""
    if "://" not in source:
        if not Path(source).is_file():
            raise InputError(source, "no file", "a file of UCDP events, or an address")
        return Path(source)
    path = folder / source.rpartition("/")[2]
    path.write_bytes(fetch_file(source, limits))
    return path
