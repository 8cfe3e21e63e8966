"""Actors, places, sources and expectations of the Mali case say what somebody who knows Mali expects of them."""

from datetime import date

import pytest
from tests.cases.mali import mali, reports

from faultline.case import name_key
from faultline.record.analysis import Expectation, ExpectationForm
from faultline.record.days import parse_days
from faultline.record.place import distance_km
from faultline.record.vocabulary import Reliability, TieKind

LINES = [  # the line of the rebels, of al-Qaeda, of the Islamic State, of the foreign forces
    ("mnla", "member", "cma", "2015-07-01"),
    ("hcua", "member", "cma", "2015-07-01"),
    ("maa", "member", "cma", "2015-07-01"),
    ("cma", "member", "csp-psd", "2022-01-01"),
    ("csp-dpa", "successor", "csp-psd", "2024-06-01"),
    ("fla", "successor", "csp-dpa", "2024-12-01"),
    ("aqim-sahara", "merger", "jnim", "2017-03-02"),
    ("ansar-dine", "merger", "jnim", "2017-03-02"),
    ("al-mourabitoun", "merger", "jnim", "2017-03-02"),
    ("katiba-macina", "member", "jnim", "2020-01-01"),
    ("mujao", "merger", "al-mourabitoun", "2013-09-01"),
    ("is-sahel", "split", "al-mourabitoun", "2015-06-01"),
    ("operation-barkhane", "successor", "operation-serval", "2014-09-01"),
    ("afisma", "merger", "minusma", "2013-07-01"),
    ("africa-corps", "successor", "wagner", "2025-06-10"),
]


def tied(actor: str, kind: str, other: str, day: date) -> bool:
    return any(
        tie.kind is TieKind(kind) and tie.other == other and tie.days.covers(day) for tie in mali().actor(actor).ties
    )


@pytest.mark.parametrize(("actor", "kind", "other", "day"), LINES)
def test_line_of_the_movements_stands(actor, kind, other, day):
    assert tied(actor, kind, other, date.fromisoformat(day))


def test_there_are_as_many_entries_as_the_case_promises():
    assert len(mali().actors) >= 110
    assert len({place.id for place in mali().places}) >= 600
    assert len(mali().sources) >= 140
    assert len(mali().expectations) >= 60


def test_every_tie_has_a_source():
    bare = [(a.id, t.kind, t.other) for a in mali().actors for t in a.ties if not t.sources]
    assert bare == []


def test_tie_is_known_from_the_publication_of_its_first_report():
    published = {
        r.front.get("url"): parse_days(r.front.get("published", "")) for r in reports() if "published" in r.front
    }
    for actor in mali().actors:
        for tie in actor.ties:
            if tie.sources[0] in published and tie.published.known:
                shared = [r for r in reports() if r.front.get("url") == tie.sources[0]]
                days = [parse_days(r.front.get("published", "")) for r in shared]
                assert tie.published in days, (actor.id, tie.other)


def test_name_of_the_coalition_follows_its_renaming():
    def who(day: str) -> list[str]:
        return [c.id for c in mali().actor_candidates("CSP", parse_days(day))]

    assert who("2022-01-01") == ["csp-psd"]
    assert who("2024-08-01") == ["csp-dpa"]


def test_capital_stands_for_its_government_and_is_no_alias():
    government = mali().actor("gov-mali")
    assert "Bamako" in government.metonyms
    assert mali().actor_candidates("Bamako") == ()
    metonyms = [name_key(m) for a in mali().actors for m in a.metonyms]
    assert len(metonyms) == len(set(metonyms))


def test_two_wings_of_the_arab_movement_share_its_name():
    assert {c.id for c in mali().actor_candidates("MAA")} == {"maa", "maa-platform"}


def test_town_and_region_of_one_name_are_two_places():
    town, region = mali().place("kidal"), mali().place("kidal-region")
    assert town.feature == "PPLA" and region.feature == "ADM1"
    assert [c.id for c in mali().place_candidates("Kidal")] == ["kidal"]


def test_division_of_2023_moves_bandiagara_to_its_own_region():
    assert mali().place("bandiagara", date(2023, 3, 12)).admin1 == "Mopti"
    assert mali().place("bandiagara", date(2023, 3, 13)).admin1 == "Bandiagara"


def test_places_of_mali_lie_in_mali():
    for place in mali().places:
        if place.country == "ML":
            assert 10 <= place.latitude <= 25.1 and -12.5 <= place.longitude <= 4.4, place.id
            assert place.source, place.id


def test_place_known_by_another_place_is_not_called_exact():
    for place in mali().places:
        if "the place meant lies within" in place.note:
            assert place.radius_km >= 5 and place.precision != "exact", place.id


def test_kidal_lies_about_1200_kilometres_from_bamako():
    assert 1150 < distance_km(mali().place("bamako"), mali().place("kidal")) < 1250


def test_letter_of_reliability_is_defended():
    for source in mali().sources:
        assert source.reason, source.id
    judged = [s for s in mali().sources if s.reliability is not Reliability.F]
    assert len(judged) >= 150


def test_source_speaks_for_a_party_of_the_case():
    actors = {actor.id for actor in mali().actors}
    assert {s.side for s in mali().sources if s.side} <= actors


def test_laundering_network_is_marked():
    pravda = [s for s in mali().sources if s.family == "pravda-network"]
    assert len(pravda) >= 4 and all(s.laundering for s in pravda)


def expectations(*forms: ExpectationForm) -> list[Expectation]:
    return [e for e in mali().expectations if e.form in forms and e.stage == "case"]


@pytest.mark.parametrize("expected", expectations(ExpectationForm.EXISTS), ids=lambda e: f"{e.subject} {e.day}")
def test_expectation_of_existence_holds(expected):
    assert mali().actor(expected.subject).days.covers(expected.day) is (expected.value == "yes")


@pytest.mark.parametrize("expected", expectations(ExpectationForm.TIE), ids=lambda e: f"{e.subject} {e.value}")
def test_expectation_of_a_tie_holds(expected):
    kind, other = expected.value.removeprefix("not ").split(" ")
    assert tied(expected.subject, kind, other, expected.day) is not expected.value.startswith("not ")
