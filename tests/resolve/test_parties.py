"""Who speaks for whom, and whose dead they are."""

import pytest

from faultline.resolve.parties import Parties, Voice
from tests.resolve.hand import hand_case, said_by

PARTIES = Parties(hand_case())


def test_own_voice_of_a_text_is_its_sources() -> None:
    assert PARTIES.voice(said_by("reporter"), "courier") == Voice("The Varda Courier")
    assert PARTIES.voice(said_by("unnamed source"), "courier").name == "unnamed source, The Varda Courier"


def test_source_that_speaks_for_a_party_is_that_party() -> None:
    assert PARTIES.voice(said_by("reporter"), "front-voice").party == "front"


def test_two_officials_of_one_party_are_one_voice_of_it() -> None:
    ana, army = PARTIES.voice(said_by("Ana Mora", "ana-mora"), ""), PARTIES.voice(said_by("Army of Varda", "army"), "")
    assert ana.party == army.party == "army"


def test_rights_group_and_witness_speak_for_nobody() -> None:
    for name, actor in (("Rescue Watch", "rescue"), ("a witness", "")):
        assert PARTIES.voice(said_by(name, actor), "").party == ""


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("soldiers", "fighter"),
        ("terroristes", "fighter"),
        ("Army of Varda", "fighter"),
        ("villageois", "civilian"),
        ("children", "civilian"),
        ("people", ""),
        ("Government of Varda", ""),
    ],
)
def test_status_is_in_the_word_or_in_the_kind_of_party(label: str, status: str) -> None:
    assert PARTIES.status(label) == status


def test_own_dead_and_the_enemys_are_told_apart_by_party_and_else_by_word() -> None:
    assert PARTIES.own("army", "Army of Varda") is True
    assert PARTIES.own("army", "River Front") is False
    assert PARTIES.own("army", "militants") is False
    assert PARTIES.own("rebels", "soldiers") is False
    assert PARTIES.own("front", "fighters") is True
    assert PARTIES.own("army", "people") is None


def test_parties_of_one_side_stand_together() -> None:
    assert PARTIES.together("army", "gov-varda")
    assert not PARTIES.together("army", "front")
