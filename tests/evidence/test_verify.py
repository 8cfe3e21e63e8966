"""What `verify` finds: one change of bytes in any table, made behind the store's back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Connection, text

from faultline.evidence import Entry, Store
from faultline.record.analysis import Figure
from faultline.record.days import parse_days
from faultline.record.decision import Decision, decision_id
from faultline.record.vocabulary import DecisionKind
from tests.evidence.making import entry, moment

DAMAGE = {
    "documents.original": "UPDATE documents SET original = (SELECT records FROM run_contents LIMIT 1)",
    "documents.hash": "UPDATE documents SET hash = 'f' || hash",
    "texts.hash": "UPDATE texts SET hash = 'f' || hash",
    "text_blocks.body": "UPDATE text_blocks SET body = 'Q' || substr(body, 2)",
    "filings.title": "UPDATE filings SET title = 'another'",
    "filings.first_day": "UPDATE filings SET first_day = first_day - 1",
    "filings.recorded": "UPDATE filings SET recorded = recorded - 86400000001 WHERE id = 2",
    "coder_runs.content": "UPDATE coder_runs SET content = 77",
    "stances.modality": "UPDATE stances SET modality = 'denied'",
    "stances.kind": "UPDATE stances SET kind = 'nothing'",
    "claims.claim": "UPDATE claims SET claim = 'clm_' || substr(claim, 6) || '0'",
    "claims.stop": "UPDATE claims SET stop = stop + 1000",
    "claims.first_day": "UPDATE claims SET first_day = first_day - 1",
    "slots.value": "UPDATE slots SET value = 'another'",
    "slots.stop": "UPDATE slots SET stop = stop + 1000 WHERE stop IS NOT NULL",
    "casualties.low": "UPDATE casualties SET low = low + 1",
    "run_contents.records": "UPDATE run_contents SET records = (SELECT original FROM documents LIMIT 1)",
    "mentions.name": "UPDATE mentions SET name = 'another'",
    "mentions.stop": "UPDATE mentions SET stop = stop + 1000",
    "figures.value": "UPDATE figures SET value = value + 1",
    "decisions.quote": "UPDATE decisions SET quote = 'another'",
    "decisions.subject": "UPDATE decisions SET subject = 'another'",
    "tombstones.hash": "UPDATE tombstones SET hash = 'f' || hash",
}


@contextmanager
def behind_the_back(store: Store) -> Iterator[Connection]:
    with store.backend.engine.begin() as connection:
        store.backend.unguard(connection)
        yield connection
        store.backend.guard(connection)


def filled(store: Store) -> Entry:
    made = entry("The army attacked the town. Rebels fled at night.")
    figure = Figure("deaths", "Country", parse_days("2015-03"), 3.0, "wire", parse_days("2015-04-02"))
    full = Entry(*(made.content, made.document, made.filing, made.coder, made.coder_version, made.coded), (figure,))
    store.append([full], moment(0))
    store.append([entry("To be purged.", "b.txt")], moment(1))
    decision = Decision("", DecisionKind.REJECT, made.coded.claims[0].id, quote="The army", by="reviewer")
    store.decide([Decision(decision_id(decision), *_said(decision))], moment(2))
    store.purge("nobody at all", "a test", moment(3))
    return full


def _said(decision: Decision) -> tuple[object, ...]:
    return tuple(getattr(decision, name) for name in Decision.__dataclass_fields__ if name != "id")


def test_an_undamaged_store_holds(store: Store) -> None:
    filled(store)
    verified = store.verify()
    assert verified.ok, verified.wrong
    assert (verified.documents, verified.claims, verified.decisions) == (2, 3, 1)


@pytest.mark.parametrize("place", DAMAGE)
def test_damage_in_any_table_is_found(store: Store, place: str) -> None:
    filled(store)
    with behind_the_back(store) as connection:
        connection.execute(text(DAMAGE[place]))
    wrong = store.verify().wrong
    assert wrong
    assert all(each.where and each.what for each in wrong)


def test_damage_names_the_document(store: Store) -> None:
    made = filled(store)
    with behind_the_back(store) as connection:
        connection.execute(text("UPDATE text_blocks SET body = replace(body, 'army', 'navy')"))
    assert any(made.document.id in each.where for each in store.verify().wrong)


def test_nothing_can_be_changed_or_deleted(store: Store) -> None:
    filled(store)
    for table in ("documents", "filings", "claims", "slots", "decisions", "tombstones", "run_contents"):
        for change in (f"UPDATE {table} SET recorded = recorded", f"DELETE FROM {table}"):
            change = change.replace("SET recorded = recorded", "SET claim = claim") if table == "slots" else change
            change = change.replace("SET recorded = recorded", "SET run = run") if table == "run_contents" else change
            with pytest.raises(Exception, match="append-only"), store.backend.engine.begin() as connection:
                connection.execute(text(change))


def test_figures_come_out_from_the_day_they_were_public(store: Store) -> None:
    made = filled(store)
    assert store.snapshot(date(2015, 4, 1)).figures() == ()
    assert store.snapshot(date(2015, 4, 2)).figures("deaths") == made.figures
