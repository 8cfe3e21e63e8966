"""How many claims there are of each sort. Invariant: claims whose day is unknown or spans several periods are counted
under "", never put into one period."""

from collections import Counter
from collections.abc import Callable
from typing import Literal, get_args

from sqlalchemy import Connection, distinct, func, select

from faultline.evidence.backend import Backend, Row
from faultline.evidence.filters import ClaimFilter, conditions, runs_of
from faultline.evidence.moments import day_of
from faultline.evidence.read import read_stances
from faultline.evidence.schema import STANCE, claims, slots
from faultline.evidence.visible import Run, View
from faultline.record.errors import UsageError

By = Literal[
    "kind", "action", "subtype", "modality", "speaker", "voice", "month", "year",
    "document", "source", "coder", "actor", "recipient", "place",
]  # fmt: skip
_PERIOD = {"month": 7, "year": 4}  # length of its ISO form
_SLOT = ("actor", "recipient", "place")


def count_by(connection: Connection, backend: Backend, view: View, by: By, asked: ClaimFilter) -> dict[str, int]:
    """Claims by that property, most first. For actor, recipient and place: by the leading id of each such slot, so that
    a claim may count for several. Raises UsageError for another property."""
    where = conditions(backend, runs_of(view, asked), asked)
    found: Counter[str] = Counter()
    if by in STANCE:
        known: dict[int, Row] = {}
        rows = connection.execute(select(claims.c.stance, func.count()).where(*where).group_by(claims.c.stance)).all()
        read_stances(connection, backend, known, {stance for stance, _ in rows})
        for stance, number in rows:
            found[known[stance][STANCE.index(by)]] += number
    elif by in _PERIOD:
        days = (claims.c.first_day, claims.c.last_day)
        for first, last, number in connection.execute(select(*days, func.count()).where(*where).group_by(*days)):
            found[_period(first, last, _PERIOD[by])] += number
    elif by in _SLOT:
        query = select(slots.c.leading, func.count(distinct(slots.c.claim))).group_by(slots.c.leading)
        query = query.where(slots.c.name == by, slots.c.leading != "")
        found.update(dict(connection.execute(query.where(slots.c.claim.in_(select(claims.c.id).where(*where)))).all()))
    elif by in _RUN:
        for run, number in connection.execute(select(claims.c.run, func.count()).where(*where).group_by(claims.c.run)):
            found[_RUN[by](view, view.runs[run])] += number
    else:
        raise UsageError("counts", repr(by), f"one of {', '.join(get_args(By))}")
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


_RUN: dict[str, Callable[[View, Run], str]] = {
    "document": lambda view, run: run.document,
    "source": lambda view, run: view.documents[run.document].source,
    "coder": lambda view, run: run.coder,
}


def _period(first: int | None, last: int | None, length: int) -> str:
    if first is None or last is None:
        return ""
    start, end = str(day_of(first))[:length], str(day_of(last))[:length]
    return start if start == end else ""
