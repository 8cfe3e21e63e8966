"""Turns a row of an event table into a claim whose speaker is the dataset. Invariant: the claim's span is the row, and
every slot names the column it was read from."""

from faultline.intake.bad_rows import AGAIN
from faultline.intake.cells import filled, key
from faultline.intake.dataset import Dataset
from faultline.intake.row_action import ActionPart
from faultline.intake.row_days import DaysPart
from faultline.intake.row_place import PlacePart
from faultline.intake.row_sides import SidesPart
from faultline.intake.row_toll import TollPart
from faultline.intake.sheet import Row
from faultline.intake.taken import RefusedError
from faultline.record.claim import Claim, Slot, Speaker
from faultline.record.ids import claim_id
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, Modality, SlotName


class RowReader:
    """Reads the rows of one table; no two rows of one id."""

    def __init__(self, dataset: Dataset, document: str) -> None:
        self._document = document
        self._speaker = Speaker((dataset.source,))
        self._action = ActionPart(dataset)
        self._sides = SidesPart(dataset)
        self._place = PlacePart(dataset)
        self._days = DaysPart(dataset)
        self._toll = TollPart(dataset)
        self._credit = dataset.layout.first("credit")
        self._id = dataset.layout.index("id")
        self._seen: dict[str, int] = {}  # of each id what its row says

    def claim(self, row: Row) -> Claim:
        """The claim in a row. Raises RefusedError with the reason why the row is left out."""
        cells, span = row.cells, Span(row.start, row.end)
        deed = self._action.deed(cells)
        when = self._days.read(cells)
        toll = self._toll.toll(cells)
        slots = (
            *self._action.slots(cells, deed, span),
            *self._sides.slots(cells, deed, when.days.first_day, span),
            *self._place.slots(cells, span),
            *self._days.slots(when, span),
            *self._toll.slots(toll, span),
            *self._credits(cells, span),
        )
        self._check_new(cells)
        return Claim(
            claim_id(self._document, Kind.EVENT, row.start, row.end, 0),
            self._document,
            Kind.EVENT,
            span,
            action=deed.action,
            subtype=deed.subtype,
            speaker=self._speaker,
            modality=Modality.REPORTED,
            days=when.days,
            casualties=toll.casualties,
            slots=slots,
        )

    def _check_new(self, cells: list[str]) -> None:
        """A row that cannot be read does not use its id up."""
        if self._id < 0:
            return
        own = key(cells[self._id])
        if not own:
            raise RefusedError("no id")
        row = hash(tuple(cells))
        if own in self._seen:
            raise RefusedError(AGAIN if self._seen[own] == row else "duplicate id", own[:40])
        self._seen[own] = row

    def _credits(self, cells: list[str], span: Span) -> tuple[Slot, ...]:
        """Whom the dataset names as having said it, where it does; the dataset stays the speaker."""
        said_by = filled(cells[self._credit.index]) if self._credit else ""
        return (Slot(SlotName.SPEAKER, said_by, span, self._credit.rule),) if self._credit and said_by else ()
