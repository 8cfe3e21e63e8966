"""Turns a folder of hand-coded reports into its lines and its files: claims*.jsonl (one claim a line), reports/*.json
(the JSON form of a document) and, where there are any, names.json (a name to its other names) and halves.yaml (the name
of a part to a pattern of the ids of its reports). Invariant: a line that is no claim is an error with its place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from faultline.record.errors import InputError

_NEEDED = ("doc", "kind", "evidence")


@dataclass(frozen=True)
class Gold:
    """Hand-coded reports. `lines` in the order of the files; `reports` sorted by name; `names` is None where the folder
    has no table of names; `halves` is empty where it is not divided."""

    folder: Path
    lines: tuple[Mapping[str, Any], ...]
    reports: tuple[Path, ...]
    names: Mapping[str, tuple[str, ...]] | None
    halves: Mapping[str, str]


def read_gold(folder: Path, reports: Path | None = None) -> Gold:
    """The hand-coded reports of a folder; `reports` where they are not inside it. Raises InputError."""
    claims = sorted(folder.glob("claims*.jsonl"))
    found = sorted((reports or folder / "reports").glob("*.json"))
    if not claims or not found:
        missing = "claims*.jsonl" if not claims else "reports/*.json"
        raise InputError(str(folder), f"no {missing}", "hand-coded reports", "Name their folder with --gold DIR.")
    names, halves = folder / "names.json", folder / "halves.yaml"
    return Gold(
        folder,
        tuple(line for path in claims for line in _lines(path)),
        tuple(found),
        {k: tuple(v) for k, v in json.loads(names.read_text("utf-8")).items()} if names.exists() else None,
        yaml.safe_load(halves.read_text("utf-8")) if halves.exists() else {},
    )


def _lines(path: Path) -> list[Mapping[str, Any]]:
    rows = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [_line(text, f"{path}:{number}") for number, text in rows if text.strip()]


def _line(text: str, where: str) -> Mapping[str, Any]:
    try:
        line = json.loads(text)
    except ValueError as error:
        raise InputError(where, str(error), "one JSON object a line") from None
    missing = [key for key in _NEEDED if not isinstance(line, dict) or key not in line]
    if missing:
        raise InputError(where, f"no {missing[0]}", "a claim: " + ", ".join(_NEEDED))
    return {**line, "doc": str(line["doc"])}
