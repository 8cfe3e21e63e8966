"""Our forecaster: what it may know, what it may learn from, and that its parts do what they say."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from tests.forecast.made import invented

from faultline.forecast import grid, learn, score
from faultline.forecast.around import NAMES, around, bordering
from faultline.forecast.backtest import Run, backtest
from faultline.forecast.boosted import fit_boosted
from faultline.forecast.conformal import KNOTS, learn_levels, recalibrated
from faultline.forecast.features import GROUPS, features
from faultline.forecast.form import Asked, windows
from faultline.forecast.line import fit_line
from faultline.forecast.ours import Ours
from faultline.forecast.outcomes import Monthly, states
from faultline.forecast.paths import learn_together, paths
from faultline.forecast.pool import learn_weights, pooled, strata_count, stratum
from faultline.forecast.season import seasonal, turn
from faultline.measure.chance import generator
from faultline.record.errors import UsageError
from faultline.record.months import month_number

TABLE = invented(units=12)
WHOLE = learn.settings()
(WINDOW,) = windows(month_number("2014-01"), month_number("2014-12"))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few trees, few earlier windows: what is tested here does not depend on how good the models are."""
    chosen = {**learn.settings(), "earlier": 2, "member_draws": 40, "horizons_each": 1}
    chosen["occurrence"] = {**chosen["occurrence"], "rounds": 10, "min_data_in_leaf": 20}
    for kind in ("forest", "centre", "spread"):
        chosen[kind] = {**chosen[kind], "rounds": 10, "min_data_in_leaf": 20}
    for room in ("learn", "ours", "members"):
        monkeypatch.setattr(f"faultline.forecast.{room}.settings", lambda: chosen)


def said(table: Monthly) -> np.ndarray:
    return next(backtest(table, [WINDOW], [Ours()], Run(draws=60))).draws


@pytest.fixture(scope="module")
def changed_afterwards() -> Monthly:
    """The same table up to the issue; afterwards other deaths, other units, other marks."""
    cut = WINDOW.issue - TABLE.first + 1
    chance = generator(9, "afterwards")
    deaths, exists = TABLE.deaths.copy(), TABLE.exists.copy()
    deaths[:, cut:] = chance.poisson(500, deaths[:, cut:].shape)
    marks = TABLE.provisional.copy()
    marks[cut:] = True
    return replace(TABLE, deaths=deaths, exists=exists, provisional=marks)


def test_nothing_after_the_issue_can_change_a_forecast(changed_afterwards: Monthly) -> None:
    assert np.array_equal(said(TABLE), said(changed_afterwards))


def test_something_before_the_issue_does_change_it() -> None:
    deaths = TABLE.deaths.copy()
    deaths[1, WINDOW.issue - TABLE.first] += 300
    assert not np.array_equal(said(TABLE), said(replace(TABLE, deaths=deaths)))


def test_what_is_known_of_one_table_is_not_said_of_another() -> None:
    ours = Ours()
    first = next(backtest(TABLE, [WINDOW], [ours], Run(draws=60))).draws
    other = invented(units=12, seed=2)
    again = next(backtest(other, [WINDOW], [ours], Run(draws=60))).draws
    assert np.array_equal(again, said(other)) and not np.array_equal(first, again)


def test_what_workers_fitted_ahead_is_what_would_have_been_said() -> None:
    ours = Ours()
    with ThreadPoolExecutor(1) as executor:
        ours.prepare(TABLE, [WINDOW.issue, TABLE.first + 20], executor)
    assert sorted(last for last, _ in ours.known) == [WINDOW.issue - 24, WINDOW.issue - 12, WINDOW.issue]
    prepared = next(backtest(TABLE, [WINDOW], [ours], Run(draws=60))).draws
    assert len(ours.known) == 3
    assert np.array_equal(prepared, said(TABLE))


def test_windows_to_learn_from_end_before_the_issue() -> None:
    table = TABLE.until(WINDOW.issue)
    assert Ours().learn(table).windows == (WINDOW.issue - 12, WINDOW.issue - 24)


def test_too_few_earlier_windows_are_an_error() -> None:
    short = TABLE.until(TABLE.first + 75)
    with pytest.raises(UsageError, match="1 earlier windows before 2001-04, expected at least 2"):
        Ours().issue(short, Asked(np.array([0]), np.array([3]), 20), generator(1))


def test_draws_are_whole_sorted_and_capped() -> None:
    found = said(TABLE)
    assert (found >= 0).all() and (np.diff(found, axis=2) >= 0).all() and np.array_equal(found, np.round(found))
    assert found.max() <= TABLE.until(WINDOW.issue).deaths.max()


def test_every_feature_belongs_to_a_group_and_looks_back_only() -> None:
    seen = features(TABLE)
    cut = features(TABLE.until(TABLE.last - 30))
    assert set(seen.groups) <= set(GROUPS)
    assert np.array_equal(seen.values[:, : cut.values.shape[1]], cut.values)


