"""Turns the inputs of a case into documents, one at a time. Invariant: every file under an input is either taken or
named with the reason why not, in the order of the paths, and one bad file never ends the others."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from faultline.case.case import Case, Input
from faultline.intake.documents import take_file, take_path
from faultline.intake.figures import take_figures
from faultline.intake.folder import Found, walk
from faultline.intake.limits import Limits
from faultline.intake.tables import take_table
from faultline.intake.taken import RefusedError, Skipped, Taken
from faultline.intake.withheld import withhold
from faultline.record.errors import InputError
from faultline.record.text import Filing, Sensitive

_RETOLD = "retold"  # replaced by the document's own address once that is known


def take_case(case: Case) -> Iterator[Taken | Skipped]:
    """Every document of a case, sorted by input and path; only one is held at a time.

    What the case marks as sensitive is covered in it (`withhold`). Raises InputError where the share of bad rows of a
    table is over policy.bad_rows, CaseError where a mark does not fit its document.
    """
    marks = _with_documents(case)
    met: set[Sensitive] = set()
    for item in _take_all(case):
        if isinstance(item, Taken):
            mine = _on(marks, item)
            met.update(mine)
            item = withhold(item, mine)
        yield item
    yield from (Skipped(mark.where, "mark on nothing") for mark in marks if mark not in met)


def take_alone(case: Case, path: Path, filing: Filing) -> Taken | Skipped:
    """The one document in a file that need not belong to the case, with everything covered that the case withholds."""
    taken = take_path(path, filing, limits_of(case))
    if isinstance(taken, Skipped) or not case.sensitive:
        return taken
    return withhold(taken, _on(_with_documents(case), taken))


def count_files(case: Case) -> int:
    """How many files `take_case` will begin, those that it skips included; nothing is opened."""
    depth = limits_of(case).depth
    return sum(1 for entry in case.inputs for _ in walk(entry.path, case.folder, depth))


def limits_of(case: Case) -> Limits:
    """The limits of a case: ours, where its policy is not stricter."""
    usual, most = Limits(), case.policy.max_bytes
    return Limits(
        document_bytes=min(usual.document_bytes, most),
        table_bytes=min(usual.table_bytes, most),
        bad_rows=case.policy.bad_rows,
    )


def take_outside_table(case: Case, entry: Input) -> Taken:
    """One event table that lies outside the case folder, read with the names of the case. Raises InputError where it
    cannot be read."""
    try:
        return take_table(case, entry, entry.path, filing_of(entry, str(entry.path)), limits_of(case))
    except RefusedError as refused:
        raise no_event_table(refused, entry.path) from None


def no_event_table(refused: RefusedError, path: Path) -> InputError:
    """The error that tells why a file that somebody named as an event table was refused."""
    skipped = refused.skipped(str(path))
    return InputError(skipped.origin, f"{skipped.reason} {skipped.where}".strip(), "an event table")


def filing_of(entry: Input, origin: str) -> Filing:
    """What a case says of a file before it is read."""
    return Filing(
        origin,
        "",
        source=entry.source,
        language=entry.language,
        published=entry.published,
        frame=entry.frame,
        retold_from=_RETOLD if entry.retold else "",
    )


def _take_all(case: Case, only: Collection[str] | None = None) -> Iterator[Taken | Skipped]:
    """Everything as it is, or that of the named files alone."""
    limits = limits_of(case)
    for entry in sorted(case.inputs, key=lambda entry: entry.path):
        for found in walk(entry.path, case.folder, limits.depth):
            if isinstance(found, Skipped):
                yield found
            elif only is None or found.origin in only:
                yield from _take(case, entry, found, limits)


def _with_documents(case: Case) -> tuple[Sensitive, ...]:
    """The marks of a case, those on an origin with the id of the document there: the same bytes elsewhere are the same
    document."""
    named = {mark.origin for mark in case.sensitive if mark.origin}
    files = {origin.partition("#")[0] for origin in named}
    taken = _take_all(case, files) if files else ()
    ids = {one.filing.origin: one.document.id for one in taken if isinstance(one, Taken)}
    return tuple(replace(m, document=ids[m.origin]) if m.origin in ids else m for m in case.sensitive)


def _on(marks: Sequence[Sensitive], taken: Taken) -> tuple[Sensitive, ...]:
    return tuple(mark for mark in marks if mark.document == taken.document.id)


def _take(case: Case, entry: Input, found: Found, limits: Limits) -> Iterator[Taken | Skipped]:
    filing = filing_of(entry, found.origin)
    if entry.kind == "documents":
        yield from take_file(found.path, filing, limits, entry.encoding)
        return
    try:
        yield _take_table(case, entry, found.path, filing, limits)
    except RefusedError as refused:
        yield refused.skipped(found.origin)


def _take_table(case: Case, entry: Input, path: Path, filing: Filing, limits: Limits) -> Taken:
    if entry.kind == "figures":
        return take_figures(entry, path, filing, limits)
    return take_table(case, entry, path, filing, limits)
