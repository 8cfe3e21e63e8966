"""The pages as a reader without JavaScript gets them."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from faultline.publish.web.server import create_app
from faultline.record.actor import Tie
from faultline.record.days import parse_days
from faultline.record.vocabulary import TieKind
from tests.publish.hand import HandDesk
from tests.publish.sample import AMBUSH, MARKET

VIEWS = ("/", "/timeline", "/claims", "/documents", "/sources", "/search?q=convoy")
_VOID = {"meta", "link", "input", "br", "hr", "img"}


class Reader(HTMLParser):
    """Collects links with their words, checks that tags close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.open: list[str] = []
        self._href: str | None = None
        self._words = ""
        self.feed(html)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)
        if tag == "a":
            self._href, self._words = dict(attrs).get("href"), ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "a" and self._href is not None:
            self.links.append((self._href, " ".join(self._words.split())))
            self._href = None

    def handle_data(self, data: str) -> None:
        self._words += data


def read(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.text)
    return answer.text


def words(html: str) -> str:
    body = html.split("<body>")[1]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def claim_id(desk: HandDesk, subtype: str) -> str:
    return next(claim.id for claim in desk.snapshot(include_undated=True).claims() if claim.subtype == subtype)


@pytest.mark.parametrize("path", VIEWS)
def test_every_link_inside_leads_somewhere(client: TestClient, path: str) -> None:
    for href, said in Reader(read(client, path)).links:
        if href.startswith("/"):
            assert client.get(href).status_code in (200, 202), (href, said)  # 202: being worked out


@pytest.mark.parametrize("path", ["/", "/timeline", "/sources", "/documents"])
def test_every_linked_number_equals_the_list_that_it_opens(client: TestClient, path: str) -> None:
    numbers = [
        (href, said) for href, said in Reader(read(client, path)).links if re.fullmatch(r"[\d,]+( claims?)?", said)
    ]
    assert numbers
    for href, said in numbers:
        if urlsplit(href).path == "/timeline":  # a year, no count
            continue
        shown = read(client, href)
        count = int(said.split()[0].replace(",", ""))
        if urlsplit(href).path == "/sources":
            assert re.search(rf"\b{count} sources?\b", words(shown)), (href, said)
        elif dict(parse_qsl(urlsplit(href).query)).get("undated") != "1":
            assert re.search(rf"\b{count} (claim|document)s?\b", words(shown)), (href, said)


def test_rivalry_that_both_hold_by_the_same_source_is_told_once(desk: HandDesk) -> None:
    front, army, *rest = desk.case.actors
    days, source = parse_days("2019/.."), ("https://example.org/rivals",)
    ties = (
        Tie(front.id, TieKind.RIVALRY, army.id, days, source),
        Tie(army.id, TieKind.RIVALRY, front.id, days, source),
    )
    actors = (replace(front, ties=ties[:1]), replace(army, ties=ties[1:]), *rest)
    held = HandDesk(replace(desk.case, actors=actors), desk.store)
    client = TestClient(create_app(held), base_url="http://127.0.0.1")
    assert read(client, f"/actors/{front.id}").count('href="https://example.org/rivals"') == 1


def test_sources_are_found_by_name_kind_or_country(client: TestClient) -> None:
    assert "Radio du Fleuve" in read(client, "/sources?named=FLEUVE")
    assert "Radio du Fleuve" not in read(client, "/sources?named=courier")
    assert "No source fits on this page." in read(client, "/sources?named=nowhere")


def test_bars_of_the_timeline_open_as_many_claims_as_they_count(client: TestClient) -> None:
    html = read(client, "/timeline")
    bars = re.findall(r'<a href="([^"]+)" tabindex="-1"><title>[^<]* (\d+)</title>', html)
    assert bars
    for href, count in bars:
        assert f"of {count} claim" in words(read(client, href.replace("&amp;", "&")))


def test_start_page_says_what_is_not_in_view(client: TestClient) -> None:
    said = words(read(client, "/"))
    assert "1 undated document left out of this view" in said
    assert "Not coded by the last build, in es 1" in said
    assert "Skipped by the last build: bad date 2" in said
    assert "not a sample" in said


