"""What a title says of who attacked and who was hit, for a text that leaves it out."""

import pytest
from tests.coding.invented import invented_case

from faultline.coding.coder import make_coder
from faultline.coding.gold import to_gold
from faultline.record.claim import Claim
from faultline.record.days import parse_days
from faultline.record.text import Document, Filing
from faultline.record.vocabulary import SlotName

CASE = invented_case()
CODER = make_coder(CASE)
ARMY = "Sandovan Armed Forces"
FLR = "Front for the Liberation of Rovia (FLR)"


def _coded(title: str, text: str, language: str) -> list[tuple[Claim, list[str], list[str]]]:
    document = Document("d", "", "text/plain", text)
    filing = Filing("o", "d", language=language, title=title, published=parse_days("2024-05-15"))
    coded = CODER.code(document, filing)
    rows = to_gold(CASE, document, coded)
    return [(claim, row["actors"], row["recipients"]) for claim, row in zip(coded.claims, rows, strict=True)]


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Nine soldiers killed in Sikko", "The toll has risen to 14 dead.", "en"),
        ("Six soldiers die in an attack in Dornu", "The toll has reached 20 dead.", "en"),
        ("Ambush kills six soldiers", "A first count spoke of two dead.", "en"),
        ("Neuf soldats tués à Sikko", "Le bilan est passé à 14 morts.", "fr"),
        ("Une embuscade tue six soldats", "Un premier bilan faisait état de deux morts.", "fr"),
        ("Six soldats tués dans une attaque à Dornu", "Le dernier bilan est de 20 morts.", "fr"),
    ],
)
def test_who_is_hit_comes_from_the_title(title: str, text: str, language: str) -> None:
    ((claim, _, recipients),) = _coded(title, text, language)
    assert recipients == [ARMY]
    slot = next(s for s in claim.slots if s.name == SlotName.RECIPIENT)
    assert slot.span is None and "headline" in slot.rule
    assert _coded("", text, language)[0][2] == ["people"]


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("FLR attacks a convoy", "Two traders were kidnapped near Sikko on Monday.", "en"),
        ("FLR ambush near Sikko", "A convoy was attacked on Monday.", "en"),
        ("FLR kills nine in Dornu", "The village was attacked on Monday.", "en"),
        ("Le FLR attaque un convoi", "Deux commerçants ont été enlevés près de Sikko lundi.", "fr"),
        ("Le FLR tue neuf civils", "Le village de Dornu a été attaqué lundi.", "fr"),
        ("Le FLR attaque Dornu", "Un convoi a été attaqué lundi.", "fr"),
    ],
)
def test_who_attacked_comes_from_the_title(title: str, text: str, language: str) -> None:
    assert _coded(title, text, language)[0][1] == [FLR]
    assert _coded("", text, language)[0][1] != [FLR]


def test_the_text_outranks_the_title() -> None:
    text = "Six policemen were killed in Sikko on Monday. The toll has risen to nine dead."
    assert _coded("Soldiers killed in Sikko", text, "en")[1][2] == ["police"]


@pytest.mark.parametrize("title", ["", "???", "FLR " * 400, "«", "\u202eolleh", "12 12 12 killed killed killed"])
def test_any_title_is_read(title: str) -> None:
    assert _coded(title, "The toll has risen to 14 dead.", "en")
