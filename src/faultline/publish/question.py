"""Turns a filter into claims and counts, also for claims of given ids alone. Invariant: a count and the list behind it
answer the same question."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow
import pyarrow.compute as pc

from faultline.evidence import ClaimFilter, Snapshot
from faultline.evidence.counts import By
from faultline.record.claim import Claim
from faultline.record.errors import UsageError
from faultline.record.vocabulary import Kind

_COLUMNS = ("kind", "action", "subtype", "modality", "speaker", "voice", "document", "source", "coder")


@dataclass(frozen=True, slots=True)
class Question:
    """Which claims. `among` keeps those alone with one of its ids; None keeps all."""

    chosen: ClaimFilter = ClaimFilter()
    among: frozenset[str] | None = None

    def claims(self, snapshot: Snapshot) -> Iterator[Claim]:
        """The claims in the filter's order, from its offset, up to its limit."""
        if self.among is None:
            return snapshot.claims(self.chosen)
        ids = self._table(snapshot)["id"]
        return (snapshot.claim(id.as_py()) for id in ids.slice(self.chosen.offset, self.chosen.limit))

    def count(self, snapshot: Snapshot) -> int:
        """How many claims there are, limit and offset aside."""
        return snapshot.count(self.chosen) if self.among is None else int(self._table(snapshot).num_rows)

    def counts(self, snapshot: Snapshot, by: By) -> dict[str, int]:
        """Claims by a property, most first. Raises UsageError for one that needs slots where the claims are looked at
        one by one (`among`)."""
        if self.among is None:
            return snapshot.counts(by, self.chosen)
        if by in ("month", "year"):
            return _by_period(self._table(snapshot), 7 if by == "month" else 4)
        if by not in _COLUMNS:
            way_out = "Leave out side, voices and standing."
            raise UsageError("by", repr(by), f"one of {', '.join(_COLUMNS)}, month, year", way_out)
        found = pc.value_counts(self._table(snapshot)[by].cast(pyarrow.string()))
        rows = [(row["values"], row["counts"]) for row in found.to_pylist()]
        return dict(sorted(rows, key=lambda row: (-row[1], row[0])))

    def only(self, kind: Kind) -> "Question":
        """The same question about one kind."""
        return replace(self, chosen=replace(self.chosen, kinds=(kind,)))

    def without_period(self) -> "Question":
        """The same question about any day."""
        return replace(self, chosen=self.chosen.without_period())

    def first(self, most: int) -> "Question":
        """The same question, answered by its first claims alone."""
        return replace(self, chosen=replace(self.chosen, limit=most, offset=0))

    def _table(self, snapshot: Snapshot) -> pyarrow.Table:
        """The columns of the claims asked for."""
        table = snapshot.columns(replace(self.chosen, limit=None, offset=0))
        return table.filter(pc.is_in(table["id"], pyarrow.array(sorted(self.among or ()), table["id"].type)))


def _by_period(table: pyarrow.Table, width: int) -> dict[str, int]:
    """Claims by month or year, "" for those whose days are unknown or lie in several."""
    days = zip(table["first_day"].to_pylist(), table["last_day"].to_pylist(), strict=True)
    ends = ((str(first)[:width], str(last)[:width]) for first, last in days)
    found = Counter(first if first == last and first != "None" else "" for first, last in ends)
    return dict(sorted(found.items(), key=lambda row: (-row[1], row[0])))
