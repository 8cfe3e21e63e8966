"""The head columns of the claims of a run as fixed-width records, and as Arrow. Invariant: derived from `claims` alone,
and equal to them (`verify`)."""

import struct
from collections.abc import Iterable

from faultline.evidence.backend import Row

ABSENT = -(2**31)  # a day that is not known
RECORD = struct.Struct("<10sIIIIiid")  # id, stance, start, stop, ordinal, first day, last day, confidence
DTYPE = [
    ("id", "u1", (10,)),
    ("stance", "<u4"),
    ("start", "<u4"),
    ("stop", "<u4"),
    ("ordinal", "<u4"),
    ("first_day", "<i4"),
    ("last_day", "<i4"),
    ("confidence", "<f8"),
]


def pack(rows: Iterable[tuple[int, Row]]) -> bytes:
    """The records of (stance, head) pairs, in their order."""
    return b"".join([_record(stance, head) for stance, head in rows])


def _record(stance: int, head: Row) -> bytes:
    claim, start, stop, ordinal, first, last, _, confidence = head
    first, last = ABSENT if first is None else first, ABSENT if last is None else last
    return RECORD.pack(bytes.fromhex(claim[4:]), stance, start, stop, ordinal, first, last, confidence)
