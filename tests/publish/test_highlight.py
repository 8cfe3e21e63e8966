from hypothesis import given
from hypothesis import strategies as st

from faultline.publish.highlight import pieces
from faultline.record.text import Span

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: Span(min(p), max(p))), max_size=8)


def test_nested_and_overlapping_spans_are_cut_into_pieces_shortest_first() -> None:
    found = pieces("abcdefgh", [Span(0, 6), Span(2, 4), Span(3, 8)], Span(0, 8))
    assert [(p.text, p.over, p.opens) for p in found] == [
        ("ab", (0,), (0,)),
        ("c", (1, 0), (1,)),
        ("d", (1, 2, 0), (2,)),
        ("ef", (2, 0), ()),
        ("gh", (2,), ()),
    ]


def test_a_span_from_before_the_window_opens_at_its_first_piece() -> None:
    assert [(p.text, p.opens) for p in pieces("abcdef", [Span(0, 4)], Span(2, 6))] == [("cd", (0,)), ("ef", ())]


@given(st.text(min_size=0, max_size=60), SPANS, st.integers(0, 60), st.integers(0, 60), st.lists(st.integers(0, 60)))
def test_pieces_joined_are_the_window_and_carry_the_right_spans(
    text: str, spans: list[Span], one: int, other: int, cuts: list[int]
) -> None:
    window = Span(min(one, other), max(one, other))
    found = pieces(text, spans, window, cuts)
    assert "".join(piece.text for piece in found) == text[window.start : window.end]
    for piece in found:
        over = {n for n, s in enumerate(spans) if s.start <= piece.start and piece.end <= s.end and s.start < s.end}
        assert set(piece.over) == over
    opened = [n for piece in found for n in piece.opens]
    assert len(opened) == len(set(opened))
