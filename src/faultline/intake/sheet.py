"""Turns CSV text into rows that know where they stand in it. Invariant: `text[start:end]` is the row as written,
without its line break; a quote that is never closed costs its own line, not the rest of the file."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from faultline.intake.taken import RefusedError

_SEPARATORS = ",;\t|"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")  # with its break; str.splitlines would also cut at U+2028
_MOST_FRESH_STARTS = 1_000  # after so many broken quotes the rest of a file is not looked at line by line


class Row(NamedTuple):
    """One record: its number (the header is 1), its stretch of the text and its cells; no cells where it is broken."""

    number: int
    start: int
    end: int
    cells: list[str]


class Sheet:
    """The header of a CSV text and, by iteration, the rows under it.

    Raises RefusedError("header") where there is none.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._separator = _separator_of(text)
        self._all = _records(text, self._separator)
        first = next(self._all, None)
        if first is None or not any(cell.strip() for cell in first.cells):
            raise RefusedError("header", "the first line", "names of columns")
        self.header = tuple(cell.strip() for cell in first.cells)

    def __iter__(self) -> Iterator[Row]:
        """The rows in order; a row with another number of cells than the header comes without cells."""
        width = len(self.header)
        for row in self._all:
            yield row if len(row.cells) == width else row._replace(cells=[])


class _Lines:
    """Lines with their breaks; remembers those of the record at hand, and can hand some out again."""

    def __init__(self, text: str) -> None:
        self._source = (line[0] for line in _LINE.finditer(text))
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._source)
        self.taken.append(line)
        return line

    def swallowed(self) -> bool:
        """Whether a quote without its partner joined these lines: whole records have an even number of quotes."""
        return sum(line.count('"') for line in self.taken) % 2 == 1

    def give_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))


def _records(text: str, separator: str) -> Iterator[Row]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator)
    start, number, width, fresh_starts = 0, 0, 0, 0
    while True:
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell without an end
            cells = []
        swallowed = len(lines.taken) > 1 and bool(width) and lines.swallowed()
        if swallowed and fresh_starts < _MOST_FRESH_STARTS:
            fresh_starts += 1
            lines.give_back(lines.taken[1:])
            del lines.taken[1:]
            cells, reader = [], csv.reader(lines, delimiter=separator)
        end = start + sum(map(len, lines.taken))
        if cells or swallowed or lines.taken[0].strip():
            number += 1
            width = width or len(cells)
            yield Row(number, start, _without_break(text, start, end), cells)
        start = end


def _without_break(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in "\r\n":
        end -= 1
    return end


def _separator_of(text: str) -> str:
    first = text[: text.find("\n") if "\n" in text else len(text)]
    return max(_SEPARATORS, key=first.count)
