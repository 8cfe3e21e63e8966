"""Makes a new store, or brings an old one to this version. Invariant: a store is wholly of one version; one that is
newer than this program is refused, never touched."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, inspect, select

from faultline.evidence.backend import Backend
from faultline.evidence.schema import SCHEMA_VERSION, meta, metadata
from faultline.record.errors import StoreError

Step = Callable[[Backend, Connection], None]
APPLICATION = "faultline"

# version -> what makes the next version of it
STEPS: Mapping[int, Step] = {}


def prepare(backend: Backend, connection: Connection, create: bool, moment: int) -> None:
    """Inside a writing transaction: creates the tables where there are none, or migrates.

    Raises StoreError where the place is empty and `create` is false, holds something else, or is newer than ours.
    """
    found = read_version(backend, connection)
    if found is None:
        if not create:
            raise StoreError(backend.where, "an empty database", "a store", "Run: faultline build CASE")
        metadata.create_all(connection)
        backend.create_extras(connection)
        rows = [("application", APPLICATION, moment), ("schema", str(SCHEMA_VERSION), moment)]
        backend.load(connection, meta, rows)
        return
    for version in range(found, SCHEMA_VERSION):
        STEPS[version](backend, connection)
    if needs_preparing(found):
        connection.execute(meta.update().where(meta.c.key == "schema").values(value=str(SCHEMA_VERSION)))


def needs_preparing(version: int | None) -> bool:
    """Whether the tables have to be made or brought to this version."""
    return version != SCHEMA_VERSION


def read_version(backend: Backend, connection: Connection) -> int | None:
    """The version of the store; None for a database without tables. Raises StoreError for anything that is not ours
    or newer."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    keys = dict(connection.execute(select(meta.c.key, meta.c.value)).all()) if "meta" in tables else {}
    if keys.get("application") != APPLICATION:
        way_out = "Name another place with --store."
        raise StoreError(backend.where, "a database of something else", "a store of Faultline", way_out)
    version = int(keys.get("schema", "0"))
    if version > SCHEMA_VERSION:
        got, expected = f"a store of schema {version}", f"schema {SCHEMA_VERSION} or older"
        raise StoreError(backend.where, got, expected, "Upgrade Faultline, or build another store with --store.")
    return version
