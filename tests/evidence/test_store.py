"""The store as its users meet it, on both databases."""

from datetime import date

import pytest

from faultline.evidence import Appended, ClaimFilter, Store
from faultline.record.errors import NotFoundError
from faultline.record.vocabulary import Kind
from tests.evidence.making import entry, moment

TEXT = "The army attacked the town. Rebels fled at night."


def test_what_was_appended_comes_out_equal(store: Store) -> None:
    made = entry(TEXT)
    added = store.append([made], moment(0))
    assert added == Appended(documents=1, filings=1, runs=1, claims=2)
    snapshot = store.snapshot(date(2016, 1, 1))
    assert tuple(snapshot.claims()) == made.coded.claims
    assert snapshot.document(made.document.id) == (made.document, made.filing)
    assert snapshot.mentions(made.document.id) == made.coded.mentions
    assert [snapshot.words(claim) for claim in snapshot.claims()] == [
        "The army attacked the town",
        " Rebels fled at night",
    ]
    assert snapshot.claim(made.coded.claims[1].id) == made.coded.claims[1]
    assert snapshot.recorded_by == moment(0)


def test_building_twice_adds_nothing(store: Store) -> None:
    entries = [entry(TEXT), entry("Another text.", "b.txt")]
    store.append(entries, moment(0))
    assert store.append(entries, moment(1)) == Appended()


def test_claims_of_a_document_published_later_are_not_in_view(store: Store) -> None:
    made = entry(TEXT, published="2015-04-01")
    store.append([made], moment(0))
    early = store.snapshot(date(2015, 3, 31))
    assert early.count() == 0 and list(early.documents()) == []
    with pytest.raises(NotFoundError):
        early.document(made.document.id)
    with pytest.raises(NotFoundError):
        early.claim(made.coded.claims[0].id)
    assert store.snapshot(date(2015, 4, 1)).count() == 2


def test_filters_counts_columns_and_search_agree(store: Store) -> None:
    store.append([entry(TEXT), entry("The café was hit.", "b.txt", actor="rebels")], moment(0))
    snapshot = store.snapshot(date(2016, 1, 1))
    asked = ClaimFilter(kinds=(Kind.EVENT,), actors=("rebels",), words="CAFE")
    assert snapshot.count(asked) == 1
    assert snapshot.columns(asked).column("id").to_pylist() == [claim.id for claim in snapshot.claims(asked)]
    assert snapshot.counts("actor") == {"army": 2, "rebels": 1}
    parties = snapshot.counts("party")
    assert parties == {id: snapshot.count(ClaimFilter(actors=(id,))) for id in parties} and "rebels" in parties
    assert [hit.words for hit in snapshot.search("café")] == ["The café was hit", "The café was hit."]
