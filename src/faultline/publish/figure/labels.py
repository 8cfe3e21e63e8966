"""Turns names of nodes into boxes of text. Invariant: no font is asked; widths are those of a wide sans serif, so that
the text fits its box whatever font the reader has."""

import textwrap
from dataclasses import dataclass

SIZE = 14.0  # px of the text in a box
LINE = 17.0
_MOST_CHARACTERS = 18  # of a line
_MOST_LINES = 4
_PADDING = (13.0, 9.0)
_NARROW = frozenset("ijlftrI.,:;'’|!()-[] ")
_WIDE = frozenset("mwMWQOG@%—")


@dataclass(frozen=True, slots=True)
class Box:
    """A node as it is drawn: lines of text, and half of its width and height in px."""

    lines: tuple[str, ...]
    half_width: float
    half_height: float


def box_of(name: str) -> Box:
    """The box that holds a name, wrapped; a name that is too long ends in an ellipsis."""
    lines = textwrap.wrap(name, _MOST_CHARACTERS, break_long_words=True, max_lines=_MOST_LINES, placeholder=" …") or [
        ""
    ]
    width = max(width_of(line) for line in lines)
    return Box(tuple(lines), width / 2 + _PADDING[0], len(lines) * LINE / 2 + _PADDING[1])


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a text is, in px, rather too much than too little."""
    return size * sum(0.36 if c in _NARROW else 0.9 if c in _WIDE else 0.6 for c in text)
