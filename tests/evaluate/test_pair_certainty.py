import numpy as np

from faultline.evaluate.pair_certainty import NONE_SURE, Merges, merges, sure_from

MANY = 200


def made(margin: np.ndarray, right: np.ndarray, **more: np.ndarray) -> Merges:
    fold, group = np.zeros(len(margin), int), np.arange(len(margin))
    return Merges(margin, right, more.get("fold", fold), more.get("group", group))


def test_certainty_begins_where_the_lower_end_of_the_interval_is_high_enough() -> None:
    margin, right = np.linspace(0.9, 0.6, 2 * MANY), np.arange(2 * MANY) < MANY
    found = sure_from(made(margin, right), 0.95)
    assert 0.6 < found <= margin[MANY - 1]
    assert right[margin >= found].mean() > 0.95
    assert sure_from(made(margin, ~right), 0.95) == NONE_SURE


def test_a_few_right_merges_make_nothing_certain() -> None:
    assert sure_from(made(np.full(40, 0.9), np.ones(40, bool)), 0.95) == NONE_SURE
    assert sure_from(made(np.full(60, 0.9), np.ones(60, bool)), 0.95) == 0.9


def test_merges_that_are_wrong_together_weigh_more_than_as_many_scattered_ones() -> None:
    margin = np.full(300, 0.9)
    right = np.arange(300) % 50 > 0
    scattered, together = np.arange(300), np.where(right, np.arange(300), 0)
    assert sure_from(made(margin, right, group=scattered), 0.95) == 0.9
    assert sure_from(made(margin, right, group=together), 0.95) == NONE_SURE


def test_a_block_that_falls_short_makes_nothing_certain() -> None:
    margin, fold = np.full(1000, 0.9), np.repeat([0, 1], [900, 100])
    right = np.arange(1000) < 980
    assert sure_from(made(margin, right), 0.95) == 0.9
    assert sure_from(made(margin, right, fold=fold), 0.95) == NONE_SURE


def test_no_merge_makes_nothing_certain() -> None:
    assert sure_from(made(np.zeros(0), np.zeros(0, bool)), 0.95) == NONE_SURE


def test_merges_are_known_only_where_the_answer_is() -> None:
    pairs = [(0, 1, 0.9), (0, 2, 0.8), (1, 2, 0.7), (2, 3, 0.3)]
    found = merges(["g", "g", "g", "h"], pairs, {(0, 1): True}, np.zeros(4, int))
    assert found.right.tolist() == [True]
    assert np.allclose(found.margin, (0.9 + 0.7) / 2)
