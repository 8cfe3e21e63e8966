"""A nationwide offensive is the parent, its towns are the children."""

from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from faultline.record.vocabulary import DecisionKind
from faultline.resolve.casualties import deaths, killed, ledger
from faultline.resolve.deciding import Reviewer, dated, on_pair
from faultline.resolve.happening import Happening
from faultline.resolve.judged import judge
from faultline.resolve.part_of import parts_of
from faultline.resolve.report import Report
from faultline.resolve.spread import Spread
from tests.resolve.hand import Say, counting, report, toll, world_of
from tests.resolve.views import view

DAY = "2020-05-12"


def town(place: str, dead: int) -> Report:
    text = f"The Front attacked {place} on 12 May. {dead} people died at {place}."
    attack = Say(f"The Front attacked {place}", days=DAY, places=(place,), actors=("front",))
    return report(text, "2020-05-13", attack, toll(f"{dead} people died", dead, places=(place,), days=DAY))


def offensive(*said: Say) -> Report:
    text = "The Front attacked Tarn, Belk and Sull at once on 12 May. In all 30 people died across the country."
    attack = Say("The Front attacked Tarn, Belk and Sull", days=DAY, places=("tarn", "belk", "sull"), actors=("front",))
    return report(text, "2020-05-14", attack, *said, source="radio")


def test_towns_are_parts_of_the_offensive_that_names_them() -> None:
    world = world_of(offensive(), town("tarn", 4), town("belk", 5))
    whole = world.incident(offensive().claims[0].id)
    parts = {world.incident(town(place, dead).claims[0].id).id for place, dead in (("tarn", 4), ("belk", 5))}
    assert parts == {child.id for child in world.children(whole.id)}
    assert all(part.by == "machine" and part.probability for part in world.parts)


def test_deaths_are_counted_on_the_parts_and_the_rest_is_stated() -> None:
    in_all = toll("In all 30 people died", 30, places=("tarn", "belk", "sull"), days=DAY)
    world = world_of(offensive(in_all), town("tarn", 4), town("belk", 5))
    whole = world.incident(offensive().claims[0].id).id
    (left,) = ledger(world, whole, counting(world)).residuals
    assert (left.best, left.parts, left.silent, left.left) == (30, 9, 1, 21)
    assert deaths(world, whole, counting(world)) == 30


def test_whole_without_a_figure_counts_the_sum_of_its_parts_and_states_no_rest() -> None:
    world = world_of(offensive(), town("tarn", 4), town("belk", 5))
    whole = world.incident(offensive().claims[0].id).id
    assert deaths(world, whole, counting(world)) == 9
    assert ledger(world, whole, counting(world)).residuals[0].left is None


def test_one_town_is_a_part_of_what_names_it_and_another_day_is_none() -> None:
    world = world_of(offensive(), town("tarn", 4))
    (part,) = world.parts
    assert world.incident(part.part).places == ("tarn",)
    assert world.incident(part.whole).places == ("tarn", "belk", "sull")
    later = report(
        "The Front attacked Belk on 2 June.",
        "2020-06-03",
        Say("The Front attacked Belk", days="2020-06-02", places=("belk",), actors=("front",)),
    )
    assert len(world_of(offensive(), town("tarn", 4), later).parts) == 1


@pytest.mark.parametrize("named", ["Tarn, Belk and Sull", "Tarn, Belk et Sull", "Tarn, near Belk and at Sull"])
def test_towns_that_the_sentence_lists_are_parts_though_the_claim_names_one(named: str) -> None:
    text = f"In the night of 12 May {named} were attacked at the same time. Nobody has claimed it."
    listing = report(text, "2020-05-14", Say("were attacked", days=DAY, places=("tarn",)), source="radio")
    world = world_of(listing, town("tarn", 4), town("belk", 5))
    whole = world.incident(listing.claims[0].id).id
    assert [child.places for child in world.children(whole)] == [("tarn",), ("belk",)]
    assert deaths(world, whole, counting(world)) == 9


def test_list_of_people_or_of_towns_elsewhere_in_the_text_makes_no_whole() -> None:
    text = "Tarn was attacked on 12 May. Ana Mora, Ilo Vane and Tess Orrin spoke. It is far from Belk, Sull and Marr."
    told = report(text, "2020-05-14", Say("was attacked", days=DAY, places=("tarn",)), source="radio")
    assert world_of(told, town("tarn", 4), town("belk", 5)).parts == ()


