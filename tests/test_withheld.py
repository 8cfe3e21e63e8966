"""Words that a case or a reviewer withholds, and purged names, leave by no way: every page, answer, command, export and
report is read for them."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow.parquet
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from faultline import desk
from faultline.case import load_case
from faultline.case.decisions import DECISIONS_FILE
from faultline.cli.commands import app
from faultline.evidence import ClaimFilter
from faultline.publish.export import EXPORTERS
from faultline.publish.web.server import create_app
from faultline.record.errors import CaseError, FaultlineError
from faultline.record.text import Filing
from tests.desk_case import make_case, write_report

NAME = "Ismo Valdrek"
TOLD = (
    f"Gunmen ambushed an army convoy near Tarn Ford on 12 May 2020, killing four soldiers, trader {NAME} said. "
    "The Reach army denied the attack.\n\nThe River Front captured Tarn Ford on 20 May 2020, Ísmo Valdrek said."
)
OTHER = "Gunmen ambushed an army convoy near Tarn Ford on 12 May 2020, killing six soldiers, the Reach army said."
SECRET = re.compile(r"valdrek|[ií]smo", re.IGNORECASE)
Way = Callable[[Path, datetime], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built case in which a witness is named in a text, its title, its address and its note."""
    made = make_case(tmp_path / "varda")
    path = write_report(made, "told", TOLD, "2020-05-21")
    front = (
        f'title: "{NAME} speaks"\nurl: https://example.org/2020/ismo-valdrek-speaks\nnote: by {NAME}\nheard_by: {NAME}'
    )
    path.write_text(path.read_text("utf-8").replace('title: "told"', front), encoding="utf-8")
    write_report(made, "other", OTHER, "2020-05-14")
    desk.build(desk.open_desk(made))
    return made


def document(folder: Path) -> str:
    """Id of the report that names the witness."""
    held = desk.open_desk(folder).snapshot(include_undated=True).documents()
    return next(one.document_id for one in held if one.filing.origin == "reports/told.md")


def mark_in_the_case(folder: Path, moment: datetime) -> None:
    mark = f"- origin: reports/told.md\n  words: {NAME}\n  reason: a witness in danger\n"
    (folder / "sensitive.yaml").write_text(mark, encoding="utf-8")
    desk.build(desk.open_desk(folder))


def withhold_by_a_reviewer(folder: Path, moment: datetime) -> None:
    where = document(folder)
    text = desk.open_desk(folder).snapshot().document(where)[0].text
    for found in [found.span() for found in re.finditer(r"[IÍ]smo Valdrek", text)]:
        run("decide", folder, "withhold", where, "{}-{}".format(*found), "--by", "R")


def purge(folder: Path, moment: datetime) -> None:
    opened = desk.open_desk(folder)
    desk.purge(opened, NAME, "a witness in danger")
    opened.store.close()
    desk.build(desk.open_desk(folder))


