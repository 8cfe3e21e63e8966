"""What a briefing says in the same words each time, from `wording.yaml`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


def say(name: str, values: Mapping[str, str] | None = None) -> str:
    """The sentence of that name with its values filled in."""
    return str(wording()[name]).format_map(values or {})


@cache
def wording() -> Mapping[str, Any]:
    """Every sentence, or list of sentences, by its name."""
    text = files("faultline.publish.report").joinpath("wording.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.safe_load(text)
    return read
