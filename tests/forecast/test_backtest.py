"""Windows, issues and rules: what is handed to a forecaster, and what the simple rules say."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.signal
from tests.forecast.made import invented

from faultline.forecast.addup import summed
from faultline.forecast.backtest import Run, backtest
from faultline.forecast.baselines import BASELINES
from faultline.forecast.form import Asked, windows
from faultline.forecast.scoreboard import scoreboard
from faultline.forecast.tally import tally
from faultline.measure.chance import generator
from faultline.record.errors import UsageError
from faultline.record.months import month_number, month_text

TABLE = invented()
WINDOW = windows(month_number("2012-01"), month_number("2012-12"))
RULES = {rule.name: rule for rule in BASELINES}


def test_calendar_years_are_issued_in_october_of_the_year_before() -> None:
    found = windows(month_number("2018-01"), month_number("2025-12"))
    assert [month_text(w.issue) for w in found] == [f"{y}-10" for y in range(2017, 2025)]
    assert found[0].horizons.tolist() == list(range(3, 15))


def test_window_of_the_challenge_is_issued_in_april() -> None:
    (found,) = windows(month_number("2024-07"), month_number("2025-06"))
    assert month_text(found.issue) == "2024-04"


def test_last_window_is_as_long_as_it_is_asked_for() -> None:
    found = windows(month_number("2025-01"), month_number("2026-05"))
    assert [len(w.months) for w in found] == [12, 5]


@pytest.mark.parametrize("rule", RULES)
def test_rule_gives_the_same_draws_for_every_month_and_run(rule: str) -> None:
    first, again = (next(backtest(TABLE, WINDOW, [RULES[rule]], Run(draws=40))) for _ in range(2))
    assert first.draws.shape == (24, 12, 40) and np.array_equal(first.draws, again.draws)
    assert (first.draws == first.draws[:, :1]).all() and (first.draws >= 0).all()


@pytest.mark.parametrize("rule", RULES)
def test_nothing_after_the_issue_can_change_a_rule(rule: str) -> None:
    issue = WINDOW[0].issue - TABLE.first
    changed = TABLE.deaths.copy()
    changed[:, issue + 1 :] = 9999
    one, other = (
        next(backtest(t, WINDOW, [RULES[rule]], Run(draws=40))).draws for t in (TABLE, replace(TABLE, deaths=changed))
    )
    assert np.array_equal(one, other)


def drawn(rule: str, past: list[float], draws: int = 4000) -> np.ndarray:
    deaths = np.array([past], float)
    table = replace(TABLE, units=("u",), deaths=deaths, exists=deaths >= 0, provisional=np.zeros(deaths.shape[1], bool))
    return RULES[rule].issue(table, Asked(np.array([0]), np.array([1]), draws), generator(1))[0, 0]


YEAR = [0.0] * 30 + [9.0] * 30 + [0.0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]


def test_simple_rules_by_hand() -> None:
    assert drawn("zero", YEAR).max() == 0
    assert set(drawn("last", YEAR)) == {22}
    assert drawn("last-poisson", YEAR).mean() == pytest.approx(22, rel=0.02)
    assert sorted(set(drawn("conflictology-12", YEAR))) == YEAR[-12:]
    assert set(drawn("mix-60", YEAR)) == {0.0, 9.0, *YEAR[-12:]}
    assert set(drawn("negative-binomial-12", [0.0] * 40)) == {0.0}


def test_negative_binomial_has_mean_and_variance_of_the_twelve_months() -> None:
    found = drawn("negative-binomial-12", YEAR, 40_000)
    assert found.mean() == pytest.approx(11, rel=0.03)
    assert found.var() == pytest.approx(np.var(YEAR[-12:], ddof=1), rel=0.05)


def test_fourier_stretch_passes_through_the_twelve_months() -> None:
    found = drawn("conflictology-12-fourier", YEAR, 12)
    assert np.allclose(found, YEAR[-12:])


@pytest.mark.parametrize("draws", [10, 11, 12, 13, 1000])
def test_fourier_stretch_is_the_one_of_the_challenge(draws: int) -> None:
    theirs = np.maximum(scipy.signal.resample(np.array(YEAR[-12:]), draws), 0)
    assert np.allclose(drawn("conflictology-12-fourier", YEAR, draws), theirs)


def test_window_that_reaches_too_far_or_begins_too_early_is_an_error() -> None:
    with pytest.raises(UsageError, match="months of history"):
        list(backtest(TABLE, windows(month_number("1996-01"), month_number("1996-12")), BASELINES))


def test_months_after_the_table_are_forecast_and_not_scored() -> None:
    late = windows(TABLE.last - 1, TABLE.last + 3)
    (one,) = backtest(TABLE, late, [RULES["last"]], Run(draws=5))
    assert one.draws.shape[1] == 5 and np.isnan(one.actual[:, 2:]).all() and np.isfinite(one.actual[:, :2]).all()
    found = tally([one])["last"]
    assert np.isnan(found.scores["crps"][:, 2:]).all()


def test_scoreboard_compares_every_forecaster_with_one_reference() -> None:
    rows = scoreboard(tally(backtest(TABLE, WINDOW, BASELINES, Run(draws=60))))
    crps = {row.forecaster: row for row in rows if (row.name, row.stratum) == ("crps", "all")}
    reference, zero = crps["conflictology-12"], crps["zero"]
    assert reference.difference is None and zero.against == "conflictology-12"
    assert zero.difference == pytest.approx(zero.value - reference.value)
    assert zero.low < zero.difference < zero.high and zero.n == 24 * 12


def test_strata_share_out_every_cell_and_onsets_are_counted() -> None:
    rows = scoreboard(tally(backtest(TABLE, WINDOW, BASELINES[:1], Run(draws=20))))
    count = {row.stratum: row.n for row in rows if row.name == "brier_25"}
    assert count["all"] == sum(n for name, n in count.items() if name not in ("all", "active", "onsets"))
    before, came = TABLE.deaths[:, 189:201], TABLE.deaths[:, 204:216]
    assert count.get("onsets", 0) == ((before.sum(axis=1) == 0)[:, None] & (came > 0)).sum()


def test_tenths_of_the_pit_add_up_to_one() -> None:
    rows = scoreboard(tally(backtest(TABLE, WINDOW, BASELINES[3:4], Run(draws=60))))
    assert sum(row.value for row in rows if row.name.startswith("pit")) == pytest.approx(1)


def test_sums_of_independent_months_are_scored_as_sums() -> None:
    rows = scoreboard(tally(backtest(TABLE, WINDOW, BASELINES, Run(draws=400))))
    at = {(row.name, row.forecaster): row for row in rows}
    came = TABLE.deaths[:, 204:207].sum(axis=1)
    assert at["crps of 3 months", "zero"].value == pytest.approx(came.mean())
    assert at["crps of 12 months", "last"].n == 24 and ("crps of 6 months", "mix-60") in at
    rule, zero = at["crps of 12 months", "conflictology-12"], at["crps of 12 months", "zero"]
    assert zero.difference == pytest.approx(zero.value - rule.value) and zero.low < zero.difference < zero.high


def test_months_that_go_together_make_sums_wider() -> None:
    (one,) = backtest(TABLE, WINDOW, [RULES["mix-60"]], Run(draws=400))
    apart = summed(one)[12]["interval_90"]
    together = summed(replace(one, together=np.full(24, 0.9)))[12]["interval_90"]
    assert np.mean(together != apart) > 0.5
    calm = replace(one, actual=one.draws.mean(axis=2))  # what comes is the middle: wider costs
    wide, narrow = (summed(replace(calm, together=np.full(24, w)))[12]["interval_90"].mean() for w in (0.9, 0.0))
    assert wide > narrow


def test_sum_of_months_that_are_not_known_is_not_scored() -> None:
    late = windows(TABLE.last - 3, TABLE.last + 8)
    found = tally(backtest(TABLE, late, [RULES["last"]], Run(draws=5)))["last"].sums
    assert np.isfinite(found[3]["crps"]).all() and np.isnan(found[6]["crps"]).all()


def test_goal_is_judged_only_beside_all_that_it_is_held_against() -> None:
    table, declared = invented(months=366), windows(month_number("2024-07"), month_number("2025-06"))
    ours = replace(RULES["mix-60"], name="faultline")
    alone = scoreboard(tally(backtest(table, declared, [ours], Run(draws=40))))
    assert alone and not any(row.goal for row in alone)
    rivals = [ours, RULES["conflictology-12"], RULES["conflictology-12-fourier"]]
    beside = scoreboard(tally(backtest(table, declared, rivals, Run(draws=40))))
    assert {row.name for row in beside if row.goal} == {"ignorance", "crps", "interval_90"}
    eight = windows(month_number("2018-01"), month_number("2025-12"))
    years = scoreboard(tally(backtest(invented(months=372), eight, [ours], Run(draws=40))))
    assert {row.name for row in years if row.goal} == {"ignorance", "crps_log1p", "crps", "coverage_90"}
