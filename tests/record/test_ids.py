"""Ids from content."""

import hashlib
import re

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.record.records import TEXT

from faultline.record.ids import bytes_hash, claim_id, content_id, document_id

PARTS = st.lists(st.text(alphabet="ab\x1e\x1f01", min_size=1, max_size=4), min_size=1, max_size=4)


@given(st.binary())
def test_same_bytes_are_the_same_document_everywhere(content: bytes) -> None:
    assert document_id(content) == document_id(bytes(bytearray(content)))
    assert document_id(content) == f"doc_{bytes_hash(content)[:20]}"
    assert bytes_hash(content) == hashlib.sha256(content).hexdigest()


@given(PARTS, PARTS)
def test_different_parts_give_different_ids_also_with_separators_inside(left: list[str], right: list[str]) -> None:
    assume(left != right)
    assert content_id("x", *left) != content_id("x", *right)


@given(TEXT, TEXT)
def test_an_id_is_its_prefix_and_twenty_hexadecimal_digits(one: str, two: str) -> None:
    assert re.fullmatch(r"thing_[0-9a-f]{20}", content_id("thing", one, two))


@given(st.lists(st.text(max_size=5), max_size=3))
def test_ids_of_broken_text_exist_too(parts: list[str]) -> None:
    assert content_id("x", *parts, "\ud800") != content_id("x", *parts, "\udfff")


def test_parts_are_compared_by_their_text_and_none_is_empty() -> None:
    assert content_id("x", 3, None) == content_id("x", "3", "")


def test_a_claim_id_never_changes() -> None:
    # A stored id of an earlier version: where this fails, every decision of every desk loses its claim.
    assert claim_id("doc_0", "event", 10, 52, 0) == "clm_4e09d0eea2b4dfddae8d"


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_a_claim_id_depends_on_span_kind_and_ordinal(start: int, end: int, ordinal: int) -> None:
    base = claim_id("doc_0", "event", start, end, ordinal)
    others = [
        claim_id("doc_1", "event", start, end, ordinal),
        claim_id("doc_0", "talk", start, end, ordinal),
        claim_id("doc_0", "event", start + 1, end, ordinal),
        claim_id("doc_0", "event", start, end + 1, ordinal),
        claim_id("doc_0", "event", start, end, ordinal + 1),
    ]
    assert base not in others
    assert len(set(others)) == len(others)
