"""Turns sensitive.yaml and what reviewers withheld into marks on documents. Invariant: no message repeats what is
marked."""

import re
from pathlib import Path

from faultline.case.decisions import DECISIONS_FILE, read_decisions
from faultline.case.problem import Problems
from faultline.case.references import References
from faultline.case.rows import SensitiveRow
from faultline.record.decision import Decision, standing
from faultline.record.errors import CaseError
from faultline.record.text import Sensitive, Span
from faultline.record.vocabulary import DecisionKind

_STRETCH = re.compile(r"(\d{1,10})-(\d{1,10})/(\d{1,10})")


def stretch(decision: Decision) -> tuple[Span, int] | None:
    """The span that a decision withholds and the length of the text it was marked in; None where it says neither."""
    found = _STRETCH.fullmatch(decision.value)
    start, end, length = map(int, found.groups()) if found else (0, 0, 0)
    return (Span(start, end), length) if start < end <= length else None


def check_sensitive(marks: tuple[SensitiveRow, ...], references: References, problems: Problems) -> None:
    """Notes marks on files that are not there, and decisions on file that withhold nothing."""
    for row in marks:
        path = references.inside(row.origin.partition("#")[0]) if row.origin else None
        if row.origin and (path is None or not path.is_file()):
            way_out = "Write the path as pages show it: from the case folder, with slashes."
            problems.add(row.where("origin"), "no such file (not repeated here)", "a file of the case", way_out)
    for number, decision in _withheld(references.folder, problems):
        if stretch(decision) is None:
            problems.add(f"{DECISIONS_FILE}:{number}", "a stretch that is none", "START-END/LENGTH", "Take it back.")


def to_sensitive(folder: Path, marks: tuple[SensitiveRow, ...]) -> tuple[Sensitive, ...]:
    """The marks of the file, then those of reviewers that stand."""
    decided = [(decision, stretch(decision)) for _, decision in _withheld(folder, Problems())]
    return (
        *(_marked(row) for row in marks),
        *(
            Sensitive(f"decision {decision.id}", decision.subject, span=found[0], length=found[1])
            for decision, found in decided
            if found
        ),
    )


def _marked(row: SensitiveRow) -> Sensitive:
    span = None if row.start is None or row.end is None else Span(row.start, row.end)
    return Sensitive(row.where(), row.document, row.origin, row.words, span)


def _withheld(folder: Path, problems: Problems) -> list[tuple[int, Decision]]:
    """What people withheld and did not take back, with its line in the file of decisions."""
    path = folder / DECISIONS_FILE
    if not path.is_file() or DecisionKind.WITHHOLD.value.encode() not in path.read_bytes():
        return []
    try:
        decided = read_decisions(folder)
    except CaseError as error:
        problems.add(f"{DECISIONS_FILE}:1", "a line that cannot be read", "decisions", str(error.way_out))
        return []
    lines = {decision.id: number for number, decision in enumerate(decided, start=1)}
    return [(lines[one.id], one) for one in standing(decided) if one.kind is DecisionKind.WITHHOLD]
