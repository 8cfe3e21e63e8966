"""What a person does with the pages, in a real browser."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from faultline.desk import build, open_desk
from faultline.publish.web.page import SCRIPT, STATIC
from faultline.publish.web.server import create_app
from tests.conftest import missing
from tests.publish.conftest import PATIENCE, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh page at the start; a word on the console or an error in a script fails the test."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto("/")
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def built() -> None:
    if not (STATIC / SCRIPT).is_file():
        missing("the front end is not built: run python hatch_build.py")


def test_a_number_leads_to_its_sentences_and_they_to_their_words(page: Page) -> None:
    row = page.get_by_role("row", name="Events")
    count = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    expect(page.get_by_text(f"1–{count} of {count} claims").first).to_be_visible()
    page.get_by_role("link", name="in its document").first.click()
    expect(page.locator(".card:target")).to_be_in_viewport()
    expect(page.locator(".text .hl").first).to_be_visible()


def test_filters_stand_in_the_address_and_can_be_shared(page: Page) -> None:
    page.goto("/claims")
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("Event").check()
    page.get_by_label("Actor").fill("River Front")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile("kind=event.*actor=River"))
    expect(page.locator(".claim")).to_have_count(1)
    expect(page.locator(".chip")).to_have_count(2)
    shared = page.url
    page.goto("/")
    page.goto(shared)
    expect(page.locator(".claim")).to_have_count(1)
    page.get_by_role("link", name=re.compile("kind Event|kind event")).click()
    expect(page).not_to_have_url(re.compile("kind="))


def test_stepping_back_shows_what_was_known_on_a_day(page: Page) -> None:
    page.goto("/documents")
    expect(page.get_by_role("link", name="Convoy ambushed as market reopens")).to_be_visible()
    page.get_by_label("As known on").fill("2019-12-31")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("link", name="Convoy ambushed as market reopens")).to_have_count(0)
    expect(page.get_by_label("As known on")).to_have_value("2019-12-31")
    page.get_by_role("link", name="Claims", exact=True).click()
    expect(page.get_by_text("ambush", exact=True)).to_have_count(0)


@pytest.mark.usefixtures("built")
def test_hovering_a_claim_lights_its_words_and_a_slot_its_own(page: Page) -> None:
    page.goto("/search?q=convoy")
    page.get_by_role("link", name="in its document").first.click()
    page.wait_for_load_state("networkidle")  # hovering tells nothing to a script that is not there yet
    page.locator(".card").first.hover()
    expect(page.locator(".text .lit").first).to_be_visible()
    assert "".join(page.locator(".text .lit").all_inner_texts()).startswith("Fighters of the River Front")
    page.locator(".card summary").first.click()
    page.locator(".card [data-slot]").first.focus()
    assert page.locator(".text .slot-lit").all_inner_texts() == ["River Front"]


@pytest.mark.usefixtures("built")
def test_a_brush_by_keyboard_chooses_a_period_that_its_list_obeys(page: Page) -> None:
    page.goto("/claims")
    last = page.get_by_role("slider", name="Last month")
    last.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(last).to_have_attribute("aria-valuetext", "2020-03")
    expect(page.get_by_label("To", exact=True)).to_have_value("2020-03-31")
    page.get_by_role("button", name="Show the period").click()
    expect(page).to_have_url(re.compile("last_day=2020-03-31"))
    expect(page.locator(".claim")).not_to_have_count(0)
    expect(page.get_by_text("local pact")).to_have_count(0)


@pytest.mark.usefixtures("built")
def test_dragging_over_the_months_takes_the_period_along_to_other_views(page: Page) -> None:
    page.goto("/claims")
    box = page.locator("svg.strip").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + 20, steps=5)
    page.mouse.up()
    expect(page.locator("[data-period]")).to_have_text(re.compile(r"2019-\d\d – 2020-\d\d: \d"))
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page).to_have_url(re.compile(r"/timeline\?.*first_day=2019"))
    expect(page.get_by_role("columnheader", name="Month")).to_be_visible()


def test_everything_reads_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/timeline")
    page.get_by_role("row", name=re.compile("^2020")).get_by_role("link", name="1", exact=True).first.click()
    expect(page.locator(".claim")).to_have_count(1)
    page.get_by_role("link", name="in its document").click()
    expect(page.locator(".text .hl").first).to_be_visible()
    page.locator(".text sup a").first.click()
    expect(page.locator(".card:target")).to_be_visible()
    page.locator(".card:target summary").click()
    expect(page.locator(".card:target").get_by_text("gazetteer").first).to_be_visible()
    context.close()


def test_keyboard_reaches_the_content_and_shows_where_it_is(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Tab")
    focused = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert focused == "solid"


@pytest.mark.parametrize("path", ["/", "/timeline", "/claims", "/documents", "/sources", "/search?q=convoy"])
def test_nothing_runs_over_the_edge_of_a_narrow_screen(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(base_url=address, viewport={"width": 360, "height": 800})
    page.set_default_timeout(PATIENCE)
    page.goto(path)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


def test_screenshot_of_the_desk(browser: Browser, address: str, root: Path, tmp_path: Path) -> None:
    """With FAULTLINE_SCREENSHOT=1 the picture in the README is made anew, of the worked case."""
    if os.environ.get("FAULTLINE_SCREENSHOT") == "1":
        worked = open_desk(root / "cases/mali", f"sqlite:///{tmp_path / 'store.sqlite'}")
        build(worked)
        with serving(create_app(worked)) as served:
            _shoot(browser, served, root / "docs/assets/desk.png")
    else:
        _shoot(browser, address, tmp_path / "desk.png")


def _shoot(browser: Browser, address: str, picture: Path) -> None:
    """A picture of the document that carries the most claims."""
    page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 860}, color_scheme="light")
    page.set_default_timeout(PATIENCE)
    fullest = page.request.get("/api/counts?by=document").json()["rows"][0]["value"]
    page.goto(f"/documents/{fullest}", wait_until="networkidle")
    page.locator(".card").first.hover()
    expect(page.locator(".text .hl").first).to_be_in_viewport()
    page.screenshot(path=picture)
    page.close()
    assert picture.stat().st_size > 10_000
