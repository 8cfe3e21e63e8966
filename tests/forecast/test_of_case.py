"""Which models may speak for a case: those whose inputs the case holds."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.publish.hand import HandDesk, filing, hand_entry, open_desk

from faultline.forecast.of_case import Forecasting, forecasts
from faultline.record.analysis import Figure, Frame
from faultline.record.days import parse_days

SERIES = ("state-based deaths", "non-state deaths", "one-sided deaths", "state-based events")
PUBLIC = parse_days("2026-05-15")


def desk(folder: Path, series: tuple[str, ...]) -> HandDesk:
    """Invented figures, to April 2026, of a state in which none of it happened."""
    months = [f"{year}-{month:02d}" for year in range(2018, 2027) for month in range(1, 13)][:100]
    figures = tuple(
        Figure(name, "Belgium", parse_days(month), float(9 + n % 5), "counter", PUBLIC)
        for name in series
        for n, month in enumerate(months)
    )
    told = hand_entry(filing("figures/made.csv", "Figures", "2026-05-15", "counter"), "Figures, made up.")
    made = open_desk(folder, [replace(told, figures=figures)])
    return HandDesk(replace(made.case, frames=(Frame("counted", "counter", "deaths", systematic=True),)), made.store)


@pytest.mark.parametrize("held", [1, 2, 3, 4])
def test_models_speak_only_where_the_case_holds_what_they_look_at(tmp_path: Path, held: int) -> None:
    made = desk(tmp_path, SERIES[:held])
    asked = Forecasting(series=SERIES[:1])
    [first] = forecasts(made.case, made.snapshot(date(2026, 6, 1)), asked)
    lacking = " and ".join(SERIES[held:])
    if lacking:
        assert (first.forecaster, first.drivers, first.fared) == ("history", (), ())
        assert first.why == f"the models of the package also need figures of {lacking}"
    else:
        assert first.forecaster == "faultline" and first.drivers and first.fared
        assert "learnt from all states up to 2025-12" in first.why
