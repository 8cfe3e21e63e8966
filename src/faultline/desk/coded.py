"""Codes files with the names of a case; nothing is stored. Invariant: what cannot be read is an error."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from faultline.case import Case, load_case
from faultline.coding.coder import make_coder
from faultline.coding.gold import to_gold
from faultline.intake import Skipped, Taken, take_alone
from faultline.record.claim import Coded
from faultline.record.codec import JSON, encode
from faultline.record.errors import InputError
from faultline.record.protocols import Coder
from faultline.record.text import Filing

CODE_FORMATS = ("gold", "record")


def code_file(case: Case, coder: Coder, path: Path, filing: Filing) -> tuple[Taken, Coded]:
    """One file with what the coder makes of it; nothing is stored. What `filing` leaves open is taken from the file.

    Raises InputError where the file cannot be read.
    """
    taken = take_alone(case, path, filing)
    if isinstance(taken, Skipped):
        way_out = "Give a text, Markdown, JSON, HTML, PDF or DOCX file."
        raise InputError(str(path), " ".join([taken.reason, taken.where]).strip(), "a document", way_out)
    return taken, taken.coded if taken.coded is not None else coder.code(taken.document, taken.filing)


@dataclass(frozen=True, slots=True)
class CodeOptions:
    """The `form` of the claims, with or without the `parser`; `note` takes what the coder left unread in a file, or
    that it gave no claim, a line for each."""

    form: str = "gold"
    parser: bool = True
    note: Callable[[str], None] = lambda line: None


def code_files(case_folder: Path, files: Iterable[Path], filing: Filing, options: CodeOptions) -> Iterator[JSON]:
    """Each claim of each file as a JSON value: in the form of the gold, or the whole record. Nothing is stored."""
    case = load_case(case_folder)
    coder = make_coder(case, options.parser)
    for path in files:
        taken, coded = code_file(case, coder, path, filing)
        for line in coded.notes or (() if coded.claims else ("no claim was found in it",)):
            options.note(f"{path}: {line}")
        if options.form == "gold":
            name = _name_of(taken.filing, path)
            yield from ({**row, "doc": name} for row in to_gold(case, taken.document, coded))
        else:
            yield from (encode(claim) for claim in coded.claims)


def _name_of(filing: Filing, path: Path) -> str:
    """What the gold calls a document: its own id, else the name of its file without the ending."""
    said = json.loads(filing.extra) if filing.extra else {}
    return str(said.get("id") or path.stem)
