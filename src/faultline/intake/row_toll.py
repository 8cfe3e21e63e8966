"""Turns the counts of a row into casualties. Invariant: the total comes first and has no group; groups are its parts
and never added to it; an end that contradicts `best` is left open and marked, so that no triple is out of order.

UCDP publishes some rows whose low or high lies on the wrong side of best (GED codebook 26.1 has low <= best <= high);
to drop them would bias a systematic sample.
"""

from dataclasses import dataclass

from faultline.intake.cells import count
from faultline.intake.dataset import Dataset
from faultline.intake.taken import RefusedError
from faultline.record.claim import Casualties, Slot
from faultline.record.text import Span
from faultline.record.vocabulary import SlotName

_HARM = "killed"
_GROUPS = {"killed_actor": "actor", "killed_recipient": "recipient", "killed_civilians": "", "killed_unknown": ""}


@dataclass(frozen=True, slots=True)
class Toll:
    """Casualties of a row, as claimed and with what is odd about them."""

    casualties: tuple[Casualties, ...] = ()
    doubt: str = ""


class TollPart:
    """Reads the columns `low`, `best`, `high` and the deaths of each group."""

    def __init__(self, dataset: Dataset) -> None:
        layout, words = dataset.layout, dataset.words
        self._doubts = dataset.doubts
        self._triple = tuple(layout.first(name) for name in ("low", "best", "high"))
        self._rule = next((c.rule for c in (self._triple[1], *self._triple) if c), "")
        self._zero_is_silence = words["zero_is_silence"]
        self._groups = tuple(
            (column.index, column.name, layout.index(side) if side else -1, words["groups"].get(part, ""))
            for part, side in _GROUPS.items()
            for column in layout.parts.get(part, ())
        )

    def toll(self, cells: list[str]) -> Toll:
        """The total and its groups with deaths; nothing where the row has no number.

        Raises RefusedError: "bad count", "negative count", "low > high" (where no best says which to believe).
        """
        low, best, high = (count(cells[c.index], c.name) if c else None for c in self._triple)
        groups = tuple(self._parts(cells))
        if low is best is high is None or (self._zero_is_silence and best == 0):
            return Toll(groups)
        low, high, doubt = _in_order(low, best, high)
        if doubt:
            self._doubts["low, best and high are out of order: best kept, the other end left open"] += 1
        return Toll((Casualties(_HARM, low, best, high), *groups), doubt)

    def slots(self, toll: Toll, span: Span) -> tuple[Slot, ...]:
        """The total as a slot, with what is odd about it."""
        total = next((c for c in toll.casualties if not c.group), None)
        if total is None:
            return ()
        value = next(str(n) for n in (total.best, total.low, total.high) if n is not None)
        return (Slot(SlotName.COUNT, value, span, self._rule, toll.doubt),)

    def _parts(self, cells: list[str]) -> list[Casualties]:
        """Groups that lost someone; those not listed lost nobody, as the groups add up to best."""
        found = []
        for index, name, side, group in self._groups:
            number = count(cells[index], name)
            if number:
                found.append(Casualties(_HARM, None, number, None, cells[side].strip() if side >= 0 else group))
        return found


def _in_order(low: int | None, best: int | None, high: int | None) -> tuple[int | None, int | None, str]:
    if best is None:
        if low is not None and high is not None and low > high:
            raise RefusedError("low > high", f"{low} > {high}")
        return low, high, ""
    odd = []
    if low is not None and low > best:
        odd.append(f"low={low}")
        low = None
    if high is not None and high < best:
        odd.append(f"high={high}")
        high = None
    return low, high, f"as published: {', '.join(odd)}" if odd else ""
