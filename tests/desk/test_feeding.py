"""faultline fetch feeds: against a server on this machine, which only a test may allow."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from tests.desk_case import make_case

from faultline import desk
from faultline.case import load_case
from faultline.intake.fetch import FetchLimits
from faultline.record.errors import UsageError

ALLOWED = FetchLimits(allow_private=True, most_bytes=100_000, seconds=5.0)
ITEM = "<item><title>Tarn Ford taken</title><link>/a</link><pubDate>Sun, 21 Jun 2020 23:30:00 -0500</pubDate></item>"
RSS = f"<rss><channel>{ITEM}<item><link>/gone</link></item></channel></rss>"
PAGE = "<html><body><p>The River Front captured Tarn Ford on 20 June 2020, residents said.</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A feed, a page, and nothing else."""

    asked: list[str]

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        kind, body = {"/feed": ("application/rss+xml", RSS), "/a": ("text/html", PAGE)}.get(self.path, ("", ""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def case_of(folder: Path, site: ThreadingHTTPServer, feed: str = "/feed") -> Path:
    made = make_case(folder)
    address = f"http://127.0.0.1:{site.server_address[1]}{feed}"
    said = f"\nfeeds:\n  - url: {address}\n    path: reports\n    source: northern-wire\n"
    (made / "case.yaml").write_text((made / "case.yaml").read_text("utf-8") + said, encoding="utf-8")
    return made


def test_pages_of_a_feed_are_kept_with_what_it_says_and_asked_for_once(
    tmp_path: Path, site: ThreadingHTTPServer
) -> None:
    folder = case_of(tmp_path / "varda", site)
    first, second = desk.fetch_feeds(load_case(folder), ALLOWED)
    assert first.file.startswith("reports/") and (second.file, "404" in second.reason) == ("", True)
    beside = yaml.safe_load((folder / f"{first.file}.yaml").read_text("utf-8"))
    assert beside == {
        "url": first.url, "source": "northern-wire", "title": "Tarn Ford taken", "published": "2020-06-21",
    }  # fmt: skip
    [again] = desk.fetch_feeds(load_case(folder), ALLOWED)
    assert again.reason and site.asked.count("/a") == 1  # type: ignore[attr-defined]
    desk.build(desk.open_desk(folder), desk.BuildOptions(parser=False))
    [held] = [one for one in desk.open_desk(folder).snapshot().documents() if one.filing.origin == first.file]
    assert held.claims and str(held.filing.published.last_day) == "2020-06-21"


def test_a_feed_on_a_private_address_is_refused_by_default(tmp_path: Path, site: ThreadingHTTPServer) -> None:
    [refused] = desk.fetch_feeds(load_case(case_of(tmp_path / "varda", site)))
    assert refused.reason and site.asked == []  # type: ignore[attr-defined]


def test_a_feed_that_is_a_page_is_named(tmp_path: Path, site: ThreadingHTTPServer) -> None:
    [refused] = desk.fetch_feeds(load_case(case_of(tmp_path / "varda", site, "/a")), ALLOWED)
    assert "text/html" in refused.reason


def test_a_case_without_feeds_says_how_to_list_them(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="feeds:"):
        desk.fetch_feeds(load_case(make_case(tmp_path / "varda")))
