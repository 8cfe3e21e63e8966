"""What a reader in its own process makes of a file: text that offsets can refer to. Invariant: it holds no null
characters and no halves of surrogate pairs, whatever the file held."""

import re
from dataclasses import dataclass

from faultline.intake.limits import Limits
from faultline.intake.taken import RefusedError

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Text of a file and what its format says of it (as text, "" where it says nothing)."""

    text: str
    title: str = ""
    language: str = ""
    published: str = ""
    url: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()


def storable(text: str) -> str:
    """The text with what no store keeps replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def checked(text: str, limits: Limits) -> str:
    """The storable text. Raises RefusedError: "no text", "too large"."""
    if len(text) > limits.characters:
        raise RefusedError("too large", f"{len(text)} characters", f"at most {limits.characters}")
    if not text.strip():
        raise RefusedError("no text")
    return storable(text)
