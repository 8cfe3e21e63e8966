"""Decisions from the page: who may make them, that they are kept with their author, and that two reviewers never
overwrite each other."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from faultline.publish.view import Paper, Task
from faultline.publish.web.guard import Guard
from faultline.publish.web.server import create_app
from faultline.publish.worlds import Memory
from faultline.record.decision import Decision
from faultline.resolve.deciding import Reviewer, dated, undo
from tests.publish.hand import RECORDED, HandDesk, open_desk
from tests.publish.sample import entries
from tests.publish.web.work import coupled_work, examined_work, measured_work, slow_work
from tests.resolve.standin import standin

TOKEN = "token-of-this-run"
ORIGIN = {"origin": "http://127.0.0.1"}


@dataclass
class HandHands:
    """Keeps decisions in the store of a test, a minute apart."""

    desk: HandDesk
    author: str = ""
    made: list[Decision] = field(default_factory=list)

    def decide(self, made: Sequence[Decision]) -> tuple[Decision, ...]:
        moment = RECORDED + timedelta(minutes=1 + len(self.made))
        kept = tuple(dated(one, moment) for one in made)
        self.desk.store.decide(kept, moment)
        self.made += kept
        return kept

    def taken_back(self, id: str, by: str, why: str) -> Decision:
        return undo(next(one for one in self.made if one.id == id), Reviewer(by, why))

    def measuring(self, as_of: date | None, undated: bool) -> Task:
        return measured_work, ()

    def coupling(self, as_of: date | None, undated: bool) -> Task:
        return coupled_work, ()

    def examining(self, paper: Paper) -> Task:
        return (slow_work, (60.0,)) if paper.title == "slow" else (examined_work, (paper,))


@pytest.fixture
def hands(tmp_path: Path) -> HandHands:
    return HandHands(open_desk(tmp_path, entries()))


@pytest.fixture
def client(hands: HandHands, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser that has entered with the token."""
    first, _, last = Memory.__init__.__defaults__ or ()
    monkeypatch.setattr(Memory.__init__, "__defaults__", (first, standin, last))
    found = TestClient(create_app(hands.desk, None, Guard(TOKEN, hands)), base_url="http://127.0.0.1")
    assert found.get(f"/enter?token={TOKEN}", follow_redirects=False).status_code == 303
    yield found


def fields(html: str, action: str = "/decisions") -> dict[str, str]:
    """The hidden fields of the first form that leads there."""
    form = html.split(f'<form action="{action}"')[1].split("</form>")[0]
    return {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)}


def first_claim(client: TestClient, words: str) -> str:
    [row] = client.get(f"/api/claims?words={words}&kind=event").json()["rows"][:1]
    return str(row["claim"]["id"])


def accept(client: TestClient, claim: str, **more: str) -> dict[str, str]:
    return {**fields(client.get(f"/claims/{claim}").text), "kind": "accept", "by": "Ana", **more}


def test_decision_is_kept_with_its_author_and_leads_back(client: TestClient, hands: HandHands) -> None:
    claim = first_claim(client, "convoy")
    answer = client.post("/decisions", data=accept(client, claim, why="read it"), headers=ORIGIN)
    assert answer.status_code == 200 and "kept, by Ana" in answer.text
    [made] = hands.made
    assert (made.kind, made.subject, made.by, made.why) == ("accept", claim, "Ana", "read it")


def test_name_is_remembered_and_without_one_nothing_is_kept(client: TestClient, hands: HandHands) -> None:
    claim = first_claim(client, "convoy")
    assert client.post("/decisions", data=accept(client, claim, by=" "), headers=ORIGIN).status_code == 400
    client.post("/decisions", data=accept(client, claim), headers=ORIGIN)
    assert 'name="by" value="Ana"' in client.get(f"/claims/{claim}").text
    assert len(hands.made) == 1


