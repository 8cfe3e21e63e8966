"""The interface in French: whatever a template or a view says has its words in the catalogue."""

import re
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from faultline.measure import MEASURES
from faultline.measure.form import CHANCE, NOT_A_SAMPLE, NOT_ENOUGH
from faultline.publish import words
from faultline.publish.scales import RELIABILITY
from faultline.publish.web.page import LEDGER, VIEWS
from faultline.publish.web.tongue import language_of, tongue_of
from faultline.record.days import parse_days
from faultline.record.vocabulary import ActorKind, Kind, Modality, SourceKind
from faultline.resolve.actors_line import Relation

FRENCH = tongue_of("fr")
SAME = ("convergence", "cycles", "information")  # one word in both languages
_SAID = re.compile(r"""(?<![\w.])(?:_|say)\(\s*(?:"([^"]+)"|'([^']+)')""")


def said(root: Path) -> set[str]:
    web = root / "src/faultline/publish/web"
    files = [*web.rglob("*.html"), *web.rglob("*.py")]
    found = {a or b for file in files for a, b in _SAID.findall(file.read_text(encoding="utf-8"))}
    return found | {name for _, name, _ in VIEWS} | {name for _, name in LEDGER}


def test_everything_that_is_said_has_its_french(root: Path) -> None:
    assert sorted(said(root) - set(FRENCH.texts)) == []


def test_catalogue_holds_nothing_that_nobody_says_with_holes(root: Path) -> None:
    for english, french in FRENCH.texts.items():
        assert re.findall(r"\{\d\}", english) == sorted(re.findall(r"\{\d\}", french)), english


@pytest.mark.parametrize("code", [*Modality, *SourceKind, *ActorKind, *Relation, *RELIABILITY.values()])
def test_codes_that_a_reader_meets_have_their_french(code: str) -> None:
    assert FRENCH.code(code) != words.code(code) or code in ("restriction", "relation", "coalition", "organisation")


def test_every_kind_has_its_french_label_and_keeps_its_mark() -> None:
    assert {kind.value for kind in Kind} == set(FRENCH.kinds)
    assert all(style.mark == tongue_of("en").kinds[code].mark for code, style in FRENCH.kinds.items())


@pytest.mark.parametrize(
    ("days", "french"),
    [
        ("2020-03-03", "3 mars 2020"),
        ("2019-02-12/..", "depuis le 12 févr. 2019"),
        ("", "jour non précisé"),
        ("2020", "2020"),
        ("2020-08-01/2020-08-03", "1–3 août 2020"),
    ],
)
def test_days_are_written_in_french(days: str, french: str) -> None:
    assert FRENCH.days(parse_days(days)) == french


def test_numbers_and_counts() -> None:
    assert FRENCH.counted(1147, "claim") == "1\u202f147 affirmations"
    assert FRENCH.counted(0, "claim") == "0 affirmation"
    assert FRENCH.day(date(2020, 2, 1)) == "1 févr. 2020"


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("fr", "en", "fr"),
        ("", "fr-ML,fr;q=0.9,en;q=0.8", "fr"),
        ("", "de,en;q=0.5,fr;q=0.7", "fr"),
        ("", "fr;q=0", "en"),
        ("", "fr;q=x", "en"),
        ("xx", "", "en"),
    ],
)
def test_address_decides_then_the_browser(asked: str, accepted: str, language: str) -> None:
    assert language_of(asked, accepted) == language


def test_page_says_its_language_and_keeps_the_words_of_sources(client: TestClient) -> None:
    answer = client.get("/claims?lang=fr&kind=event")
    assert '<html lang="fr">' in answer.text and answer.headers["content-language"] == "fr"
    assert "embuscade" in answer.text and "ambushed an Army of Varda convoy" in answer.text
    assert client.get("/", headers={"accept-language": "fr-ML"}).text.count('<html lang="fr">') == 1


def test_every_measure_asks_and_warns_in_french() -> None:
    for measure in MEASURES:
        assert FRENCH.code(measure.name) != measure.name.replace("_", " ") or measure.name in SAME, measure.name
        for said in (measure.question, measure.misread, measure.null_model):
            assert not said or FRENCH.say(said) != said, said
    for verdict in (CHANCE, NOT_A_SAMPLE, NOT_ENOUGH):
        assert FRENCH.say(verdict) != verdict
