"""UCDP event files become monthly tables: an event counts once, the newest file wins, candidates are provisional."""

import zipfile
from pathlib import Path

import pytest

from faultline.intake.ucdp import COUNTRY, DYAD, ucdp_tables
from faultline.record.errors import InputError

HEAD = "id,type_of_violence,country_id,dyad_new_id,date_start,best\n"
YEARLY = HEAD + "1,1,432,77,2024-03-05,4\n2,1,432,77,2024-03-30,6\n3,3,345,88,2008-01-01,5\n4,2,439,,2024-12-31,1\n"
FEBRUARY = HEAD + "9,1,432,77,2025-02-01,10\n8,1,432,77,2024-12-30,99\n"
MARCH = HEAD + "9,1,432,77,2025-02-01,12\n10,2,439,90,2025-03-02,2\n"


def files(tmp_path: Path) -> tuple[Path, list[Path]]:
    with zipfile.ZipFile(tmp_path / "ged.zip", "w") as archive:
        archive.writestr("GEDEvent.csv", YEARLY)
    for name, text in (("feb.csv", FEBRUARY), ("mar.csv", MARCH)):
        (tmp_path / name).write_text(text)
    return tmp_path / "ged.zip", [tmp_path / "feb.csv", tmp_path / "mar.csv"]


def test_events_are_added_up_by_state_and_month(tmp_path: Path) -> None:
    lines = ucdp_tables(*files(tmp_path))[COUNTRY].splitlines()
    assert lines[0] == "gwno,year,month,sb_events,sb_deaths,ns_events,ns_deaths,os_events,os_deaths,provisional"
    assert "432,2024,3,2,10,0,0,0,0,0" in lines
    assert "340,2008,1,0,0,0,0,1,5,0" in lines  # Serbia since 2007


def test_newest_candidate_wins_and_none_reaches_into_the_yearly_release(tmp_path: Path) -> None:
    lines = ucdp_tables(*files(tmp_path))[COUNTRY].splitlines()
    assert "432,2025,2,1,12,0,0,0,0,1" in lines and "439,2025,3,0,0,1,2,0,0,1" in lines
    assert not any(line.startswith("432,2024,12") for line in lines)


def test_pairs_of_actors_have_a_table_of_their_own(tmp_path: Path) -> None:
    lines = ucdp_tables(*files(tmp_path))[DYAD].splitlines()
    assert lines == [
        "dyad_id,type,year,month,events,deaths,provisional",
        "77,sb,2024,3,2,10,0",
        "77,sb,2025,2,1,12,1",
        "88,os,2008,1,1,5,0",
        "90,ns,2025,3,1,2,1",
    ]


def test_file_of_something_else_is_refused(tmp_path: Path) -> None:
    yearly, _ = files(tmp_path)
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    (tmp_path / "y.csv").write_text(HEAD + "1,1,432,77,soon,4\n")
    (tmp_path / "z.zip").write_bytes(b"no")
    with pytest.raises(InputError, match="no column id"):
        ucdp_tables(yearly, [tmp_path / "x.csv"])
    with pytest.raises(InputError, match=r"y\.csv, line 2"):
        ucdp_tables(yearly, [tmp_path / "y.csv"])
    with pytest.raises(InputError, match="no zip file"):
        ucdp_tables(tmp_path / "z.zip", [])


def test_candidate_file_as_published_is_read(shared: Path) -> None:
    path = shared / "ucdp/GEDEvent_v26_0_1.csv"
    lines = ucdp_tables(shared / "ucdp/GEDEvent_v23_0_10.csv", [path])[COUNTRY].splitlines()
    assert any(line.startswith("432,2026,1,") and line.endswith(",1") for line in lines)
