"""Turns counts by month into the strip under the period brush. Invariant: the strip shows what the filter lets through
in every month, whatever period is chosen, so that a reader sees what the period leaves out."""

from dataclasses import dataclass, replace
from functools import lru_cache
from weakref import ref

from faultline.evidence import ClaimFilter, Snapshot
from faultline.publish.months import months_between
from faultline.publish.question import Question

HEIGHT = 36.0
_MOST_MONTHS = 1200


@dataclass(frozen=True, slots=True)
class Strip:
    """`months` (YYYY-MM) from the first to the last with a claim, `heights` of their bars, `counts`, and the numbers of
    the first and the last month of the period chosen (both inclusive)."""

    months: tuple[str, ...] = ()
    heights: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()
    first: int = 0
    last: int = 0

    @property
    def years(self) -> tuple[tuple[int, str], ...]:
        """Number and year of each January."""
        return tuple((n, month[:4]) for n, month in enumerate(self.months) if month.endswith("-01"))


def strip_of(snapshot: Snapshot, question: Question) -> Strip:
    """The strip of the claims that a question asks for, whatever its period."""
    chosen = question.chosen
    counts = _counts(_Asked(snapshot), replace(chosen.without_period(), limit=None, offset=0))
    if not counts:
        return Strip()
    months = months_between(min(counts), max(counts))[-_MOST_MONTHS:]
    most = max(counts.values())
    heights = tuple(round(max(1.5, HEIGHT * counts[m] / most), 1) if m in counts else 0.0 for m in months)
    first = _place(months, str(chosen.first_day)[:7]) if chosen.first_day else 0
    last = _place(months, str(chosen.last_day)[:7]) if chosen.last_day else len(months) - 1
    return Strip(months, heights, tuple(counts.get(m, 0) for m in months), first, last)


class _Asked:
    """A snapshot as a key: two that see the same are one. It does not hold the snapshot: 64 answers would hold as many
    views of the ledger while a build runs."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = ref(snapshot)
        self._key = (snapshot.bounds, snapshot.backend.where)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=64)
def _counts(asked: _Asked, chosen: ClaimFilter) -> dict[str, int]:
    snapshot = asked.snapshot()
    assert snapshot is not None  # whoever asks holds it
    return {month: count for month, count in snapshot.counts("month", chosen).items() if month}


def _place(months: tuple[str, ...], month: str) -> int:
    """The number of a month; the nearest end for one outside."""
    return min(max(sum(one < month for one in months), 0), len(months) - 1)
