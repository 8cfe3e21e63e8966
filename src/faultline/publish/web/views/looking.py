"""Turns a request and its query into the page that a view fills. Invariant: one request reads one snapshot."""

import time
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread

from fastapi import Request

from faultline.publish.view import DeskView, LeftOut
from faultline.publish.web.guard import Guard, Writer
from faultline.publish.web.jobs import Jobs
from faultline.publish.web.page import Page
from faultline.publish.web.query import Look
from faultline.publish.web.tongue import language_of
from faultline.publish.web.worlds import Worlds

LARGE = 60_000  # claims from which on incidents are worked out only when somebody asks for them
_GRACE = 1.5  # seconds without a page that is asked for, before work that nobody waits for: pages come first
_LATEST = 15.0  # seconds after which it begins all the same


@dataclass(slots=True)
class Lull:
    """When a page was asked for last."""

    asked: float = field(default_factory=time.monotonic)

    def wait(self) -> None:
        """Returns when no page has been asked for lately, or when that has not come to pass for long."""
        latest = time.monotonic() + _LATEST
        while (now := time.monotonic()) < min(self.asked + _GRACE, latest):
            time.sleep(min(self.asked + _GRACE, latest) - now)


@dataclass(frozen=True, slots=True)
class Looking:
    """What every view is given: the desk, what its last build left out, and the worlds that were looked at last."""

    desk: DeskView
    left: LeftOut | None = None
    guard: Guard = field(default_factory=Guard)
    worlds: Worlds = field(default_factory=Worlds)
    jobs: Jobs = field(default_factory=Jobs)
    lull: Lull = field(default_factory=Lull)

    def begin(self) -> None:
        """Works out beside the first pages what they will ask for: the columns of the ledger and, of a record that is
        not too large, its incidents and who held what. Nobody waits for it; a failure is told to who asks."""

        def warm() -> None:
            self.lull.wait()
            with suppress(Exception):
                page = Page(self.desk, Look(), "/", self.left)
                page.snapshot.counts("party")
                self.ahead(Look())

        Thread(target=warm, daemon=True, name="faultline-begin").start()

    def ahead(self, query: Look) -> None:
        """Works out, in the next lull, the incidents that somebody who looks so may ask for next, unless the record is
        large. Who waits holds no view of the ledger."""

        def warm() -> None:
            self.lull.wait()
            with suppress(Exception):
                page = Page(self.desk, query, "/", self.left)
                if page.snapshot.count() < LARGE:
                    self.worlds.warm(page)

        Thread(target=warm, daemon=True, name="faultline-ahead").start()

    def page(self, request: Request, query: Look) -> Page:
        """The page of a request, before a view fills it."""
        self.lull.asked = time.monotonic()
        language = language_of(query.lang, request.headers.get("accept-language", ""))
        writer = Writer(self.guard.allows(request), self.guard.author(request))
        page = Page(self.desk, query, request.url.path, self.left, language=language, writer=writer)
        if self.worlds.purged(page):
            self.jobs.forget()
        return page
