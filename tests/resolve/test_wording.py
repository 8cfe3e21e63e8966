"""What the words of two texts share, whatever their languages."""

from faultline.record.packaged import packaged
from faultline.resolve.wording import Wording, stems
from tests.resolve.hand import hand_case

ENGLISH = "Gunmen killed twelve soldiers in an ambush near Tarn on Tuesday, the army said."
FRENCH = "Des assaillants ont tué douze soldats dans une embuscade près de Tarn mardi, selon l'armée."


def shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def test_one_report_in_two_languages_shares_its_words() -> None:
    wording = Wording(hand_case())
    by_words = shared(set(wording.words(ENGLISH)), set(wording.words(FRENCH)))
    assert by_words > 0.5 > 0.2 > shared(set(stems(ENGLISH)), set(stems(FRENCH)))


def test_another_happening_in_the_other_language_shares_less() -> None:
    wording = Wording(hand_case())
    other = "Le gouvernement a nommé vendredi un ministre à Belk, annonce la radio."
    assert shared(set(wording.words(ENGLISH)), set(wording.words(other))) < 0.1


def test_a_name_is_its_id_in_every_spelling_and_after_an_elision() -> None:
    wording = Wording(hand_case())
    for text in ("the Army of Varda left", "ARMY OF VARDA", "l’Army of Varda", "(Army of Varda)."):
        assert wording.names(text) == ("@army",)
    assert wording.names("Rescue Watch in Belk") == ("@belk", "@rescue")


def test_a_name_that_two_places_bear_is_left_out() -> None:
    assert Wording(hand_case()).names("An attack in Tarn") == ()


def test_both_sides_of_a_line_come_to_one_word() -> None:
    wording, lines = Wording(hand_case()), packaged("faultline.resolve", "tongues.yaml").items()
    met = [bool({*wording.words(one)} & {*wording.words(other)}) for one, other in lines]
    assert sum(met) / len(met) > 0.98, "words of two letters are left out, and six letters may stand on an earlier line"


def test_a_marked_word_counts_for_its_own_line_alone() -> None:
    wording = Wording(hand_case())
    assert wording.words("officier") == wording.words("officer") != wording.words("officiel")
    assert wording.words("officiel") == wording.words("officials")
