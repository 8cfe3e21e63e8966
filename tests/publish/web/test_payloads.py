"""Ingested text can never run: a corpus of payloads in every field that a document fills, in every view, in a real
browser, with the policy of the headers lifted as well, so that escaping alone has to hold."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from faultline.evidence import ClaimFilter, Entry
from faultline.publish.report import write_report
from faultline.publish.web.server import create_app
from faultline.publish.worlds import Seen
from faultline.record.actor import Actor, Alias, Office, Tie
from faultline.record.claim import Casualties, Claim, Coded, Slot, Speaker, identified
from faultline.record.days import parse_days
from faultline.record.ids import bytes_hash, document_id
from faultline.record.place import Place
from faultline.record.text import Candidate, Document, Filing, Mention, Source, Span
from faultline.record.vocabulary import ActorKind, Kind, MentionKind, Modality, SlotName, TieKind
from tests.publish.conftest import PATIENCE, serving
from tests.publish.hand import HandDesk, open_desk
from tests.publish.web.payloads import ADDRESSES, MARKER, TEXTS

pytestmark = pytest.mark.browser


def hostile(number: int, payload: str) -> Entry:
    """A document whose every field is a payload."""
    url = ADDRESSES[number % len(ADDRESSES)]
    text = f"{payload} before. Then {payload} happened. {payload} after."
    content = text.encode()
    id = document_id(content)
    document = Document(id, bytes_hash(content), "text/plain", text)
    whole, inner = Span(0, len(text)), Span(len(payload) + 9, len(payload) * 2 + 14)
    slots = tuple(
        Slot(
            name,
            payload,
            inner,
            payload,
            payload,
            0.5,
            (Candidate(payload, 0.5, payload), Candidate(payload + "x", 0.5)),
        )
        for name in SlotName
    )
    claim = Claim("", id, Kind.EVENT, inner, subtype=payload, speaker=Speaker((payload, payload), payload),
                  modality=Modality.CLAIMED, days=parse_days("2020-01-02"), slots=slots,
                  casualties=(Casualties(payload, 1, None, 2, payload, payload),))  # fmt: skip
    other = replace(claim, kind=Kind.CONTROL, span=whole, days=parse_days("2019"))
    filing = Filing(f"reports/{number}-{payload}", id, payload, payload, url, payload, parse_days("2020-01-03"),
                    frame=payload, retold_from=url if number % 2 else "", note=payload, extra=payload)  # fmt: skip
    mention = Mention(id, inner, MentionKind.PERSON, payload)
    return Entry(content, document, filing, "hand", "1", Coded(identified([claim, other]), (mention,)))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> HandDesk:
    """A desk whose documents, sources and title attack."""
    desk = open_desk(tmp_path_factory.mktemp("attack"), [hostile(n, text) for n, text in enumerate(TEXTS)])
    sources = tuple(Source(t, t, note=t, reason=t, family=t, country=t, side=t) for t in TEXTS)
    period = parse_days("2019/..")
    actors = tuple(
        Actor(
            text,
            text,
            ActorKind.ARMED_GROUP,
            aliases=(Alias(text, "en", parse_days("2019/2020")),),
            ties=(
                Tie(
                    text, TieKind.BACKING, TEXTS[0], parse_days("2019/.."), (ADDRESSES[n % len(ADDRESSES)],), note=text
                ),
            ),
            offices=(Office(text, text, text, period),),
            note=text,
        )
        for n, text in enumerate(TEXTS)
    )
    places = tuple(Place(text, text, 10.0 + n / 10, 1.0, admin1=text, country="VR") for n, text in enumerate(TEXTS))
    return HandDesk(replace(desk.case, title=TEXTS[2], sources=sources, actors=actors, places=places), desk.store)


def _without_policy(app: ASGIApp) -> ASGIApp:
    async def bare(scope: Scope, receive: Receive, send: Send) -> None:
        async def strip(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message["headers"] if k.lower() != b"content-security-policy"]
                message = {**message, "headers": kept}
            await send(message)

        await app(scope, receive, strip)

    return bare


def paths(desk: HandDesk) -> list[str]:
    """Every view, and of the views of one thing one address for each payload."""
    snapshot = desk.snapshot()
    texts = [quote(text, safe="") for text in TEXTS]
    return [
        *("/map", "/actors", "/review", "/now?since=2020-01-01", "/incidents", "/mechanisms", "/examine"),
        *("/", "/timeline", "/claims", "/claims?page=2", "/claims?page=3", "/claims?page=4", "/documents", "/sources"),
        *(
            "/documents?page=2",
            "/search?q=window",
            "/search?q=script",
            "/nothing",
            "/claims/<script>window.ran=1</script>",
        ),
        *(f"/claims/{claim.id}" for claim in list(snapshot.claims(ClaimFilter(kinds=(Kind.EVENT,))))[::3]),
        *(f"/documents/{held.document_id}" for held in snapshot.documents()),
        *(f"/claims?words={t}&actor={t}&place={t}&speaker={t}&source={t}" for t in texts[::3]),
        *(f"/search?q={t}" for t in texts[::3]),
        *(f"/sources/{t}" for t in texts[1::3]),
        *(f"/actors/{t}" for t in texts[::4]),
        *(f"/map?actor={t}&place={t}&side={t}" for t in texts[::9]),
        *(f"/incidents/{row.id}" for row in Seen(desk.case, snapshot).world.incidents[::6]),
    ]


def provoke(page: Page) -> None:
    """What a reader does to a page: opens details, hovers, focuses; nothing of it may run a payload."""
    page.evaluate(
        """() => {
          for (const one of document.querySelectorAll('details')) one.open = true;
          for (const one of document.querySelectorAll('a, input, [data-slot], [data-over], .card')) {
            one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
            one.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}));
            if (one.focus) one.focus();
          }
        }"""
    )


def inspect(page: Page) -> dict[str, object]:
    """What may have got into a page: whether a payload ran, and whatever no template of ours writes."""
    return page.evaluate(
        f"""() => ({{
          ran: Boolean(window.{MARKER}),
          scripts: [...document.scripts].filter((s) => !s.src.endsWith('/static/app.js')).length,
          handlers: [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes])
            .filter((a) => /^on/i.test(a.name)).length,
          strangers: document.querySelectorAll('iframe,object,embed,base,style,img,video,math,template,marquee').length,
          links: [...document.querySelectorAll('[href]')].map((e) => e.getAttribute('href'))
            .filter((h) => !/^(https?:\\/\\/example\\.org|\\/|#)/.test(h) || h.startsWith('//')).length,
        }})"""
    )


CLEAN = {"ran": False, "scripts": 0, "handlers": 0, "strangers": 0, "links": 0}


def visit(browser: Browser, app: ASGIApp, addresses: list[str]) -> None:
    """Opens every address and fails where anything ran, slipped in, or talked to another host."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    talked: list[str] = []
    page.on("request", lambda request: talked.append(request.url))
    with serving(app) as address:
        for path in addresses:
            page.goto(address + path, wait_until="load")
            provoke(page)
            assert inspect(page) == CLEAN, path
            assert page.url.startswith(address), path
    page.close()
    assert [url for url in talked if not url.startswith(address)] == []


def test_no_payload_runs_in_any_view_even_without_the_policy_of_the_headers(
    browser: Browser, attacked: HandDesk
) -> None:
    visit(browser, _without_policy(create_app(attacked)), paths(attacked))


def test_no_payload_runs_under_the_headers(browser: Browser, attacked: HandDesk) -> None:
    visit(browser, create_app(attacked), paths(attacked)[::6])


def test_the_corpus_bites_where_nothing_is_escaped(browser: Browser) -> None:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    harmed = []
    for payload in TEXTS:
        page.goto("about:blank")
        page.set_content(f"<p title='{payload}'>{payload}</p>", wait_until="load")
        provoke(page)
        harmed.append(inspect(page) != CLEAN)
    page.close()
    assert sum(harmed) >= 25


def test_no_payload_runs_in_a_report(browser: Browser, attacked: HandDesk, tmp_path: Path) -> None:
    written = write_report(attacked.case, attacked.snapshot(), tmp_path / "report.html")
    html = written.read_text(encoding="utf-8")
    without_policy = tmp_path / "bare.html"
    without_policy.write_text(html.replace("http-equiv", "data-was"), encoding="utf-8")
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    for file in (written, without_policy):
        page.goto(file.as_uri(), wait_until="load")
        provoke(page)
        found = inspect(page)
        assert found == {**CLEAN, "strangers": 1}  # our own style
    page.close()
