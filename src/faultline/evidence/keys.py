"""Which claims a filter leaves of a view, as keys in a stable order. Invariant: the order depends on what is in view,
never on the order in which it arrived."""

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from faultline.evidence.backend import Backend
from faultline.evidence.filters import ClaimFilter, conditions, narrows, runs_of
from faultline.evidence.schema import claims
from faultline.evidence.visible import View

Keys = npt.NDArray[np.int64]
_LATE = 2**31  # unknown days come last


def claim_keys(connection: Connection, backend: Backend, view: View, asked: ClaimFilter) -> Keys:
    """Keys of the claims asked for, in the order asked for, `offset` and `limit` applied."""
    runs = runs_of(view, asked)
    everything = _every_key(view, runs)
    if asked.order != "text":
        found = _by_day(connection, backend, everything, runs, asked)
    elif narrows(asked):
        found = everything[np.isin(everything, _matching(connection, backend, runs, asked), assume_unique=True)]
    else:
        found = everything
    end = None if asked.limit is None else asked.offset + asked.limit
    return found[asked.offset : end]


def _every_key(view: View, runs: list[int]) -> Keys:
    ranges = [np.arange(view.runs[run].first, view.runs[run].first + view.runs[run].claims) for run in runs]
    return np.concatenate(ranges) if ranges else np.empty(0, np.int64)


def _matching(connection: Connection, backend: Backend, runs: list[int], asked: ClaimFilter) -> Keys:
    query = select(claims.c.id).where(*conditions(backend, runs, asked))
    return np.fromiter((key for (key,) in connection.execute(query)), np.int64)


def _by_day(connection: Connection, backend: Backend, every: Keys, runs: list[int], asked: ClaimFilter) -> Keys:
    day = claims.c[asked.order]
    query = select(claims.c.id, day).where(*conditions(backend, runs, asked))
    days = {key: _LATE if number is None else number for key, number in connection.execute(query)}
    found = every[np.isin(every, np.fromiter(days, np.int64, len(days)), assume_unique=True)]
    order = np.argsort(np.fromiter((days[key] for key in found.tolist()), np.int64, len(found)), kind="stable")
    return found[order]
