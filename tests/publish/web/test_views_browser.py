"""What a person does in each view, in a real browser, and that everybody can: axe in both schemes. With
FAULTLINE_SCREENSHOTS=FOLDER each view is photographed."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from faultline.publish.web.guard import Guard
from faultline.publish.web.page import SCRIPT, STATIC
from faultline.publish.web.server import create_app
from faultline.publish.worlds import Memory
from faultline.record.actor import Actor, Office, Tie
from faultline.record.analysis import Figure, Frame
from faultline.record.days import parse_days
from faultline.record.vocabulary import ActorKind, TieKind
from tests.conftest import missing
from tests.publish.conftest import PATIENCE, serving
from tests.publish.hand import HandDesk, filing, hand_entry, open_desk, retold
from tests.publish.sample import entries
from tests.publish.web.test_deciding import TOKEN, HandHands
from tests.publish.web.test_incidents import FIRST, SECOND, attack, toll
from tests.resolve.standin import standin

pytestmark = pytest.mark.browser

AXE = STATIC.parent / "app/node_modules/axe-core/axe.min.js"
VIEWS = {
    "start": "/",
    "now": "/now?since=2020-03-04",
    "map": "/map",
    "timeline": "/timeline",
    "actors": "/actors",
    "actor": "/actors/river_front",
    "incidents": "/incidents",
    "claims": "/claims?kind=event&actor=river_front",
    "documents": "/documents",
    "mechanisms": "/mechanisms",
    "system": "/system",
    "forecast": "/forecast",
    "examine": "/examine",
    "review": "/review",
    "sources": "/sources",
    "source": "/sources/courier",
    "error": "/nothing",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> HandDesk:
    """The sample with an attack that two sources tell with two tolls, and parties that are tied."""
    told = (
        hand_entry(
            filing("reports/first.md", "First", "2020-03-04"),
            FIRST,
            (attack("The River Front attacked Tarn"), toll("Four soldiers died", 4, "Army of Varda")),
        ),
        hand_entry(
            retold("reports/second.md", "Second", "2020-03-05", "radio"),
            SECOND,
            (attack("Tarn was attacked"), toll("Nine soldiers died", 9, "River Front")),
        ),
    )
    made = open_desk(tmp_path_factory.mktemp("views"), [*entries(), *told])
    front, army, mora = made.case.actors
    source = ("https://example.org/tie",)
    tie = Tie("river_front", TieKind.RIVALRY, "army", parse_days("2019/.."), source, parse_days("2019-02-01"))
    backed = Tie("ana_mora", TieKind.BACKING, "river_front", parse_days("2019-06-01/2020"), source)
    office = Office("army", "Chief of Staff", "ana_mora", parse_days("2018/2019"), source, parse_days("2018"))

    actors = (
        replace(front, ties=(tie,)),
        replace(army, offices=(office,)),
        replace(mora, ties=(backed,)),
        Actor("mill_guard", "Mill Guard", ActorKind.MILITIA),
    )
    return HandDesk(replace(made.case, actors=actors), made.store)


@pytest.fixture(scope="module")
def hands(desk: HandDesk) -> HandHands:
    return HandHands(desk)


@pytest.fixture(scope="module")
def served(desk: HandDesk, hands: HandHands) -> Iterator[str]:
    if not (STATIC / SCRIPT).is_file():
        missing("the front end is not built: run python hatch_build.py")
    with pytest.MonkeyPatch.context() as patched:
        first, _, last = Memory.__init__.__defaults__ or ()
        patched.setattr(Memory.__init__, "__defaults__", (first, standin, last))
        with serving(create_app(desk, None, Guard(TOKEN, hands))) as address:
            yield address


@pytest.fixture(scope="module")
def foreseen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk with invented figures, public on 15 May 2026, of a state in which none of it happened: for one series the
    package has models and a record, for the others models that lack figures of events."""
    levels = {"state-based deaths": 36, "non-state deaths": 4, "one-sided deaths": 9, "state-based events": 7}
    months = [date(year, month, 1) for year in range(2018, 2027) for month in range(1, 13)][: 8 * 12 + 4]
    public = parse_days("2026-05-15")
    figures = tuple(
        Figure(
            series, "Belgium", parse_days(f"{day:%Y-%m}"), float(level + n % 9), "counter", public, n > len(months) - 5
        )
        for series, level in levels.items()
        for n, day in enumerate(months)
    )
    told = hand_entry(filing("figures/made.csv", "Figures", "2026-05-15", "counter"), "Figures, made up.")
    made = open_desk(tmp_path_factory.mktemp("foreseen"), [replace(told, figures=figures)])
    frame = Frame("counted", "counter", "deaths a month", systematic=True)
    desk = HandDesk(replace(made.case, frames=(frame,)), made.store)
    with serving(create_app(desk)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A fresh page of a reviewer; a word on the console or an error in a script fails the test."""
    context = browser.new_context(base_url=served, viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"/enter?token={TOKEN}")
    yield opened
    context.close()
    assert complaints == []


def test_contradiction_about_a_toll_is_found_from_the_start_page(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="See who contradicts whom").click()
    page.get_by_role("row", name=re.compile("Tarn")).first.get_by_role("link").first.click()
    dispute = page.locator(".dispute", has_text="How many")
    expect(dispute.locator(".value")).to_have_text(["4", "9"])
    expect(dispute).to_contain_text("Army of Varda")
    dispute.get_by_role("link").last.click()
    expect(page.locator(".voice .claim:target")).to_contain_text("Nine soldiers died")
    page.get_by_role("link", name="informative").click()
    expect(page).to_have_url(re.compile("profile=informative"))
    expect(page.get_by_text("informative profile").first).to_be_visible()


def test_merge_is_made_and_undone_by_keyboard(page: Page, hands: HandHands) -> None:
    page.goto("/review?asks=pair")
    before = page.get_by_text(re.compile(r"\d+ open")).inner_text()
    page.locator(".answers").get_by_label("Your name").fill("Ana")
    page.locator("h1").click()  # keys typed into a field stay letters
    page.keyboard.press("s")
    expect(page.get_by_role("status")).to_contain_text("kept, by Ana")
    assert page.get_by_text(re.compile(r"\d+ open")).inner_text() != before
    assert hands.made[-1].kind == "same-as"
    page.get_by_role("link", name="What it changed").first.click()
    expect(page.get_by_role("heading", name="Without it")).to_be_visible()
    page.goto("/review?asks=pair")
    page.keyboard.press("u")
    expect(page.get_by_text(re.compile(r"\d+ open"))).to_have_text(before)
    assert hands.made[-1].undoes == hands.made[-2].id


def test_two_reviewers_at_once_do_not_overwrite_each_other(browser: Browser, served: str, hands: HandHands) -> None:
    contexts = [browser.new_context(base_url=served, locale="en-GB") for _ in range(2)]
    ana, ben = (context.new_page() for context in contexts)
    for page in (ana, ben):
        page.goto(f"/enter?token={TOKEN}")
        page.goto("/review?asks=pair")
        expect(page.get_by_role("heading", name="Do the two speak of one happening?")).to_be_visible()
    for page, name in ((ana, "Ana"), (ben, "Ben")):
        page.locator(".answers").get_by_label("Your name").fill(name)
    ana.get_by_role("button", name="One happening").click()
    expect(ana.get_by_role("status")).to_contain_text("kept, by Ana")
    made = len(hands.made)
    ben.get_by_role("button", name="Two happenings").click()
    expect(ben.get_by_role("heading", name="Somebody else decided meanwhile")).to_be_visible()
    expect(ben.locator("main")).to_contain_text("Ana: same-as")
    assert len(hands.made) == made and hands.made[-1].by == "Ana"
    ana.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(ana.get_by_role("status")).to_contain_text("kept, by Ana")
    assert hands.made[-1].undoes == hands.made[-2].id
    for context in contexts:
        context.close()


def test_stepping_back_leaves_only_what_was_known_on_a_day(page: Page) -> None:
    page.goto("/incidents")
    page.get_by_role("row", name=re.compile("3 Mar 2020 Tarn")).first.get_by_role("link").first.click()
    expect(page.get_by_text("Nine soldiers died").first).to_be_visible()
    page.goto("/incidents")
    page.get_by_label("As known on").fill("2020-03-04")
    page.get_by_role("button", name="Look").click()
    page.get_by_role("row", name=re.compile("Tarn")).first.get_by_role("link").first.click()
    expect(page.get_by_text("Four soldiers died").first).to_be_visible()
    expect(page.get_by_text("Nine soldiers died")).to_have_count(0)


def test_map_draws_follows_the_brush_and_leads_to_incidents(page: Page) -> None:
    page.goto("/map")
    box = page.locator("[data-map][data-drawn]")
    expect(box).to_be_visible()
    assert inked(page) > 0
    first = page.get_by_role("slider", name="First month")
    first.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile("first_day=2020-0"))
    for layer in ("Incidents", "Control", "Restrictions"):
        box.get_by_role("checkbox", name=layer).uncheck()
    assert inked(page) == 0
    page.get_by_role("table").first.get_by_role("link", name="Tarn").click()
    expect(page).to_have_url(re.compile(r"/incidents\?.*place=tarn"))


def test_map_is_moved_by_keys_and_hides_nothing_that_is_reached(page: Page) -> None:
    page.goto("/map")
    expect(page.locator("[data-map][data-drawn]")).to_be_visible()
    ground = page.get_by_role("application", name=re.compile("Map of incidents"))
    ground.focus()
    expect(ground).to_be_focused()
    rested = """(before) => {
      const layer = document.querySelector('.maplayer');
      const at_rest = document.querySelector('.maplibregl-canvas').style.visibility === 'hidden';
      const shown = layer.toDataURL();
      return at_rest && shown !== before && shown;
    }"""
    before = page.wait_for_function(rested, arg="").json_value()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(rested, arg=before)


def inked(page: Page) -> int:
    """How many pixels of the map are drawn on: what changes when every layer is taken off for a moment."""
    return int(
        page.evaluate(
            """() => {
              const layer = document.querySelector('.maplayer');
              const pixels = () => {
                const pen = layer.getContext('2d', {willReadFrequently: true});
                return new Uint32Array(pen.getImageData(0, 0, layer.width, layer.height).data.buffer);
              };
              const on = [...document.querySelectorAll('[data-layer]')].filter((box) => box.checked);
              const full = pixels();
              for (const box of on) box.click();
              const bare = pixels();
              for (const box of on) box.click();
              return full.reduce((count, pixel, n) => count + (pixel !== bare[n]), 0);
            }"""
        )
    )


def test_timeline_moves_its_window_with_the_brush(page: Page) -> None:
    page.goto("/timeline")
    drawing = page.locator("svg.bars").first
    before = drawing.get_attribute("viewBox")
    page.get_by_role("slider", name="First month").focus()
    page.keyboard.press("PageUp")
    expect(drawing).not_to_have_attribute("viewBox", before or "")
    expect(page.locator("svg.axis-ticks text").first).to_have_text(re.compile(r"^[A-Z][a-z]+ 20\d\d$"))
    expect(page.get_by_role("group", name="Ana Mora", exact=True)).to_have_count(1)


def test_network_leads_to_an_actor_with_its_ties_and_their_sources(page: Page) -> None:
    page.goto("/actors")
    expect(page.locator("[data-network][data-drawn]")).to_be_visible()
    page.locator("[data-network] a", has_text="River Front").click()
    expect(page.get_by_role("heading", name="rival of Army of Varda")).to_be_visible()
    expect(page.get_by_role("heading", name="backed by Ana Mora")).to_be_visible()
    expect(page.get_by_text("hindsight").first).to_be_visible()
    expect(page.get_by_role("link", name="example.org").first).to_be_visible()


def test_now_says_what_is_new_and_because_of_which_report(page: Page) -> None:
    page.goto("/now?since=2020-03-04")
    page.wait_for_selector("h2")
    expect(page.get_by_role("row", name=re.compile("10 May 2020")).first).to_contain_text("The Varda Courier")
    expect(page.get_by_role("heading", name=re.compile("New incidents"))).to_be_visible()


def test_article_is_given_worked_on_and_stopped(page: Page) -> None:
    page.goto("/examine")
    page.get_by_label("Title").fill("slow")
    page.get_by_label("Text", exact=True).fill("The River Front holds Belk.")
    page.get_by_label("Published on").fill("2020-05-01")
    page.get_by_role("button", name="Examine it").click()
    expect(page.get_by_role("status")).to_contain_text("At work")
    page.get_by_role("button", name="Stop it").click()
    expect(page).to_have_url(re.compile("/$"))
    page.go_back()
    page.reload()
    expect(page.get_by_text("It was stopped.")).to_be_visible()


def test_slot_is_corrected_in_its_document(page: Page, hands: HandHands) -> None:
    page.goto("/search?q=mill")
    page.get_by_role("link", name="in its document").first.click()
    card = page.locator(".card").first
    card.get_by_text("Judge or correct it").click()
    form = card.locator("form.correct")
    form.get_by_label("Slot").select_option("place")
    form.get_by_label("Right value").fill("belk")
    form.get_by_label("Your name").fill("Ana")
    form.get_by_role("button", name="Correct it").click()
    expect(page.get_by_role("status")).to_contain_text("kept, by Ana")
    assert (hands.made[-1].slot, hands.made[-1].value) == ("place", "belk")
    expect(page.locator(".card .decided", has_text="corrected place → Belk Ana").first).to_be_visible()


def test_source_says_what_rests_on_it_alone(page: Page) -> None:
    page.goto("/sources")
    page.get_by_role("link", name="Radio du Fleuve").click()
    expect(page.get_by_role("heading", name="What rests on it alone")).to_be_visible()
    expect(page.get_by_text("incidents that it tells of")).to_be_visible()


def test_mechanism_is_read_with_its_null_and_how_it_is_misread(page: Page) -> None:
    page.goto("/mechanisms")
    expect(page.get_by_text("Misread", exact=True)).to_be_visible()
    page.get_by_text(re.compile("numbers against their null")).first.click()
    row = page.get_by_role("row", name=re.compile("arrests"))
    expect(row).to_contain_text("indistinguishable from chance")
    expect(row).to_contain_text("p = 0.2")
    page.get_by_text("Null model, settings, method").first.click()
    expect(page.get_by_text("Null model", exact=True)).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("arrests"))).to_be_visible()


def test_arrow_of_the_system_leads_to_who_says_so(page: Page) -> None:
    page.goto("/system")
    expect(page.get_by_role("heading", name=re.compile("Asserted"))).to_be_visible()
    page.locator("svg a[href='#link-0']").first.dispatch_event("click")
    expect(page.locator("#link-0")).to_contain_text("An analysis")
    expect(page.locator("#link-0")).to_be_visible()
    expect(page.locator("summary", has_text="if the backer leaves")).to_be_visible()
    page.get_by_text("What measures say of each level").click()
    expect(page.get_by_role("table")).to_be_visible()


def test_what_cannot_be_forecast_is_said(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Forecasts").click()
    expect(page.get_by_text("Nothing can be forecast here:")).to_be_visible()


def test_forecast_shows_what_came_its_fan_its_chances_and_how_earlier_ones_fared(foreseen: str, page: Page) -> None:
    page.goto(f"{foreseen}/forecast?as_of=2026-06-01")
    learnt = page.locator("main section", has=page.get_by_role("heading", name=re.compile("^State-based deaths")))
    expect(learnt).to_contain_text("learnt from all states up to 2025-12")
    expect(learnt).to_contain_text("4 months of it are provisional")
    picture = learnt.get_by_role("img", name=re.compile("state-based deaths, Belgium"))
    expect(picture).to_be_visible()
    assert picture.locator("path, polyline, polygon").count() >= 3, "what came, and two bands"
    chances = learnt.get_by_role("table").first
    expect(chances.get_by_role("columnheader", name="at least 25", exact=True)).to_be_visible()
    year = chances.get_by_role("row", name=re.compile("May 2026.*Apr 2027|2026.*2027")).last
    middle = int(year.get_by_role("cell").first.inner_text().replace(",", ""))
    assert 50 < middle < 2000, "some forty deaths a month came before"
    fared = learnt.get_by_role("table").nth(1)
    expect(fared.get_by_role("row").nth(1)).to_contain_text("/12")
    expect(learnt.get_by_role("heading", name="What drives it")).to_be_visible()
    assert learnt.get_by_text(re.compile("deaths of the last six months")).count() == 1
    simple = page.locator("main section", has=page.get_by_role("heading", name=re.compile("^Non-state deaths")))
    expect(simple).to_contain_text("the models of the package also need figures of non-state events")
    expect(simple).to_contain_text("No record of earlier forecasts for this series.")
    learnt.get_by_text("Month by month").click()
    expect(learnt.locator("details li")).to_have_count(12)


def test_forecast_looks_no_further_than_what_was_public(foreseen: str, page: Page) -> None:
    page.goto(f"{foreseen}/forecast?as_of=2026-06-01")
    expect(page.get_by_text("30 Apr 2026").first).to_be_visible()
    page.get_by_label("As known on").fill("2026-04-01")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("Nothing can be forecast here:")).to_be_visible()


def test_words_are_withheld_after_a_look_at_what_would_be_covered(page: Page, hands: HandHands) -> None:
    page.goto("/search?q=mill")
    page.get_by_role("link", name="in its document").first.click()
    page.get_by_role("link", name="Withhold words of this document").click()
    page.get_by_label("Words to withhold").fill("mill")
    page.get_by_role("button", name="Show what would be covered").click()
    places = page.locator(".covered li")
    expect(places.first).to_contain_text("████")
    covered = page.locator(".covered").inner_text()
    assert "mill" not in page.url and not re.search(r"\bmill\b", covered, re.IGNORECASE)
    page.get_by_label("Why, without repeating the words").fill("a witness")
    page.get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Withhold them").click()
    expect(page.get_by_role("status")).to_contain_text("kept, by Ana")
    assert (hands.made[-1].kind, hands.made[-1].why) == ("withhold", "a witness")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    assert hands.made[-1].undoes == hands.made[-2].id


def test_map_tells_fronts_apart(page: Page) -> None:
    page.goto("/map")
    box = page.locator("[data-map][data-drawn]")
    expect(box).to_be_visible()
    for layer in ("Incidents", "Control", "Restrictions"):
        box.get_by_role("checkbox", name=layer).uncheck()
    box.get_by_role("checkbox", name="Fronts").check()
    assert inked(page) > 0
    expect(page.get_by_role("heading", name="Fronts in the period")).to_be_visible()


def test_every_view_fits_a_narrow_screen_in_french(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"/enter?token={TOKEN}")
    over = []
    for name, path in every_view(page):
        page.goto(f"{path}{'&' if '?' in path else '?'}lang=fr", wait_until="load")
        page.wait_for_selector("[data-again]", state="detached")
        if page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"):
            over.append(name)
        assert page.locator("html").get_attribute("lang") == "fr"
        _photograph(page, name, "fr-390")
    context.close()
    assert over == []


def every_view(page: Page) -> list[tuple[str, str]]:
    """The views, and a document, a claim and an incident of the record: their addresses hold ids."""
    found = list(VIEWS.items())
    for name, listed in (("document", "/documents"), ("claim", "/claims"), ("incident", "/incidents")):
        page.goto(listed)
        link = page.locator(f"main a[href*='{listed}/']").first
        found.append((name, (link.get_attribute("href") or "").partition("?")[0].partition("#")[0]))
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_every_view(browser: Browser, served: str, scheme: str) -> None:
    if not AXE.is_file():
        missing("axe-core is not installed: run npm ci in src/faultline/publish/web/app")
    context = browser.new_context(
        base_url=served, viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True
    )  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"/enter?token={TOKEN}")
    found = {}
    for name, path in every_view(page):
        page.goto(path, wait_until="load")
        if page.locator("[data-map]").count():
            page.wait_for_selector("[data-drawn]")
        page.wait_for_selector("[data-again]", state="detached")
        page.add_script_tag(path=str(AXE))
        answer = page.evaluate("() => axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        found |= {f"{name}: {one['id']}": [n["html"][:160] for n in one["nodes"][:3]] for one in answer["violations"]}
        _photograph(page, name, scheme)
    context.close()
    assert found == {}, json.dumps(found, indent=1)


def _photograph(page: Page, name: str, scheme: str) -> None:
    folder = os.environ.get("FAULTLINE_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)
