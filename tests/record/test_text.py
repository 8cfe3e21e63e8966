"""Spans of documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.records import spans

from faultline.record.errors import UsageError
from faultline.record.text import Span


@given(st.text(), st.text(min_size=1), st.text())
def test_a_span_counts_code_points_whatever_the_script(before: str, words: str, after: str) -> None:
    span = Span(len(before), len(before) + len(words))
    assert span.of(before + words + after) == words


@given(spans(), spans())
def test_spans_overlap_where_they_share_a_code_point(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    if one.start < one.end and other.start < other.end:
        assert one.overlaps(other) == bool(shared)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_that_is_nowhere_in_a_text_does_not_exist(start: int, end: int) -> None:
    with pytest.raises(UsageError):
        Span(start, end)
