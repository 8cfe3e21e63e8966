"""Claims by key, whole, in batches. Invariant: a fixed number of queries a batch, whatever the claims hold."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from faultline.evidence.backend import Backend, Row
from faultline.evidence.rows import claim_from
from faultline.evidence.schema import STANCE, casualties, claims, slots, stances
from faultline.evidence.visible import View
from faultline.record.claim import Claim

BATCH = 1_000
_HEAD = ("claim", "start", "stop", "ordinal", "first_day", "last_day", "anchor", "confidence")


def read_claims(connection: Connection, backend: Backend, view: View, keys: Sequence[int]) -> Iterator[Claim]:
    """The claims of those keys, in that order."""
    known: dict[int, Row] = {}
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        query = select(claims.c.id, claims.c.run, claims.c.stance, *[claims.c[name] for name in _HEAD])
        heads = {row[0]: row for row in connection.execute(query.where(backend.among(claims.c.id, batch)))}
        read_stances(connection, backend, known, {row[2] for row in heads.values()})
        filled = _parts(connection, backend, slots, batch)
        harms = _parts(connection, backend, casualties, batch)
        for key in batch:
            if key in heads:  # else it was purged since the view was taken
                _, run, stance, *head = heads[key]
                yield claim_from(view.runs[run].document, tuple(head), known[stance], filled[key], harms[key])


def read_stances(connection: Connection, backend: Backend, known: dict[int, Row], wanted: set[int]) -> None:
    """Adds to `known` the stances of those keys that are not there yet."""
    missing = wanted - known.keys()
    if missing:
        query = select(stances.c.id, *[stances.c[name] for name in STANCE])
        for key, *stance in connection.execute(query.where(backend.among(stances.c.id, missing))):
            known[key] = tuple(stance)


def _parts(connection: Connection, backend: Backend, table: Table, batch: Sequence[int]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    query = select(table).where(backend.among(table.c.claim, batch)).order_by(table.c.claim, table.c.n)
    for claim, *row in connection.execute(query):
        found[claim].append(tuple(row))
    return found
