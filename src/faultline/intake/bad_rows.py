"""Counts the rows of a table that were left out. Invariant: few bad rows are counted by reason and passed over; too
large a share of them stops the run, for then the table is not what it is taken for."""

from dataclasses import dataclass, field

from faultline.intake.limits import Limits
from faultline.intake.taken import RefusedError, Skipped
from faultline.record.errors import InputError

AGAIN = "same row again"  # left out and counted, but nothing is wrong with it: exports taken in parts overlap
_SHOWN = 3
_WAY_OUT = "Correct the rows, or the reader of this table in case.yaml, or raise policy.bad_rows there."


@dataclass
class BadRows:
    """The bad rows of one table so far."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    first: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, number: int, why: RefusedError) -> None:
        """Note a row by its number (the header is 1)."""
        self.count += 1
        numbers = self.rows.setdefault(why.reason, [])
        if len(numbers) < _SHOWN:
            numbers.append(number)
        if len(self.first) < _SHOWN:
            self.first.append(f"row {number}: {why}")
        self._totals[why.reason] = self._totals.get(why.reason, 0) + 1

    _totals: dict[str, int] = field(default_factory=dict)

    def skipped(self, origin: str) -> tuple[Skipped, ...]:
        """One count for each reason, with the first rows of it."""
        return tuple(
            Skipped(origin, reason, f"row {', '.join(map(str, numbers))}{', ...' * (total > _SHOWN)}", total)
            for (reason, numbers), total in zip(self.rows.items(), self._totals.values(), strict=True)
        )

    def check(self, origin: str, good: int, limits: Limits) -> None:
        """Raises InputError over the share of bad rows, RefusedError("no good row") for a small table without one."""
        bad = self.count - self._totals.get(AGAIN, 0)
        total = good + bad
        if total >= limits.bad_rows_from and bad > limits.bad_rows * total:
            got = f"{bad} of {total} rows bad ({'; '.join(self.first)})"
            raise InputError(origin, got, f"at most {limits.bad_rows:.1%}", _WAY_OUT)
        if total and not good:
            raise RefusedError("no good row", self.first[0])
