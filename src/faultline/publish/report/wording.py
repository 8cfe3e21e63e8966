"""What a briefing says in the same words each time, from `wording.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from faultline.record.packaged import packaged


def say(name: str, values: Mapping[str, str] | None = None) -> str:
    """The sentence of that name with its values filled in."""
    return str(wording()[name]).format_map(values or {})


@cache
def wording() -> Mapping[str, Any]:
    """Every sentence, or list of sentences, by its name."""
    read: Mapping[str, Any] = packaged("faultline.publish.report", "wording.yaml")
    return read
