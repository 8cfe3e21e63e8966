"""What is worked out beside the pages can be stopped, leaves nothing half made, and begins again only when asked."""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from faultline.publish.web.guard import Guard
from faultline.publish.web.limits import Limits
from faultline.publish.web.server import create_app
from faultline.publish.web.views import looking, work
from faultline.publish.web.views.looking import Lull
from faultline.publish.worlds import Memory, Seen
from faultline.record.decision import Decision
from faultline.record.halting import StoppedError, breathe, stoppable
from faultline.record.vocabulary import DecisionKind
from tests.publish.hand import HandDesk, open_desk
from tests.publish.sample import entries
from tests.publish.web.test_deciding import ORIGIN, TOKEN, HandHands

PAGE = "/incidents"


@pytest.fixture
def desk(tmp_path: Path) -> HandDesk:
    return open_desk(tmp_path, entries())


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Event:
    """While it is not set, no world gets further than its reports."""
    gate, resolved = Event(), Memory.resolved

    def waiting(self: Memory, *given: object) -> object:
        while not gate.wait(0.01):
            breathe()
        return resolved(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Memory, "resolved", waiting)
    monkeypatch.setattr(work, "PATIENCE", 0.05)
    return gate


@pytest.fixture
def client(desk: HandDesk, held: Event) -> Iterator[TestClient]:
    app = create_app(desk, guard=Guard(TOKEN, HandHands(desk)))
    yield TestClient(app, base_url="http://127.0.0.1", headers=ORIGIN)
    held.set()


def test_world_under_way_is_stopped_and_is_not_begun_again_unasked(client: TestClient, held: Event) -> None:
    page = client.get(PAGE)
    assert page.status_code == 202 and "data-again" in page.text
    assert client.post("/work/stop", data=form(page.text, "stop"), follow_redirects=False).status_code == 303
    until(lambda: "It was stopped." in client.get(PAGE).text)
    held.set()
    time.sleep(0.2)
    client.get("/")  # looks ahead, and leaves what was stopped alone
    time.sleep(0.2)
    again = client.get(PAGE)
    assert "It was stopped." in again.text and "data-again" not in again.text
    answer = client.post("/work/begin", data=form(again.text, "begin"), follow_redirects=False)
    assert answer.headers["location"] == PAGE
    until(lambda: client.get(PAGE).status_code == 200)


def test_comparison_of_two_days_is_stopped_too(client: TestClient, held: Event) -> None:
    page = client.get("/now?since=2020-03-04")
    client.post("/work/stop", data=form(page.text, "stop"))
    stopped = client.get("/now?since=2020-03-04")
    assert "It was stopped." in stopped.text and "data-again" not in stopped.text
    held.set()
    client.post("/work/begin", data=form(stopped.text, "begin"))
    until(lambda: "What changed since" in client.get("/now?since=2020-03-04").text)


def test_who_reviews_waits_for_no_world_of_an_earlier_decision(desk: HandDesk, held: Event) -> None:
    hands = HandHands(desk)
    client = TestClient(create_app(desk, guard=Guard(TOKEN, hands)), base_url="http://127.0.0.1", headers=ORIGIN)
    held.set()
    assert client.get("/review").status_code == 200
    held.clear()  # no world of a decision gets any further
    claim = next(desk.snapshot().claims()).id
    for n in range(3):
        hands.decide([Decision(f"dec_{n}", DecisionKind.ACCEPT, claim, by="Ana", why=str(n))])
        assert client.get("/review").status_code == 200
    held.set()


def test_page_of_another_site_stops_nothing(client: TestClient) -> None:
    found = form(client.get(PAGE).text, "stop")
    assert client.post("/work/stop", data=found, headers={"origin": "http://example.org"}).status_code == 403
    assert "It was stopped." not in client.get(PAGE).text


def test_world_stopped_anywhere_is_made_afterwards_as_if_nothing_had_been(desk: HandDesk) -> None:
    """At every breath that making the world takes: the memory that was left behind gives the same world."""
    memory, whole = Memory(), Seen(desk.case, desk.snapshot()).world
    stops = 0
    for last in range(10_000):
        seen = Seen(desk.case, desk.snapshot(), memory=memory)
        try:
            with stoppable(after(last)):
                assert seen.world.incidents == whole.incidents
            break
        except StoppedError:
            stops += 1
            assert "world" not in seen.__dict__
    assert stops > 10
    assert Seen(desk.case, desk.snapshot(), memory=memory).world.incidents == whole.incidents


def test_request_that_took_too_long_works_no_further() -> None:
    went: list[str] = []

    def slow() -> None:
        try:
            while True:
                breathe()
                time.sleep(0.005)
        except StoppedError:
            went.append("stopped")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.to_thread(slow)
        await PlainTextResponse("late")(scope, receive, send)

    sent: list[Message] = []

    async def ask() -> None:
        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        await Limits(app, seconds=0.1)({"type": "http", "headers": []}, receive, send)

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests has a loop in this thread
        apart.submit(asyncio.run, ask()).result()
    assert sent[0]["status"] == 503
    until(lambda: went == ["stopped"])


def after(breaths: int) -> Callable[[], bool]:
    """Says stop at the breath after so many."""
    left = iter(range(breaths))
    return lambda: next(left, None) is None


def form(text: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that stops or begins."""
    found = re.search(rf'<form action="/work/{action}".*?</form>', text, re.DOTALL)
    assert found, text[-1500:]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', found.group()))


def until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize(("pages", "least", "most"), [(0, 1.5, 1.5), (3, 4.5, 6.0), (1000, 15.0, 15.0)])
def test_work_that_nobody_waits_for_begins_in_a_lull(
    monkeypatch: pytest.MonkeyPatch, pages: int, least: float, most: float
) -> None:
    clock, lull = [100.0], Lull(asked=100.0)

    def sleep(seconds: float) -> None:
        clock[0] += seconds
        if clock[0] < 100.0 + 1.5 * (pages + 1):
            lull.asked = clock[0]  # a page is asked for, just before

    monkeypatch.setattr(looking, "_GRACE", 1.5)
    monkeypatch.setattr(looking, "time", SimpleNamespace(monotonic=lambda: clock[0], sleep=sleep))
    lull.wait()
    assert least <= clock[0] - 100.0 <= most
