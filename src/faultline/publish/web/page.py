"""Turns a request and a template into a page. Invariant: Jinja escapes everything; nothing from a document is ever
marked safe."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import parse_qsl
from weakref import proxy

from fastapi.responses import HTMLResponse
from jinja2 import Environment

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.publish import names
from faultline.publish.citing import page_url
from faultline.publish.months import day_of, first_day_of, last_day_of
from faultline.publish.scales import RELIABILITY
from faultline.publish.templates import template_environment
from faultline.publish.view import DeskView, LeftOut
from faultline.publish.web.axis import ticks
from faultline.publish.web.chips import Chip, parts_of
from faultline.publish.web.guard import Writer
from faultline.publish.web.links import Values, address, look_values, pairs, state_values
from faultline.publish.web.query import Look, question_of
from faultline.publish.web.strip import Strip, strip_of
from faultline.publish.web.tongue import LANGUAGES, tongue_of
from faultline.record.vocabulary import Modality
from faultline.resolve.profiles import Profile

ASSETS = Path(__file__).with_name("assets")  # written by hand
STATIC = Path(__file__).with_name("static")  # built from app/, and absent where that failed
SCRIPT = "app.js"
# The desk's views by address, name, and what else belongs to them; the head of every page lists them in this order.
VIEWS = (
    ("/", "Start", ()),
    ("/now", "Now", ()),
    ("/map", "Map", ()),
    ("/timeline", "Timeline", ()),
    ("/actors", "Actors", ()),
    ("/incidents", "Ledger", ("/incidents", "/claims", "/documents", "/search")),
    ("/mechanisms", "Mechanisms", ()),
    ("/system", "System", ()),
    ("/examine", "Examine", ()),
    ("/review", "Review", ()),
    ("/forecast", "Forecasts", ()),
    ("/sources", "Sources", ()),
)
LEDGER = (("/incidents", "Incidents"), ("/claims", "Claims"), ("/documents", "Documents"))


@dataclass(frozen=True)
class Page:
    """One request as a template sees it: the desk, the query, and the snapshot that both fix."""

    desk: DeskView
    query: Look
    path: str
    left: LeftOut | None = None
    script: bool = field(default_factory=lambda: (STATIC / SCRIPT).is_file())
    language: str = "en"
    writer: Writer = Writer()

    @property
    def case(self) -> Case:
        """The case that the desk shows."""
        return self.desk.case

    @cached_property
    def snapshot(self) -> Snapshot:
        """What the query's day sees."""
        return self.desk.snapshot(self.query.as_of, self.query.undated)

    def about(self, ids: Iterable[str]) -> frozenset[str]:
        """Those that are ids of claims in view: findings also rest on addresses and on rows of tables."""
        return self.snapshot.known([id for id in ids if id.startswith("clm_")])

    @cached_property
    def strip(self) -> Strip:
        """The months of the period brush."""
        return strip_of(self.snapshot, question_of(self.case, self.query))

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """What the filter asks for, each part with the address of this page without it."""
        return tuple(Chip(one.name, one.value, self.again(one.without)) for one in parts_of(self.case, self.query))

    def at(self, path: str, more: tuple[str, ...]) -> bool:
        """Whether this page belongs to the view at that address."""
        return any(self.path == one or (one != "/" and self.path.startswith(f"{one}/")) for one in (path, *more))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Names and values of the shared state, for a form that leads to another view."""
        return pairs(state_values(self.query))

    def url(self, path: str, values: Values | None = None) -> str:
        """An address within the pages, looking from the same day through the same filter."""
        return address(path, pairs({**state_values(self.query), **(values or {})}))

    def fresh(self, path: str, values: Values | None = None) -> str:
        """An address within the pages, looking from the same day through no filter but this."""
        return address(path, pairs({**look_values(self.query), **(values or {})}))

    def fresh_from(self, path: str) -> str:
        """As `fresh`, of an address of ours that has a question already."""
        bare, _, question = path.partition("?")
        return self.fresh(bare, dict(parse_qsl(question)))

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
    """The page of a template; `page` is in its context, and not held by it: what Jinja makes of a template with macros
    refers to itself and lives on until Python looks for such rings, and with it would live the page's view of the
    ledger, tens of megabytes of a large one."""
    html = environment(page.language).get_template(template).render({**context, "page": proxy(page)})
    headers = {"Content-Language": page.language, "Vary": "Accept-Language"}
    return HTMLResponse(html, status_code=status, headers=headers)


@cache
def environment(language: str = "en") -> Environment:
    """The templates in a language, with everything escaped and an unknown name an error."""
    made, tongue = template_environment("faultline.publish.web"), tongue_of(language)
    made.filters |= {"first_day": first_day_of, "last_day": last_day_of, "epoch": day_of, **tongue.filters()}
    made.globals |= {"names": names, "page_url": page_url, "views": VIEWS, "ledger": LEDGER, "languages": LANGUAGES}
    made.globals |= {"_": tongue.say, "counted": tongue.counted, "kinds": tongue.kinds, "reliabilities": RELIABILITY}
    made.globals |= {"modalities": tuple(Modality), "profiles": tuple(Profile), "ticks": ticks}
    made.globals["colon"] = "\u202f:" if language == "fr" else ":"
    return made
