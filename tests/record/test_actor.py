"""Actors and their dated names."""

from datetime import date

from hypothesis import given
from tests.record.records import days

from faultline.record.actor import Actor, Alias
from faultline.record.days import Days
from faultline.record.vocabulary import ActorKind


def test_an_alias_counts_only_in_its_interval() -> None:
    old = Alias("Old Name", days=Days(None, date(2015, 6, 1)))
    actor = Actor("a", "New Name", ActorKind.ARMED_GROUP, (old, Alias("NN")))
    assert actor.names_on(date(2015, 6, 1)) == ("New Name", "Old Name", "NN")
    assert actor.names_on(date(2015, 6, 2)) == ("New Name", "NN")
    assert actor.names_on() == ("New Name", "Old Name", "NN")


@given(days())
def test_an_actor_always_has_its_own_name_once(interval: Days) -> None:
    actor = Actor("a", "Name", ActorKind.MILITIA, (Alias("Name", days=interval), Alias("Other", days=interval)))
    for day in (None, interval.first_day, date(2020, 1, 1)):
        assert actor.names_on(day).count("Name") == 1
