"""Checks ids and places. Invariant: an id stands once in its file; a place may stand once for each of its disjoint
intervals, since admin units change."""

from typing import Protocol, TypeVar

from faultline.case.folder import Sheet
from faultline.case.problem import Problems
from faultline.case.rows import PlaceRow


class _WithId(Protocol):
    @property
    def id(self) -> str: ...

    def where(self, key: str = "") -> str: ...


W = TypeVar("W", bound=_WithId)


def check_unique(rows: tuple[W, ...], problems: Problems) -> None:
    """Notes each id that stood before."""
    first: dict[str, W] = {}
    for row in rows:
        before = first.setdefault(row.id, row)
        if before is not row:
            got = f"the id {row.id!r} again (first at {before.where('id')})"
            problems.add(row.where("id"), got, "each id once", "Rename one, or put the two entries together.")


def check_places(places: Sheet[PlaceRow], problems: Problems) -> None:
    """Notes a place that stands twice for one day, and coordinates that look left empty."""
    seen: dict[str, list[PlaceRow]] = {}
    for row in places.rows:
        before = next((o for o in seen.get(row.id, ()) if o.days.overlaps(row.days)), None)
        if before:
            got = f"the id {row.id!r} again for the same days (first at {before.where()})"
            way_out = "Rename one; or, where its admin units changed, give both rows first_day and last_day."
            problems.add(row.where("id"), got, "each id once for a day", way_out)
        seen.setdefault(row.id, []).append(row)
        if row.latitude == 0 and row.longitude == 0:
            way_out = "Look the place up; 0, 0 lies in the sea."
            problems.warn(row.where("latitude"), "latitude 0 and longitude 0", "the coordinates of the place", way_out)
