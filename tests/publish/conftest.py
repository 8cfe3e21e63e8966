"""A desk over the invented case, a client of its pages, and a real server with a real browser."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, expect, sync_playwright
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from faultline.publish.view import LeftOut
from faultline.publish.web.server import create_app
from faultline.publish.web.views import looking
from tests.publish.hand import HandDesk, open_desk
from tests.publish.sample import entries

# A map is drawn in software: there is no graphics card in a test.
_SOFT = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
# Milliseconds. A wait ends as soon as what it waits for is there; on a crowded machine that may take minutes.
PATIENCE = 240_000
_CALM = (*_SOFT, "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-pings")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> HandDesk:
    """The desk that every test reads and none changes."""
    return open_desk(tmp_path_factory.mktemp("varda"), entries())


@pytest.fixture(scope="session")
def app(desk: HandDesk) -> FastAPI:
    return create_app(desk, LeftOut(skipped=(("bad_date", 2),), not_coded=(("es", 1),)))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def address(app: FastAPI) -> Iterator[str]:
    """Where the application is served."""
    with serving(app) as found:
        yield found


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        opened = playwright.chromium.launch(executable_path=str(chromium), args=list(_CALM))
        yield opened
        opened.close()


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The application on a loopback port that the system chose, in a thread of its own, until the end of the block."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(autouse=True)
def no_lull(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is worked out in the next lull begins at once: nothing of one test is left to wake up in another."""
    monkeypatch.setattr(looking, "_GRACE", 0.0)
