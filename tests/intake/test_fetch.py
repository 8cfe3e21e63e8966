"""Against a server on this machine, which the fetcher refuses unless it is allowed by name."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.intake.samples import FILING, HTML

from faultline.intake import Limits, Taken, take_path
from faultline.intake import addresses as addresses_module
from faultline.intake.fetch import FetchLimits, add_page, fetch_page
from faultline.intake.taken import RefusedError

ALLOWED = FetchLimits(allow_private=True, most_bytes=100_000, seconds=5.0, redirects=2)


class Site(BaseHTTPRequestHandler):
    """Pages that are fine, and pages that are not."""

    def do_GET(self) -> None:
        page = self.path.strip("/")
        if page.startswith("hop"):
            self._answer(302, {"Location": f"/hop{int(page[3:]) - 1}" if page != "hop0" else "/page"}, b"")
        elif page == "away":
            self._answer(301, {"Location": "http://10.0.0.1/secret"}, b"")
        elif page == "file":
            self._answer(302, {"Location": "file:///etc/passwd"}, b"")
        elif page == "giant":
            self._answer(200, {"Content-Type": "text/html"}, b"x" * 200_000)
        elif page == "packed":
            self._answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"\x1f\x8b")
        elif page == "picture":
            self._answer(200, {"Content-Type": "image/png"}, b"\x89PNG")
        elif page == "slow":
            self._answer(200, {"Content-Type": "text/html", "Content-Length": "10"}, b"x")
            self.server.waiting.wait(20)  # type: ignore[attr-defined]
        elif page == "page":
            self._answer(200, {"Content-Type": "text/html; charset=utf-8"}, HTML.encode())
        else:
            self._answer(404, {"Content-Type": "text/html"}, b"no")

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.waiting = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.waiting.set()  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


def reason(url: str, limits: FetchLimits = ALLOWED) -> str:
    with pytest.raises(RefusedError) as caught:
        fetch_page(url, limits)
    return caught.value.reason


def test_page_is_kept_as_it_came_and_taken_with_its_address(site: str, tmp_path: Path) -> None:
    path = add_page(f"{site}/page", tmp_path / "reports", ALLOWED)
    assert path.read_bytes() == HTML.encode()
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name, f"{path.name}.yaml"]
    taken = take_path(path, FILING, Limits())
    assert isinstance(taken, Taken)
    assert (taken.filing.url, taken.filing.title) == (f"{site}/page", "Army leaves Dunmarra")


def test_adding_twice_gives_one_file_and_keeps_what_was_written_beside_it(site: str, tmp_path: Path) -> None:
    path = add_page(f"{site}/page", tmp_path, ALLOWED)
    beside = path.with_name(f"{path.name}.yaml")
    beside.write_text("url: x\nsource: wire\n")
    assert add_page(f"{site}/page", tmp_path, ALLOWED) == path
    assert beside.read_text() == "url: x\nsource: wire\n"


def test_redirects_are_followed_up_to_the_limit(site: str) -> None:
    assert fetch_page(f"{site}/hop1", ALLOWED).url == f"{site}/page"
    assert reason(f"{site}/hop3") == "redirects"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("giant", "too large"),
        ("packed", "kind"),
        ("picture", "kind"),
        ("none", "status"),
        ("file", "address"),
    ],
)
def test_answer_that_is_not_wanted_is_refused_and_nothing_is_written(
    site: str, tmp_path: Path, page: str, expected: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        add_page(f"{site}/{page}", tmp_path / "reports", ALLOWED)
    assert caught.value.reason == expected
    assert not (tmp_path / "reports").exists()


def test_slow_answer_is_given_up(site: str) -> None:
    assert reason(f"{site}/slow", replace(ALLOWED, seconds=0.3)) == "time"


def test_this_machine_is_refused_unless_allowed_by_name(site: str) -> None:
    assert reason(f"{site}/page", FetchLimits()) == "address"


def test_redirect_into_a_private_network_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = site.removeprefix("http://").partition(":")[0]
    is_public = addresses_module._is_public
    monkeypatch.setattr(addresses_module, "_is_public", lambda number: number == ours or is_public(number))
    assert fetch_page(f"{site}/page", FetchLimits()).content == HTML.encode()
    assert reason(f"{site}/away", FetchLimits()) == "address"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://w.example/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//w.example/a",
        "http://",
        "http://user:word@93.184.216.34/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://100.64.0.1/",
        "http://2130706433/",
        "http://224.0.0.1/",
        "http://\x00/",
        "http://" + "a" * 300,
        "",
    ],
)
def test_address_that_is_not_public_is_refused_before_anything_is_asked(url: str) -> None:
    assert reason(url, FetchLimits()) == "address"
