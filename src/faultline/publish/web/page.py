"""Turns a request and a template into a page. Invariant: Jinja escapes everything; nothing from a document is ever
marked safe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.publish import names, words
from faultline.publish.citing import page_url
from faultline.publish.months import first_day_of, last_day_of
from faultline.publish.templates import template_environment
from faultline.publish.view import DeskView, LeftOut
from faultline.publish.web.links import Values, address, look_values, pairs
from faultline.publish.web.query import Look

ASSETS = Path(__file__).with_name("assets")  # written by hand
STATIC = Path(__file__).with_name("static")  # built from app/, and absent where that failed
SCRIPT = "app.js"
# The desk's views by address and name; the head of every page lists them in this order.
VIEWS = (
    ("/", "Start"),
    ("/timeline", "Timeline"),
    ("/claims", "Claims"),
    ("/incidents", "Incidents"),
    ("/documents", "Documents"),
    ("/sources", "Sources"),
)


@dataclass(frozen=True)
class Page:
    """One request as a template sees it: the desk, the query, and the snapshot that both fix."""

    desk: DeskView
    query: Look
    path: str
    left: LeftOut | None = None
    script: bool = field(default_factory=lambda: (STATIC / SCRIPT).is_file())

    @property
    def case(self) -> Case:
        """The case that the desk shows."""
        return self.desk.case

    @cached_property
    def snapshot(self) -> Snapshot:
        """What the query's day sees."""
        return self.desk.snapshot(self.query.as_of, self.query.undated)

    def url(self, path: str, values: Values | None = None) -> str:
        """An address within the pages, looking from the same day."""
        return address(path, pairs({**(values or {}), **look_values(self.query)}))

    def again(self, values: Values) -> str:
        """This page's address with some values changed; the page number starts over unless it is given."""
        return self.narrowed(self.path, values)

    def narrowed(self, path: str, values: Values) -> str:
        """Another page's address with this page's question, some of its values changed."""
        return address(path, pairs({**self.asked(), "page": "", **values}))

    def asked(self) -> dict[str, object]:
        """What this page was asked, without what is at its default."""
        return self.query.model_dump(exclude_defaults=True)

    def kept(self, without: tuple[str, ...]) -> list[tuple[str, str]]:
        """Names and values that a form on this page must carry along, without those that it sets itself."""
        return pairs({k: v for k, v in self.asked().items() if k not in without and k != "page"})


def render(page: Page, template: str, context: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """The page of a template; `page` is in its context."""
    html = environment().get_template(template).render({**context, "page": page, "views": VIEWS})
    return HTMLResponse(html, status_code=status)


@cache
def environment() -> Environment:
    """The templates, with everything escaped and an unknown name an error."""
    made = template_environment("faultline.publish.web")
    made.filters |= {
        "month": words.month,
        "speaker": words.speaker,
        "voices": words.voices,
        "first_day": first_day_of,
        "last_day": last_day_of,
    }
    made.globals |= {"names": names, "page_url": page_url}
    return made
