"""Turns a request and its query into the page that a view fills. Invariant: one request reads one snapshot."""

from dataclasses import dataclass, field

from fastapi import Request

from faultline.publish.view import DeskView, LeftOut
from faultline.publish.web.guard import Guard, Writer
from faultline.publish.web.jobs import Jobs
from faultline.publish.web.page import Page
from faultline.publish.web.query import Look
from faultline.publish.web.tongue import language_of
from faultline.publish.web.worlds import Worlds


@dataclass(frozen=True, slots=True)
class Looking:
    """What every view is given: the desk, what its last build left out, and the worlds that were looked at last."""

    desk: DeskView
    left: LeftOut | None = None
    guard: Guard = field(default_factory=Guard)
    worlds: Worlds = field(default_factory=Worlds)
    jobs: Jobs = field(default_factory=Jobs)

    def page(self, request: Request, query: Look) -> Page:
        """The page of a request, before a view fills it."""
        language = language_of(query.lang, request.headers.get("accept-language", ""))
        writer = Writer(self.guard.allows(request), self.guard.author(request))
        page = Page(self.desk, query, request.url.path, self.left, language=language, writer=writer)
        if self.worlds.purged(page):
            self.jobs.forget()
        return page
