"""Turns the place of a row into a slot. Invariant: a coarse place is named by what it is known to lie in, and its point
is never finer than the precision beside it.

The reason of the slot reads "latitude=...; longitude=...; precision=...; admin2=...; admin1=...; country=..." with
those parts that the row has.
"""

from functools import cache

from faultline.intake.cells import code, coordinates, filled
from faultline.intake.dataset import Dataset
from faultline.record.claim import Slot
from faultline.record.text import Span
from faultline.record.vocabulary import PlacePrecision, SlotName

_LEVELS = (
    ("place", PlacePrecision.UNKNOWN),
    ("admin2", PlacePrecision.ADMIN2),
    ("admin1", PlacePrecision.ADMIN1),
    ("country", PlacePrecision.COUNTRY),
)


class PlacePart:
    """Reads the columns `place`, `admin2`, `admin1`, `country`, `latitude`, `longitude` and `place_precision`."""

    def __init__(self, dataset: Dataset) -> None:
        layout = dataset.layout
        self._dataset = dataset
        found = ((name, layout.first(name), level) for name, level in _LEVELS)
        self._levels = tuple((name, c.index, c.rule, level) for name, c, level in found if c)
        self._latitude, self._longitude = layout.index("latitude"), layout.index("longitude")
        self._precision = layout.first("place_precision")

    def slots(self, cells: list[str], span: Span) -> tuple[Slot, ...]:
        """One slot with the finest name that the row has; none without a name. Raises RefusedError("coordinates")."""
        point = None
        said = []
        if self._latitude >= 0 and self._longitude >= 0:
            point = coordinates(cells[self._latitude], cells[self._longitude])
        if point:
            said += [f"latitude={point[0]}", f"longitude={point[1]}"]
        named = [(name, v, rule, level) for name, i, rule, level in self._levels if (v := filled(cells[i]))]
        if not named:
            return ()
        name, value, rule, level = named[0]
        said.append(f"precision={self._how_fine(cells, name, level)}")
        said += [f"{name}={value}" for name, value, _, _ in named if name != "place"]
        candidates = self._dataset.gazetteer.places(value, point)
        return (Slot(SlotName.PLACE, value, span, rule, "; ".join(said), 1.0, candidates),)

    def _how_fine(self, cells: list[str], name: str, level: PlacePrecision) -> str:
        if self._precision is None:
            return level.value
        written = code(cells[self._precision.index])
        known: str | None = self._dataset.words["place_precision"].get(written)
        if known is None:
            self._dataset.doubts[f"{self._precision.name} {written[:40]!r} is not in the codebook"] += 1
            return PlacePrecision.UNKNOWN.value
        return known if name == "place" else _coarser(known, level)


@cache
def _coarser(known: str, level: PlacePrecision) -> str:
    """A row whose finest name is a region is known no finer than the region."""
    order = list(PlacePrecision)
    return max(PlacePrecision(known), level, key=order.index).value
