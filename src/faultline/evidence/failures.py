"""Errors of a database as StoreError. Invariant: what the driver raised became a sentence with a way out, and the
transaction that it broke was rolled back."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from faultline.record.errors import StoreError

# (words in the driver's message, what was got, what was expected, the way out), first match wins
_KNOWN = (
    (("database is locked", "table is locked", "lock timeout"), "another writer at work", "one writer at a time",
     "The store is busy: wait until the other build has ended, then run this again. Nothing was written."),
    (("database or disk is full", "no space left", "disk full"), "a full disk", "room to write",
     "Free some space and run this again. Nothing was half-written."),
    (("readonly database", "read-only transaction", "permission denied"), "a store that cannot be written",
     "write permission", "Allow writing to the file and its folder, or name another place with --store."),
    (("file is not a database", "file is encrypted"), "something that is not a database", "a store of Faultline",
     "Name another place with --store, or move that file away and build again."),
    (("malformed", "disk i/o error"), "a damaged database", "a whole one",
     "Move the file away and build again from the case folder, or take a backup."),
    (("unable to open database file",), "a place where no file can be opened", "a folder that exists",
     "Make the folder, or name another place with --store."),
    (("append-only",), "a change of what was recorded", "additions only", "Only a purge removes anything."),
    (("connection refused", "could not connect", "connection failed", "does not exist", "server closed",
      "could not translate"), "no answer from the database", "a PostgreSQL that runs and lets us in",
     "Check the address given with --store, and that the server is running."),
)  # fmt: skip


@contextmanager
def as_store_errors(where: str) -> Iterator[None]:
    """Raises StoreError in place of what SQLAlchemy or the driver raises inside."""
    try:
        yield
    except DBAPIError as error:
        raise store_error(where, str(error.orig)) from error
    except (SQLAlchemyError, sqlite3.Error) as error:  # the latter from where the driver is spoken to directly
        raise store_error(where, str(error)) from error


def store_error(where: str, message: str) -> StoreError:
    """The StoreError for a driver's message."""
    lower = message.lower()
    for words, got, expected, way_out in _KNOWN:
        if any(word in lower for word in words):
            return StoreError(where, f"{got} ({message.strip()})", expected, way_out)
    return StoreError(where, message.strip(), way_out="Run: faultline verify CASE")
