"""The tables that lie beside the readers as YAML. Invariant: read once, never written; their hash is part of a
reader's version."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from faultline.record.packaged import packaged


def table(name: str) -> dict[str, Any]:
    """The mapping in that YAML file of this package."""
    loaded: dict[str, Any] = packaged("faultline.intake", name)
    return loaded


@cache
def table_hash(name: str) -> str:
    """Eight hexadecimal digits that change with the file."""
    return hashlib.sha256(files("faultline.intake").joinpath(name).read_bytes()).hexdigest()[:8]
