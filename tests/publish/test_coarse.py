from dataclasses import replace
from pathlib import Path

import pytest

from faultline.case import Policy
from faultline.publish.coarse import WITHHELD, Coarsener
from faultline.record.claim import Slot
from faultline.record.place import Place
from faultline.record.text import Candidate
from faultline.record.vocabulary import SlotName
from tests.publish.hand import hand_case


def place(*ids: str) -> Slot:
    return Slot(SlotName.PLACE, "as written", candidates=tuple(Candidate(id, 1 / len(ids)) for id in ids))


@pytest.mark.parametrize(
    ("ids", "level", "shown"),
    [
        (("tarn",), "admin2", "Lower Osk"),
        (("tarn",), "admin1", "Osk"),
        (("tarn",), "country", "VR"),
        (("osk",), "admin2", "Osk"),
        (("tarn", "belk"), "admin2", WITHHELD),
        (("tarn", "belk"), "admin1", "Osk"),
        (("nowhere",), "admin2", WITHHELD),
        ((), "admin2", WITHHELD),
    ],
)
def test_a_place_leaves_no_finer_than_the_level(tmp_path: Path, ids: tuple[str, ...], level: str, shown: str) -> None:
    coarsener = Coarsener(hand_case(tmp_path, Policy(level=level)))
    assert coarsener.coarse_name(place(*ids)) == shown


@pytest.mark.parametrize("text", ["near Tarn.", "à TARN,", "d'Tarn", "Tarn-side", "(Belk)"])
def test_a_text_with_a_fine_name_reveals_it(tmp_path: Path, text: str) -> None:
    assert Coarsener(hand_case(tmp_path)).reveals(text)


@pytest.mark.parametrize("text", ["in Osk", "Tarnish", "Upper Osk", ""])
def test_a_text_with_coarse_names_alone_reveals_nothing(tmp_path: Path, text: str) -> None:
    assert not Coarsener(hand_case(tmp_path)).reveals(text)


def test_a_town_that_its_unit_is_named_after_is_not_told_apart_from_it(tmp_path: Path) -> None:
    town = Place("osk_town", "Upper Osk", 10.1, 1.1, admin2="Upper Osk", admin1="Osk", country="VR")
    case = hand_case(tmp_path)
    assert not Coarsener(replace(case, places=(*case.places, town))).reveals("in Upper Osk")


def test_names_with_an_apostrophe_are_found(tmp_path: Path) -> None:
    case = hand_case(tmp_path)
    wells = Place("wells", "N'Darr", 10.1, 1.1, admin2="Upper Osk", admin1="Osk", country="VR")
    coarsener = Coarsener(replace(case, places=(*case.places, wells)))
    assert coarsener.reveals("at N’Darr") and coarsener.reveals("at Ndarr")
