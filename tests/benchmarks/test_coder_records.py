"""Records of others as dyads: roots both ways, names, and what counts as agreement."""

import json
from pathlib import Path

import pytest
from benchmarks.coder_records import (
    Sentence,
    agreement,
    countries,
    dyads_of,
    older_of,
    petrarch_names,
    plover_names,
    read_petrarch,
    read_plover,
    root_of,
)

from benchmarks import bench_coder
from faultline.coding.coder import make_coder
from faultline.record.claim import Claim, Slot
from faultline.record.text import Candidate, Span
from faultline.record.vocabulary import Action, Kind, SlotName

RECORDS = [
    {
        "id": "1",
        "event": "FIGHT",
        "text": "Oruk attacked Belmira on Monday.",
        "date": "2000-01-05",
        "source": [{"actorText": "Oruk", "code": "ORU"}],
        "target": [{"actorText": "Belmira", "code": "BEL"}, "bystanders"],
    },
    {
        "id": "2",
        "event": "CONSULT",
        "text": "Oruk and Belmira met on Monday.",
        "date": "2000-01-05",
        "source": [{"actorText": "Oruk", "code": "ORU"}, {"actorText": "Belmira", "code": "BEL"}],
        "target": "",
    },
    {"id": "3", "event": "DOCUMENT"},
]
UNITS = """<Validation><Sentences>
<Sentence date="19950104" id="A"><EventCoding sourcecode="ORUMIL" targetcode="---GOV" eventcode="223"></EventCoding>
<Text>
Soldiers of Oruk attacked
officials.
</Text></Sentence>
<Sentence date="19950104" id="B"><EventCoding error="dateline"></EventCoding><Text>Oruk.</Text></Sentence>
<Sentence date="19950104" id="C"><EventCoding sourcecode="ORU" targetcode="BEL" eventcode="1717"></EventCoding>
<Text>Oruk.</Text></Sentence>
<Sentence date="19950104" id="D"><EventCoding noevents="True"></EventCoding><Text>Nothing.</Text></Sentence>
</Sentences></Validation>"""


@pytest.fixture
def plover(tmp_path: Path) -> Path:
    path = tmp_path / "plover.json"
    path.write_text(json.dumps(RECORDS))
    return path


@pytest.fixture
def units(tmp_path: Path) -> Path:
    path = tmp_path / "units.xml"
    path.write_text(UNITS)
    return path


def claim(action: Action | None, actors: tuple[str, ...], recipients: tuple[str, ...]) -> Claim:
    slots = [Slot(SlotName.ACTOR, a, candidates=(Candidate(a),)) for a in actors]
    slots += [Slot(SlotName.RECIPIENT, r) for r in recipients]
    return Claim("", "d", Kind.EVENT, Span(0, 1), action=action, slots=tuple(slots))


def test_every_action_of_ours_has_its_place_among_the_roots() -> None:
    assert all(
        list(dyads_of(claim(action, ("a",), ("b",)))) or action in ("responsibility", "transform") for action in Action
    )
    assert list(dyads_of(claim(None, ("a",), ("b",)))) == []


def test_roots_are_mapped_both_ways() -> None:
    assert [root_of(old) for old in ("CONCEDE", "DEMAND", "DISAPPROVE", "FIGHT")] == [
        "YIELD",
        "REQUEST",
        "ACCUSE",
        "ASSAULT",
    ]
    assert root_of("AID") == "AID"
    for root in ("YIELD", "REQUEST", "ACCUSE", "ASSAULT"):
        assert {root_of(old) for old in older_of(root)} == {root}


def test_several_who_act_on_nobody_act_on_one_another() -> None:
    assert set(dyads_of(claim(Action.CONSULT, ("a", "b"), ()))) == {("CONSULT", "a", "b"), ("CONSULT", "b", "a")}
    assert set(dyads_of(claim(Action.TAKE, ("a",), ()))) == {("ASSAULT", "a", "")}
    assert len(set(dyads_of(claim(Action.ASSAULT, ("a", "b"), ("c", "d"))))) == 4


def test_gold_records_become_dyads_of_todays_roots(plover: Path) -> None:
    first, second = read_plover(plover)
    assert first.dyads == {("ASSAULT", "ORU", "BEL")}
    assert second.dyads == {("CONSULT", "ORU", "BEL"), ("CONSULT", "BEL", "ORU")}
    assert plover_names(plover) == {"ORU": ["Oruk", "Oruk"], "BEL": ["Belmira", "Belmira"]}


def test_unit_records_keep_the_state_and_leave_out_errors_and_unknown_codes(units: Path) -> None:
    found = {sentence.id: sentence for sentence in read_petrarch(units)}
    assert set(found) == {"A", "C", "D"}
    assert found["A"].dyads == {("ASSAULT", "ORU", "")}
    assert found["A"].text == "Soldiers of Oruk attacked officials."
    assert (found["C"].known, found["D"].known, found["D"].dyads) == (False, True, frozenset())
    assert petrarch_names(found.values())["ORU"] == ["Oruk", "Oruk"]


def test_agreement_counts_root_and_roles_apart(plover: Path) -> None:
    coder = make_coder(countries(plover_names(plover)))
    first, second = read_plover(plover)
    other = Sentence("x", first.text, first.day, frozenset({("ASSAULT", "BEL", "ORU")}))
    found = agreement(coder, [first, second, other])
    assert (found.n, found.coded, found.roots, found.some_dyad, found.exact) == (3, 3, 3, 2, 2)


def test_a_name_that_two_codes_share_belongs_to_the_first() -> None:
    case = countries({"B": ["River"], "A": ["River", "Lake"]})
    assert {actor.id: actor.names_on() for actor in case.actors} == {"A": ("River", "Lake")}


def test_tables_are_written_between_the_markers_of_the_page_and_nowhere_else(root: Path) -> None:
    page = (root / "docs/reference/coder-scores.md").read_text(encoding="utf-8")
    begin, end = bench_coder.MARKERS
    made = bench_coder.between(page, "NEW")
    assert made == page.split(begin)[0] + f"{begin}\n\nNEW\n\n{end}" + page.split(end)[1]
    assert bench_coder.between(made, "NEW") == made
    with pytest.raises(ValueError, match="once each"):
        bench_coder.between(page.replace(end, ""), "NEW")


def test_the_page_of_scores_holds_the_tables_of_the_benchmark(root: Path) -> None:
    page = (root / "docs/reference/coder-scores.md").read_text(encoding="utf-8")
    tables = page.split(bench_coder.MARKERS[0])[1].split(bench_coder.MARKERS[1])[0]
    for title in ("By half", "Templates", "Our unit records", "PLOVER gold records", "--no-parser"):
        assert title in tables
