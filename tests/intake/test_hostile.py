"""Whatever the bytes: nothing but an InputError escapes, and no span is off."""

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.intake.samples import (
    ACLED_HEADER,
    ACLED_ROW,
    FILING,
    GED_HEADER,
    HTML,
    case,
    csv_text,
    docx_file,
    ged_rows,
    pdf,
    xlsx,
)

from faultline.case.case import Columns, Input
from faultline.intake import Limits, Skipped, Taken, take_case, take_file
from faultline.record.errors import InputError
from faultline.record.ids import document_id

LIMITS = Limits(seconds=20.0)
ODD = [b'"', b",", b"\n", b"\r", b"-1", b"\xff", b"\0", b"9e9"]
MARKDOWN = "---\nsource: wire\ntitle: Tête\npublished: 2021-03\nlaundering: true\n---\nL'armée a quitté Dun. قرية 🏜\r\n"


@cache
def sample(kind: str) -> bytes:
    ged = csv_text(GED_HEADER, ged_rows(6))
    acled = csv_text(ACLED_HEADER, [{**ACLED_ROW, "event_id_cnty": str(n)} for n in range(6)], "\r\n")
    report = {"id": "1", "title": "T", "published": "2021", "text": "The army left. 🏜"}
    return {
        ".md": MARKDOWN.encode,
        ".txt": lambda: "L'armée a quitté Dun.\r\n".encode("cp1252"),
        ".json": json.dumps([report, report | {"id": "2"}]).encode,
        ".html": HTML.encode,
        ".pdf": lambda: pdf("The army left.", "The front came."),
        ".docx": lambda: docx_file("The army left.", "قرية", title="T"),
        "ged": ged.encode,
        "acled": acled.encode,
        "csv": lambda: b"when,town,dead\n2021-03-03,Dun,4\n2021-04,North,\n",
        "figures": lambda: b"unit,month,value\nOstrel,2021-03,4\nOstrel,2021-04,5\n",
        "xlsx": lambda: xlsx([GED_HEADER, *([row.get(n, "") for n in GED_HEADER] for row in ged_rows(6))]),
    }[kind]()


@st.composite
def mutations(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A few cuts, doublings, and overwritten or inserted bytes, at places given as a share of the length."""
    steps = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["cut", "overwrite", "insert", "drop", "double"]),
                st.floats(0, 1),
                st.binary(min_size=1, max_size=12) | st.sampled_from(ODD),
            ),
            min_size=1,
            max_size=5,
        )
    )

    def mutate(content: bytes) -> bytes:
        for what, share, inserted in steps:
            at = int(share * len(content))
            head, tail = content[:at], content[at:]
            content = {
                "cut": head,
                "overwrite": head + inserted + tail[len(inserted) :],
                "insert": head + inserted + tail,
                "drop": head + tail[20:],
                "double": head + tail + tail,
            }[what]
        return content

    return mutate


def check(found: list[Taken | Skipped]) -> None:
    """A document is what its bytes say, its text can be stored, and every span lies inside it and is its row."""
    assert found
    for taken in found:
        if isinstance(taken, Skipped):
            assert taken.reason and taken.origin
            continue
        text = taken.document.text
        assert taken.document.id == document_id(taken.content) == taken.filing.document
        assert text.strip() and "\0" not in text
        text.encode("utf-8")
        json.loads(taken.filing.extra or "{}")
        for claim in taken.coded.claims if taken.coded else ():
            assert 0 <= claim.span.start < claim.span.end <= len(text)
            assert all(slot.span == claim.span for slot in claim.slots)
            (row,) = csv.reader(io.StringIO(claim.span.of(text), newline=""), delimiter=_separator(text))
            written = {cell.strip() for cell in row}
            for slot in claim.slots:
                parts = {part.strip() for cell in row for part in cell.split(";")}
                assert slot.name in ("action", "days", "count") or slot.value in written | parts | {"Civilians"}


def _separator(text: str) -> str:
    return max(",;\t|", key=text.split("\n")[0].count)


def documents(suffix: str, content: bytes) -> list[Taken | Skipped]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        return list(take_file(path, FILING, LIMITS))


def tables(kind: str, content: bytes) -> list[Taken | Skipped]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / ("a.xlsx" if kind == "xlsx" else "a.csv")
        path.write_bytes(content)
        columns = Columns((("date", "when"), ("place", "town"), ("killed", "dead")) if kind == "csv" else ())
        reader = {"xlsx": "ged", "figures": ""}.get(kind, kind)
        entry = Input("figures" if kind == "figures" else "tables", path, reader, "ucdp", columns=columns)
        try:
            return list(take_case(case(folder, entry)))
        except InputError:
            return [Skipped("a", "too many bad rows")]


TEXTS, UNPACKED = (".md", ".txt", ".json", ""), (".html", ".pdf", ".docx")
TABLES = ("ged", "acled", "csv", "figures", "xlsx")


@pytest.mark.parametrize("suffix", [*TEXTS, *UNPACKED])
@given(content=st.binary(max_size=200))
@settings(max_examples=30)
def test_random_bytes_as_a_document_are_taken_or_refused(suffix: str, content: bytes) -> None:
    check(documents(suffix, content))


@pytest.mark.parametrize("kind", TABLES)
@given(content=st.binary(max_size=200))
@settings(max_examples=20)
def test_random_bytes_as_a_table_are_taken_or_refused(kind: str, content: bytes) -> None:
    check(tables(kind, content))


@pytest.mark.parametrize("suffix", [*TEXTS[:3], *UNPACKED])
@given(mutate=mutations())
@settings(max_examples=40)
@example(mutate=lambda content: content)
def test_mutated_document_is_taken_or_refused(suffix: str, mutate: Callable[[bytes], bytes]) -> None:
    check(documents(suffix, mutate(sample(suffix))))


@pytest.mark.parametrize("kind", TABLES)
@given(mutate=mutations())
@settings(max_examples=40)
@example(mutate=lambda content: content)
def test_mutated_table_is_taken_or_refused(kind: str, mutate: Callable[[bytes], bytes]) -> None:
    check(tables(kind, mutate(sample(kind))))


@pytest.mark.parametrize("kind", TABLES[:2])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 48), st.text(max_size=12)), min_size=1, max_size=6))
def test_table_with_any_words_in_its_cells_is_taken_or_refused(kind: str, changes: list[tuple[int, int, str]]) -> None:
    rows = list(csv.reader(io.StringIO(sample(kind).decode(), newline="")))
    for number, cell, text in changes:
        rows[1 + number][cell % len(rows[0])] = text.encode("utf-8", "replace").decode()
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    check(tables(kind, written.getvalue().encode()))
