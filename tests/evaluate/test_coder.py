"""The coder against hand-coded reports."""

import json
from pathlib import Path

import pytest
from tests.desk_case import make_case
from tests.evaluate.handmade import make_gold

from faultline.case import load_case
from faultline.coding.score import MISSED, plain
from faultline.evaluate.coder import Evaluated, evaluate_coder, names_of_case
from faultline.record.errors import InputError


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("evaluate")
    return make_case(folder / "varda"), make_gold(folder / "gold")


@pytest.fixture(scope="module")
def found(folders: tuple[Path, Path]) -> Evaluated:
    return evaluate_coder(*folders)


def test_languages_and_halves_are_scored_apart(found: Evaluated) -> None:
    parts = {part.name: (part.reports, part.claims) for part in found.parts}
    assert parts == {
        "all": (3, 3),
        "en": (2, 2),
        "fr": (1, 1),
        "development": (2, 2),
        "en development": (1, 1),
        "fr development": (1, 1),
        "held out": (1, 1),
        "en held out": (1, 1),
        "analyses": (1, 1),
    }


def test_a_part_is_found_by_language_and_half_or_by_name(found: Evaluated) -> None:
    for part in found.parts:
        assert found.part(name=part.name) == part
    assert found.part() == found.part(name="all")
    assert found.part("en", "held out") == found.part(name="en held out")
    assert found.part("fr", "held out") is None


def test_what_the_coder_finds_is_scored(found: Evaluated) -> None:
    english = found.part("en", "development")
    assert english is not None
    scores = {scored.field: scored for scored in english.scores}
    assert scores["detect event"].recall == 1
    french = found.part("fr", "")
    assert french is not None
    assert next(s for s in french.scores if s.field == "detect talk").recall == 0


def test_a_kind_given_for_another_is_a_confusion(found: Evaluated) -> None:
    table = {(c.gold, c.predicted): c.count for c in found.confusions}
    assert table["talk", "event"] == 1
    assert sum(count for (gold, predicted), count in table.items() if predicted == MISSED) == 0


def test_words_that_do_not_stand_at_their_offsets_are_an_error(folders: tuple[Path, Path], tmp_path: Path) -> None:
    gold = make_gold(tmp_path / "gold")
    text = (gold / "claims.jsonl").read_text().replace('"text": "a attaqu', '"text": "a attendu')
    (gold / "claims.jsonl").write_text(text)
    with pytest.raises(InputError, match="b01"):
        evaluate_coder(folders[0], gold)


def test_claims_of_a_report_that_is_not_there_are_an_error(folders: tuple[Path, Path], tmp_path: Path) -> None:
    gold = make_gold(tmp_path / "gold")
    (gold / "reports" / "a16.json").unlink()
    with pytest.raises(InputError, match="claims of a16"):
        evaluate_coder(folders[0], gold)


def test_a_table_of_names_in_the_folder_comes_before_the_names_of_the_case(
    folders: tuple[Path, Path], found: Evaluated, tmp_path: Path
) -> None:
    gold = make_gold(tmp_path / "gold")
    (gold / "names.json").write_text(json.dumps({"Somebody": ["River Front"]}))
    assert found.names == "the names of the case"
    assert evaluate_coder(folders[0], gold).names == "the table of the folder"


def test_a_name_that_two_actors_share_is_compared_as_it_is(folders: tuple[Path, Path]) -> None:
    case = load_case(folders[0])
    table = names_of_case(case)
    owners: dict[str, set[str]] = {}
    for actor in case.actors:
        for name in actor.names_on():
            owners.setdefault(plain(name), set()).add(plain(actor.name.split(" (")[0]))
    assert all(table[name] in shown for name, shown in owners.items() if len(shown) == 1)


def test_the_hand_coded_reports_of_the_repository_are_divided_and_hold(root: Path) -> None:
    found = evaluate_coder(root / "cases/mali", root / "tests/coding/gold")
    halves = {part.name: part.reports for part in found.parts if part.half and not part.language}
    assert set(halves) == {"development", "held out"}
    everything = found.part()
    assert everything is not None
    assert everything.reports == sum(halves.values())
