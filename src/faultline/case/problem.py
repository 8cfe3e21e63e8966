"""Turns what is wrong with a case folder into problems with file and line. Invariant: every problem names its place
as "file:line", what was got, what was expected and the way out."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal

from faultline.record.errors import FaultlineError

Severity = Literal["error", "warning"]


class CaseProblem(FaultlineError):  # noqa: N818 - the word of docs and pages; it is listed, not raised
    """One thing wrong with a case folder; `where` is "actors.yaml:41". A warning does not keep a case from loading."""

    exit_code = 3

    def __init__(self, where: str, got: str, expected: str, way_out: str = "", *, severity: Severity = "error") -> None:
        super().__init__(where, got, expected, way_out)
        self.severity: Severity = severity


class Problems:
    """Gathers problems while the files of a case are read."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], CaseProblem] = {}

    def add(self, where: str, got: str, expected: str, way_out: str = "") -> None:
        """Notes an error; the same thing at the same place is noted once."""
        self._found.setdefault((where, got), CaseProblem(where, got, expected, way_out))

    def warn(self, where: str, got: str, expected: str, way_out: str = "") -> None:
        """Notes something that deserves a look and does not keep the case from loading."""
        self._found.setdefault((where, got), CaseProblem(where, got, expected, way_out, severity="warning"))

    def __len__(self) -> int:
        return len(self._found)

    def sorted(self) -> tuple[CaseProblem, ...]:
        """All of them by file and line."""
        return tuple(sorted(self._found.values(), key=lambda problem: _place(problem.where)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The question "Did you mean 'x'?" for the known word that is nearest to `word`, or "" where none is near."""
    lowered = {k.lower(): k for k in sorted(known)}
    close = get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    return f"Did you mean {lowered[close[0]]!r}?" if close else ""


def shown(value: object) -> str:
    """The value as a problem shows it: quoted, at most 80 characters."""
    text = repr(str(value))
    return text if len(text) <= 80 else text[:77] + "..."


def _place(where: str) -> tuple[str, int]:
    name, _, line = where.rpartition(":")
    return name, int(line)
