"""Tables of units and months: columns by their publishers' names, rows as written, errors with the line."""

from pathlib import Path

import pytest

from faultline.intake.monthly import read_monthly
from faultline.record.errors import InputError, UsageError
from faultline.record.months import month_number, month_text


def rows(tmp_path: Path, text: str, deaths: str = ""):
    path = tmp_path / "t.csv"
    path.write_text(text)
    return read_monthly(path, deaths)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("gwno,year,month,sb_deaths\n432,2020,3,7\n", "gwno"),
        ("country_id,month_id,ged_sb\n50,483,7\n", "table"),  # VIEWS: 483 is March 2020
        ("unit,month,deaths\nMali,2020-03,7\n", "table"),
        ("dyad_id,year,month,deaths\n406,2020,03,7.0\n", "dyad"),
        ("isoab,date,outcome\nMLI,2020-03-01,7\n", "table"),
    ],
)
def test_names_of_publishers_are_known(tmp_path: Path, text: str, kind: str) -> None:
    found = rows(tmp_path, text)
    assert (found.kind, [month_text(m) for m in found.months], found.deaths) == (kind, ["2020-03"], (7.0,))


def test_other_types_of_violence_stand_beside_what_is_forecast(tmp_path: Path) -> None:
    text = "gwno,year,month,sb_deaths,ns_deaths,os_deaths,provisional\n432,2020,3,7,2,1,1\n"
    found = rows(tmp_path, text)
    assert (found.series, dict(found.beside)) == ("sb_deaths", {"non_state": (2.0,), "one_sided": (1.0,)})
    other = rows(tmp_path, text, "ns_deaths")
    assert other.deaths == (2.0,) and {name for name, _ in other.beside} == {"state_based", "one_sided"}
    assert found.provisional == (True,) and found.lines == (2,)


def test_events_of_what_is_forecast_stand_beside_it_and_those_of_other_types_do_not(tmp_path: Path) -> None:
    text = "gwno,year,month,sb_events,sb_deaths,ns_events,ns_deaths,os_events,os_deaths\n432,2020,3,5,7,1,2,4,9\n"
    assert dict(rows(tmp_path, text).beside) == {"non_state": (2.0,), "one_sided": (9.0,), "events": (5.0,)}
    assert dict(rows(tmp_path, text, "os_deaths").beside)["events"] == (4.0,)


def test_month_of_views_counts_from_january_1980(tmp_path: Path) -> None:
    assert rows(tmp_path, "unit,month_id,deaths\na,1,0\n").months == (month_number("1980-01"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("unit,deaths\na,1\n", r"t\.csv, header: .* expected a month"),
        ("month,deaths\n2020-01,1\n", "expected a unit: one of gwno"),
        ("unit,month,killed\na,2020-01,1\n", "expected a deaths"),
        ("unit,month,deaths\na,2020-13,1\n", "line 2: got '2020-13'"),
        ("unit,month,deaths\na,2020-01,\n", "line 2: got ''"),
        ("unit,month,deaths\n,2020-01,1\n", "line 2: got no unit"),
        ("unit,month,deaths\na,2020-01\n", "line 2: got another number of cells"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        rows(tmp_path, text)


def test_column_that_is_asked_for_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'ns_deaths', expected a column of t\.csv: unit, month, deaths"):
        rows(tmp_path, "unit,month,deaths\na,2020-01,1\n", "ns_deaths")
