"""What the tests of the Mali case share: the case, and its reports as front matter and text."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from faultline.case import Case, load_case

FOLDER = Path(__file__).resolve().parents[2] / "cases" / "mali"


@dataclass(frozen=True)
class Report:
    """A report as it lies in the folder."""

    name: str
    front: dict[str, Any]
    text: str


@cache
def mali() -> Case:
    """The loaded case."""
    return load_case(FOLDER)


@cache
def reports() -> tuple[Report, ...]:
    """Every report by file name."""
    return tuple(_read(path) for path in sorted((FOLDER / "reports").iterdir()))


def _read(path: Path) -> Report:
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    return Report(path.name, yaml.safe_load(front), text.strip())