def run(*words: object) -> str:
    """Output of a command, errors included."""
    done = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "300"})
    return done.output + (str(done.exception) if isinstance(done.exception, FaultlineError) else "")


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Every page and every answer that can be reached from the start page and the description of the API."""
    opened = desk.open_desk(folder)
    client = TestClient(create_app(opened), base_url="http://127.0.0.1", raise_server_exceptions=False)
    held = opened.snapshot(include_undated=True)
    ids = [f"/api/documents/{one.document_id}?undated=1" for one in held.documents()]
    ids += [f"{at}/{claim.id}" for claim in held.claims() for at in ("/claims", "/api/claims")]
    plain = [path for path in client.get("/api/openapi.json").json()["paths"] if "{" not in path]
    waiting = [
        "/?undated=1",
        *ids,
        *plain,
        "/api/search?q=soldiers&undated=1",
        "/search?q=withheld&undated=1",
        "/nowhere",
    ]
    seen: set[str] = set()
    while waiting and len(seen) < 55:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        yield path, answer.text
        waiting += [
            found.replace("&amp;", "&") for found in re.findall(r'href="(/(?!assets|static)[^"#]*)', answer.text)
        ]
    opened.store.close()


def commands(folder: Path, before: datetime) -> Iterator[tuple[str, str]]:
    """The output of every command that shows something, now and by what was recorded before the mark."""
    held = desk.open_desk(folder).snapshot(include_undated=True)
    claims = [claim.id for claim in held.claims(ClaimFilter(documents=(document(folder),)))]
    asked = [("show", folder, one, "--json") for one in (*claims, document(folder))]
    asked += [("explain", folder, one) for one in claims]
    asked += [("explain", folder, claims[0], "--json"), ("show", folder, document(folder)), ("show", folder, "nothing")]
    asked += [(name, folder, "--json") for name in ("claims", "incidents", "disputes", "actors", "expect", "rate")]
    asked += [
        (name, folder) for name in ("claims", "incidents", "disputes", "rate", "build", "verify", "review", "check")
    ]
    asked += [("search", folder, words, "--undated", "--json") for words in ("soldiers", "withheld", "said")]
    asked += [("search", folder, "soldiers", "--documents"), ("code", folder / "reports/told.md", "--case", folder)]
    asked += [("map", folder / "reports/told.md", "--case", folder, "--json")]
    for words in asked:
        yield " ".join(map(str, words)), run(*words)
        if words[0] in ("claims", "show", "search", "explain", "incidents"):
            yield f"{words} earlier", run(*words, *(() if words[0] == "incidents" else ("--recorded-by", before)))


def files(folder: Path, place: Path) -> Iterator[tuple[str, str]]:
    """What exports and the report hold."""
    for form in EXPORTERS:
        run("export", folder, "--as", form, "-o", place / form, "--undated")
        assert list((place / form).iterdir()), form
        for path in (place / form).rglob("*"):
            yield f"{form}: {path.name}", _text_of(path)
    run("report", folder, "-o", place / "report.html", "--undated")
    yield "report", _text_of(place / "report.html")


def _text_of(path: Path) -> str:
    if path.suffix == ".parquet":
        return str(pyarrow.parquet.read_table(path).to_pylist())
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def leaks(folder: Path, place: Path, before: datetime) -> list[str]:
    """The ways by which the name leaves."""
    ways = (*pages(folder), *commands(folder, before), *files(folder, place))
    assert len(ways) > 80
    return [way for way, said in ways if SECRET.search(said)]


def test_without_a_mark_the_name_leaves_by_many_ways(folder: Path, tmp_path: Path) -> None:
    found = leaks(folder, tmp_path / "out", desk.open_desk(folder).snapshot().recorded_by)
    assert len(found) > 20
    wanted = ("/claims/", "/api/documents/", "show ", "explain ", "code ", "csv: ", "report")
    assert [way for way in wanted if not any(way in one for one in found)] == []


@pytest.mark.parametrize("take", [mark_in_the_case, withhold_by_a_reviewer, purge])
def test_marked_words_and_purged_names_leave_by_no_way(folder: Path, tmp_path: Path, take: Way) -> None:
    opened = desk.open_desk(folder)
    before = opened.snapshot().recorded_by + timedelta(microseconds=1)
    claim = next(claim.id for claim in opened.snapshot().claims() if SECRET.search(str(claim.speaker)))
    run("decide", folder, "accept", claim, "--by", "R", "--why", f"{NAME} was there")
    opened.store.close()
    take(folder, before)
    if take is purge:  # what a purge cannot reach is named in the guide; the file of the case is one such thing
        path = folder / "reports/told.md"
        path.write_text(re.sub("[IÍ]smo Valdrek", "N", path.read_text("utf-8")), encoding="utf-8")
        desk.build(desk.open_desk(folder))
    assert leaks(folder, tmp_path / "out", before) == []
    found = desk.open_desk(folder).snapshot(include_undated=True)
    assert found.search("soldiers") and not found.search("Valdrek") and not found.search("Ismo*")
    assert desk.open_desk(folder).store.verify().ok


def test_offsets_hold_and_a_mark_that_is_taken_back_gives_the_words_back(folder: Path) -> None:
    where = document(folder)
    before = desk.open_desk(folder).snapshot().document(where)[0].text
    start = before.index(NAME)
    run("decide", folder, "withhold", where, f"{start}-{start + len(NAME)}", "--by", "R")
    covered = desk.open_desk(folder).snapshot().document(where)[0].text
    assert covered == before.replace(NAME, "[withheld██]")
    assert NAME not in (folder / DECISIONS_FILE).read_text("utf-8")
    [decision] = desk.open_desk(folder).snapshot().decisions()
    run("decide", folder, "undo", decision.id, "--by", "R")
    assert desk.open_desk(folder).snapshot().document(where)[0].text == before
    assert desk.open_desk(folder).snapshot().search("Valdrek")


def test_a_copy_of_the_marked_file_is_covered_too(folder: Path) -> None:
    mark_in_the_case(folder, datetime.min)
    (folder / "reports/zcopy.md").write_bytes((folder / "reports/told.md").read_bytes())
    desk.build(desk.open_desk(folder))
    assert not desk.open_desk(folder).snapshot().search("Valdrek")


@pytest.mark.parametrize(
    "entry",
    [
        f"- {NAME}",
        f"- {NAME}: x",
        f"- origin: reports/told.md\n  words: [{NAME}]\n  reason: r",
        f"- origin: reports/{NAME}.md\n  words: x\n  reason: r",
        f"- words: {NAME}\n  reason: r",
        f"- origin: reports/told.md\n  words: {NAME}\n  start: 3\n  reason: r",
        f"- origin: reports/told.md\n  words: {NAME}",
        f"- document: {NAME}\n  words: x\n  reason: r",
        f"- origin: reports/told.md\n  {NAME}\n - x: [",
    ],
)
def test_a_wrong_mark_is_an_error_with_its_line_that_does_not_repeat_it(folder: Path, entry: str) -> None:
    (folder / "sensitive.yaml").write_text(entry + "\n", encoding="utf-8")
    with pytest.raises(CaseError) as error:
        load_case(folder)
    said = [str(problem) for problem in error.value.problems]
    assert any(line.startswith("sensitive.yaml:") for line in said)
    assert not [line for line in said if SECRET.search(line)]


def test_a_build_stops_where_the_marked_words_are_not_there(folder: Path) -> None:
    mark = "- origin: reports/other.md\n  words: Ismo Valdrek\n  reason: r\n"
    (folder / "sensitive.yaml").write_text(mark, encoding="utf-8")
    with pytest.raises(CaseError, match=r"sensitive\.yaml:1") as error:
        desk.build(desk.open_desk(folder))
    assert not SECRET.search(str(error.value))


def test_a_mark_that_meets_no_document_is_named(folder: Path) -> None:
    mark = f"- document: doc_{'0' * 20}\n  words: x\n  reason: r\n"
    (folder / "sensitive.yaml").write_text(mark, encoding="utf-8")
    skipped = desk.build(desk.open_desk(folder)).skipped
    assert [(one.origin, one.reason) for one in skipped] == [("sensitive.yaml:1", "mark on nothing")]


def test_an_article_of_the_case_is_covered_wherever_it_is_read(folder: Path) -> None:
    mark_in_the_case(folder, datetime.min)
    case = load_case(folder)
    [*rows] = desk.code_files(
        folder, [folder / "reports/told.md"], Filing("", ""), desk.CodeOptions("record", parser=False)
    )
    assert case.sensitive and rows and not SECRET.search(str(rows))
