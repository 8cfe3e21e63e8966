"""A store of an older schema is brought forward in one transaction, or left as it was. (There is only one schema so
far; the step is made for the test.)"""

from datetime import date

import pytest
from sqlalchemy import Connection, inspect, text

from faultline.evidence import migrate, open_store
from faultline.evidence.backend import Backend
from faultline.record.errors import StoreError
from tests.evidence.making import entry, moment


def add_index(backend: Backend, connection: Connection) -> None:
    connection.execute(text("CREATE INDEX claims_by_day ON claims (first_day, last_day)"))


def fail_half_way(backend: Backend, connection: Connection) -> None:
    add_index(backend, connection)
    connection.execute(text("SELECT * FROM no_such_table"))


@pytest.fixture
def old_store(store_url: str) -> str:
    with open_store(store_url) as store:
        store.append([entry("An old text. It stays.")], moment(0))
    return store_url


def newer(monkeypatch: pytest.MonkeyPatch, step: migrate.Step) -> None:
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(migrate, "STEPS", {1: step})


def indices(url: str) -> tuple[set[str | None], str | None]:
    with open_store(url) as store, store.backend.engine.connect() as connection:
        version = connection.scalar(text("SELECT value FROM meta WHERE key = 'schema'"))
        return {index["name"] for index in inspect(connection).get_indexes("claims")}, version


def test_an_old_store_is_brought_forward_with_all_it_holds(old_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    newer(monkeypatch, add_index)
    names, version = indices(old_store)
    assert "claims_by_day" in names and version == "2"
    with open_store(old_store) as store:
        assert store.snapshot(date(2016, 1, 1)).count() == 2
        assert store.append([entry("An old text. It stays.")], moment(1)).claims == 0
        assert store.verify().ok


def test_a_step_that_fails_leaves_the_old_store(old_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        newer(patch, fail_half_way)
        with pytest.raises(StoreError):
            open_store(old_store)
    names, version = indices(old_store)
    assert "claims_by_day" not in names and version == "1"
    with open_store(old_store) as store:
        assert store.verify().ok