def test_undated_documents_enter_only_on_request(client: TestClient) -> None:
    assert "Rebels killed" not in read(client, "/documents")
    assert "Rebels killed" in read(client, "/documents?undated=1")


def test_as_of_steps_back_and_travels_with_every_link(client: TestClient) -> None:
    html = read(client, "/documents?as_of=2019-12-31")
    assert "Convoy ambushed" not in html and "Belk aux mains du Front" in html
    inside = [href for href, _ in Reader(html).links if href.startswith("/") and not href.startswith("/api")]
    assert inside and all("as_of=2019-12-31" in href for href in inside)


@pytest.mark.parametrize(
    ("question", "shown", "hidden"),
    [
        ("kind=event", "ambush", "holds"),
        ("actor=river_front", "ambush", "holds"),
        ("actor=River+Front", "ambush", "holds"),
        ("place=Belk", "holds", "ambush"),
        ("place=belk", "holds", "ambush"),
        ("speaker=a+spokesman", "ambush", "holds"),
        ("modality=claimed", "ambush", "holds"),
        ("first_day=2020-01-01&last_day=2020-12-31&within=1", "ambush", "holds"),
        ("words=convoy", "ambush", "holds"),
        ("source=radio", "holds", "ambush"),
        ("kind=&actor=&place=&first_day=&page=", "ambush", "nothing like this"),
    ],
)
def test_claims_are_filtered(client: TestClient, question: str, shown: str, hidden: str) -> None:
    listed = re.findall(r'<a class="what" [^>]*>([^<]+)</a>', read(client, f"/claims?{question}"))
    assert shown in listed and hidden not in listed


def test_a_filter_stays_in_its_form(client: TestClient) -> None:
    html = read(client, "/claims?kind=event&actor=army&first_day=2020-01-01&words=convoy&document=&as_of=2020-05-01")
    assert 'value="event" checked' in html
    for field in ('name="actor" value="army"', 'name="first_day" value="2020-01-01"', 'name="words" value="convoy"'):
        assert field in html
    assert '<input type="hidden" name="as_of" value="2020-05-01">' in html


def test_document_shows_nested_claims_over_its_whole_text(client: TestClient, desk: HandDesk) -> None:
    document = desk.snapshot().claim(claim_id(desk, "ambush")).document
    html = read(client, f"/documents/{document}")
    text = html.split('<div class="text"')[1].split(">", 1)[1].split('<div class="aside">')[0]
    bare = re.sub(r"<[^>]+>", "", re.sub(r"<sup.*?</sup>", "", text))
    assert bare.strip().replace("&#39;", "'") == MARKET
    assert 'data-over="1 0"' in text  # "killing four soldiers" lies in both claims
    for claim in re.findall(r'id="c-(clm_\w+)"', html):
        assert f'href="/claims/{claim}"' in html
    assert "name of a actor" in html and "<code>gazetteer</code>" in html


def test_claim_page_never_turns_silence_into_zero(client: TestClient, desk: HandDesk) -> None:
    html = read(client, f"/claims/{claim_id(desk, 'ambush')}")
    row = re.search(r"<tr><td>killed, soldiers</td>(.*?)</tr>", html, re.DOTALL)
    assert row is not None
    assert re.findall(r">([^<]+)</td>", row.group(1)) == ["not stated", "4", "not stated"]
    assert "a spokesman" in html and "B: usually reliable" in html and "corrects itself" in html


def test_an_event_without_figures_says_that_none_are_stated(client: TestClient, desk: HandDesk) -> None:
    assert "Not stated. Silence of the text is not zero." in words(
        read(client, f"/claims/{claim_id(desk, 'local pact')}")
    )


@pytest.mark.parametrize("path", ["/claims?words=Belk&source=courier", "/documents", "/search?q=Belk"])
def test_a_retelling_is_labelled_wherever_it_is_shown(client: TestClient, path: str) -> None:
    assert "retold by Faultline from example.org" in words(read(client, path))


