"""The head columns of the claims of a run as fixed-width records. Invariant: derived from `claims` alone, and equal to
them (`verify`)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from faultline.evidence.backend import Row

ABSENT = -(2**31)  # a day that is not known
DTYPE = np.dtype(
    [
        ("id", "u1", (10,)),
        ("stance", "<u4"),
        ("start", "<u4"),
        ("stop", "<u4"),
        ("ordinal", "<u4"),
        ("first_day", "<i4"),
        ("last_day", "<i4"),
        ("confidence", "<f8"),
    ]
)


def pack(stances: Sequence[int], heads: "Sequence[Row]") -> bytes:
    """The records of the heads (see flat.Flat) with the keys of their stances, in their order."""
    records = np.empty(len(heads), DTYPE)
    ids, start, stop, ordinal, first, last, _, confidence = zip(*heads, strict=True)
    records["id"] = np.frombuffer(bytes.fromhex("".join([claim[4:] for claim in ids])), "u1").reshape(-1, 10)
    for name, values in (("stance", stances), ("start", start), ("stop", stop), ("ordinal", ordinal)):
        records[name] = values
    for name, values in (("first_day", first), ("last_day", last)):
        records[name] = [ABSENT if day is None else day for day in values]
    records["confidence"] = confidence
    return records.tobytes()
