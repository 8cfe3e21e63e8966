"""Writes an export into a folder, with a manifest that names, counts and hashes every file. Invariant: the folder
appears whole or not at all, and only an earlier export is ever replaced."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from faultline import __version__
from faultline.publish.export.formats import EXPORTERS
from faultline.publish.export.leaving import Leaving
from faultline.record.errors import UsageError

MANIFEST = "manifest.json"
SCHEMA = "faultline/export/1"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of an export: SHA-256 of its bytes in hex, its size in bytes, its rows without headers."""

    name: str
    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where, and what stayed behind, by reason."""

    folder: str
    format: str
    files: tuple[ExportedFile, ...]
    left_out: tuple[tuple[str, int], ...]


def write_export(leaving: Leaving, form: str, folder: Path) -> Exported:
    """What was written: the files of the format and `manifest.json`, in `folder`, which is made.

    Raises UsageError where there is no such format, or the folder holds anything but an earlier export.
    """
    if form not in EXPORTERS:
        raise UsageError("--as", repr(form), f"one of {', '.join(EXPORTERS)}")
    _refuse_what_is_not_ours(folder)
    made = EXPORTERS[form](leaving)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        written = tuple(_write(part / name, one.content, one.rows) for name, one in made.files.items())
        exported = Exported(str(folder), form, written, tuple({**leaving.left_out, **made.lost}.items()))
        text = json.dumps(_manifest(leaving, exported), ensure_ascii=False, indent=2) + "\n"
        (part / MANIFEST).write_text(text, encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return exported


def _refuse_what_is_not_ours(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError("--output", str(folder), "a folder", "A file of that name is in the way.")
    held = {path.name for path in folder.iterdir()}
    if held and not _is_export(folder, held):
        raise UsageError("--output", f"{folder} with {len(held)} files", "a new folder, or one of an earlier export")


def _is_export(folder: Path, held: set[str]) -> bool:
    """Whether a folder holds what its manifest names and nothing else."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        named = {one["name"] for one in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(manifest.get("schema") == SCHEMA and held <= named | {MANIFEST})


def _write(path: Path, content: bytes, rows: int) -> ExportedFile:
    path.write_bytes(content)
    return ExportedFile(path.name, hashlib.sha256(content).hexdigest(), len(content), rows)


def _manifest(leaving: Leaving, exported: Exported) -> Mapping[str, object]:
    snapshot, policy = leaving.seen.snapshot, leaving.case.policy
    return {
        "schema": SCHEMA,
        "case": leaving.case.id,
        "title": leaving.case.title,
        "faultline": __version__,
        "format": exported.format,
        "as_of": _iso(snapshot.as_of),
        "recorded_by": _iso(snapshot.recorded_by),
        "undated_documents": "included" if snapshot.include_undated else f"left out: {snapshot.left_out}",
        "period": str(leaving.period) if leaving.period.known else "all",
        "profile": leaving.seen.profile.value,
        "incidents_by": leaving.seen.world.model,
        "policy": {
            "level": policy.level,
            "delay_days": policy.delay_days,
            "mask_names": policy.mask_names,
            "newest_day_of_control_relations_and_talks": _iso(leaving.gate.newest),
        },
        "files": [asdict(one) for one in exported.files],
        "left_out": dict(exported.left_out),
        "read_me": (
            "Claims are what sources say, not what is so. Empty cells mean that nothing is said, never zero. Figures "
            "of one incident may contradict one another; never add running totals to incidents. Merges marked "
            "provisional were made by a machine and not reviewed. A cell that a spreadsheet would "
            "run stands behind an apostrophe."
        ),
    }


def _iso(day: date | datetime | None) -> str:
    return day.isoformat() if day else ""
