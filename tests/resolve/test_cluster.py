import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faultline.resolve.cluster import Links, average_link

IDS = ["a", "b", "c", "d"]


def groups(
    pairs: list[tuple[int, int, float]], links: Links | None = None, threshold: float = 0.5
) -> set[frozenset[str]]:
    firsts = average_link(IDS, pairs, links or Links(), threshold)
    return {frozenset(IDS[n] for n, f in enumerate(firsts) if f == first) for first in set(firsts)}


def test_the_mean_over_all_pairs_decides() -> None:
    chain = [(0, 1, 0.9), (1, 2, 0.9)]
    assert groups(chain) == {frozenset("ab"), frozenset("c"), frozenset("d")}
    assert groups([*chain, (0, 2, 0.2)]) == {frozenset("abc"), frozenset("d")}


def test_rows_of_one_document_stay_apart() -> None:
    apart = Links(apart=(1, 1, 2, 3))
    assert groups([(0, 1, 0.99)], apart) == {frozenset(x) for x in IDS}


def test_what_a_person_joined_is_joined_even_in_one_document() -> None:
    links = Links(apart=(1, 1, 2, 3), must=((0, 1),))
    assert frozenset("ab") in groups([], links)


def test_what_a_person_held_apart_never_meets_through_a_third() -> None:
    pairs = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9)]
    found = groups(pairs, Links(cannot=((0, 2),)))
    assert not any({"a", "c"} <= group for group in found)


def test_a_tie_goes_to_the_smaller_ids() -> None:
    assert frozenset("ab") in groups([(0, 1, 0.8), (1, 2, 0.8)])


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_groups_do_not_hang_on_the_order_of_units_or_pairs(seed: int) -> None:
    chance = random.Random(seed)
    size = 12
    ids = [f"u{n:02d}" for n in range(size)]
    pairs = [(a, b, round(chance.random(), 2)) for a in range(size) for b in range(a) if chance.random() < 0.4]
    cannot = tuple((a, b) for a, b, _ in pairs if chance.random() < 0.1)
    straight = average_link(ids, pairs, Links(cannot=cannot), 0.4)
    order = list(range(size))
    chance.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    shuffled = [(place[a], place[b], p) for a, b, p in pairs]
    chance.shuffle(shuffled)
    moved = average_link(
        [ids[n] for n in order], shuffled, Links(cannot=tuple((place[a], place[b]) for a, b in cannot)), 0.4
    )
    assert [ids[first] for first in straight] == [ids[order[moved[place[n]]]] for n in range(size)]


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7])
def test_a_higher_threshold_never_joins_more(threshold: float) -> None:
    chance = random.Random(7)
    ids = [f"u{n:02d}" for n in range(30)]
    pairs = [(a, b, chance.random()) for a in range(30) for b in range(a) if chance.random() < 0.3]
    low, high = (len(set(average_link(ids, pairs, Links(), t))) for t in (threshold, threshold + 0.1))
    assert low <= high
