"""What publish asks of a desk and of its build. Invariant: pages see a case and snapshots, never the store."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from faultline.case import Case
from faultline.evidence import Snapshot


class DeskView(Protocol):
    """A case and its snapshots: all that a page or a report reads."""

    @property
    def case(self) -> Case:
        """The case that the pages show."""
        ...

    def snapshot(self, as_of: date | None = None, include_undated: bool = False) -> Snapshot:
        """What was known on `as_of` (inclusive; today where None)."""
        ...


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the last build could not take in: `skipped` by reason, `not_coded` documents by language."""

    skipped: tuple[tuple[str, int], ...] = ()
    not_coded: tuple[tuple[str, int], ...] = ()
