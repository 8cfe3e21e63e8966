"""Who speaks where a text says only "rebels"."""

from faultline.record.vocabulary import Modality
from faultline.resolve.report import Report
from faultline.resolve.speakers import meant
from tests.resolve.hand import Say, report, said_by, toll, world_of

REBELS, FRONT, LEAGUE = said_by("rebels"), said_by("River Front", "front"), said_by("Hill League", "league")
HIT = Say("hit Tarn", days="2020-05-12", places=("tarn",), speaker=REBELS, modality=Modality.CLAIMED)
TEXT = "Rebels said they hit Tarn. It lost 4, the Front said. Later, far from there, 7 died, said the League."


def ids(told: Report, *others: Report, claim: int = 0) -> list[str]:
    return [candidate.id for candidate in meant(world_of(told, *others), told.claims[claim])]


def test_speaker_who_is_named_is_never_replaced() -> None:
    read = report(TEXT, "2020-05-13", HIT, toll("It lost 4", 4, speaker=FRONT))
    (found,) = meant(world_of(read), read.claims[1])
    assert (found.id, found.probability) == ("front", 1.0)


def test_only_party_of_the_kind_that_speaks_beside_is_meant() -> None:
    read = report(TEXT, "2020-05-13", HIT, toll("It lost 4", 4, speaker=FRONT))
    assert ids(read) == ["front"]


def test_nearest_of_several_comes_first_and_the_others_stay() -> None:
    both = (toll("It lost 4", 4, speaker=FRONT), toll("7 died", 7, speaker=LEAGUE))
    read = report(TEXT, "2020-05-13", HIT, *both)
    found = meant(world_of(read), read.claims[0])
    assert [c.id for c in found] == ["front", "league"]
    assert found[0].probability > found[1].probability and sum(c.probability for c in found) == 1


def test_army_that_speaks_beside_is_no_rebel() -> None:
    read = report(TEXT, "2020-05-13", HIT, toll("It lost 4", 4, speaker=said_by("Army of Varda", "army")))
    assert ids(read) == []


def test_other_report_of_the_incident_says_who_it_was() -> None:
    alone = report("Rebels hit Tarn.", "2020-05-14", HIT, source="radio")
    named = report(TEXT, "2020-05-13", HIT, toll("It lost 4", 4, speaker=FRONT))
    assert ids(alone) == []
    assert ids(alone, named) == ["front"]


def test_witness_is_nobodys_party() -> None:
    read = report("Residents saw men who hit Tarn.", "2020-05-13", Say("hit Tarn", speaker=said_by("residents")))
    assert ids(read) == []
