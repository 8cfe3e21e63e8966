"""A case folder and its store as one thing. Invariant: what is read comes from a store that was built."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from faultline.case import Case, load_case
from faultline.evidence import Snapshot, Store, open_store
from faultline.record.errors import StoreError

STORE_FOLDER = ".faultline"


LAST_BUILD = "last-build.json"


@dataclass(frozen=True)
class Desk:
    """A case and its store."""

    case: Case
    url: str

    @cached_property
    def store(self) -> Store:
        """The store, opened once; it must have been built. Raises StoreError with the way out."""
        try:
            return open_store(self.url, create=False)
        except StoreError as error:
            if not error.way_out:
                error.way_out = f"Run: faultline build {self.case.folder}"
            raise

    def snapshot(
        self, as_of: date | None = None, include_undated: bool = False, recorded_by: datetime | None = None
    ) -> Snapshot:
        """What was known on `as_of` (inclusive; today where None), by what the store held at `recorded_by` (inclusive;
        everything where None)."""
        return self.store.snapshot(as_of=as_of, recorded_by=recorded_by, include_undated=include_undated)


def open_desk(folder: Path, store: str = "") -> Desk:
    """The desk of a case folder; `store` is a URL, by default SQLite inside the folder. Raises CaseError."""
    case = load_case(folder)
    return Desk(case, store or f"sqlite:///{case.folder / STORE_FOLDER / 'store.sqlite'}")


def now() -> datetime:
    """This moment, in UTC: the clock of the desk."""
    return datetime.now(UTC)
