"""Keys of the claims that a filter leaves of a view, in order. Invariant: the order depends on what is in view, never
on the order in which it arrived."""

import numpy as np
from sqlalchemy import Connection

from faultline.evidence.backend import Backend
from faultline.evidence.filters import ClaimFilter
from faultline.evidence.heads import Keys
from faultline.evidence.matching import left
from faultline.evidence.packed import ABSENT
from faultline.evidence.visible import View

_LATE = 2**31 - 1  # unknown days come last


def claim_keys(connection: Connection, backend: Backend, view: View, asked: ClaimFilter) -> Keys:
    """Keys of the claims asked for, in the order asked for, `offset` and `limit` applied."""
    found = left(connection, backend, view, asked).keys
    end = None if asked.limit is None else asked.offset + asked.limit
    if asked.order != "text":
        heads = backend.memory.heads(connection)
        days = (heads.first if asked.order == "first_day" else heads.last)[found]
        days[days == ABSENT] = _LATE
        found = found[np.argsort(days, kind="stable")]
    return found[asked.offset : end]
