"""measures.yaml: what a case declares before any measure is looked at."""

from datetime import date
from pathlib import Path

from faultline.case import check_case, load_case, new_case
from faultline.record.declared import Declared, Standing

FILE = """
schema: 1
declared_on: 2026-11-22
defender: state
windows: [1, 3]
coalitions:
  - {id: state, name: The state, members: [%(actor)s], reason: one army}
days:
  - {name: the first day, days: 2026-04-25/2026-04-26, coalition: state}
  - {name: a quiet day, days: 2025-04-25, coalition: state, standing: placebo}
departures:
  - {supporter: %(actor)s, supported: %(actor)s, days: 2022-08-15, placebos: [2021-08-15]}
pairs:
  - {one: state, other: %(actor)s, places: [%(place)s]}
shocks:
  - {name: the fall, day: 2023-11-14, place: %(place)s}
event_marks:
  - {name: armed, coalition: state, roots: [assault]}
places: [%(place)s]
"""


def folder(tmp_path: Path, text: str) -> Path:
    new_case(tmp_path / "case", "A case")
    (tmp_path / "case" / "measures.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "case"


def ids(tmp_path: Path) -> dict[str, str]:
    new_case(tmp_path / "plain", "A case")
    case = load_case(tmp_path / "plain")
    return {"actor": case.actors[0].id, "place": case.places[0].id}


def test_case_without_the_file_declares_the_defaults(tmp_path: Path) -> None:
    new_case(tmp_path / "case", "A case")
    assert load_case(tmp_path / "case").declared == Declared()


def test_everything_that_stands_in_the_file_is_declared(tmp_path: Path) -> None:
    known = ids(tmp_path)
    declared = load_case(folder(tmp_path, FILE % known)).declared
    assert (declared.defender, declared.windows, declared.bins) == ("state", (1, 3), (7, 14, 28))
    assert declared.declared_on == date(2026, 11, 22)
    coalition = declared.coalition("state")
    assert coalition is not None and coalition.members == (known["actor"],)
    assert [day.standing for day in declared.days] == [Standing.DECLARED, Standing.PLACEBO]
    assert declared.days[0].days.last_day == date(2026, 4, 26)
    assert declared.departures[0].placebos == (date(2021, 8, 15),)
    assert declared.pairs[0].places == declared.places == (known["place"],)
    assert declared.shocks[0].day == date(2023, 11, 14)
    assert declared.marks[0].roots == ("assault",)


def test_every_unknown_id_is_a_problem_at_its_line(tmp_path: Path) -> None:
    text = FILE % {"actor": "nobody", "place": "nowhere"}
    problems = check_case(folder(tmp_path, text.replace("coalition: state}", "coalition: other}", 1)))
    found = [(problem.where, problem.got) for problem in problems]
    assert ("measures.yaml:7", "members 'nobody'") in found
    assert ("measures.yaml:9", "coalition 'other'") in found
    assert ("measures.yaml:12", "supporter 'nobody'") in found
    assert ("measures.yaml:14", "places 'nowhere'") in found
    assert ("measures.yaml:16", "place 'nowhere'") in found


def test_wrong_values_are_problems_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    known = ids(tmp_path)
    text = (FILE % known).replace("windows: [1, 3]", "windows: [0]").replace("day: 2023-11-14", "day: 2023-11")
    found = {problem.where for problem in check_case(folder(tmp_path, text))}
    assert found == {"measures.yaml:5", "measures.yaml:16"}


def test_coalition_without_members_is_refused(tmp_path: Path) -> None:
    text = "schema: 1\ncoalitions:\n  - {id: state, name: The state, members: []}\n"
    assert [problem.where for problem in check_case(folder(tmp_path, text))] == ["measures.yaml:3"]