def test_second_reviewer_who_saw_an_older_state_is_told_and_overwrites_nothing(
    client: TestClient, hands: HandHands
) -> None:
    claim = first_claim(client, "convoy")
    seen_by_both = accept(client, claim)
    assert client.post("/decisions", data=seen_by_both, headers=ORIGIN).status_code == 200
    late = client.post("/decisions", data={**seen_by_both, "kind": "reject", "by": "Ben"}, headers=ORIGIN)
    assert late.status_code == 409
    assert "Somebody else decided meanwhile" in late.text and "Ana: accept" in late.text
    assert [one.by for one in hands.made] == ["Ana"]
    again = {**accept(client, claim), "kind": "reject", "by": "Ben"}
    assert client.post("/decisions", data=again, headers=ORIGIN).status_code == 200


def test_undo_takes_a_decision_back(client: TestClient, hands: HandHands) -> None:
    claim = first_claim(client, "convoy")
    client.post("/decisions", data={**accept(client, claim), "kind": "reject"}, headers=ORIGIN)
    assert claim not in {id for one in client.get("/api/incidents").json()["rows"] for id in one}
    back = {"id": hands.made[0].id, "by": "Ana", "after": "/review"}
    assert client.post("/decisions/undo", data=back, headers=ORIGIN).status_code == 200
    assert hands.made[1].undoes == hands.made[0].id
    assert client.get(f"/claims/{claim}").status_code == 200


def test_correction_changes_the_slot_and_says_who(client: TestClient, hands: HandHands) -> None:
    claim = first_claim(client, "convoy")
    html = client.get(f"/claims/{claim}").text
    form = {**fields(html), "kind": "correct", "slot": "place", "value": "belk", "by": "Ana"}
    assert client.post("/decisions", data=form, headers=ORIGIN).status_code == 200
    changed = client.get(f"/review/changed/{hands.made[0].id}").text
    assert "Belk" in changed.split("Without it")[0] and "Tarn" in changed.split("Without it")[1]
    wrong = {**fields(client.get(f"/claims/{claim}").text), "kind": "correct", "slot": "weather", "by": "Ana"}
    assert client.post("/decisions", data=wrong, headers=ORIGIN).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9"},
        {"origin": "https://127.0.0.1"},
    ],
)
def test_page_of_another_site_may_not_decide(client: TestClient, hands: HandHands, headers: dict[str, str]) -> None:
    form = accept(client, first_claim(client, "convoy"))
    for path in ("/decisions", "/decisions/undo", "/work/stop", "/examine"):
        answer = client.post(path, data={**form, "id": "x", "published": "2020-01-01"}, headers=headers)
        assert answer.status_code == 403, path
    assert hands.made == []


def test_without_the_token_nothing_is_decided_nor_offered(client: TestClient, hands: HandHands) -> None:
    form = accept(client, first_claim(client, "convoy"))
    stranger = TestClient(client.app, base_url="http://127.0.0.1")
    assert stranger.post("/decisions", data=form, headers=ORIGIN).status_code == 403
    assert '<form action="/decisions"' not in stranger.get("/review").text
    assert stranger.get("/enter?token=guess", follow_redirects=False).status_code == 403
    assert hands.made == []


def test_program_with_the_token_as_bearer_may_decide(client: TestClient, hands: HandHands) -> None:
    form = accept(client, first_claim(client, "convoy"))
    program = TestClient(client.app, base_url="http://127.0.0.1")
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert program.post("/decisions", data=form, headers=bearer, follow_redirects=False).status_code == 303
    browser = {**bearer, "sec-fetch-site": "cross-site"}
    assert program.post("/decisions", data=form, headers=browser).status_code == 403
    assert len(hands.made) == 1


