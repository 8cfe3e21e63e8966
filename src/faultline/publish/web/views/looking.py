"""Turns a request and its query into the page that a view fills. Invariant: one request reads one snapshot."""

from dataclasses import dataclass

from fastapi import Request

from faultline.publish.view import DeskView, LeftOut
from faultline.publish.web.page import Page
from faultline.publish.web.query import Look


@dataclass(frozen=True, slots=True)
class Looking:
    """What every view is given: the desk, and what its last build left out."""

    desk: DeskView
    left: LeftOut | None = None

    def page(self, request: Request, query: Look) -> Page:
        """The page of a request, before a view fills it."""
        return Page(self.desk, query, request.url.path, self.left)
