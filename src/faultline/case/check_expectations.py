"""Checks that an expectation can be asked. Invariant: its subject and value are what its form speaks of."""

from faultline.case.folder import ACTORS, PLACES, Rows
from faultline.case.problem import nearest, shown
from faultline.case.references import References, is_address
from faultline.case.rows import ExpectationRow
from faultline.record.analysis import ExpectationForm
from faultline.record.vocabulary import TieKind

CONTESTED = "contested"
NOT = "not "
RESTRICTIONS = (
    "curfew",
    "state_of_emergency",
    "blockade",
    "siege",
    "ceasefire",
    "sanctions",
    "embargo",
    "ban",
    "suspension",
    "closure",
)
_YES_NO = ("yes", "no")


def check_expectation(row: ExpectationRow, rows: Rows, references: References) -> None:
    """Notes an unknown subject, a value that the form does not know, and a source that is not there."""
    _check_source(row, rows, references)
    if row.form is ExpectationForm.HOLDS:
        references.check_id(row, "subject", row.subject, rows.places.ids, PLACES)
        if row.value != CONTESTED:
            references.check_id(row, "value", row.value, rows.actors.ids, ACTORS)
    elif row.form is ExpectationForm.IN_FORCE:
        references.check_id(row, "subject", row.subject, rows.places.ids, PLACES)
        _check_word(row, row.value.removeprefix(NOT), RESTRICTIONS, references)
    elif row.form is ExpectationForm.EXISTS:
        references.check_id(row, "subject", row.subject, rows.actors.ids, ACTORS)
        _check_word(row, row.value, _YES_NO, references)
    elif row.form is ExpectationForm.TIE:
        references.check_id(row, "subject", row.subject, rows.actors.ids, ACTORS)
        _check_tie(row, rows, references)
    elif rows.actors.ids is not None and rows.sources.ids is not None:
        known = {*rows.actors.ids, *rows.sources.ids}
        references.check_id(row, "subject", row.subject, known, f"{ACTORS} or sources.yaml")
        # a text is its source's; only coding reads which actor speaks in it
        if row.stage == "evidence" and row.subject in known and row.subject not in rows.sources.ids:
            got, expected = f"stage {row.stage} for the actor {row.subject}", "coding, or a source as subject"
            references.problems.add(row.where("stage"), got, expected)


def _check_tie(row: ExpectationRow, rows: Rows, references: References) -> None:
    kind, _, other = row.value.removeprefix(NOT).partition(" ")
    _check_word(row, kind, tuple(TieKind), references)
    if not other:
        expected = "a kind of tie and the id of the other actor, as in: successor old-front"
        references.problems.add(row.where("value"), f"value {shown(row.value)}", expected)
    references.check_id(row, "value", other.strip(), rows.actors.ids, ACTORS)


def _check_word(row: ExpectationRow, word: str, known: tuple[str, ...], references: References) -> None:
    if word not in known:
        expected = f"for form {row.form}: {', '.join(known)}"
        references.problems.add(row.where("value"), f"value {shown(row.value)}", expected, nearest(word, known))


def _check_source(row: ExpectationRow, rows: Rows, references: References) -> None:
    known = rows.sources.ids
    if known is None or row.source in known or is_address(row.source):
        return
    path = references.inside(row.source)
    if path is None or not path.is_file():
        way_out = nearest(row.source, known) or "Add it to sources.yaml, or name the report."
        expected = "an id of sources.yaml, an address, or a file of the case"
        references.problems.add(row.where("source"), f"source {shown(row.source)}", expected, way_out)