def test_a_retelling_is_never_set_as_a_quotation(client: TestClient, desk: HandDesk) -> None:
    taken = read(client, f"/claims/{claim_id(desk, 'taken')}")
    assert "<blockquote" not in taken and "no quotation" in taken
    assert "<blockquote" in read(client, f"/claims/{claim_id(desk, 'ambush')}")


def test_text_carries_its_language(client: TestClient, desk: HandDesk) -> None:
    holds = read(client, f"/claims/{claim_id(desk, 'holds')}")
    assert re.search(r'<blockquote class="sentence" lang="fr"', holds)


def test_search_marks_the_words_and_an_empty_search_asks_for_some(client: TestClient) -> None:
    assert "Found in" not in read(client, "/search?q=")
    found = read(client, "/search?q=convoy")
    assert "<mark>convoy</mark>" in found and AMBUSH[:30] in words(found)
    assert "Nothing in view has these words" in read(client, "/search?q=zebra")


def test_a_page_past_the_end_is_empty_and_says_so(client: TestClient) -> None:
    assert "No claim fits on this page" in read(client, "/claims?page=99")


def test_pages_load_nothing_from_elsewhere(client: TestClient) -> None:
    for path in VIEWS:
        html = read(client, path)
        loaded = re.findall(r'<(?:script|link|img|iframe|source)[^>]+(?:src|href)="([^"]+)"', html)
        assert loaded and all(one.startswith(("/assets/", "/static/")) for one in loaded)
    css = client.get("/assets/faultline.css").text
    assert "url(" not in css and "@import" not in css


def test_pages_read_without_the_built_script(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faultline.publish.web.page.SCRIPT", "not-built.js")
    html = read(client, "/timeline")
    assert "<script" not in html and "The same numbers as a table" in html


def test_the_whole_state_travels_with_every_link_to_a_view(client: TestClient) -> None:
    html = read(client, "/claims?actor=river_front&kind=event&first_day=2019-01-01&lang=fr&standing=settled")
    views = [href for href in re.findall(r'<a href="([^"]+)" data-state', html) if href.startswith("/incidents")]
    assert views
    for href in views:
        asked = dict(parse_qsl(urlsplit(unescape(href)).query))
        assert asked == {
            "actor": "river_front",
            "kind": "event",
            "first_day": "2019-01-01",
            "lang": "fr",
            "standing": "settled",
        }


def test_each_part_of_the_filter_is_named_and_can_be_lifted(client: TestClient) -> None:
    html = read(client, "/claims?actor=river_front&kind=event&kind=talk&side=army")
    chips = re.findall(r'<a class="chip" href="([^"]+)"[^>]*>(.*?)</a>', html, re.DOTALL)
    assert len(chips) == 4
    for href, said in chips:
        lifted = unescape(href)
        if "River Front" in said:
            assert "actor=" not in lifted and "kind=event&kind=talk" in lifted
        if ">kind<" in said:
            assert lifted.count("kind=") == 1


@pytest.mark.parametrize(
    ("question", "shown", "hidden"),
    [
        ("actor=army&actor=river_front", "ambush", "nothing like this"),
        ("place=tarn&place=belk&kind=control", "holds", "ambush"),
        ("source=radio&source=courier&kind=event", "ambush", "holds"),
        ("voices=2", "nothing like this", "ambush"),
        ("standing=settled&kind=event", "ambush", "holds"),
    ],
)
def test_values_of_one_field_are_alternatives_and_fields_narrow(
    client: TestClient, question: str, shown: str, hidden: str
) -> None:
    listed = [
        "nothing like this",
        *re.findall(r'<a class="what" [^>]*>([^<]+)</a>', read(client, f"/claims?{question}")),
    ]
    assert shown in listed
    assert hidden not in listed[1:]


def test_period_strip_shows_every_month_and_marks_the_chosen_ones(client: TestClient) -> None:
    strip = (
        read(client, "/claims?first_day=2020-01-01&last_day=2020-12-31").split('class="strip"')[1].split("</svg>")[0]
    )
    bars = re.findall(r"<rect[^>]*>", strip)
    assert 0 < sum('class="in"' in bar for bar in bars) < len(bars)