def test_training_rows_end_with_the_table() -> None:
    rows = learn.rows(TABLE, generator(1, "rows"))
    assert (rows.month + rows.ahead).max() == TABLE.deaths.shape[1] - 1
    assert rows.ahead.min() == 1 and rows.ahead.max() == 14


def test_forest_draws_lie_in_the_leaves_of_similar_rows() -> None:
    chance = generator(1, "forest")
    given = np.concatenate([np.zeros((400, 1)), np.ones((400, 1))])
    values = np.concatenate([chance.normal(0, 1, 400), chance.normal(10, 1, 400)])
    forest = learn.fit_forest(given, values, np.ones(800))
    low, high = forest.quantiles(np.array([[0.0], [1.0]]), 500, chance)
    assert abs(low.mean()) < 0.3 and abs(high.mean() - 10) < 0.3 and low.std() == pytest.approx(1, abs=0.2)


def test_stratum_goes_by_the_last_year_and_quiet_units_have_their_own() -> None:
    found = stratum(np.array([0.0, 0, 1, 24, 25, 250, 1000, 9999]), np.array([0.0, 5, 9, 99, 99, 999, 9999, 9999]))
    assert found.tolist() == [0, 1, 2, 2, 3, 4, 5, 5]


def test_pool_gives_the_weight_to_the_member_that_was_right() -> None:
    chance = generator(1, "weights")
    actual = chance.poisson(30, 3000).astype(float)
    right = chance.poisson(30, (3000, 100)).astype(float)
    wrong = chance.poisson(300, (3000, 100)).astype(float)
    weights = learn_weights(grid.below(np.stack([right, wrong])), actual, np.full(3000, 2))
    assert weights.shape == (strata_count(), 2) and np.allclose(weights.sum(axis=1), 1)
    assert weights[2, 0] > 0.9 and weights[1].tolist() == [0.5, 0.5]


def test_pooled_draws_are_the_members_by_weight() -> None:
    draws = np.stack([np.full((1, 50), 7.0), np.full((1, 50), 70.0)])
    found = pooled(draws, np.array([[0.25, 0.75]]), 1000)
    assert (found == 7).mean() == pytest.approx(0.25, abs=0.002)


def test_grid_gives_the_crps_and_the_bins_of_the_draws() -> None:
    chance = generator(1, "grid")
    draws, actual = chance.poisson(4, (40, 500)).astype(float), chance.poisson(4, 40).astype(float)
    shares = grid.below(draws)
    assert np.allclose(grid.crps(shares, grid.came_below(actual), logs=False), score.crps(draws, actual), atol=0.03)
    edges = [-1, *score.BIN_EDGES, 1e9]
    counted = np.stack([np.histogram(row, bins=edges)[0] / 500 for row in draws])
    assert np.allclose(grid.bins(shares), counted)


def test_mean_crps_of_a_pool_is_a_square_of_its_weights() -> None:
    chance = generator(1, "square")
    shares = grid.below(chance.poisson([[[3.0]], [[9.0]]], (2, 50, 200)).astype(float))
    came = grid.came_below(chance.poisson(5, 50).astype(float))
    weights, moved = np.array([0.3, 0.7]), np.array([0.2999, 0.7001])
    for logs in (False, True):
        square = grid.quadratic(shares, came, logs)
        one, other = (grid.crps(np.tensordot(w, shares, 1), came, logs).mean() for w in (weights, moved))
        assert square.at(weights) == pytest.approx(one)
        assert square.slope(weights) @ (moved - weights) == pytest.approx(other - one, rel=0.01)


def test_line_finds_the_slope_and_that_the_spread_falls() -> None:
    seen = features(TABLE)
    rows = learn.rows(TABLE, generator(1, "rows"))
    year = seen.one("mean 12")[rows.unit, rows.month]
    kept = year > 1.0
    at = rows.unit[kept], rows.month[kept], rows.ahead[kept]
    wide = np.where(year[kept] > 3, 0.1, 0.6)
    level = 0.5 + 0.9 * year[kept]
    came = np.expm1(level + wide * generator(1, "line").normal(size=len(wide)))
    line = fit_line(seen, at, np.maximum(came, 1.0), np.ones(len(wide)))
    drawn = np.log1p(line.quantiles(seen, at, 100))
    calm = year[kept] > 3.3
    assert np.abs(np.median(drawn, axis=1) - level)[calm].mean() < 0.1
    assert drawn.std(axis=1)[calm].mean() < 0.6 * drawn.std(axis=1)[year[kept] < 2].mean()
    assert (np.diff(drawn, axis=1) >= 0).all()


def test_boosted_quantiles_know_where_the_centre_and_the_spread_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faultline.forecast.learn.settings", lambda: WHOLE)
    chance = generator(1, "boosted")
    given = chance.random((4000, 3))
    against = np.where(given[:, 0] > 0.5, 2.0, -1.0) + np.where(given[:, 1] > 0.5, 1.0, 0.1) * chance.normal(size=4000)
    trees = fit_boosted(given, against, np.full(4000, 2.0), np.ones(4000))
    found = trees.quantiles(np.array([[0.9, 0.1, 0.5], [0.1, 0.9, 0.5]]), np.full(2, 2.0), 100)
    assert found[0].mean() > found[1].mean() + 1 and found[1].std() > 1.5 * found[0].std()