def test_a_person_decides_what_is_a_part_and_what_is_none() -> None:
    reports = (offensive(), town("tarn", 4), town("belk", 5))
    world = world_of(*reports)
    part, whole = reports[1].claims[0].id, reports[0].claims[0].id
    for kind, left in ((DecisionKind.PART_OF, 2), (DecisionKind.NOT_SAME, 1)):
        decision = dated(on_pair(world, kind, (part, whole), Reviewer("Ana")), datetime(2020, 6, 1, tzinfo=UTC))
        after = world_of(*reports, decisions=(decision,))
        assert len(after.children(after.incident(whole).id)) == left
    assert world.incident(part).part_of == world.incident(whole).id


def test_nothing_is_a_part_of_itself_through_others() -> None:
    reports = (town("tarn", 4), town("belk", 5))
    world = world_of(*reports)
    a, b = (one.claims[0].id for one in reports)
    moment = datetime(2020, 6, 1, tzinfo=UTC)
    there = dated(on_pair(world, DecisionKind.PART_OF, (a, b), Reviewer("Ana")), moment)
    after = world_of(*reports, decisions=(there,))
    assert after.incident(a).part_of == after.incident(b).id
    assert after.incident(b).part_of == ""


def named(*groups: list[Happening], spread: Spread = MappingProxyType({})) -> set[tuple[str, str]]:
    incidents = {f"inc_{group[0].id}": group for group in groups}
    homes = {one.id: key for key, group in incidents.items() for one in group}
    return {(part.part, part.whole) for part in parts_of(incidents, homes, judge([]), spread)}


def test_one_town_is_no_whole_because_one_report_of_many_lists_others_too() -> None:
    listed = {"w": ("town0", "town7", "town14")}
    town, other = [view("a"), view("b"), view("w")], [view("x", town=7)]
    assert named([view("w")], other, spread=listed) == {("inc_x", "inc_w")}
    assert named(town, other, spread=listed) == set()


def test_a_part_lies_where_and_when_most_of_its_tellings_put_it() -> None:
    part = [view("x", town=7), view("y", town=7), view("z", "2020-03-02", town=8)]
    assert named([view("w")], part, spread={"w": ("town0", "town7", "town14")}) == {("inc_x", "inc_w")}


def test_one_town_told_of_twice_makes_no_whole_of_a_region_nor_do_several_countries() -> None:
    wide = view("w", places=("land",), spots=((12.0, -6.0, 300.0),))
    towns = [[view("x", town=7)], [view("y", town=7)]]
    assert named([wide], *towns) == set()
    assert named([wide], *towns, [view("z", town=8)]) == {(f"inc_{n}", "inc_w") for n in "xyz"}
    abroad = view("w", places=("land", "abroad"), spots=((12.0, -6.0, 300.0), (18.0, 2.0, 300.0)), country="")
    assert named([abroad], *towns, [view("z", town=8)]) == set()


def test_a_place_that_only_the_whole_names_is_a_part_without_a_word() -> None:
    world = world_of(offensive(), town("tarn", 4), town("belk", 5))
    whole = world.incident(offensive().claims[0].id).id
    (left,) = ledger(world, whole, counting(world)).residuals
    assert (left.named, left.silent, left.parts) == (("sull",), 1, 9)
    told = world_of(offensive(), town("tarn", 4), town("belk", 5), town("sull", 6))
    (left,) = ledger(told, whole, counting(told)).residuals
    assert (left.named, left.silent, left.parts) == ((), 0, 15)


def test_a_whole_that_counts_its_parts_says_so() -> None:
    world = world_of(offensive(), town("tarn", 4), town("belk", 5))
    toll_found = killed(world, world.incident(offensive().claims[0].id).id, counting(world))
    assert toll_found is not None
    assert (toll_found.low, toll_found.best, toll_found.high) == (9, 9, 9)
    assert toll_found.why == "sum of the 2 of 2 parts that give a figure"


def test_two_that_list_the_same_places_tell_of_one_whole_whoever_each_names() -> None:
    text = "Belk, Tarn and Sull were attacked at the same time on 12 May."
    said = Say("Belk, Tarn and Sull were attacked", days=DAY, places=("belk", "tarn", "sull"))
    world = world_of(offensive(), report(text, "2020-05-15", said, source="herald"), town("tarn", 4), town("belk", 5))
    whole = world.incident(offensive().claims[0].id)
    assert len({world.claims[claim].document for claim in whole.claims}) == 2
    assert len(world.children(whole.id)) == 2
    assert whole.provisional


def test_lists_of_other_places_or_days_are_other_wholes() -> None:
    said = Say("Belk, Tarn and Sull were attacked", days="2020-05-20", places=("belk", "tarn", "sull"))
    later = report("Belk, Tarn and Sull were attacked on 20 May.", "2020-05-21", said, source="herald")
    assert len(world_of(offensive(), later).incidents) == 2
