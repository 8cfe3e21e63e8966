"""Faultline: reporting on an armed conflict in; sourced claims, measures and a page out. In a notebook:
`faultline.open("cases/mali", as_of="2026-01-01")` (see faultline.show)."""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

try:
    __version__ = version("faultline")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"


def __getattr__(name: str) -> Any:
    """`open`, found when it is first asked for: importing the package alone stays quick."""
    if name == "open":
        return import_module("faultline.show").open_case
    raise AttributeError(f"module 'faultline' has no attribute {name!r}")
