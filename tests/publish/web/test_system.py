"""The system on the page: three kinds of arrows, read without JavaScript."""

from markupsafe import Markup
from starlette.testclient import TestClient

from faultline.model.links import loops_among
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import Look
from faultline.publish.web.views.system import context
from faultline.record.links import Coupled, Link, Node, Said
from faultline.record.system import ArrowStatus
from faultline.record.vocabulary import ArrowKind
from tests.publish.hand import HandDesk
from tests.publish.web.test_pages import Reader, read, words

SAID = Said("the text itself", "An analysis", "2020-01-01", ArrowStatus.STATED, 1, "<b>Less</b> feeds more.")
LINKS = (
    Link("a", "b", ArrowKind.ASSERTED, 1, said=(SAID,), evidence="not measured: no table", wanted="a table"),
    Link("b", "a", ArrowKind.ASSUMED, -1, assumed="if the backer leaves"),
)
FOUND = Coupled(
    "x", (Node("a", "the first level", "level"), Node("b", "the second", "level")), LINKS, loops_among(LINKS)
)


def page(desk: HandDesk) -> str:
    shown = Page(desk, Look(), "/system")
    return bytes(render(shown, "system.html", context(shown, FOUND)).body).decode()


def test_each_kind_has_its_own_table_and_each_arrow_its_sentence(desk: HandDesk) -> None:
    html = page(desk)
    Reader(html)
    said = words(html)
    assert "Measured 0 None." in said and "Asserted 1" in said and "Assumed 1" in said
    assert "not measured: no table It would take: a table" in said and "weakest arrow assumed" in said
    assert "<b>Less</b>" not in html and "&lt;b&gt;Less" in html


def test_lines_of_the_picture_lead_to_their_rows_and_it_carries_no_style(desk: HandDesk) -> None:
    html = page(desk)
    assert 'href="#link-0"' in html and 'id="link-0"' in html and "<style" not in html
    assert isinstance(context(Page(desk, Look(), "/system"), FOUND)["svg"], Markup)


def test_server_that_only_reads_says_so(client: TestClient) -> None:
    assert "start it with faultline serve" in words(read(client, "/system"))
    assert ".fm-measured" in read(client, "/system/figure.css")
