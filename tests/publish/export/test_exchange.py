"""Each format read back by the reader that takes it in."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest

from faultline.case import Input
from faultline.intake.packaged import table
from faultline.intake.taking import take_outside_table
from faultline.publish.export import EXPORTERS, Leaving, write_export
from faultline.publish.export.geojson import circle, features
from faultline.publish.export.hxl import TAGS
from faultline.publish.export.sides import Sides, acled_types, exchange
from faultline.publish.worlds import Seen
from faultline.record.claim import Casualties, Claim
from faultline.record.place import Place, great_circle_km
from faultline.record.vocabulary import Action, Kind, Modality, SlotName
from tests.publish.hand import Said, filing, hand_case, hand_entry, open_desk

BATTLE = "On 4 April 2020 the Army of Varda clashed with the River Front at Belk, killing seven fighters"
RAID = "River Front fighters killed three villagers at Tarn on 9 May 2020"


@pytest.fixture(scope="module")
def fighting(tmp_path_factory: pytest.TempPathFactory) -> Leaving:
    """Two lethal incidents with both sides named."""
    battle = Said(Kind.EVENT, BATTLE, "2020-04-04", Action.ASSAULT, "clash", "Army of Varda", "Belk", "",
                  Modality.ASSERTED, (Casualties("killed", 7, 7, 7, "fighters"),), "River Front")  # fmt: skip
    raid = Said(Kind.EVENT, RAID, "2020-05-09", Action.ASSAULT, "attack", "River Front", "Tarn", "",
                Modality.ASSERTED, (Casualties("killed", 3, 3, 3, "villagers"),), "villagers")  # fmt: skip
    entries = [
        hand_entry(filing("battle", "Clash at Belk", "2020-04-05"), f"{BATTLE}.", (battle,)),
        hand_entry(filing("raid", "Raid on Tarn", "2020-05-10"), f"{RAID}.", (raid,)),
    ]
    desk = open_desk(tmp_path_factory.mktemp("fighting"), entries)
    return Leaving(Seen(desk.case, desk.snapshot()))


def read_back(leaving: Leaving, form: str, folder: Path, reader: str) -> list[Claim]:
    """The claims that our own reader of that form makes of the export, by day."""
    [file] = write_export(leaving, form, folder / form).files
    taken = take_outside_table(hand_case(folder), Input("tables", folder / form / file.name, reader=reader))
    assert taken.coded is not None
    return sorted(taken.coded.claims, key=lambda claim: str(claim.days))


@pytest.mark.parametrize(("form", "reader"), [("acled", "acled"), ("ucdp", "ged")])
def test_our_own_reader_gets_the_incidents_back(form: str, reader: str, fighting: Leaving, tmp_path: Path) -> None:
    battle, raid = read_back(fighting, form, tmp_path, reader)
    assert [str(battle.days), str(raid.days)] == ["2020-04-04", "2020-05-09"]
    assert [claim.casualties[0].best for claim in (battle, raid)] == [7, 3]
    assert battle.values(SlotName.ACTOR) == ("army",) and battle.values(SlotName.RECIPIENT) == ("river_front",)
    assert raid.values(SlotName.ACTOR) == ("river_front",)
    assert [claim.values(SlotName.PLACE) for claim in (battle, raid)] == [("belk",), ("tarn",)]
    assert (battle.subtype, raid.subtype) == ("clash", "attack_on_civilians")


def test_gold_lines_read_back_are_the_claims_with_their_words(fighting: Leaving, tmp_path: Path) -> None:
    write_export(fighting, "gold", tmp_path / "gold")
    lines = [json.loads(line) for line in (tmp_path / "gold/claims.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        document, _ = fighting.seen.snapshot.document(line["doc"])
        evidence = line["evidence"]
        assert document.text[evidence["start"] : evidence["end"]] == evidence["text"]
    assert {line["claim"] for line in lines} == set(fighting.released)


def test_coordinates_of_a_circle_lie_at_the_radius_and_run_counterclockwise() -> None:
    place = Place("x", "X", 15.0, -4.0, 25.0)
    ring = circle(place)
    assert ring[0] == ring[-1]
    for east, north in ring:
        assert great_circle_km((15.0, -4.0), (north, east)) == pytest.approx(25.0, abs=0.05)
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert area > 0


def test_no_feature_is_a_bare_pin(leaving: Leaving) -> None:
    made = features(leaving)
    assert made and {one["geometry"]["type"] for one in made if one["geometry"]} == {"MultiPolygon"}
    assert json.loads(json.dumps(made)) == made


def test_every_column_has_a_hashtag_in_the_second_row(leaving: Leaving, tmp_path: Path) -> None:
    write_export(leaving, "hxl", tmp_path / "out")
    header, tags, *rows = csv.reader(io.StringIO((tmp_path / "out/incidents.hxl.csv").read_text(encoding="utf-8")))
    assert header == list(TAGS) and all(tag.startswith("#") for tag in tags)
    assert len(rows) == len(leaving.incidents) and all(len(row) == len(tags) for row in rows)


def test_an_act_against_civilians_alone_is_violence_against_civilians() -> None:
    fighters = Sides(("A",), ("B",), frozenset({"armed"}), frozenset({"state"}))
    civilians = Sides(("A",), ("villagers",), frozenset({"armed"}), frozenset({"civilians"}))
    assert acled_types("attack", fighters) == ("Battles", "Armed clash")
    assert acled_types("attack", civilians) == ("Violence against civilians", "Attack")


@pytest.mark.parametrize(
    ("acting", "harmed", "violence"),
    [
        ({"state"}, {"armed"}, 1),
        ({"armed"}, {"state", "civilians"}, 1),
        ({"armed"}, {"armed"}, 2),
        ({"armed"}, {"civilians"}, 3),
        ({"state"}, {"civilians"}, 3),
        ({"state"}, {"state"}, None),
        (set(), {"civilians"}, None),
        (set(), {"state"}, None),
        ({"state"}, set(), None),
    ],
)
def test_the_type_of_violence_follows_from_both_sides_or_is_none(
    acting: set[str], harmed: set[str], violence: int | None
) -> None:
    assert Sides(("A",), ("B",), frozenset(acting), frozenset(harmed)).violence == violence


def test_every_word_of_acled_that_is_written_is_one_that_is_read() -> None:
    read = table("acled.yaml")["actions"]
    for act in exchange()["acts"].values():
        for event, sub_event in filter(None, (act["acled"], act.get("civilians"))):
            assert event.lower() in read and sub_event.lower() in read
            assert event in exchange()["disorder"]


def test_rows_and_what_was_lost_add_up_to_the_incidents(leaving: Leaving) -> None:
    for form in ("acled", "ucdp"):
        made = EXPORTERS[form](leaving)
        [content] = made.files.values()
        assert content.rows + sum(made.lost.values()) == len(leaving.incidents)


def test_an_unknown_toll_is_an_empty_cell_and_never_zero(leaving: Leaving, tmp_path: Path) -> None:
    write_export(leaving, "acled", tmp_path / "out")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/incidents.acled.csv").read_text(encoding="utf-8"))))
    known = {row.incident: row.killed_best for row in leaving.incidents}
    assert rows
    for row in rows:
        best = known[row["event_id_cnty"]]
        assert row["fatalities"] == ("" if best is None else str(best))
