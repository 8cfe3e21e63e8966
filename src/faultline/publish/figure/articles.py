"""Turns files of articles into one map. Invariant: nothing is stored, and a file that cannot be read stops the map."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from faultline.case import Case
from faultline.coding.coder import UNDETERMINED
from faultline.coding.system.read import read_system
from faultline.intake import Limits, Skipped, Taken, take_alone, take_path
from faultline.publish.figure.mapped import Article, Mapped, mapped_of
from faultline.record.errors import InputError
from faultline.record.text import Filing


def map_files(files: Iterable[Path], filing: Filing, case: Case | None = None) -> Mapped:
    """The system that articles assert together; a case adds its own concepts. What `filing` leaves open is taken from
    the files. Raises InputError where a file cannot be read."""
    concepts = case.concepts if case else ()
    return mapped_of(read_articles(files, filing, case), concepts, case.id if case else "")


def read_articles(files: Iterable[Path], filing: Filing, case: Case | None = None) -> list[Article]:
    """The files with the system that each asserts, in their order. Raises as `map_files`."""
    concepts = case.concepts if case else ()
    articles = []
    for path in files:
        taken = _taken(path, replace(filing, origin=path.name), case)
        language = taken.filing.language
        read = read_system(taken.document, "" if language == UNDETERMINED else language, concepts)
        articles.append(Article(taken.document, taken.filing, read))
    return articles


def _taken(path: Path, filing: Filing, case: Case | None) -> Taken:
    taken = take_alone(case, path, filing) if case else take_path(path, filing, Limits())
    if isinstance(taken, Skipped):
        way_out = "Give a text, Markdown, JSON, HTML, PDF or DOCX file."
        raise InputError(str(path), " ".join([taken.reason, taken.where]).strip(), "a document", way_out)
    return taken
