"""Words that are marked beside a running server leave no page from then on; a reviewer withholds words on the page."""

import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.desk_case import make_case, write_report

from faultline import desk
from faultline.desk.covering import Marks
from faultline.desk.serving import DeskHands
from faultline.publish.web.guard import Guard
from faultline.publish.web.server import create_app

TOLD = (
    "Gunmen ambushed an army convoy near Tarn Ford on 12 May 2020, killing four soldiers, trader Ismo Valdrek said. "
    "The army came later, Ísmo Valdrek said."
)
SECRET = re.compile(r"valdrek|[ií]smo", re.IGNORECASE)
ORIGIN = {"origin": "http://127.0.0.1", "authorization": "Bearer token"}


@pytest.fixture
def opened(tmp_path: Path) -> desk.Desk:
    made = make_case(tmp_path / "varda")
    write_report(made, "told", TOLD, "2020-05-21")
    found = desk.open_desk(made)
    desk.build(found)
    return found


def client(opened: desk.Desk) -> TestClient:
    app = create_app(opened, guard=Guard("token", DeskHands(opened)), closed=Marks(opened).said)
    return TestClient(app, base_url="http://127.0.0.1")


def document(opened: desk.Desk) -> str:
    held = opened.snapshot(include_undated=True).documents()
    return next(one.document_id for one in held if one.filing.origin == "reports/told.md")


def test_a_mark_written_beside_a_running_server_holds_before_the_next_page(opened: desk.Desk) -> None:
    pages, path = client(opened), f"/documents/{document(opened)}"
    assert SECRET.search(pages.get(path).text)
    mark = "- origin: reports/told.md\n  words: Ismo Valdrek\n  reason: a witness in danger\n"
    (opened.case.folder / "sensitive.yaml").write_text(mark, encoding="utf-8")
    first = pages.get(path)
    assert first.status_code == 503 and not SECRET.search(first.text)
    assert pages.get("/api/claims").status_code == 503
    for _ in range(600):
        if (answer := pages.get(path)).status_code == 200:
            break
        assert not SECRET.search(answer.text)
        time.sleep(0.1)
    assert answer.status_code == 200 and "█" in answer.text and not SECRET.search(answer.text)
    assert not SECRET.search(pages.get("/api/search?q=Valdrek").text.replace("q=Valdrek", ""))


def test_marks_that_cannot_be_read_keep_the_pages_closed(opened: desk.Desk) -> None:
    pages = client(opened)
    assert pages.get("/").status_code == 200
    (opened.case.folder / "sensitive.yaml").write_text("- words: [", encoding="utf-8")
    assert [pages.get("/").status_code for _ in range(2)] == [503, 503]
    (opened.case.folder / "sensitive.yaml").unlink()
    assert pages.get("/").status_code == 200


def test_a_reviewer_sees_what_would_be_covered_and_withholds_it(opened: desk.Desk) -> None:
    pages, id = client(opened), document(opened)
    asked = {"step": "look", "words": "ismo  valdrek"}
    assert pages.post(f"/documents/{id}/withhold", data=asked).status_code == 403, "it needs the token"
    preview = pages.post(f"/documents/{id}/withhold", data=asked, headers=ORIGIN).text
    assert preview.count('name="stretch"') == 2
    assert not SECRET.search(re.sub(r'value="[^"]*"', "", preview)), "the preview shows the words covered"
    chosen = re.findall(r'name="stretch" value="([^"]+)"', preview)
    kept = {"step": "keep", "words": "Ismo Valdrek", "stretch": chosen, "by": "R. Viewer", "why": ""}
    assert pages.post(f"/documents/{id}/withhold", data=kept, headers=ORIGIN).status_code == 400, "a reason is needed"
    kept["why"] = "Valdrek, Ismo Valdrek"
    assert pages.post(f"/documents/{id}/withhold", data=kept, headers=ORIGIN).status_code == 400, "it repeats the words"
    kept["why"] = "a witness in danger"
    done = pages.post(f"/documents/{id}/withhold", data=kept, headers=ORIGIN)
    assert done.status_code == 200 and "█" in done.text and not SECRET.search(done.text)
    decided = (opened.case.folder / "decisions.jsonl").read_text("utf-8")
    assert decided.count("a witness in danger") == 2 and not SECRET.search(decided)
