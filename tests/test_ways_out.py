"""No way out is forgotten: every command, address, export, form of the report and part of the notebook is listed from
the program itself, and either walked with a word that may not leave, or known to show nothing of a record, with the
reason. A new one fails the list until it is considered."""

import logging
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import typer
from fastapi.routing import APIRoute
from pypdf import PdfReader
from starlette.testclient import TestClient

import faultline
from faultline import desk
from faultline.cli.commands import app
from faultline.desk.serving import DeskHands
from faultline.evidence import ClaimFilter
from faultline.publish.export import EXPORTERS
from faultline.publish.report.write import FORMS
from faultline.publish.web.api import routes
from faultline.publish.web.guard import Guard
from faultline.publish.web.server import create_app
from faultline.publish.web.views import VIEW_ROUTES
from faultline.publish.web.views.looking import Looking
from faultline.show.notebook import Notebook
from tests.test_withheld import SECRET, document, folder, mark_in_the_case, purge, run

__all__ = ["folder"]  # a fixture

# Commands that show nothing of a record, each with its reason.
SILENT = {
    "add": "takes a page in and shows the address that was given",
    "backtest": "reads tables of deaths alone",
    "benchmark": "reads a collection of its own",
    "evaluate": "reads hand-coded reports alone",
    "fetch": "takes feeds and tables in and shows their addresses",
    "new": "writes an empty case",
    "purge": "repeats what was asked to be purged, to who asked",
    "sandbox": "invents its country",
    "scoreboard": "reads tables of deaths alone",
    "serve": "its pages are walked one by one",
    "train": "reads tables of deaths and treebanks alone",
}
# What a notebook is made of: the store behind all of these ways.
QUIET = {"desk", "frames", "snapshot"}


def commands(folder: Path, out: Path) -> dict[str, list[tuple[object, ...]]]:
    """What is asked of each command that shows something."""
    told, where = folder / "reports/told.md", document(folder)
    held = desk.open_desk(folder).snapshot(include_undated=True)
    claims = [claim.id for claim in held.claims(ClaimFilter(documents=(where,)))]
    incidents = [one.id for one in faultline.open(folder)._seen.world.incidents]
    named = ("--undated", "--json")
    return {
        "actors": [(folder,), (folder, "river_front", "--coalition")],
        "build": [(folder,), (folder, "--json")],
        "check": [(folder,)],
        "claims": [(folder, *named), (folder,)],
        "code": [(told, "--case", folder)],
        "decide": [(folder, "accept", claims[0], "--by", "R", "--json"), (folder, "accept", "nothing", "--by", "R")],
        "disputes": [(folder, *named)],
        "examine": [(folder, told, "--published", "2020-05-21", "--html", out / "examined.html", "--json")],
        "expect": [(folder, "--json")],
        "explain": [(folder, claims[0]), (folder, claims[0], "--json")],
        "export": [(folder, "--as", form, "-o", out / form, "--undated") for form in EXPORTERS],
        "forecast": [(folder,)],
        "incidents": [(folder, *named), *((folder, one) for one in incidents)],
        "map": [
            (told, "--case", folder, "--sentences", "-o", out / f"map.{end}") for end in ("graphml", "svg", "html")
        ],
        "measure": [(folder, "--undated", "--figures", out / "figures"), (folder, *named)],
        "rate": [(folder, *named), (folder, claims[0])],
        "report": [
            (folder, "-o", out / f"report{form}", "--undated", "--period", "2020-05-01/2020-05-31") for form in FORMS
        ],
        "review": [(folder, "--undated")],
        "search": [(folder, words, *named) for words in ("soldiers", "said", "Valdrek", "Ismo*")],
        "show": [(folder, one, "--json") for one in (*claims, where, "nothing")],
        "simulate": [(folder, "--issue", "2020-06-01")],
        "system": [(folder, told, "--graphml", out / "s.graphml", "--figure", out / "s.svg", "--sentences", "--json")],
        "verify": [(folder,), (folder, "--json")],
        "watch": [(folder, "--once")],
    }


def spoken(folder: Path, out: Path) -> Iterator[tuple[str, str]]:
    """What the commands print, without what they were asked."""
    for name, asked in commands(folder, out).items():
        for words in asked:
            yield f"{name} {words[1:]}", re.sub(r"query\S*|Valdrek|Ismo\*", "", run(name, *words), count=2)


def written(out: Path) -> Iterator[tuple[str, str]]:
    """What stands in the files that they wrote."""
    for path in (one for one in out.rglob("*") if one.is_file()):
        yield path.name, text_of(path)


