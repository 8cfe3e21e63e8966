import numpy as np
import pytest

from faultline.record.days import Days
from faultline.resolve.columns import columns
from faultline.resolve.happening import Happening
from faultline.resolve.pairs import FEATURES, features
from tests.resolve.views import months_of_views, view


def compared(one: Happening, other: Happening, *more: Happening) -> dict[str, float]:
    table = columns([one, other, *more])
    found = features(table, np.array([0]), np.array([1]))
    return dict(zip(FEATURES, found[0].tolist(), strict=True))


def test_likeness_is_the_same_from_either_side() -> None:
    views, _ = months_of_views(4, happenings=20)
    table = columns(views)
    a, b = np.triu_indices(len(views), 1)
    np.testing.assert_array_equal(features(table, a, b), features(table, b, a))


def test_likeness_does_not_hang_on_the_order_of_the_rows() -> None:
    views, _ = months_of_views(5, happenings=12)
    a, b = np.triu_indices(len(views), 1)
    turned = len(views) - 1 - a, len(views) - 1 - b
    np.testing.assert_allclose(
        features(columns(views), a, b), features(columns(views[::-1]), *turned), rtol=1e-5, atol=1e-6
    )


def test_unknown_armed_men_are_silence_and_no_mismatch() -> None:
    known, unknown = view("a"), view("b", actors=(), kin=(), unknown_actor=True)
    other = view("c", actors=("army",), kin=("army",))
    assert np.isnan(compared(known, unknown)["actors_shared"])
    assert compared(known, other)["actors_shared"] == 0
    assert compared(known, view("d"))["actors_shared"] == 1


def test_missing_days_and_places_are_silence() -> None:
    silent = compared(view("a"), view("b", "", places=(), spots=(), where=()))
    assert all(
        np.isnan(silent[name]) for name in ("gap", "shared_days", "km", "km_over_radii", "places_shared", "where")
    )
    assert silent["dated"] == 1


def test_a_toll_that_nobody_gives_is_no_zero() -> None:
    assert np.isnan(compared(view("a", killed=7), view("b", killed=None))["killed_apart"])
    assert compared(view("a", killed=7), view("b", killed=0))["killed_apart"] == 7


@pytest.mark.parametrize(("days", "gap"), [("2020-03-01", 0), ("2020-03-04", 3), ("2020-02-28", 2)])
def test_gap_counts_the_days_between_two_intervals(days: str, gap: int) -> None:
    assert compared(view("a"), view("b", days))["gap"] == gap


def test_the_nearest_of_several_places_counts() -> None:
    several = view("b", spots=((40.0, 40.0, 5.0), (12.0, -6.0, 5.0)), places=("far", "town0"))
    assert compared(view("a"), several)["km"] == pytest.approx(0, abs=1e-6)


def test_a_word_of_every_document_tells_nothing() -> None:
    rest = [view(f"r{n}", words=f"attack thing{n}") for n in range(8)]
    common = compared(view("a", words="attack"), view("b", words="attack"), *rest)
    rare = compared(view("a", words="attack zebra"), view("b", words="attack zebra"), *rest)
    assert rare["title"] > 0.9
    assert not common["title"] > rare["title"]


def test_unknown_days_stay_unknown() -> None:
    assert np.isnan(columns([view("a", ""), view("b")]).first[0])
    assert Days().length is None
