"""Numbers that were read as a toll and count no people."""

import pytest

from faultline.record.text import Span
from faultline.resolve.miscounted import counts_no_people


def read(text: str, number: str, harm: str = "killed") -> bool:
    start = text.index(number)
    return counts_no_people(text, Span(start, start + len(number)), harm)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It blames the Front for 64 per cent of the dead.", "64"),
        ("Elle impute au Front 64 pour cent des victimes.", "64"),
        ("Elle impute au Front soixante pour cent des victimes.", "cent"),
        ("A picture of an SU-25 shot down.", "25"),
        ("Three recent revenge attacks killed people.", "Three"),
        ("Les deux attaques ont été revendiquées.", "deux"),
        ("17 morts et une centaine de suspects remis à la police.", "une centaine"),
    ],
)
def test_a_share_a_name_an_act_and_those_handed_over_are_not_the_dead(text: str, number: str) -> None:
    assert read(text, number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Three in attacks on Tarn died.", "Three"),
        ("Twelve people were killed in two attacks.", "Twelve"),
        ("Deux morts dans une attaque.", "Deux"),
        ("Cent morts à Tarn.", "Cent"),
        ("L'attaque a fait 24 morts.", "24"),
        ("The attack killed 20 soldiers.", "20"),
    ],
)
def test_the_dead_of_an_attack_are(text: str, number: str) -> None:
    assert not read(text, number)


def test_prisoners_who_were_taken_are_not_dead_and_hostages_who_were_killed_are() -> None:
    assert read("Il dit avoir tué des soldats et fait deux prisonniers.", "deux prisonniers")
    assert read("They took two hostages.", "two hostages")
    assert not read("They killed two hostages.", "two hostages")


def test_hostages_may_be_freed() -> None:
    assert read("Nine hostages were there.", "Nine")
    assert not read("Nine hostages were freed.", "Nine", "freed")
