from hypothesis import given
from hypothesis import strategies as st

from faultline.publish.web.lanes import NO_MONTHS, WIDTH, Line, draw

MONTHS = st.dictionaries(st.sampled_from([f"2012-{n:02}" for n in range(1, 13)]), st.integers(1, 999))


def test_without_months_there_is_no_lane() -> None:
    assert draw([], NO_MONTHS).lanes == ()


def test_what_lies_outside_the_span_is_not_drawn() -> None:
    [lane] = draw([(Line("Events"), {"2011-12": 5, "2012-02": 1})], ("2012-01", "2012-03")).lanes
    assert [(bar.month, bar.count) for bar in lane.bars] == [("2012-02", 1)]


@given(MONTHS)
def test_bars_stay_inside_their_lane_and_keep_their_order(counts: dict[str, int]) -> None:
    drawing = draw([(Line("Events"), counts)], ("2012-01", "2012-12"))
    for lane in drawing.lanes:
        assert {bar.month: bar.count for bar in lane.bars} == counts
        assert lane.most == max(counts.values())
        for bar in lane.bars:
            assert 0 <= bar.x <= WIDTH - drawing.step
            assert 0 < bar.height <= lane.base
        assert all(one.height <= other.height for one in lane.bars for other in lane.bars if one.count <= other.count)
