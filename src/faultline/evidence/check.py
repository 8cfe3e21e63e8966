"""Refuses an entry that would store something wrong. Invariant: what passes has true hashes, true ids, and spans that
lie in its text."""

import re

from faultline.evidence.entries import Entry
from faultline.record.claim import Claim
from faultline.record.errors import InputError
from faultline.record.ids import bytes_hash, claim_id
from faultline.record.text import Span

_UNFIT = re.compile("[\0\ud800-\udfff]")


def check_entry(entry: Entry) -> None:
    """Raises InputError where hash, id, span or text of the entry is off; the way out names the stage to look at."""
    document, where = entry.document, f"document {entry.document.id} at {entry.filing.origin}"
    found = bytes_hash(entry.content)
    _expect(document.hash == found, where, f"hash {document.hash}", found, "reader")
    _expect(document.id == f"doc_{found[:20]}", where, f"id {document.id}", f"doc_{found[:20]}", "reader")
    _expect(entry.filing.document == document.id, where, f"filing of {entry.filing.document!r}", document.id, "reader")
    unfit = _UNFIT.search(document.text)
    if unfit:
        got = f"{unfit.group()!a} at {unfit.start()}"
        _expect(False, where, got, "text without NUL and lone surrogates", "reader")
    length = len(document.text)
    for claim in entry.coded.claims:
        _check_claim(claim, document.id, length)
    for mention in entry.coded.mentions:
        _check_span(mention.span, length, f"mention {mention.name!r} of {document.id}")


def _check_claim(claim: Claim, document: str, length: int) -> None:
    where, span = f"claim {claim.id} of {document}", claim.span
    _check_span(span, length, where)
    expected = claim_id(document, claim.kind, span.start, span.end, claim.ordinal)
    _expect(claim.id == expected and claim.document == document, where, claim.document, expected, "coder")
    for slot in claim.slots:
        if slot.span is not None:
            _check_span(slot.span, length, where)
        if slot.inherited_from is not None:
            _check_span(slot.inherited_from, length, where)


def _check_span(span: Span, length: int, where: str) -> None:
    if not 0 <= span.start <= span.end <= length:
        _expect(False, where, f"span {span.start}-{span.end}", f"a span inside 0-{length}", "coder")


def _expect(holds: bool, where: str, got: str, expected: str, stage: str) -> None:
    if not holds:
        raise InputError(where, got, expected, f"The {stage} made this; nothing of the append was stored.")
