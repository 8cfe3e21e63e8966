"""Checks case.yaml against the folder: paths, frames, capital, expectations. Invariant: what a build will look for is
there before it starts."""

from collections.abc import Iterator
from pathlib import Path

from faultline.case.check_expectations import check_expectation
from faultline.case.check_places import check_unique
from faultline.case.folder import CASE, PLACES, Rows
from faultline.case.problem import Problems
from faultline.case.references import References
from faultline.case.rows import CaseRow, InputRow


def check_case_file(case: CaseRow, rows: Rows, references: References, problems: Problems) -> None:
    """Notes inputs that are not there or are taken twice, unknown frames, sources and capital, expectations that
    cannot be asked, and a case without input."""
    references.check_id(case, "capital", case.capital, rows.places.ids, PLACES)
    check_unique(case.frames, problems)
    check_unique(case.concepts, problems)
    for concept in case.concepts:
        if not concept.en and not concept.fr:
            problems.warn(concept.where(), "a concept that no words name", "en or fr", "Add words, or leave it out.")
    for frame in case.frames:
        references.check_id(frame, "source", frame.source, rows.sources.ids, "sources.yaml")
    for entry in inputs_of(case):
        references.check_path(entry, "path", entry.path)
        references.check_id(entry, "source", entry.source, rows.sources.ids, "sources.yaml")
        references.check_id(entry, "frame", entry.frame, rows.frames, f"{CASE} under frames")
    texts = {entry.path for entry in (*case.documents, *case.watch)}
    for feed in case.feeds:
        references.check_id(feed, "path", feed.path, texts, f"{CASE}: a path of documents or watch")
        references.check_id(feed, "source", feed.source, rows.sources.ids, "sources.yaml")
    _check_tables(case, problems)
    _check_overlap(case, references, problems)
    for expectation in case.expectations:
        check_expectation(expectation, rows, references)


def inputs_of(case: CaseRow) -> Iterator[InputRow]:
    """Documents, watched folders, tables and figures, each in the order of the file."""
    yield from (*case.documents, *case.watch, *case.tables, *case.figures)


def _check_tables(case: CaseRow, problems: Problems) -> None:
    for table in case.tables:
        if table.reader == "csv" and not table.columns:
            way_out = "Map our words to the columns of the table: columns: {date: event_date, place: town}."
            problems.add(table.where("reader"), "reader csv without columns", "columns", way_out)
    if not any(inputs_of(case)):
        way_out = "Put texts into reports/ and add documents: [{path: reports}]."
        problems.add(
            case.where("documents"), "a case without documents, watch, tables or figures", "one of them", way_out
        )


def _check_overlap(case: CaseRow, references: References, problems: Problems) -> None:
    taken: dict[Path, InputRow] = {}
    for entry in inputs_of(case):
        path = references.inside(entry.path)
        for other, row in taken.items():
            if path and (path.is_relative_to(other) or other.is_relative_to(path)):
                got = f"path {entry.path!r}, which the entry at {row.where('path')} takes already"
                problems.add(entry.where("path"), got, "each file once", "Give each entry a folder of its own.")
        if path:
            taken[path] = entry
