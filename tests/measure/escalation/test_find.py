"""From events and figures to the finding."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.measure.worlds import ORIGIN, case_in, sight_of, table

from faultline.case import Case
from faultline.measure.chance import generator
from faultline.measure.escalation import ESCALATION
from faultline.measure.escalation.find import PROVISIONAL
from faultline.measure.escalation.null import Null, draw
from faultline.measure.escalation.series import series_of
from faultline.measure.form import NOT_A_SAMPLE, NOT_ENOUGH
from faultline.measure.sight import Sight
from faultline.record.analysis import Figure, Frame
from faultline.record.days import parse_days
from faultline.record.declared import Declared
from faultline.record.finding import Finding

DECLARED = Declared(draws=99)
MONTHS = 96


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    made = case_in(tmp_path_factory.mktemp("case") / "case")
    return replace(made, frames=(Frame("yearbook-frame", "yearbook", "event", systematic=True),))


def _figures(values: np.ndarray, unit: str = "Land", open_from: int = MONTHS) -> tuple[Figure, ...]:
    return tuple(
        Figure("battles events", unit, parse_days(_name(k)), float(value), "yearbook", provisional=k >= open_from)
        for k, value in enumerate(values)
    )


def _name(k: int) -> str:
    return f"{2015 + k // 12}-{k % 12 + 1:02d}"


@pytest.fixture(scope="module")
def doubled(case: Case) -> Finding:
    """Figures whose level trebles after 80 months, the last three provisional, the last month a record."""
    chance = generator(3, "doubled")
    values = np.concatenate([draw(Null(m, 0.2, 6.0), n, 1, chance)[0] for m, n in ((10, 80), (30, 16))])
    values[-1] = 150
    sight = Sight(case, date(2023, 6, 1), figures=_figures(values, open_from=MONTHS - 3), declared=DECLARED)
    return ESCALATION.run(sight)


def test_change_of_level_is_found_with_its_months_and_ratio(doubled: Finding) -> None:
    rows = {row.name: row for row in doubled.rows}
    starts = [told.days.first_day for told in doubled.told]
    assert any(start and date(2021, 6, 1) <= start <= date(2021, 12, 1) for start in starts)
    assert (rows["last change"].statistic or 0) > 1.5
    assert rows["last change"].window.known
    assert rows["changes of regime"].verdict == ""
    assert (rows["changes of regime"].p_value or 1) < 0.05
    assert [told.form for told in doubled.told] == ["regime"] * (int(rows["changes of regime"].statistic or 0) + 1)


def test_largest_has_its_rank_its_chance_and_is_provisional_where_the_month_is(doubled: Finding) -> None:
    row = next(row for row in doubled.rows if row.name.startswith("largest"))
    assert row.statistic == 1
    assert "2022-12: 150, the largest of all" in row.note
    assert row.verdict == PROVISIONAL
    assert (row.p_value or 1) < 0.05
    assert "(provisional), largest of all, rank 1 of 96 months" in doubled.summary


def test_provisional_months_are_drawn_apart(doubled: Finding) -> None:
    shown = {curve.name: curve for curve in doubled.curves}
    done, left = shown["battles events, Land"], shown["battles events, Land, provisional"]
    assert [value is None for value in done.y[-4:]] == [False, True, True, True]
    assert [value is None for value in left.y[-4:]] == [True, False, False, False]


def test_series_of_one_level_is_not_said_to_change(case: Case) -> None:
    values = draw(Null(10, 0.3, 5.0), MONTHS, 1, generator(9, "level"))[0]
    found = ESCALATION.run(Sight(case, date(2023, 6, 1), figures=_figures(values), declared=DECLARED))
    row = next(row for row in found.rows if row.name == "changes of regime")
    assert row.verdict == "indistinguishable from chance"


def test_country_is_taken_rather_than_its_parts_and_months_not_public_are_left_out(case: Case) -> None:
    values = np.full(MONTHS, 20.0)
    parts = _figures(values / 2, "Region")
    whole = tuple(f for k, f in enumerate(_figures(values)) if not 60 <= k < 72)
    series = series_of(Sight(case, date(2023, 6, 1), figures=(*parts, *whole)))
    assert [s.name for s in series] == ["battles events, Land"]
    assert series[0].missing == 12
    assert (series[0].month(59), series[0].month(60)) == ("2019-12", "2021-01")


def test_figures_of_a_source_without_a_systematic_frame_give_nothing(case: Case) -> None:
    sight = Sight(replace(case, frames=()), date(2023, 6, 1), figures=_figures(np.full(MONTHS, 20.0)))
    found = ESCALATION.run(sight)
    assert [row.verdict for row in found.rows] == [NOT_A_SAMPLE]


def test_short_series_is_not_enough(case: Case) -> None:
    found = ESCALATION.run(Sight(case, date(2023, 6, 1), figures=_figures(np.full(20, 20.0))))
    assert [row.verdict for row in found.rows] == [NOT_ENOUGH]


def _table_sight(case: Case) -> Sight:
    chance = np.random.default_rng(5)
    days = np.sort(chance.integers(0, 1900, 900))
    fronts = chance.integers(0, 4, 900)
    events = table(days.tolist(), fronts.tolist())
    subtype = np.where(np.arange(900) % 3 == 0, "attack_on_civilians", "clash")
    return sight_of(case, replace(events, subtype=subtype, deaths=np.full(900, 2.0)), DECLARED)


def test_event_table_gives_events_deaths_and_fronts_by_type_of_violence(case: Case) -> None:
    sight = _table_sight(case)
    series = {s.name: s for s in series_of(sight)}
    assert set(series) == {
        *(f"{kind}, {unit}" for kind in ("all violence", "against civilians", "other violence")
          for unit in ("events", "deaths")),
        "all violence, fronts",
    }  # fmt: skip
    every = series["all violence, events"].counts
    parts = series["against civilians, events"].counts + series["other violence, events"].counts
    assert np.array_equal(every, parts)
    assert np.array_equal(series["all violence, deaths"].counts, 2 * every)
    assert series["all violence, fronts"].counts.max() == 4


def test_months_that_are_not_over_or_not_reported_are_left_out(case: Case) -> None:
    sight = _table_sight(case)
    series = series_of(sight)[0]
    end = series.days(0, len(series.counts) - 1).last_day
    assert end is not None
    assert end.toordinal() <= sight.as_of.toordinal() - 90
    assert series.unsettled >= 2
    events = sight.events
    assert events is not None
    released = replace(events, published=np.full(len(events), ORIGIN + 1899))
    whole = series_of(replace(sight, tables={"made": released}))[0]
    assert len(whole.counts) > len(series.counts)
    assert whole.unsettled == 0


def test_finding_says_what_was_left_out(case: Case) -> None:
    found = ESCALATION.run(_table_sight(case))
    assert any("not fully reported yet" in warning for warning in found.warnings)
    assert any(warning.startswith("Reporting delay: no row says") for warning in found.warnings)
    assert all(row.frame == "made" for row in found.rows)
