"""What a page leaves behind in memory once it was answered."""

import gc
from collections.abc import Callable, Iterator
from time import sleep

import pytest
from starlette.testclient import TestClient

from faultline.evidence import Snapshot
from faultline.publish.web.views import looking
from tests.publish.hand import PAGES

VIEWS = (*PAGES, "/claims?kind=event", "/search?q=mill", "/api/claims", "/api/counts?by=kind")


class AtOnce:
    """A thread that does its work where it is started."""

    def __init__(self, target: Callable[[], None], **given: object) -> None:
        self.target = target

    def start(self) -> None:
        self.target()


@pytest.fixture(autouse=True)
def nothing_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "Thread", AtOnce)


@pytest.fixture
def without_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("view", VIEWS)
def test_answered_page_holds_no_view_of_the_ledger(client: TestClient, view: str, without_collector: None) -> None:
    for path in ("/timeline", view):
        while ask(client, path, "1999") == 202:  # a world is made, and kept
            sleep(0.05)
    gc.collect()
    before = snapshots()
    for year in ("2001", "2002", "2003"):
        ask(client, view, year)
    assert snapshots() <= before


def ask(client: TestClient, view: str, year: str) -> int:
    """Asks for the view with a filter of its own: what is kept of one answer is not what is kept of another."""
    path, _, question = view.partition("?")
    return client.get(f"{path}?{question}&place=tarn&first_day={year}-01-01&source=s{year}").status_code


def snapshots() -> int:
    """How many snapshots live, also those in rings that only the collector would find."""
    return sum(type(one) is Snapshot for one in gc.get_objects())
