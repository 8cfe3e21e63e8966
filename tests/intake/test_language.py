from pathlib import Path

import pytest

from faultline.intake.jsondoc import Piece, pieces
from faultline.intake.language import detect, normal


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The army said on Tuesday that it had pushed the attackers back from the town.", "en"),
        ("L'armée a affirmé mardi avoir repoussé les assaillants qui tentaient de prendre la ville.", "fr"),
        ("El ejército dijo el martes que los atacantes fueron expulsados de la ciudad por sus tropas.", "es"),
        ("Армия сообщила во вторник, что отбила нападение на город и что он не был взят.", "ru"),
        ("وقال الجيش إن القوات انسحبت من المدينة بعد هجوم على قاعدة في شمال البلاد", "ar"),
        ("Kidal Gao Timbuktu", "und"),
        ("军队星期二表示，袭击者已被击退。", "und"),
        ("12 345 -- !!", "und"),
        ("", "und"),
    ],
)
def test_language_is_told_by_small_words_or_not_at_all(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("tag", "code"), [("fr-ML", "fr"), ("EN", "en"), ("French", "fr"), ("fra", "fr"), ("x y", ""), ("", "")]
)
def test_language_tag_becomes_its_code(tag: str, code: str) -> None:
    assert normal(tag) == code


def test_every_report_of_the_chronicle_is_detected_as_the_language_it_is_filed_under(shared: Path) -> None:
    wrong = []
    for path in sorted((shared / "chronicle/reports").glob("*.md")):
        _, front, body = path.read_text().split("---\n", 2)
        filed = next(line for line in front.splitlines() if line.startswith("language:")).split()[1]
        if detect(body) != filed:
            wrong.append((path.name, filed, detect(body)))
    assert not wrong


def test_every_gold_report_is_detected(shared: Path) -> None:
    for path in sorted((shared / "gold/reports").glob("*.json")):
        (piece,) = pieces(path.read_text())
        assert isinstance(piece, Piece)
        assert detect(piece.value["text"]) == piece.value["language"], path.name
