"""Keeps a served case closed until every mark of sensitive.yaml is covered. Invariant: a server that cannot say so
shows nothing of the record; a mark written beside a running server takes hold before the next page."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from faultline.case import Case, load_case
from faultline.case.folder import SENSITIVE
from faultline.desk.building import build
from faultline.desk.marking import covered
from faultline.desk.opened import Desk
from faultline.record.errors import FaultlineError


@dataclass
class Marks:
    """Looks at sensitive.yaml of a served case: where it says otherwise than the last build covered, nothing is shown
    and the case is built."""

    desk: Desk
    _seen: tuple[int, int] | None = (-1, -1)  # the file when it was found covered; never so at first
    _building: Thread | None = None
    _failed: str = ""
    _tried: tuple[int, int] | None = (-1, -1)
    _lock: Lock = field(default_factory=Lock)

    def said(self) -> str:
        """ "" where every mark is covered; else why nothing can be shown now."""
        now = _state(self.desk.case.folder / SENSITIVE)
        with self._lock:
            if now == self._seen:
                return ""
            if self._building and self._building.is_alive():
                return "Marks were changed: the record is read anew."
            if self._failed and now == self._tried:
                return self._failed
            return self._look(now)

    def _look(self, now: tuple[int, int] | None) -> str:
        self._tried, self._failed = now, ""
        try:
            case = load_case(self.desk.case.folder)
        except FaultlineError:
            self._failed = f"{SENSITIVE} cannot be read: run `faultline check` and mend it."
            return self._failed
        if covered(case):
            self._seen = now
            return ""
        self._building = Thread(target=self._build, args=(case,), daemon=True, name="faultline-marks")
        self._building.start()
        return "Marks were changed: the record is read anew."

    def _build(self, case: Case) -> None:
        try:
            build(Desk(case, self.desk.url))
        except Exception as error:  # a defect's words may hold a text
            self._failed = f"The record could not be read anew ({type(error).__name__}): run `faultline build`."


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
