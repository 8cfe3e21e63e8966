"""Places and their distances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.record.place import Place, distance_km

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
PLACES = st.builds(Place, st.just("p"), st.just("P"), LATITUDES, LONGITUDES)


def test_distance_between_two_cities_agrees_with_the_published_one() -> None:
    # Vincenty distance on WGS 84 between Greenwich (51.4779 N, 0) and Paris (48.8566 N, 2.3522 E): 335.2 km.
    greenwich, paris = Place("g", "Greenwich", 51.4779, 0.0), Place("p", "Paris", 48.8566, 2.3522)
    assert distance_km(greenwich, paris) == pytest.approx(335.2, rel=0.006)


@given(PLACES, PLACES)
def test_distance_is_mutual_and_never_more_than_half_the_globe(one: Place, other: Place) -> None:
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))
    assert 0 <= distance_km(one, other) <= 20_016


@given(PLACES)
def test_a_place_is_at_no_distance_from_itself(place: Place) -> None:
    assert distance_km(place, place) == 0


@given(LATITUDES)
def test_the_date_line_is_no_wall(latitude: float) -> None:
    east, west = Place("e", "E", latitude, 180.0), Place("w", "W", latitude, -180.0)
    assert distance_km(east, west) == pytest.approx(0, abs=1e-6)
