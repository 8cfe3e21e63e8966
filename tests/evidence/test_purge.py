"""A purge leaves nothing: not in rows, not in indices, not in files; and what was purged does not come back."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from faultline.evidence import Entry, Store
from faultline.evidence.schema import metadata
from faultline.record.decision import Decision, decision_id
from faultline.record.errors import NotFoundError, UsageError
from faultline.record.vocabulary import DecisionKind
from tests.evidence.making import entry, moment

NAME = "Zélimkhan Quxwort"
SPELLINGS = ("Zélimkhan Quxwort", "ZELIMKHAN  QUXWORT", "zelimkhan-quxwort", "Ze\u0301limkhan Quxwort")
TEXT = " was seen. ".join(SPELLINGS) + " was seen. The convoy left Town."


def everything(store: Store) -> str:
    """All that any table holds, as one text."""
    with store.backend.engine.connect() as connection:
        rows = [row for table in metadata.sorted_tables for row in connection.execute(table.select())]
    return repr(rows)


def raw(store: Store) -> bytes:
    """The database files; empty for a server."""
    url = make_url(store.backend.engine.url)
    if url.get_backend_name() != "sqlite":
        return b""
    path = Path(str(url.database))
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def decision(subject: str, quote: str) -> Decision:
    made = Decision("", DecisionKind.CORRECT, subject, value=quote, quote=quote, by="reviewer", made=moment(0))
    return Decision(
        decision_id(made), DecisionKind.CORRECT, subject, value=quote, quote=quote, by="reviewer", made=moment(0)
    )


def named(origin: str = "a.txt") -> Entry:
    return entry(
        TEXT, origin, title=f"On {NAME}", extra='{"author": "Z\\u00e9limkhan Quxwort"}', actor="zelimkhan_quxwort"
    )


def gone(store: Store, words: str) -> bool:
    held, files = everything(store), raw(store)
    return not any(word in held or word.encode() in files for word in (words, words.lower(), words.upper()))


def test_a_purged_document_is_nowhere(store: Store) -> None:
    made = named()
    store.append([made, entry("Another text stays.", "b.txt")], moment(0))
    store.decide([decision(made.coded.claims[0].id, NAME)], moment(1))
    done = store.purge(made.document.id, "a person's safety", moment(2))
    assert (done.documents, done.claims, done.decisions) == (1, len(made.coded.claims), 1)
    assert gone(store, "Quxwort") and gone(store, "convoy")
    assert store.verify().ok, store.verify().wrong
    snapshot = store.snapshot(date(2016, 1, 1))
    assert snapshot.search("convoy") == () and snapshot.count() == 1 and len(snapshot.search("stays")) == 2
    with pytest.raises(NotFoundError):
        snapshot.document(made.document.id)


def test_a_purged_document_does_not_come_back(store: Store) -> None:
    made = named()
    store.append([made], moment(0))
    store.purge("a.txt", "a person's safety", moment(1))
    again = store.append([made, named("elsewhere.txt")], moment(2))
    assert again.refused == (made.document.id, made.document.id) and again.documents == 0
    assert gone(store, "Quxwort")


def test_an_older_version_does_not_come_back_in_place_of_a_purged_one(store: Store) -> None:
    store.append([entry("The first version.")], moment(0))
    second = entry("The second version.")
    store.append([second], moment(1))
    store.purge(second.document.id, "why", moment(2))
    assert store.snapshot(date(2016, 1, 1)).count() == 0
    assert store.verify().ok


def test_a_purged_name_is_blacked_out_everywhere_and_offsets_hold(store: Store) -> None:
    made = named()
    store.append([made], moment(0))
    store.decide([decision(made.coded.claims[0].id, NAME)], moment(1))
    before = [claim.span for claim in store.snapshot(date(2016, 1, 1)).claims()]
    store.purge(NAME, "a person's safety", moment(2))
    assert gone(store, "Quxwort") and gone(store, "Zélimkhan") and gone(store, "zelimkhan")
    assert store.verify().ok, store.verify().wrong
    snapshot = store.snapshot(date(2016, 1, 1))
    assert [claim.span for claim in snapshot.claims()] == before
    document, filing = snapshot.document(made.document.id)
    assert len(document.text) == len(TEXT) and document.text.endswith("The convoy left Town.")
    assert filing.title == "On " + "█" * len(NAME)
    assert snapshot.search("quxwort") == () and len(snapshot.search("convoy")) == 2


def test_a_purged_name_does_not_come_back_by_a_rebuild(store: Store) -> None:
    made = named()
    store.append([made], moment(0))
    store.purge(NAME, "a person's safety", moment(1))
    again = store.append([made], moment(2))
    assert (again.documents, again.filings, again.runs, again.claims) == (0, 0, 0, 0)
    store.append([entry(f"New text on {NAME}.", "new.txt")], moment(3))
    store.decide([decision("clm_other", NAME)], moment(3))
    assert gone(store, "Quxwort")
    assert store.verify().ok, store.verify().wrong
    assert store.blanked(f"by {NAME}") == "by " + "█" * len(NAME)


def test_a_purged_name_inside_a_longer_word_stays(store: Store) -> None:
    store.append([entry("Alioune met Ali there.")], moment(0))
    store.purge("Ali", "why", moment(1))
    assert (
        store.snapshot(date(2016, 1, 1)).document(entry("Alioune met Ali there.").document.id)[0].text
        == "Alioune met ███ there."
    )


def test_a_name_across_two_blocks_is_found(store: Store) -> None:
    made = entry("word " * 3274 + f"x {NAME} end")
    store.append([made], moment(0))
    with store.backend.engine.connect() as connection:
        bodies = connection.scalars(text("SELECT body FROM text_blocks ORDER BY first")).all()
    assert bodies[1].startswith("Quxwort")
    store.purge(NAME, "why", moment(1))
    assert gone(store, "Quxwort") and store.verify().ok


def test_nothing_to_look_for_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="at least one word"):
        store.purge("...", "why", moment(0))
