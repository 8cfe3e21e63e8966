"""How fast the page is, in headless Chromium: first view of the worked case, brush to redrawn views with 20,000 and
100,000 incidents, and the size of the app. Medians; prints figures beside the goals, and fails where one is missed.

    python benchmarks/bench_page.py [--case cases/mali]
"""

import argparse
import gzip
import json
import random
import socket
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Route, sync_playwright

from faultline.desk import open_desk
from faultline.publish.web.page import STATIC
from faultline.publish.web.server import create_app

ROOT = Path(__file__).resolve().parents[1]

_CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
_TIMES = 15
_MAP_LIBRARY = 200_000  # bytes from which on a chunk is the map library: nothing of ours is near that


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of the application on a free port of this machine, until the end of the block."""
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


def first_view(browser: Browser, case: Path) -> float:
    """Seconds until the start page of a server that was just started is painted; the median of three servers. Each
    makes its world in the background once it has shown the start page: the next one waits for that."""
    found = []
    for _ in range(3):
        with serving(create_app(open_desk(case))) as address:
            page = browser.new_page(base_url=address)
            started = perf_counter()
            page.goto("/", wait_until="load")
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            found.append(perf_counter() - started)
            page.goto("/incidents", timeout=300_000)
            page.close()
    return statistics.median(found)


def points(incidents: int, places: int = 4000) -> dict[str, object]:
    """Columns of invented incidents at invented places of the Sahel, by the seed 7."""
    chance = random.Random(7)
    spots = [
        {
            "id": f"p{n}",
            "name": f"Place {n}",
            "longitude": chance.uniform(-11, 4),
            "latitude": chance.uniform(11, 22),
            "radius_km": chance.choice((2, 5, 25)),
            "drawn": True,
            "hull": [],
        }
        for n in range(places)
    ]
    days = [chance.randrange(15_400, 20_700) for _ in range(incidents)]
    return {
        "spots": spots,
        "places": [chance.randrange(places) for _ in range(incidents)],
        "first": days,
        "last": days,
        "killed": [chance.choice((None, 0, 3, 11)) for _ in range(incidents)],
    }


def redrawn(browser: Browser, address: str, incidents: int) -> float:
    """Milliseconds from a move of the brush until the map has been drawn anew and shown; the median."""
    body = json.dumps({"rows": [points(incidents)]})

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
    page.route("**/api/points*", answer)
    page.goto("/map", wait_until="load", timeout=300_000)
    page.wait_for_selector("[data-map][data-drawn]", timeout=300_000)
    found = page.evaluate(
        """async (times) => {
          const slider = document.querySelectorAll('.handle')[0];
          const box = document.querySelector('[data-map]');
          const found = [];
          for (let n = 0; n < times; n += 1) {
            const drawn = new Promise((done) => box.addEventListener('redrawn', done, {once: true}));
            const begun = performance.now();
            slider.dispatchEvent(new KeyboardEvent('keydown', {key: n % 2 ? 'ArrowLeft' : 'PageUp', bubbles: true}));
            await drawn;
            await new Promise((done) => requestAnimationFrame(done));
            found.push(performance.now() - begun);
          }
          return found;
        }""",
        _TIMES,
    )
    page.close()
    print(f"{incidents:,} incidents: {statistics.median(found):.1f} ms", flush=True)
    return float(statistics.median(found))


def app_kilobytes() -> tuple[float, float]:
    """Kilobytes (gzip) of the app's scripts without the map library, and of the library with its worker."""
    own = library = 0
    for file in [*STATIC.glob("*.js"), *(STATIC / "chunks").glob("*.js")]:
        size = len(gzip.compress(file.read_bytes()))
        if file.name == "map-worker.js" or file.stat().st_size > _MAP_LIBRARY:
            library += size
        elif file.name != "maplibre.js":  # names of the library alone
            own += size
    return own / 1000, library / 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", type=Path, default=ROOT / "cases/mali")
    case = parser.parse_args().case
    own, library = app_kilobytes()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        with serving(create_app(open_desk(case))) as address:
            few, many = (redrawn(browser, address, number) for number in (20_000, 100_000))
        first = first_view(browser, case)
        browser.close()
    rows = (
        ("first view of the case", first, 1.5, "s"),
        ("brush to redrawn map, 20,000 incidents", few, 100.0, "ms"),
        ("brush to redrawn map, 100,000 incidents", many, 300.0, "ms"),
        ("app without the map library, gzip", own, 600.0, "kB"),
    )
    for name, value, goal, unit in rows:
        print(f"{name:45} {value:8.2f} {unit:3} goal {goal:g}  {'met' if value <= goal else 'MISSED'}")
    print(f"{'map library with its worker, gzip':45} {library:8.2f} kB")
    return int(any(value > goal for _, value, goal, _ in rows))


if __name__ == "__main__":
    sys.exit(main())
