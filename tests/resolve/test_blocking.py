from itertools import combinations

import pytest

from faultline.record.days import Days
from faultline.resolve.blocking import Reach, candidates
from faultline.resolve.columns import columns
from faultline.resolve.happening import Happening
from tests.resolve.views import day, months_of_views, view


def found(views: list[Happening], reach: Reach | None = None) -> set[tuple[str, str]]:
    table = columns(views)
    a, b = candidates(table, reach or Reach())
    return {tuple(sorted((table.ids[x], table.ids[y]))) for x, y in zip(a, b, strict=True)}  # type: ignore[misc]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nearly_every_pair_of_one_happening_is_a_candidate(seed: int) -> None:
    views, truth = months_of_views(seed)
    true = {(a, b) for a, b in combinations(sorted(truth), 2) if truth[a] == truth[b]}
    assert len(true & found(views)) >= 0.99 * len(true)


def test_most_pairs_of_different_happenings_are_no_candidates() -> None:
    views, _ = months_of_views(1)
    assert len(found(views)) < 0.35 * len(views) * (len(views) - 1) / 2


def test_what_is_far_away_or_long_ago_and_shares_nothing_is_no_candidate() -> None:
    others = {"actors": ("army",), "kin": ("army",), "actions": ("arrest",), "roots": ("coerce",)}
    here, far = view("a"), view("b", "2020-03-02", town=29, killed=None, text=(), **others)
    later = view("c", "2020-05-01", text=())
    assert found([here, far, later]) == set()


def test_neighbouring_cells_of_the_grid_keep_near_places_together() -> None:
    edge = [view(str(n), places=(f"p{n}",), spots=((15.0 + d, 3.0 - d, 1.0),)) for n, d in enumerate((-0.01, 0.01))]
    assert found(edge) == {("0", "1")}


def test_a_vague_place_meets_what_happened_that_day_in_its_country() -> None:
    vague = view("a", places=("land",), spots=((14.0, -4.0, 400.0),))
    assert ("a", "b") in found([vague, view("b", town=29)])
    assert ("a", "b") not in found([vague, view("b", town=29, country="YY")])


def test_what_has_no_day_is_found_by_its_words() -> None:
    undated = view("a", "", town=3, words="helicopter crash lake", spots=(), places=())
    same = view("b", "2015-06-01", words="helicopter crash lake")
    other = view("c", "2015-06-01", town=9, words="strike of teachers")
    assert ("a", "b") in found([undated, same, other])
    assert ("a", "c") not in found([undated, same, other])


def test_what_has_no_sharp_day_meets_what_shares_most_facts_with_it_in_those_weeks() -> None:
    published = {"published": day("2020-03-20")}
    vague = view("a", "", killed=44, spots=(), places=(), text=(), **published)
    others = [view(f"c{n}", "2020-03-01", town=n, killed=None, text=(), actors=("army",), kin=()) for n in range(30)]
    assert ("a", "b") in found([vague, view("b", "2020-03-01", killed=44, text=()), *others])
    assert ("a", "b") not in found([vague, view("b", "2019-03-01", killed=44, text=()), *others])


def test_two_tellings_of_one_document_are_no_candidates() -> None:
    assert found([view("a", document="doc"), view("b", document="doc")]) == set()


def test_no_views_or_one_have_no_candidates() -> None:
    assert found([view("a")]) == set()
    assert len(candidates(columns([]))[0]) == 0


def test_an_interval_of_decades_counts_as_unknown() -> None:
    decades = view("a", days="", published=Days(), words="x y z")
    long = Days(day("1990-01-01").first_day, day("2020-01-01").last_day)
    assert found([view("b"), view("c", days="2020-03-01"), decades]) == {("b", "c")}
    assert ("a", "b") not in found([view("a", published=day("2001-01-01"), days="2001-01-01"), view("b")])
    assert long.length and long.length > Reach().longest


def test_in_a_crowd_what_has_no_day_meets_the_likest_near_its_place_and_sharp_days_meet_all() -> None:
    undated = view("a", "", town=3, words="bridge fire ferry", published=day("2020-04-20"))
    crowd = [view(f"b{n:02d}", f"2020-03-{n + 1:02d}", town=3, words=f"w{n}x w{n}y") for n in range(28)]
    likest = view("c", "2020-02-01", town=3, words="bridge fire ferry")
    few = Reach(near=4, alike=1, papers=1, recent=1)
    with_it = {pair for pair in found([undated, *crowd, likest], few) if "a" in pair}
    assert ("a", "c") in with_it and len(with_it) <= 8
    assert len({pair for pair in found([undated, *crowd, likest], Reach(near=100)) if "a" in pair}) == 29
    sharp = {pair for pair in found([*crowd, likest], few) if "c" not in pair}
    assert len(sharp) == sum(min(few.days, 27 - n) for n in range(28))
