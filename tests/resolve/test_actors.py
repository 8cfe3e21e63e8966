from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.record.actor import Actor, Alias
from faultline.record.days import Days, parse_days
from faultline.record.vocabulary import ActorKind, TieKind
from faultline.resolve.actors import Surroundings, who
from tests.resolve.newsroom import newsroom, tie

COUNCIL = Actor("council", "Council", ActorKind.JUNTA, (Alias("junta", "en", parse_days("2012/2013")),))
GOV = Actor(
    "gov",
    "Government",
    ActorKind.GOVERNMENT,
    (Alias("junta", "en", parse_days("2020/..")), Alias("junte", "fr", parse_days("2020/.."))),
)
EAST = Actor(
    "east",
    "Eastern Guard",
    ActorKind.MILITIA,
    (Alias("the Guard", "en"), Alias("Garde", "fr")),
    ties=(tie("east", TieKind.ALLIANCE, "front", "2015/..", "2016-01-01"), tie("east", TieKind.RIVALRY, "gov")),
    side="Government",
    demonyms=("Easterners",),
)
WEST = Actor("west", "Western Guard", ActorKind.MILITIA, (Alias("the Guard", "en"), Alias("la Garde", "fr")))
FRONT = Actor("front", "Front", ActorKind.ARMED_GROUP)
CASE = newsroom([COUNCIL, GOV, EAST, WEST, FRONT])


def probabilities(name, **where):
    return {candidate.id: round(candidate.probability, 3) for candidate in who(CASE, name, Surroundings(**where))}


@pytest.mark.parametrize(("day", "actor"), [("2012-06-01", "council"), ("2021-06-01", "gov")])
def test_alias_resolves_by_name_and_day(day, actor):
    assert probabilities("junta", days=parse_days(day)) == {actor: 1.0}


def test_name_between_two_bearers_means_the_one_before():
    assert probabilities("junta", days=parse_days("2016-06-01")) == {"council": 1.0}


def test_name_that_fits_two_stays_open_with_both_probabilities():
    assert probabilities("the Guard") == {"east": 0.5, "west": 0.5}


def test_name_that_nobody_has_means_nobody():
    assert who(CASE, "the Watch") == ()


@pytest.mark.parametrize(
    "where",
    [
        {"company": ("front",), "days": parse_days("2017-01-01")},
        {"company": ("gov",)},
        {"words": ("Easterners", "market")},
        {"side": "Government"},
    ],
)
def test_company_people_and_side_make_a_reading_likelier_and_never_certain(where):
    found = probabilities("the Guard", **where)
    assert 0.5 < found["east"] < 1 and found["west"] > 0


def test_company_counts_only_while_the_tie_lasts_and_once_it_is_known():
    at, before = parse_days("2017-01-01"), parse_days("2014-01-01")
    assert probabilities("the Guard", company=("front",), days=before) == {"east": 0.5, "west": 0.5}
    unknown = {"company": ("front",), "days": at, "as_of": date(2015, 12, 31)}
    assert probabilities("the Guard", **unknown) == {"east": 0.5, "west": 0.5}


def test_name_of_another_language_is_less_likely():
    case = newsroom(
        [
            Actor("a", "A", ActorKind.MILITIA, (Alias("Orra", "fr"),)),
            Actor("b", "B", ActorKind.MILITIA, (Alias("Orra", "en"),)),
        ]
    )
    ranked = who(case, "Orra", Surroundings(language="en"))
    assert [candidate.id for candidate in ranked] == ["b", "a"]
    assert "not its name in en" in ranked[1].reason


@given(st.sets(st.sampled_from(["front", "gov", "west", "nobody"])), st.sampled_from(["", "en", "fr"]))
def test_probabilities_sum_to_one_whatever_stands_beside_the_name(company, language):
    found = who(CASE, "the Guard", Surroundings(Days(), language, tuple(sorted(company))))
    assert sum(candidate.probability for candidate in found) == pytest.approx(1)