def test_token_leaves_the_address_and_no_script_can_read_it(client: TestClient) -> None:
    answer = TestClient(client.app, base_url="http://127.0.0.1").get(f"/enter?token={TOKEN}", follow_redirects=False)
    assert answer.headers["location"] == "/review"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert TOKEN not in client.get("/review").text


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_decision_never_leads_to_another_server(client: TestClient, after: str) -> None:
    form = accept(client, first_claim(client, "convoy"), after=after)
    answer = client.post("/decisions", data=form, headers=ORIGIN, follow_redirects=False)
    assert answer.status_code == 400


def test_decision_is_about_what_the_page_showed(client: TestClient, hands: HandHands) -> None:
    form = accept(client, first_claim(client, "convoy"), subject=first_claim(client, "mill"))
    assert client.post("/decisions", data=form, headers=ORIGIN).status_code == 400
    assert hands.made == []


def test_review_asks_shows_both_sides_and_counts_down(client: TestClient) -> None:
    html = client.get("/review").text
    open_ones = int(re.search(r"decided, (\d+) open", html).group(1))  # type: ignore[union-attr]
    assert open_ones >= 0 and "Review" in html


def test_reading_never_writes(hands: HandHands) -> None:
    before = hands.desk.snapshot().bounds
    reader = TestClient(create_app(hands.desk), base_url="http://127.0.0.1")
    for path in ("/", "/review", "/map", "/timeline", "/actors", "/now?since=2020-01-01", "/incidents"):
        assert reader.get(path).status_code in (200, 202)
    assert hands.desk.snapshot().bounds == before
    assert datetime.now(UTC) > RECORDED


def test_purged_name_leaves_every_page_of_a_server_that_already_showed_it(client: TestClient, hands: HandHands) -> None:
    document = client.get("/api/documents").json()["rows"]
    pages = [
        "/",
        "/claims",
        "/incidents",
        "/review",
        "/search?q=Jonas",
        "/search?q=confirmed",
        "/api/claims",
        "/actors",
    ]
    pages += [f"/documents/{row['document']}" for row in document]
    pages += [f"/incidents/{row['id']}" for row in client.get("/api/incidents").json()["rows"]]
    assert any("Petrel" in client.get(page).text for page in pages)
    hands.desk.store.purge("Jonas Petrel", "asked for it", RECORDED + timedelta(hours=1))
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200 and "Petrel" not in answer.text, page


def test_article_gets_its_verdicts_beside_its_sentences(client: TestClient) -> None:
    given = {"published": "2020-05-01", "title": "Of the mill", "text": "<b>The River Front</b> holds Belk."}
    answer = client.post("/examine", data=given, headers=ORIGIN)
    for _ in range(600):
        if answer.status_code == 200:
            break
        time.sleep(0.1)
        answer = client.get(answer.url.path)
    assert "&lt;b&gt;The River Front&lt;/b&gt; holds Belk." in answer.text and "<b>The River" not in answer.text
    for said in ("supported", "contradicted", "two say so", "nobody said so", "no such day"):
        assert said in answer.text


@pytest.mark.parametrize(("name", "status"), [("a.exe", 400), ("a.txt", 303)])
def test_upload_is_of_a_known_form(client: TestClient, name: str, status: int) -> None:
    file = {"file": (name, b"The River Front holds Belk.", "text/plain")}
    answer = client.post(
        "/examine", data={"published": "2020-05-01"}, files=file, headers=ORIGIN, follow_redirects=False
    )
    assert answer.status_code == status


def test_more_than_the_limit_is_refused(client: TestClient) -> None:
    given = {"published": "2020-05-01", "text": "x" * 13_000_000}
    assert client.post("/examine", data=given, headers=ORIGIN).status_code == 413


def test_examination_answers_in_the_language_of_its_form(client: TestClient) -> None:
    assert 'action="/examine?lang=fr"' in client.get("/examine?lang=fr").text
    given = {"published": "2020-05-01", "text": "The River Front holds Belk."}
    answer = client.post("/examine?lang=fr", data=given, headers=ORIGIN, follow_redirects=False)
    assert answer.headers["location"].endswith("?lang=fr")
