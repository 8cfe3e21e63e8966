"""Names become keys, keys become candidates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faultline.case.names import actor_index, candidates, name_key, place_index
from faultline.record.actor import Actor, Alias
from faultline.record.days import Days, parse_days
from faultline.record.place import Place
from faultline.record.text import Candidate
from faultline.record.vocabulary import ActorKind

GROUP = ActorKind.ARMED_GROUP


def look_up(actors: list[Actor], name: str, days: str = "") -> tuple[Candidate, ...]:
    return candidates(actor_index(actors).get(name_key(name), ()), parse_days(days))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ANSAR DINE", "Ansar Dine"),
        ("Ansar-Dine", "ansar dine"),
        ("Ménaka", "Menaka"),
        ("Me\u0301naka", "Ménaka"),
        ("N’Tillit", "N'Tillit"),
        ("N`Tillit", "Ntillit"),
        ("Front\u00a0de  libération", "Front de liberation"),
        ("G.A.T.I.A.", "GATIA"),
        ("Œuvre", "oeuvre"),
        ("Straße", "STRASSE"),
        ("القاعدة", "القـــاعدة"),
        ("Gao\u200b", "Gao"),
    ],
)
def test_spelling_does_not_tell_two_names_apart(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("In Tillit", "Intillit"), ("Ber", "Bere"), ("Гао", "Gao"), ("'", "’")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text(min_size=1))
def test_key_of_a_key_is_the_key_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


def test_alias_leads_to_its_actor_on_its_days() -> None:
    actors = [
        Actor("old", "Old Front", GROUP, (Alias("OF", days=parse_days("2012/2015")),)),
        Actor("new", "Other Force", GROUP, (Alias("OF", days=parse_days("2016/..")),)),
    ]
    assert [c.id for c in look_up(actors, "OF", "2014-05-01")] == ["old"]
    assert [c.id for c in look_up(actors, "o.f.", "2017")] == ["new"]
    assert [c.id for c in look_up(actors, "OF", "2015-12-01/2016-02-01")] == ["new", "old"]


def test_name_without_days_asked_leads_to_everybody_who_ever_had_it() -> None:
    actors = [Actor("a", "A", GROUP, (Alias("X", days=parse_days("2012")),)), Actor("b", "X", GROUP)]
    assert look_up(actors, "X") == (
        Candidate("a", 0.5, "named 'X' (2012-01-01/2012-12-31)"),
        Candidate("b", 0.5, "named 'X' (unknown)"),
    )


def test_former_name_counts_where_nobody_has_it_now_and_a_later_name_never() -> None:
    actors = [Actor("a", "A", GROUP, (Alias("X", days=parse_days("2012")), Alias("Y", days=parse_days("2014/.."))))]
    assert look_up(actors, "X", "2020") == (Candidate("a", 1.0, "named 'X' until 2012-12-31"),)
    assert look_up(actors, "Y", "2013") == ()


def test_own_name_is_valid_always_unless_an_alias_dates_it() -> None:
    actors = [Actor("a", "A", GROUP, (Alias("A", days=parse_days("2012/..")),)), Actor("b", "B", GROUP)]
    assert look_up(actors, "A", "2011") == ()
    assert [c.id for c in look_up(actors, "B", "1900")] == ["b"]


def test_several_villages_of_one_name_are_equally_likely() -> None:
    places = [Place(key, "Tin Ab", 1, 2, variants=("Tin-Ab",)) for key in ("one", "two", "three")]
    found = candidates(place_index(places)[name_key("tin ab")], None)
    assert [c.id for c in found] == ["one", "three", "two"]
    assert len({c.probability for c in found}) == 1


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1))
def test_probabilities_sum_to_one(ids: list[str]) -> None:
    found = look_up([Actor(key, "Same", GROUP, days=Days()) for key in ids], "same")
    assert sum(c.probability for c in found) == pytest.approx(1)
    assert [c.id for c in found] == sorted(set(ids))
