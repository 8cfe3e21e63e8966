"""Turns the days of a row into an interval. Invariant: both ends inclusive; a day that stands for a week or a month
becomes that week or month."""

from dataclasses import dataclass
from datetime import date

from faultline.intake.cells import code, day, filled, interval, widened
from faultline.intake.dataset import Dataset
from faultline.intake.taken import RefusedError
from faultline.record.claim import Slot
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Span
from faultline.record.vocabulary import SlotName


@dataclass(frozen=True, slots=True)
class When:
    """Days as read from cells that stand in many rows: the interval, the doubt about it, both as a slot has them."""

    days: Days
    doubt: str
    written: str
    reason: str


class DaysPart:
    """Reads the columns `first_day`, `last_day` and `day_precision`."""

    def __init__(self, dataset: Dataset) -> None:
        layout, words = dataset.layout, dataset.words
        first = layout.first("first_day")
        assert first is not None  # every reader requires it
        self._first, self._last, self._precision = first, layout.first("last_day"), layout.first("day_precision")
        self._codes = words["day_precision"]
        self._day_first = words["day_first"]
        self._free = words["name"] == "csv"
        self._dataset = dataset
        self._known: dict[tuple[str, str, str], When] = {}

    def read(self, cells: list[str]) -> When:
        """The interval and what is said of it. Raises RefusedError("bad date")."""
        first = cells[self._first.index]
        last = cells[self._last.index] if self._last else ""
        precision = code(cells[self._precision.index]) if self._precision else ""
        key = (first, last, precision)
        if key not in self._known:
            self._known[key] = self._when(*key)
        found = self._known[key]
        if found.doubt:
            self._dataset.doubts[found.doubt] += 1
        return found

    def slots(self, when: When, span: Span) -> tuple[Slot, ...]:
        """The days with how finely they are known."""
        return (Slot(SlotName.DAYS, when.written, span, self._first.rule, when.reason),) if when.days.known else ()

    def _when(self, first: str, last: str, precision: str) -> When:
        days, doubt = self._read(first, last, precision)
        return When(days, doubt, str(days), f"precision={days.precision}" + (f"; {doubt}" if doubt else ""))

    def _read(self, first: str, last: str, precision: str) -> tuple[Days, str]:
        if self._free:
            return self._as_written(first, last), ""
        begin = day(first, self._day_first)
        end = day(last, self._day_first) if filled(last) else begin
        if end < begin:
            raise RefusedError("bad date", f"{first[:20]}/{last[:20]}", "first day <= last day")
        entry = self._codes.get(precision)
        if entry is None:
            doubt = f"{self._precision.name} {precision[:40]!r} is not in the codebook" if self._precision else ""
            return Days(begin, end, _by_length(begin, end, bool(self._precision))), doubt
        return Days(*widened(begin, end, entry.get("widen", "")), DayPrecision(entry["precision"])), ""

    def _as_written(self, first: str, last: str) -> Days:
        begin = interval(first)
        if not filled(last):
            return begin
        end = interval(last)
        if begin.first_day and end.last_day and end.last_day < begin.first_day:
            raise RefusedError("bad date", f"{first[:20]}/{last[:20]}", "first day <= last day")
        precision = begin.precision if begin == end else DayPrecision.INTERVAL
        return Days(begin.first_day, end.last_day, precision)


def _by_length(begin: date, end: date, has_column: bool) -> DayPrecision:
    """Without a code only an interval shows how coarse it is; a single day may be the day or stand for more."""
    if end > begin:
        return DayPrecision.INTERVAL
    return DayPrecision.DAY if has_column else DayPrecision.UNKNOWN
