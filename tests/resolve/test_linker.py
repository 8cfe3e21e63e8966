import random
from dataclasses import replace

import pytest

from faultline.resolve.happening import Happening
from faultline.resolve.linker import link
from tests.resolve.views import months_of_views, view

NONE: frozenset[tuple[str, str]] = frozenset()


def groups(views: list[Happening], same: frozenset = NONE, apart: frozenset = NONE) -> set[frozenset[str]]:  # type: ignore[type-arg]
    return {frozenset(views[n].id for n in group) for group in link(views, same, apart).groups}


def test_order_of_arrival_does_not_matter() -> None:
    views, _ = months_of_views(11)
    shuffled = views[:]
    random.Random(1).shuffle(shuffled)
    assert groups(views) == groups(shuffled)


def test_an_exact_copy_changes_nothing_but_its_own_count() -> None:
    views, _ = months_of_views(12)
    copied = views[7]
    copy = replace(copied, id="zz-copy", document="doc_copy", source="copier")
    before, after = groups(views), groups([*views, copy])
    assert {group - {"zz-copy"} for group in after} == before
    assert any({"zz-copy", copied.id} <= group for group in after)


def test_every_view_stands_in_one_group() -> None:
    views, _ = months_of_views(13)
    found = link(views, NONE, NONE).groups
    assert sorted(n for group in found for n in group) == list(range(len(views)))


@pytest.mark.parametrize("seed", [14, 15, 16])
def test_most_tellings_of_an_invented_happening_meet_and_few_others_do(seed: int) -> None:
    views, truth = months_of_views(seed)
    found = [[truth[id] for id in group] for group in groups(views)]
    pairs = [(a == b) for group in found for n, a in enumerate(group) for b in group[:n]]
    true = sum(1 for a in truth for b in truth if a < b and truth[a] == truth[b])
    assert sum(pairs) >= 0.9 * true
    assert sum(pairs) >= 0.85 * len(pairs)


def test_what_people_say_binds() -> None:
    views = [
        view("a", words="raid on the market"),
        view("b", words="raid on the market at dawn"),
        view("c", "2021-01-01"),
    ]
    assert groups(views, apart=frozenset({("a", "b")})).isdisjoint({frozenset("ab"), frozenset("abc")})
    assert any({"a", "c"} <= group for group in groups(views, same=frozenset({("a", "c")})))


def test_probabilities_are_probabilities() -> None:
    views, _ = months_of_views(15)
    assert all(0 < p < 1 for p in link(views, NONE, NONE).links.values())


def test_what_happened_weeks_apart_in_one_town_does_not_meet() -> None:
    first, later = (
        view("a", words="car bomb at the gate of the camp"),
        view("b", "2020-04-20", words="car bomb at the gate"),
    )
    assert groups([first, later]) == {frozenset("a"), frozenset("b")}


def test_the_same_day_in_two_far_towns_does_not_meet() -> None:
    one, other = view("a", town=0, words="raid on the market"), view("b", town=29, words="attack on a convoy")
    assert groups([one, other]) == {frozenset("a"), frozenset("b")}


def test_nothing_gives_nothing() -> None:
    assert link([], NONE, NONE).groups == ()
