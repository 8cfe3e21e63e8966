import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from faultline.publish.web import security
from faultline.publish.web.server import create_app
from tests.publish.hand import HandDesk

PATHS = ("/", "/claims", "/nothing", "/api/claims", "/api/nothing", "/api/openapi.json", "/assets/faultline.css")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers[name] for name in security.HEADERS} == security.HEADERS


def test_the_policy_allows_no_inline_code_no_frames_and_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in security.POLICY.split("; "))
    assert rules["default-src"] == "'none'" and rules["frame-ancestors"] == "'none'" and rules["base-uri"] == "'none'"
    assert all("unsafe" not in value and "http" not in value and "*" not in value for value in rules.values())


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.7", ""])
def test_another_host_name_is_refused(app: FastAPI, host: str) -> None:
    answer = TestClient(app, base_url="http://127.0.0.1").get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "Varda" not in answer.text
    assert answer.headers["content-security-policy"] == security.POLICY


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:1"])
def test_this_machine_is_answered(app: FastAPI, host: str) -> None:
    assert TestClient(app, base_url="http://127.0.0.1").get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/claims", "/api/claims", "/assets/faultline.css"])
def test_pages_are_only_read(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 405


def test_a_defect_shows_neither_traceback_nor_message(desk: HandDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(HandDesk, "snapshot", broken)
    client = TestClient(create_app(desk), base_url="http://127.0.0.1", raise_server_exceptions=False)
    for path in ("/", "/api/claims"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text and "Traceback" not in answer.text
        assert answer.headers["content-security-policy"] == security.POLICY


@pytest.mark.parametrize(
    "path", ["/assets/../page.py", "/assets/%2e%2e/page.py", "/static/..%2fpage.py", "/assets//etc/passwd"]
)
def test_files_outside_the_assets_are_not_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 405)
