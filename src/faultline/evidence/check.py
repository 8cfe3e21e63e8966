"""Refuses an entry that would store something wrong. Invariant: what passes has true hashes, and spans that lie in
its text."""

from faultline.evidence.entries import Entry
from faultline.record.errors import InputError
from faultline.record.ids import bytes_hash


def check_entry(entry: Entry) -> None:
    """Raises InputError where hash, id, span or text of the entry is off; the way out names the stage to look at."""
    document, where = entry.document, f"document {entry.document.id} at {entry.filing.origin}"
    found = bytes_hash(entry.content)
    _expect(document.hash == found, where, f"hash {document.hash}", found, "reader")
    _expect(document.id == f"doc_{found[:20]}", where, f"id {document.id}", f"doc_{found[:20]}", "reader")
    _expect(entry.filing.document == document.id, where, f"filing of {entry.filing.document!r}", document.id, "reader")
    for mention in entry.coded.mentions:
        check_span(mention.span.end, len(document.text), f"mention {mention.name!r} of {document.id}")
    try:
        _expect("\0" not in document.text, where, "a NUL", "text without it", "reader")
        document.text.encode()
    except UnicodeEncodeError as error:
        _expect(False, where, f"half a surrogate pair at {error.start}", "whole characters", "reader")


def check_span(stop: int, length: int, where: str) -> None:
    """Raises InputError where a span ends at `stop`, beyond a text of that length. (That it begins before it ends the
    tables check themselves, that ids are true `verify`.)"""
    _expect(stop <= length, where, f"a span that ends at {stop}", f"the end of the text, {length}, or before", "coder")


def _expect(holds: bool, where: str, got: str, expected: str, stage: str) -> None:
    if not holds:
        raise InputError(where, got, expected, f"The {stage} made this; nothing of the append was stored.")
