"""The figure of a simulation: a scenario has its own manner and label; nothing is finer than region and month."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from faultline.publish.coupling.fan import draw_fans, panels_of
from faultline.publish.coupling.simulated import page_of, write_simulated
from faultline.record.errors import UsageError
from faultline.record.scenario import Outlook, Simulated

MONTHS = ("2020-01", "2020-02", "2020-03")


def row(region: str, month: str, scenario: bool, value: float = 4.0) -> Outlook:
    base = (value + 1, 0.5, 0.0, value, 2 * value) if scenario else ()
    return Outlook("violence", "events", region, month, "a & b", value, 1.0, value, 2 * value, 1.0, *base)


def simulated(scenario: str = "", regions: tuple[str, ...] = ("the country", "east")) -> Simulated:
    rows = tuple(row(region, month, bool(scenario)) for region in regions for month in ("", *MONTHS))
    label = "scenario, never scored" if scenario else "simulation without a scenario"
    return Simulated("x", date(2020, 1, 10), 8, 50, 1, "made up", label, scenario, ("so <b>",), rows=rows)


def test_scenario_is_hatched_beside_the_plain_fan_and_labelled() -> None:
    drawn = draw_fans(simulated("If <x>"))
    ElementTree.fromstring(drawn)
    assert "SCENARIO, NEVER SCORED" in drawn and "fn-band fn-if" in drawn and "fn-band fn-plain" in drawn
    assert "If &lt;x&gt;" in drawn and "a &amp; b" in drawn


def test_paths_without_a_scenario_have_one_manner() -> None:
    drawn = draw_fans(simulated())
    assert 'class="fn-band fn-if"' not in drawn and "fn-band fn-plain" in drawn


def test_panel_has_the_months_of_one_region() -> None:
    (panel,) = panels_of(simulated("If"), "east")
    assert [one.month for one in panel] == list(MONTHS) and {one.region for one in panel} == {"east"}


def test_one_month_is_drawn_as_a_bar() -> None:
    found = simulated()
    rows = tuple(one for one in found.rows if one.month in ("", MONTHS[0]))
    ElementTree.fromstring(draw_fans(Simulated(*[getattr(found, n) for n in found.__slots__[:12]], rows=rows)))


def test_page_says_what_it_is_before_any_number(tmp_path: Path) -> None:
    page = page_of(simulated("If"), "east")
    assert page.index("SCENARIO, NEVER SCORED") < page.index("<svg") and page.count("<svg") == 2
    assert "so &lt;b&gt;" in page and "<script" not in page
    assert write_simulated(simulated("If"), tmp_path / "a.json").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize(("name", "region"), [("a.png", ""), ("a.svg", "nowhere")])
def test_unknown_form_or_region_is_refused(tmp_path: Path, name: str, region: str) -> None:
    with pytest.raises(UsageError):
        write_simulated(simulated(), tmp_path / name, region)
