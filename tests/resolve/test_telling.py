"""What one report tells of one happening."""

from dataclasses import replace

from faultline.record.vocabulary import DecisionKind, Kind
from faultline.resolve.deciding import Reviewer, on_pair
from faultline.resolve.happening import happenings
from faultline.resolve.judged import Judged, judge
from faultline.resolve.report import Report
from faultline.resolve.telling import as_one, tellings
from tests.resolve.hand import Say, hand_case, report, toll, world_of

TEXT = "Gunmen attacked Tarn. The raid hit Belk. Nine people died. Talks opened in Sull. The Front claimed it."
ATTACK = Say("Gunmen attacked Tarn", days="2020-05-12", places=("tarn",))
RAID = Say("The raid hit Belk", days="2020-05-12", places=("belk",))
TALKS = Say("Talks opened in Sull", Kind.TALK, "talks", None, days="2020-05-12", places=("sull",))
CLAIMED = Say("The Front claimed it", Kind.ALLEGATION, "responsibility", None, actors=("front",))


NOBODY = Judged()


def told(*said: Say, judged: Judged = NOBODY, table: bool = False) -> list[int]:
    read = replace(report(TEXT, "2020-05-13", *said), table=table)
    return [len(parts) for parts in tellings([read], happenings(hand_case(), [read]), judged)]


def test_toll_without_a_place_joins_what_it_follows() -> None:
    assert told(ATTACK, RAID, toll("Nine people died", 9)) == [1, 2]


def test_toll_with_a_place_joins_what_happened_there() -> None:
    assert told(ATTACK, RAID, toll("Nine people died", 9, places=("tarn",))) == [2, 1]


def test_claim_of_responsibility_joins_the_attack() -> None:
    assert told(ATTACK, CLAIMED) == [2]


def test_talks_are_no_part_of_an_attack_on_the_same_day() -> None:
    assert told(replace(ATTACK, places=("sull",)), TALKS) == [1, 1]


def test_other_parties_make_another_telling() -> None:
    league = replace(RAID, places=("tarn",), actors=("league",))
    assert told(replace(ATTACK, actors=("front",)), league) == [1, 1]
    assert told(replace(ATTACK, actors=("front",)), replace(league, actors=("army",), recipients=("front",))) == [2]


def test_other_days_make_another_telling() -> None:
    assert told(ATTACK, replace(RAID, places=("tarn",), days="2020-05-14")) == [1, 1]


def test_rows_of_a_table_stand_alone() -> None:
    assert told(ATTACK, replace(RAID, places=("tarn",)), table=True) == [1, 1]


def test_what_a_person_held_apart_or_together_stays_so() -> None:
    read = report(TEXT, "2020-05-13", ATTACK, RAID)
    world, pair = world_of(read), (read.claims[0].id, read.claims[1].id)
    together = judge([on_pair(world, DecisionKind.SAME_AS, pair, Reviewer("Ana"))])
    assert told(ATTACK, RAID, judged=together) == [2]
    near = replace(RAID, places=("tarn",))
    apart = judge([on_pair(world, DecisionKind.NOT_SAME, pair, Reviewer("Ana"))])
    assert (told(ATTACK, near), told(ATTACK, near, judged=apart)) == ([2], [1, 1])


def test_one_view_has_the_narrowest_days_the_finest_place_and_everybody_named() -> None:
    read: Report = report(
        TEXT,
        "2020-05-13",
        replace(ATTACK, actors=("front",)),
        replace(RAID, places=("varda",), days="2020-05", recipients=("army",)),
    )
    one = as_one(happenings(hand_case(), [read]))
    assert (str(one.days), one.places, one.actors, one.recipients) == ("2020-05-12", ("tarn",), ("front",), ("army",))
    assert one.id == read.claims[0].id
