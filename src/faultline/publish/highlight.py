"""Turns a text and the spans in it into pieces that can be printed one after the other. Invariant: the pieces joined
are the text, whatever nests or overlaps."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from faultline.record.text import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same spans: `over` holds their numbers (places in the list given), the shortest span
    first; `opens` those of them that begin here."""

    start: int
    end: int
    text: str
    over: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


def pieces(text: str, spans: Sequence[Span], window: Span, cuts: Sequence[int] = ()) -> tuple[Piece, ...]:
    """The text inside the window, cut wherever a span begins or ends, and at `cuts`.

    Offsets are code points into the text. Empty spans and spans outside the window are passed over; a span that began
    before the window opens at its first piece.
    """
    low, high = max(0, window.start), min(len(text), window.end)
    if low >= high:
        return ()
    live = [n for n, span in enumerate(spans) if max(span.start, low) < min(span.end, high)]
    edges = {low, high, *(c for c in cuts if low < c < high)}
    for n in live:
        edges |= {max(spans[n].start, low), min(spans[n].end, high)}
    return tuple(_sweep(text, spans, sorted(live, key=lambda n: spans[n].start), sorted(edges)))


def _sweep(text: str, spans: Sequence[Span], live: list[int], edges: list[int]) -> list[Piece]:
    """One pass over the edges with the set of open spans, so that long texts with many claims stay linear."""
    found: list[Piece] = []
    opened: list[int] = []
    waiting = 0
    for start, end in itertools.pairwise(edges):
        opened = [n for n in opened if spans[n].end > start]
        fresh = []
        while waiting < len(live) and spans[live[waiting]].start <= start:
            fresh.append(live[waiting])
            waiting += 1
        opened += fresh
        over = sorted(opened, key=lambda n: (spans[n].end - spans[n].start, n))
        found.append(Piece(start, end, text[start:end], tuple(over), tuple(sorted(fresh))))
    return found
