"""What a map may draw: as widely as it is known, and no pin for a country."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.publish.incidents import IncidentRow
from faultline.publish.web.points import by_place, hull_of, points_of
from faultline.record.days import Days, parse_days
from faultline.record.place import Place
from faultline.record.vocabulary import PlacePrecision
from tests.publish.hand import hand_case

DAY = parse_days("2020-03-03")
ROW = IncidentRow("inc_1", DAY, ("tarn",), (), ("attack",), "happened", 4, 4, 4, "", 1, 1, 1, False, None, True, "", 0)
COUNTRY = Place("vr", "Varda", 10, 1, 300, feature="PCLI", precision=PlacePrecision.COUNTRY, country="VR")


def rows(*changes: dict[str, object]) -> list[IncidentRow]:
    return [replace(ROW, id=f"inc_{n}", **change) for n, change in enumerate(changes)]  # type: ignore[arg-type]


def test_incident_stands_at_the_finest_place_that_is_said_of_it(tmp_path: Path) -> None:
    points = points_of(hand_case(tmp_path), rows({"places": ("osk", "tarn")}))
    assert points.spots[points.places[0]].id == "tarn"


def test_country_is_counted_and_not_drawn_and_an_unknown_place_has_no_spot(tmp_path: Path) -> None:
    case = hand_case(tmp_path)
    case = replace(case, places=(*case.places, COUNTRY))
    points = points_of(case, rows({"places": ("vr",)}, {"places": ("nowhere",)}, {"places": ()}))
    assert [spot.drawn for spot in points.spots] == [False]
    assert points.places == (0, -1, -1)


def test_region_is_the_hull_of_the_places_known_in_it(tmp_path: Path) -> None:
    case = hand_case(tmp_path)
    third = replace(case.places[0], id="mill", name="Mill", latitude=10.1, longitude=1.4)
    points = points_of(replace(case, places=(*case.places, third)), rows({"places": ("osk",)}))
    assert set(points.spots[0].hull) == {(1.0, 10.0), (1.2, 10.5), (1.4, 10.1)}


@pytest.mark.parametrize(
    ("days", "period", "counted"),
    [
        ("2020-03-03", "2020-03-03/2020-03-03", 1),
        ("2020-03", "2020-03-31/..", 1),
        ("2020-03-03", "2020-03-04/..", 0),
        ("", "2020-01-01/..", 0),
        ("", "", 1),
        ("2020-03-03/..", "2021-01-01/2021-12-31", 1),
    ],
)
def test_period_counts_what_may_have_fallen_in_it(tmp_path: Path, days: str, period: str, counted: int) -> None:
    points = points_of(hand_case(tmp_path), rows({"days": parse_days(days)}))
    assert sum(one.incidents for one in by_place(points, parse_days(period))) == counted


def test_silence_of_an_incident_is_counted_apart_and_never_as_zero(tmp_path: Path) -> None:
    points = points_of(hand_case(tmp_path), rows({}, {"killed_best": None}))
    [tarn] = by_place(points, Days())
    assert (tarn.incidents, tarn.killed, tarn.silent) == (2, 4, 1)


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), max_size=30))
def test_hull_holds_every_point(points: list[tuple[int, int]]) -> None:
    hull = hull_of([(float(x), float(y)) for x, y in points])
    if not hull:
        return
    edges = list(zip(hull, (*hull[1:], hull[0]), strict=True))
    for x, y in points:
        assert all((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) >= -1e-9 for a, b in edges)
