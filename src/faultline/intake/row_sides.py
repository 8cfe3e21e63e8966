"""Turns the sides of a row into actors and recipients. Invariant: names stand as the dataset writes them; whether side
A began is not claimed, for the datasets do not say so."""

import re
from collections.abc import Iterator
from datetime import date

from faultline.intake.cells import filled
from faultline.intake.dataset import Dataset
from faultline.intake.row_action import Deed
from faultline.record.claim import Slot
from faultline.record.text import Span
from faultline.record.vocabulary import SlotName

_BETWEEN = " - "
_SEPARATOR = ";"


class SidesPart:
    """Reads the columns `actor`, `recipient`, those with them, and `sides` ("A - B") where a table has no other."""

    def __init__(self, dataset: Dataset) -> None:
        parts = dataset.layout.parts
        self._gazetteer = dataset.gazetteer
        self._columns = tuple(
            (slot, column.index, column.rule)
            for slot, names in ((SlotName.ACTOR, ("actor", "actor_with")), (SlotName.RECIPIENT, _RECIPIENTS))
            for name in names
            for column in parts.get(name, ())
        )
        self._both = None if self._columns else dataset.layout.first("sides")
        self._action = dataset.layout.first("action")
        self._called = dataset.words.get("called", {})
        self._between = re.compile(dataset.words.get("between") or _SEPARATOR)

    def slots(self, cells: list[str], deed: Deed, day: date | None, span: Span) -> Iterator[Slot]:
        """Actors, then recipients; where no recipient is written, whom such an act is done to by its definition."""
        given = False
        for slot, value, rule in self._written(cells):
            given = given or slot is SlotName.RECIPIENT
            candidates = self._gazetteer.actors(self._called.get(value, value), day)
            yield Slot(slot, value, span, rule, "", 1.0, candidates)
        if deed.recipient and not given and self._action:
            candidates = self._gazetteer.actors(deed.recipient, day)
            yield Slot(SlotName.RECIPIENT, deed.recipient, span, self._action.rule, deed.says, 1.0, candidates)

    def _written(self, cells: list[str]) -> Iterator[tuple[SlotName, str, str]]:
        for slot, index, rule in self._columns:
            cell = cells[index]
            for value in cell.split(_SEPARATOR) if _SEPARATOR in cell else self._between.split(cell):
                name = filled(value)
                if name:
                    yield slot, name, rule
        if self._both:
            yield from self._from_both(cells[self._both.index].strip(), self._both.rule)

    def _from_both(self, written: str, rule: str) -> Iterator[tuple[SlotName, str, str]]:
        """Only one dash parts two names; a name with a dash inside stays open rather than be cut wrongly."""
        if written.count(_BETWEEN) == 1:
            left, right = written.split(_BETWEEN)
            yield SlotName.ACTOR, left, rule
            yield SlotName.RECIPIENT, right, rule


_RECIPIENTS = ("recipient", "recipient_with")
