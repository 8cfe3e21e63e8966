import pytest

from faultline.evaluate.grouping import agreement, likeness_of_groups

TRUE = ["a", "a", "a", "b", "c"]


def test_equal_groups_agree_whatever_they_are_called() -> None:
    found = agreement(TRUE, [1, 1, 1, 2, 3])
    assert (found.pair_f1, found.b_cubed, found.count_error) == (1.0, 1.0, 0.0)


def test_all_apart_is_precise_and_finds_no_pair() -> None:
    found = agreement(TRUE, list(range(5)))
    assert (found.pair_precision, found.pair_recall, found.pair_f1) == (1.0, 0.0, 0.0)
    assert found.b_precision == 1.0
    assert found.b_recall == pytest.approx((3 / 3 + 1 + 1) / 5)
    assert found.count_error == pytest.approx(2 / 3)


def test_all_in_one_finds_every_pair_and_is_not_precise() -> None:
    found = agreement(TRUE, [0] * 5)
    assert found.pair_recall == 1.0
    assert found.pair_precision == pytest.approx(3 / 10)
    assert found.b_precision == pytest.approx((9 + 1 + 1) / 25)


def test_b_cubed_of_the_textbook_example() -> None:
    # Bagga & Baldwin 1998, figure 1: {1..5}, {6, 7}, {8..12} with the last two merged.
    truth = ["x"] * 5 + ["y"] * 2 + ["z"] * 5
    found = agreement(truth, ["x"] * 5 + ["w"] * 7)
    assert found.b_recall == 1.0
    assert found.b_precision == pytest.approx((5 * 1 + 2 * (2 / 7) + 5 * (5 / 7)) / 12)


def test_the_true_groups_are_the_likest() -> None:
    assert likeness_of_groups(TRUE, TRUE) > likeness_of_groups(TRUE, [1, 1, 2, 3, 4])