def test_states_that_share_a_border_do_so_both_ways() -> None:
    units = tuple(states())
    near = bordering(units)
    assert (near == near.T).all() and not near.diagonal().any()
    mali = {states()[unit][0] for unit, at in zip(units, near[units.index("432")], strict=True) if at}
    assert mali >= {"Niger", "Mauritania", "Algeria", "Senegal"} and len(mali) == 7


def test_deaths_next_door_are_seen_and_their_own_are_not() -> None:
    deaths = np.zeros((3, 40))
    deaths[0, 30] = 60
    near = np.array([[False, True, False], [True, False, False], [False, False, False]])
    found = dict(zip(NAMES, around(deaths, near), strict=True))
    assert found["around any 12"][1, 30] == 1 and found["around over 25 12"][1, 41 - 12 : 30].sum() == 0
    assert found["around most 6"][1, 35] == pytest.approx(np.log1p(10)) and found["around most 6"][1, 36] == 0
    assert all(values[[0, 2]].sum() == 0 for values in found.values())
    assert around(deaths, None).sum() == 0


def test_season_of_a_month_is_that_of_the_year_before_and_looks_back_only() -> None:
    deaths = np.zeros((1, 60))
    deaths[0, [24, 36]] = 30  # every first January of two, months counted from a January
    seen, first = turn(deaths), month_number("2000-01")
    row, month = np.zeros(14, int), np.full(14, 40)  # May
    found = seasonal(seen, first, row, month, np.arange(1, 15))
    level = np.log1p(30 / 12)  # of the twelve months to May
    around_january = np.isin(np.arange(1, 15), [7, 8, 9])  # December to February
    assert found[around_january, :2] == pytest.approx(np.log1p(10) - level) and found.shape == (14, 4)
    assert found[~around_january, :2] == pytest.approx(-level)
    later = deaths.copy()
    later[0, 41:] = 99
    assert np.array_equal(seasonal(turn(later), first, row, month, np.arange(1, 15)), found)
    assert found[0, 2:] == pytest.approx(found[12, 2:])  # June comes back after twelve months


def test_many_small_events_and_one_large_one_are_told_apart() -> None:
    deaths = np.full((2, 40), 20.0)
    counted = np.stack([np.full(40, 10.0), np.ones(40)])
    seen = features(replace(made_of(deaths), beside={"events": counted}))
    assert seen.one("deaths an event 12")[:, -1] == pytest.approx(np.log1p([2, 20]), rel=1e-5)
    assert seen.one("events 6")[:, -1] == pytest.approx(np.log1p([10, 1]), rel=1e-5)
    assert not any(name.startswith("events mean") for name in seen.names)  # no other type of violence
    assert "events" not in features(made_of(deaths)).groups


def made_of(deaths: np.ndarray) -> Monthly:
    shape = deaths.shape
    return replace(
        TABLE, units=("a", "b"), deaths=deaths, exists=np.ones(shape, bool), provisional=np.zeros(shape[1], bool)
    )


def test_recalibration_widens_what_was_too_narrow_and_leaves_what_was_right() -> None:
    chance = generator(1, "levels")
    narrow = np.clip(0.5 + 3 * (chance.random(20_000) - 0.5), 0, 1)  # many outcomes outside
    levels = learn_levels(np.concatenate([narrow, chance.random(20_000)]), np.repeat([1, 2], 20_000))
    ordered = np.arange(1000.0)[None].repeat(2, axis=0)
    wide, same = recalibrated(ordered, levels[[1, 2]])
    assert np.quantile(wide, 0.9) > 970 and np.quantile(wide, 0.1) < 30
    assert np.abs(same - ordered[0]).max() < 30
    assert levels[3].tolist() == KNOTS.tolist()  # nothing was seen


def test_paths_keep_each_month_and_bring_months_together() -> None:
    chance = generator(1, "paths")
    ordered = np.sort(chance.poisson(20, (2, 6, 4000)), axis=2).astype(float)
    found = paths(ordered, np.array([0.8, 0.0]), chance)
    assert np.array_equal(np.sort(found, axis=2), ordered)
    together, apart = (np.corrcoef(row)[0, 1] for row in found)
    assert together > 0.7 and abs(apart) < 0.1


def test_months_that_went_together_are_learnt_to_go_together() -> None:
    chance = generator(1, "together")
    years = np.repeat(np.arange(400), 12)
    one = np.repeat(chance.random(400), 12)
    found = learn_together(np.concatenate([one, chance.random(4800)]), np.tile(years, 2), np.repeat([1, 2], 4800))
    assert found[1] == pytest.approx(0.95) and found[2] < 0.05 and found[0] == 0
