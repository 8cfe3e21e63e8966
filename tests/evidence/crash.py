"""A writer that dies: `python -m tests.evidence.crash URL CALL` builds a small store and kills itself with SIGKILL at
its CALL-th load of rows (0: never)."""

import os
import signal
import sys
from collections.abc import Sequence

from sqlalchemy import Connection, Table

from faultline.evidence import Store, open_store
from faultline.evidence.backend import Row
from faultline.evidence.postgres import Postgres
from faultline.evidence.sqlite import Sqlite
from tests.evidence.making import entry, moment

BATCHES = 4


def build(store: Store) -> None:
    """Four appends of three documents."""
    for n in range(BATCHES):
        store.append([entry(f"Story {n} {k}. It goes on. It ends.", f"{n}-{k}.txt") for k in range(3)], moment(n))


def contents(store: Store) -> tuple[object, ...]:
    """Ids of everything that stands."""
    snapshot = store.snapshot(as_of=moment(0).date())
    return (
        store.standing(),
        [claim.id for claim in snapshot.claims()],
        [held.document_id for held in snapshot.documents()],
    )


def die_at(call: int) -> None:
    """From now on the call-th load of rows ends this process."""
    calls = 0
    for backend in (Sqlite, Postgres):
        load = backend.load

        def dying(self: object, connection: Connection, table: Table, rows: Sequence[Row], load: object = load) -> None:
            nonlocal calls
            calls += 1
            load(self, connection, table, rows)  # type: ignore[operator]
            if calls == call:
                os.kill(os.getpid(), signal.SIGKILL)

        backend.load = dying  # type: ignore[assignment,method-assign]


if __name__ == "__main__":
    die_at(int(sys.argv[2]))
    with open_store(sys.argv[1]) as opened:
        build(opened)
