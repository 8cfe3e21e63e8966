from faultline.resolve.certainty import joins

NEAR = {
    "a": {"b": 0.9, "c": 0.8},
    "b": {"a": 0.9, "c": 0.6, "x": 0.7},
    "c": {"a": 0.8, "b": 0.6},
    "x": {"b": 0.7},
}


def test_a_telling_joins_the_earlier_one_that_it_is_likest_to() -> None:
    assert [(j.one, j.to, j.probability) for j in joins("abc", NEAR)] == [("b", "a", 0.9), ("c", "a", 0.8)]


def test_what_could_as_well_stand_elsewhere_is_less_sure() -> None:
    b, c = joins("abc", NEAR)
    assert abs(b.margin - (0.75 - 0.7)) < 1e-9
    assert abs(c.margin - 0.7) < 1e-9


def test_order_decides_who_joins_whom_and_not_how_sure_a_pair_is() -> None:
    (one,), (other,) = joins("ac", NEAR), joins("ca", NEAR)
    assert (one.margin, one.probability) == (other.margin, other.probability)


def test_one_telling_joins_nothing() -> None:
    assert list(joins(["a"], NEAR)) == []
