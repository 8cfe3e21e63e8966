"""Turns a request and its query into the page that a view fills. Invariant: one request reads one snapshot."""

from dataclasses import dataclass, field
from threading import Lock

from fastapi import Request

from faultline.evidence.visible import Bounds
from faultline.publish.view import DeskView, LeftOut
from faultline.publish.web.page import Page
from faultline.publish.web.query import Look
from faultline.publish.worlds import Seen

_KEPT = 3  # worlds: a reader goes to and fro between a few days


class Worlds:
    """The worlds of the last snapshots that were looked at: each is made once."""

    def __init__(self) -> None:
        self._made: dict[Bounds, Seen] = {}
        self._lock = Lock()

    def of(self, page: Page) -> Seen:
        """The world that a page looks at. Two requests for one world wait for one another."""
        bounds = page.snapshot.bounds
        with self._lock:
            seen = self._made.pop(bounds, None) or Seen(page.case, page.snapshot)
            self._made[bounds] = seen
            while len(self._made) > _KEPT:
                del self._made[next(iter(self._made))]
            _ = seen.world
        return seen


@dataclass(frozen=True, slots=True)
class Looking:
    """What every view is given: the desk, what its last build left out, and the worlds that were looked at last."""

    desk: DeskView
    left: LeftOut | None = None
    worlds: Worlds = field(default_factory=Worlds)

    def page(self, request: Request, query: Look) -> Page:
        """The page of a request, before a view fills it."""
        return Page(self.desk, query, request.url.path, self.left)
