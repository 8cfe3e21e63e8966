"""Forecasts for one unit of a case: months and sums, chances, drivers, record, and which models may speak."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.forecast.made import invented

from faultline.forecast import learn
from faultline.forecast.around import NAMES
from faultline.forecast.backtest import Run, backtest
from faultline.forecast.baselines import BASELINES
from faultline.forecast.cast import BASELINE, Question, cast
from faultline.forecast.features import features
from faultline.forecast.figured import figured, kind_of, series_of, state_of, until
from faultline.forecast.form import windows
from faultline.forecast.ours import Ours
from faultline.forecast.outcomes import Monthly
from faultline.forecast.shipped import Shipped, packed, unpacked
from faultline.forecast.train import trained
from faultline.record.analysis import Figure, Frame
from faultline.record.errors import InputError, NotFoundError, UsageError
from faultline.record.forecasting import likelihood
from faultline.record.months import month_days, month_number, month_of, month_text

TABLE = invented(units=12)
RULES = {rule.name: rule for rule in BASELINES}
FRAME = Frame("counts", "office", "deaths", systematic=True)


@pytest.fixture(scope="module")
def models() -> Shipped:
    """A small set of models, learnt up to 2014-12."""
    whole = dict(learn.settings())
    small = {**whole, "earlier": 2, "member_draws": 40, "horizons_each": 1}
    small["occurrence"] = {**whole["occurrence"], "rounds": 10, "min_data_in_leaf": 20}
    for kind in ("forest", "centre", "spread"):
        small[kind] = {**whole[kind], "rounds": 10, "min_data_in_leaf": 20}
    with pytest.MonkeyPatch.context() as patch:
        for room in ("learn", "ours", "members", "train"):
            patch.setattr(f"faultline.forecast.{room}.settings", lambda: small)
        table, ours = TABLE.until(month_number("2014-12")), Ours()
        record = windows(month_number("2012-01"), month_number("2013-12"))
        said = list(backtest(table, record, [ours, RULES[BASELINE]], Run(100)))
        return trained("state_based", table, ours, said, {"data": "invented"})


def alone(unit: int, last: str) -> Monthly:
    """The table of one unit, as figures of a case give it."""
    table = TABLE.until(month_number(last))
    row = slice(unit, unit + 1)
    return replace(table, units=("Mali",), deaths=table.deaths[row], exists=table.exists[row])


def test_sums_are_the_months_of_one_way_added_up(models: Shipped) -> None:
    found = cast(alone(1, "2015-06"), Question("deaths", "Mali"), models)
    assert [step.outcome.months for step in found.steps] == [1] * 12 + [3, 6, 12]
    year, single = found.steps[-1], found.steps[:12]
    assert year.spread.mean == pytest.approx(sum(step.spread.mean for step in single))
    assert str(year.months) == "2015-07-01/2016-06-30" and str(found.issue) == "2015-06-30"


def test_chances_fall_with_the_threshold_and_carry_their_words(models: Shipped) -> None:
    for step in cast(alone(1, "2015-06"), Question("deaths", "Mali"), models).steps:
        chances = [c.probability for c in step.chances]
        assert [c.least for c in step.chances] == [1, 25, 100, 500, 1000]
        assert chances == sorted(chances, reverse=True)
        assert all(c.words == likelihood(c.probability) for c in step.chances)


def test_models_that_learnt_from_later_months_are_not_used(models: Shipped) -> None:
    later = cast(alone(1, "2014-12"), Question("deaths", "Mali"), models)
    earlier = cast(alone(1, "2014-11"), Question("deaths", "Mali"), models)
    assert (later.forecaster, earlier.forecaster) == ("faultline", "history")
    assert "2014-12, after this issue" in earlier.why and earlier.drivers == ()


def test_record_holds_only_windows_that_were_over_at_the_issue(models: Shipped) -> None:
    whole = cast(alone(1, "2015-06"), Question("deaths", "Mali", "u1"), models)
    assert [str(one.months) for one in whole.fared] == ["2012-01-01/2012-12-31", "2013-01-01/2013-12-31"]
    part = cast(alone(1, "2013-06"), Question("deaths", "Mali", "u1"), models)
    assert [str(one.months) for one in part.fared] == ["2012-01-01/2012-12-31"]
    assert all(0 <= one.covered <= one.n == 12 and one.crps > 0 for one in whole.fared)
    assert whole.fared[0].came == tuple(TABLE.deaths[1, 204:216])


def test_drivers_are_groups_of_features_strongest_first(models: Shipped) -> None:
    drivers = cast(alone(1, "2015-06"), Question("deaths", "Mali"), models).drivers
    moved = [abs(d.any_death) + abs(d.how_many) for d in drivers]
    assert moved == sorted(moved, reverse=True) and moved[0] > 0 and "level" in {d.group for d in drivers}


def test_drivers_add_up_to_how_far_the_models_move_from_their_mean(models: Shipped) -> None:
    table = replace(alone(1, "2015-06"), world=np.full(246, models.world))
    seen = features(table)
    ahead = np.arange(1, 13)
    given = learn.inputs(seen, np.zeros(12, int), np.full(12, 245), ahead)
    forests = [forest.booster for forest in models.models.forests.values()]
    means = [one.predict(given, pred_contrib=True)[0, -1] / one.num_trees() for one in forests]
    away = np.mean([one.predict(given).mean() - mean for one, mean in zip(forests, means, strict=True)])
    moved = sum(d.how_many for d in cast(alone(1, "2015-06"), Question("deaths", "Mali"), models).drivers)
    assert moved == pytest.approx(away, abs=1e-6)


def test_neighbours_that_the_case_does_not_hold_are_those_that_the_models_saw_last(models: Shipped) -> None:
    fought = replace(models, around={"u1": np.full(len(NAMES), 5.0)})
    table = alone(1, "2015-06")
    seen = [features(replace(table, around=m.around.get("u1"))).one(NAMES[0])[0, -1] for m in (models, fought)]
    assert seen == [0.0, 5.0]


def test_models_read_back_say_the_same(models: Shipped) -> None:
    again = unpacked(packed(models))
    one, other = (cast(alone(1, "2015-06"), Question("deaths", "Mali", "u1"), m) for m in (models, again))
    assert one.drivers == other.drivers and len(one.fared) == len(other.fared)
    for mine, theirs in zip(one.steps, other.steps, strict=True):
        assert mine.spread.q50 == pytest.approx(theirs.spread.q50, abs=1)  # leaves are kept in half precision


def test_same_question_gives_the_same_forecast(models: Shipped) -> None:
    assert cast(alone(1, "2015-06"), Question("d", "Mali"), models) == cast(
        alone(1, "2015-06"), Question("d", "Mali"), models
    )


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "almost no chance"),
        (0.05, "very unlikely"),
        (0.3, "unlikely"),
        (0.5, "roughly even chance"),
        (0.6, "likely"),
        (0.9, "very likely"),
        (0.96, "almost certain"),
    ],
)
def test_words_of_likelihood_are_those_of_icd_203(probability: float, words: str) -> None:
    assert likelihood(probability) == words


def figures(months: int = 60, missing: tuple[str, ...] = (), worth: float = 4.0) -> list[Figure]:
    first = month_number("2018-01")
    wanted = [m for m in range(first, first + months) if month_text(m) not in missing]
    made = [
        Figure(series, unit, month_days(m), value, "office", month_days(m + 1), m == wanted[-1])
        for m in wanted
        for series, unit, value in (
            ("state-based deaths", "Mali", worth),
            ("state-based deaths", "A - B", 1.0),
            ("one-sided deaths", "Mali", 2.0),
            ("state-based events", "Mali", 1.0),
        )
    ]
    return made


def test_series_of_deaths_have_their_units_largest_first() -> None:
    assert series_of(figures()) == {"state-based deaths": ["Mali", "A - B"], "one-sided deaths": ["Mali"]}


def test_figures_become_a_table_with_the_other_series_beside_it() -> None:
    found = figured(figures(), "state-based deaths", "Mali", FRAME)
    assert found.gap is None and found.table.deaths.sum() == 240
    assert {name: values.sum() for name, values in found.table.beside.items()} == {"one_sided": 120, "events": 60}
    assert "events" not in figured(figures(), "one-sided deaths", "Mali", FRAME).table.beside
    assert found.table.provisional.tolist() == [False] * 59 + [True]


def test_table_ends_before_a_gap_and_says_so() -> None:
    found = figured(figures(missing=("2022-04",)), "state-based deaths", "Mali", FRAME)
    assert month_text(found.table.last) == "2022-03" and found.gap == month_number("2022-04") and found.later == 8
    with pytest.raises(UsageError, match=r"2022-06: 2022-04 was not public on 2023-01-01.*A gap in the input"):
        until(found, month_number("2022-06"), date(2023, 1, 1))


def test_of_two_figures_for_a_month_the_one_published_last_counts() -> None:
    first = figures()
    revised = replace(first[0], value=40.0, published=month_days(month_number("2024-01")))
    for order in ([*first, revised], [revised, *first]):
        assert figured(order, "state-based deaths", "Mali", FRAME).table.deaths[0, 0] == 40


@pytest.mark.parametrize("worth", [-1.0, 0.5])
def test_figures_that_are_no_counts_are_refused(worth: float) -> None:
    with pytest.raises(InputError, match="a whole number"):
        figured(figures(worth=worth), "state-based deaths", "Mali", FRAME)


def test_unknown_series_and_units_are_named_with_what_there_is() -> None:
    with pytest.raises(NotFoundError, match="'x', expected one of state-based deaths, one-sided deaths"):
        figured(figures(), "x", "Mali", FRAME)
    with pytest.raises(NotFoundError, match="'Chad', expected one of Mali, A - B"):
        figured(figures(), "state-based deaths", "Chad", FRAME)


def test_states_and_series_are_known_by_their_words() -> None:
    assert (state_of("mali"), state_of("A - B")) == ("432", "")
    assert (kind_of("state-based deaths"), kind_of("state-based events")) == ("state_based", "")
    assert np.isfinite(month_of(date(2020, 1, 1)))
