"""Turns what a case expects into tables on a terminal. Invariant: nothing is measured here; what was found is told."""

from collections import Counter
from collections.abc import Sequence

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.publish import words
from faultline.publish.expect import counts
from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.record.analysis import Checked, CheckState


def expectations(sheet: Sheet, case: Case, snapshot: Snapshot, checked: Sequence[Checked]) -> None:
    """Every expectation with what was found and from when on it was known."""
    made = table(f"Expectations as of {words.day(snapshot.as_of)}", "", "expectation", "found", "known from")
    for answer in checked:
        add_row(made, answer.state, str(answer.expectation), answer.got, _known_from(answer))
    sheet.rows(Answer(Checked, case.id, checked, snapshot), made)


def expectation_counts(sheet: Sheet, checked: Sequence[Checked]) -> None:
    """For a person: how many expectations of each form passed, failed and are pending, and what they wait for."""
    if sheet.as_json or not checked:
        return
    made = table(words.counted(len(checked), "expectation"), "form", *CheckState)
    for form, numbers in counts(checked).items():
        add_row(made, form, *numbers.values())
    sheet.show(made)
    for gap in (a for a in checked if a.state is CheckState.GAP):
        sheet.say(f"known gap: {gap.expectation}: {gap.way_out}")
    for reason, number in Counter(a.got for a in checked if a.state is CheckState.PENDING).items():
        sheet.say(f"pending: {number}, {reason}")


def _known_from(answer: Checked) -> str:
    known = "" if answer.known_from is None else str(answer.known_from)
    return f"{known} (hindsight)".strip() if answer.hindsight else known
