"""Opening a store: what is not one is refused with a way out, and nothing is half-written."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, text

from faultline.evidence import Appended, Store, open_store
from faultline.evidence.migrate import STEPS
from faultline.evidence.schema import SCHEMA_VERSION
from faultline.record.errors import InputError, StoreError, UsageError
from tests.evidence.making import document, entry, moment


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "store.sqlite"


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def refused(path: Path, create: bool = True) -> StoreError:
    with pytest.raises(StoreError) as caught:
        open_store(url(path), create)
    assert caught.value.way_out
    return caught.value


def test_a_store_keeps_a_write_ahead_log(path: Path) -> None:
    open_store(url(path)).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_missing_store_is_made_or_refused(path: Path) -> None:
    assert "faultline build" in refused(path, create=False).way_out
    assert not path.exists()
    open_store(url(path)).close()
    open_store(url(path), create=False).close()


def test_what_is_not_a_database_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"minutes of a meeting")
    assert "not a database" in refused(path).got
    assert path.read_bytes() == b"minutes of a meeting"


def test_a_file_that_only_begins_like_a_database_is_refused(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    refused(path)
    assert path.stat().st_size == 5016


def test_a_database_of_something_else_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (id)")
    assert "something else" in refused(path).got


def test_an_empty_file_is_refused_unless_a_store_may_be_made(path: Path) -> None:
    path.touch()
    assert "empty" in refused(path, create=False).got
    assert path.stat().st_size == 0
    open_store(url(path)).close()  # what a killed first build leaves behind


def test_a_folder_and_a_place_without_folder_are_refused(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path).got
    assert "no such folder" in refused(tmp_path / "none" / "store.sqlite").got


@pytest.mark.parametrize("address", ["mysql://x/y", "store.sqlite", "sqlite://", "sqlite:///:memory:"])
def test_another_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="sqlite:///PATH"):
        open_store(address)


def test_a_newer_store_is_refused_and_left_alone(store_url: str) -> None:
    with open_store(store_url) as store, store.backend.engine.begin() as connection:
        connection.execute(text(f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}' WHERE key = 'schema'"))
    with pytest.raises(StoreError, match="Upgrade Faultline"):
        open_store(store_url)


def test_a_server_that_does_not_answer_is_said_so() -> None:
    with pytest.raises(StoreError, match="PostgreSQL that runs"):
        open_store("postgresql+psycopg://nobody@127.0.0.1:1/none")


def test_a_file_that_cannot_be_written_is_said_so(path: Path) -> None:
    open_store(url(path)).close()
    with open_store(url(path), create=False) as store:
        on_connect(store, "PRAGMA query_only = ON")  # what the driver says of a read-only file, also to root
        with pytest.raises(StoreError, match="write permission"):
            store.append([entry("A text.")], moment(0))
        assert store.snapshot(date(2016, 1, 1)).count() == 0


def test_a_second_writer_is_told_that_the_store_is_busy(store_url: str) -> None:
    with open_store(store_url) as first, open_store(store_url, busy_seconds=0.2) as second:
        with first._writing(moment(0)) as writer:
            writer.append([entry("A text.")])
            assert second.snapshot(date(2016, 1, 1)).count() == 0, "readers go on and see nothing half-written"
            with pytest.raises(StoreError, match="busy"):
                second.append([entry("Another.", "b.txt")], moment(0))
        assert second.append([entry("Another.", "b.txt")], moment(0)).claims == 1
        assert second.snapshot(date(2016, 1, 1)).count() == 2


def test_a_full_disk_stores_nothing_of_the_append(path: Path) -> None:
    with open_store(url(path)) as store:
        store.append([entry("A text.")], moment(0))
        with store.backend.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        on_connect(store, f"PRAGMA max_page_count = {int(pages) + 5}")
        with pytest.raises(StoreError, match="Free some space"):
            store.append([entry("Word. " * 20_000, "big.txt")], moment(1))
        on_connect(store, "PRAGMA max_page_count = 1000000")
        assert store.verify().ok
        assert store.snapshot(date(2016, 1, 1)).count() == 1


def on_connect(store: Store, pragma: str) -> None:
    """Says the pragma on every connection from now on."""
    store.backend.engine.dispose()
    event.listen(store.backend.engine, "connect", lambda connection, _: connection.execute(pragma))


def test_one_wrong_entry_stores_nothing_of_the_append(store: Store) -> None:
    good, bad = entry("A text."), entry("Another text.", "b.txt")
    content, short = document("An")
    cut = type(bad)(content, short, type(bad.filing)("b.txt", short.id), "c", "1", bad.coded)
    with pytest.raises(InputError):
        store.append([good, cut], moment(0))
    assert store.snapshot(date(2016, 1, 1), include_undated=True).count() == 0
    assert store.standing() == {}
    assert store.append([good], moment(0)) == Appended(1, 1, 1, 1)


def test_every_older_version_has_a_step() -> None:
    assert sorted(STEPS) == list(range(1, SCHEMA_VERSION))