def text_of(path: Path) -> str:
    """The words of a file: of its parts where it is a package, of its pages where it is a PDF."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            return re.sub(
                "<[^>]+>", "", "".join(package.read(one).decode("utf-8", "replace") for one in package.namelist())
            )
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in PdfReader(path).pages)
    return path.read_bytes().decode("utf-8", "replace")


def addresses(opened: desk.Desk) -> Iterator[str]:
    """Every address that can be read, by its route."""
    looking = Looking(opened)
    for route in [one for of in (*VIEW_ROUTES, routes) for one in of(looking).routes]:
        if isinstance(route, APIRoute) and "GET" in route.methods:
            yield route.path


def filled(path: str, opened: desk.Desk, where: str) -> list[str]:
    """The address with ids in its holes."""
    if "{" not in path:
        return [path]
    held = opened.snapshot(include_undated=True)
    claims = [claim.id for claim in held.claims(ClaimFilter(documents=(where,)))]
    incidents = [one.id for one in faultline.open(opened.case.folder)._seen.world.incidents]
    known = {
        "actors": [one.id for one in opened.case.actors][:2],
        "claims": claims,
        "documents": [where],
        "incidents": incidents,
        "sources": [one.id for one in opened.case.sources][:2],
        "changed": [one.id for one in held.decisions()],
        "examine": ["nothing"],  # an article is given below
    }
    sort = next(one for one in path.split("/") if one in known)
    return [re.sub(r"\{[^}]+\}", id, path) for id in known[sort]]


def looked_at(folder: Path) -> Iterator[tuple[str, str]]:
    """Every page and answer, in both languages, work waited for; a page that asks for an article is given one."""
    opened = desk.open_desk(folder)
    where, paths = document(folder), list(addresses(opened))
    hands = create_app(opened, desk.last_build(opened), Guard("token", DeskHands(opened)))
    given = {"authorization": "Bearer token"}
    with TestClient(hands, base_url="http://127.0.0.1", raise_server_exceptions=False, headers=given) as client:
        for path in [one for route in paths for one in filled(route, opened, where)]:
            for asked in ({"undated": 1}, {"undated": 1, "lang": "fr", "q": "soldiers", "since": "2020-05-01"}):
                if "/enter" not in path:
                    yield f"{path} {asked}", waited(client, path, asked)
        article = {"text": "The River Front holds Tarn Ford.", "published": "2020-06-01"}
        answer = client.post("/examine", data=article, headers={"origin": "http://127.0.0.1"})
        yield "/examine, given", waited(client, answer.url.path, {})
        yield "/nothing", client.get(f"/documents/{where}x").text
    opened.store.close()


def waited(client: TestClient, path: str, asked: dict[str, object]) -> str:
    """The page, once the work behind it is done."""
    end = time.monotonic() + 240
    while (answer := client.get(path, params=asked)).status_code == 202:
        assert time.monotonic() < end, path
        time.sleep(0.2)
    assert answer.status_code < 500, (path, answer.text[:300])
    return answer.text


def in_notebook(folder: Path) -> dict[str, Callable[[], object]]:
    """What each part of the notebook shows."""
    case = faultline.open(folder, undated=True, frames="polars")
    return {
        "label": lambda: case.label,
        "claims": lambda: case.claims().to_dicts(),
        "incidents": lambda: case.incidents().to_dicts(),
        "sources": lambda: case.sources().to_dicts(),
        "measures": lambda: case.measures().to_dicts(),
        "findings": lambda: case.findings(),
        "figure": lambda: case.figure("control")._repr_html_(),
    }


def test_every_command_is_considered(folder: Path, tmp_path: Path) -> None:
    known = typer.main.get_command(app)
    assert sorted((*commands(folder, tmp_path), *SILENT)) == sorted(known.commands)  # type: ignore[attr-defined]


def test_every_part_of_the_notebook_is_considered(folder: Path) -> None:
    shown = {name for name in (*dir(Notebook), *Notebook.__annotations__) if not name.startswith("_")}
    assert shown - QUIET == set(in_notebook(folder))


@pytest.mark.parametrize("take", [mark_in_the_case, purge])
def test_word_leaves_by_no_way_out(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, take: Callable[[Path, datetime], None]
) -> None:
    caplog.set_level(logging.INFO)
    out = tmp_path / "out"
    out.mkdir()
    take(folder, datetime.min)
    if take is purge:  # the files of a case are its keeper's own
        path = folder / "reports/told.md"
        path.write_text(re.sub("[IÍ]smo Valdrek", "N", path.read_text("utf-8")).replace("ismo-valdrek", "n"), "utf-8")
        desk.build(desk.open_desk(folder))
    ways = [*spoken(folder, out), *written(out), *looked_at(folder)]
    ways += [(name, str(shown())) for name, shown in in_notebook(folder).items()]
    beside = [one for one in (folder / ".faultline").rglob("*") if one.is_file() and "sqlite" not in one.name]
    ways += [(path.name, text_of(path)) for path in beside]
    ways.append(("log", caplog.text))
    assert {f"report{form}" for form in FORMS} <= {name for name, _ in ways}
    assert len(ways) > 150
    assert [name for name, said in ways if SECRET.search(said)] == []


def test_without_a_mark_the_word_is_seen_in_each_form_that_is_read(folder: Path, tmp_path: Path) -> None:
    for name in ("report", "export", "map", "examine"):
        for words in commands(folder, tmp_path)[name]:
            run(name, *words)
    found = {name for name, said in written(tmp_path) if SECRET.search(said)}
    wanted = {
        "report.html",
        "report.pdf",
        "report.docx",
        "examined.html",
        "claims.csv",
        "claims.parquet",
        "claims.jsonl",
    }
    assert wanted <= found
    assert any(SECRET.search(str(shown())) for shown in in_notebook(folder).values())
