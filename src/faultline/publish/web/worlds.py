"""Keeps the worlds that were looked at last. Invariant: each is made once, and two requests for one world wait for one
another, those for two worlds do not."""

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread

from faultline.evidence.visible import Bounds
from faultline.publish.incidents import IncidentRow, incident_row
from faultline.publish.web.page import Page
from faultline.publish.worlds import Seen
from faultline.resolve.disputes import disputes
from faultline.resolve.profiles import Profile

_KEPT = 6  # worlds: a reader goes to and fro between a few days
_Key = tuple[Bounds, Profile]


@dataclass
class _Made:
    """A world with what was worked out of it."""

    seen: Seen
    lock: Lock = field(default_factory=Lock)
    rows: tuple[IncidentRow, ...] | None = None
    disputed: Mapping[str, float] | None = None


class Worlds:
    """The worlds of the last snapshots that were looked at."""

    def __init__(self) -> None:
        self._made: OrderedDict[_Key, _Made] = OrderedDict()
        self._lock = Lock()

    def of(self, page: Page) -> Seen:
        """The world that a page looks at, figures weighed by its profile."""
        made = self._of(page)
        with made.lock:
            _ = made.seen.world
        return made.seen

    def rows(self, page: Page) -> tuple[IncidentRow, ...]:
        """Every incident of that world in a line, in the order of the world."""
        made = self._of(page)
        with made.lock:
            if made.rows is None:
                made.rows = tuple(incident_row(made.seen, one) for one in made.seen.world.incidents)
        return made.rows

    def disputed(self, page: Page) -> Mapping[str, float]:
        """How much the voices of each disputed incident disagree, by its id."""
        made = self._of(page)
        with made.lock:
            if made.disputed is None:
                found: dict[str, float] = {}
                for one in disputes(made.seen.world, made.seen.counting):
                    found[one.incident] = max(found.get(one.incident, 0.0), one.weight)
                made.disputed = found
        return made.disputed

    def warm(self, page: Page) -> None:
        """Begins to make a world that somebody will ask for soon; nobody waits for it."""
        Thread(target=self._try, args=(page,), daemon=True, name="faultline-world").start()

    def _try(self, page: Page) -> None:
        with suppress(Exception):  # who asks for this world is told why it cannot be made
            self.rows(page)

    def _of(self, page: Page) -> _Made:
        bounds, profile = page.snapshot.bounds, page.query.profile
        with self._lock:
            made = self._made.get((bounds, profile)) or self._fresh(page)
            self._made[bounds, profile] = made
            self._made.move_to_end((bounds, profile))
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return made

    def _fresh(self, page: Page) -> _Made:
        """A world to be made; one of the same snapshot with another profile lends its incidents and lineages."""
        for (bounds, _), made in self._made.items():
            if bounds == page.snapshot.bounds:
                return _Made(made.seen.weighed(page.query.profile), made.lock)
        return _Made(Seen(page.case, page.snapshot, page.query.profile))
