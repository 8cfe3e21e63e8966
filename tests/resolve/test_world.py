"""One world from many mouths: what changes it and what does not."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from faultline.record.decision import Decision
from faultline.record.errors import NotFoundError, UsageError
from faultline.record.vocabulary import DecisionKind, Kind, Modality
from faultline.resolve.casualties import deaths
from faultline.resolve.deciding import Reviewer, correct, dated, merge, on_claim, on_pair, split, undo
from faultline.resolve.report import Report
from faultline.resolve.world import World
from tests.resolve.hand import Say, counting, report, said_by, toll, world_of

WHO = Reviewer("Ana", "read both")
MOMENT = datetime(2020, 6, 1, 12, tzinfo=UTC)
ARMY = said_by("army", "army")
ATTACK = Say("Gunmen attacked Tarn", days="2020-05-12", places=("tarn",))


def first() -> Report:
    text = "Gunmen attacked Tarn on Tuesday. Four people died there."
    return report(text, "2020-05-13", ATTACK, toll("Four people died", 4, places=("tarn",), days="2020-05-12"))


def second() -> Report:
    text = "Tarn came under attack on 12 May, the mayor said; six died."
    said = Say("Tarn came under attack", days="2020-05-12", places=("tarn",), speaker=said_by("mayor"))
    return report(text, "2020-05-14", said, toll("six died", 6, places=("tarn",)), source="radio")


def elsewhere() -> Report:
    text = "Fighters struck Sull on 12 May."
    return report(text, "2020-05-13", Say("Fighters struck Sull", days="2020-05-12", places=("sull",)))


def made(*decisions: Decision) -> tuple[Decision, ...]:
    return tuple(dated(decision, MOMENT) for decision in decisions)


def shape(world: World) -> dict[str, tuple[str, ...]]:
    return {incident.id: tuple(sorted(incident.claims)) for incident in world.incidents}


def test_two_reports_of_one_attack_are_one_incident_and_provisional() -> None:
    world = world_of(first(), second(), elsewhere())
    assert [len(incident.claims) for incident in world.incidents] in ([4, 1], [1, 4])
    whole = world.incident(first().claims[0].id)
    assert whole.provisional and whole.places == ("tarn",) and str(whole.days) == "2020-05-12"
    (merged,) = world.merges_in(whole.id)
    assert (merged.by, merged.probability, merged.model) == ("machine", 0.8, "standin 1")


def test_order_of_arrival_plays_no_part() -> None:
    worlds = [world_of(*order) for order in permutations((first(), second(), elsewhere()))]
    assert len({str(sorted(shape(world).items())) for world in worlds}) == 1


def test_id_is_that_of_the_earliest_published_claim_whatever_comes_later() -> None:
    alone = world_of(first()).incidents[0]
    whole = world_of(second(), first()).incident(alone.id)
    assert whole.id == alone.id
    assert world_of(second()).incidents[0].id in world_of(second(), first()).also(alone.id)


def test_second_copy_of_a_story_changes_nothing_but_the_count_of_claims() -> None:
    text = first().text + " "  # other bytes, the same words
    copy = report(text, "2020-05-13", ATTACK, toll("Four people died", 4, places=("tarn",), days="2020-05-12"))
    before, after = world_of(first(), second()), world_of(first(), second(), copy)
    a, b = before.incidents[0], after.incidents[0]
    assert (a.id, a.days, a.places) == (b.id, b.days, b.places)
    assert len(b.claims) == len(a.claims) + 2
    assert deaths(before, a.id, counting(before)) == deaths(after, b.id, counting(after))
    assert counting(before).voices.groups(a.claims)[0][0] == counting(after).voices.groups(b.claims)[0][0]
    assert len(counting(before).voices.groups(a.claims)) == len(counting(after).voices.groups(b.claims))


def test_merge_then_split_is_identity() -> None:
    before = world_of(first(), elsewhere())
    a, b = (incident.id for incident in before.incidents)
    joined = made(*merge(before, a, b, WHO))
    whole = world_of(first(), elsewhere(), decisions=joined)
    assert len(whole.incidents) == 1
    assert whole.incident(a) == whole.incident(b)
    parted = made(*split(whole, a, elsewhere().claims[0].id.split(), WHO))
    after = world_of(first(), elsewhere(), decisions=(*joined, *parted))
    assert shape(after) == shape(before)
    assert [i.id for i in after.incidents] == [i.id for i in before.incidents]


def test_split_then_merge_is_identity_too() -> None:
    before = world_of(first(), second())
    parted = made(*split(before, before.incidents[0].id, [second().claims[0].id], WHO))
    two = world_of(first(), second(), decisions=parted)
    assert len(two.incidents) == 2
    joined = made(*merge(two, two.incidents[0].id, two.incidents[1].id, WHO))
    assert shape(world_of(first(), second(), decisions=(*parted, *joined))) == shape(before)


def test_a_person_who_says_same_makes_a_merge_certain() -> None:
    one, other = first().claims[0].id, second().claims[0].id
    decision = on_pair(world_of(first(), second()), DecisionKind.SAME_AS, (one, other), WHO)
    world = world_of(first(), second(), decisions=made(decision))
    assert not world.incidents[0].provisional and world.merges == ()
    assert decision.probability == 0.8 and decision.quote == "Gunmen attacked Tarn"


def test_the_later_of_two_decisions_on_a_pair_binds() -> None:
    world = world_of(first(), second())
    key = (first().claims[0].id, second().claims[0].id)
    same, apart = (on_pair(world, kind, key, WHO) for kind in (DecisionKind.SAME_AS, DecisionKind.NOT_SAME))
    assert len(world_of(first(), second(), decisions=made(same, apart)).incidents) == 2
    assert len(world_of(first(), second(), decisions=made(apart, same)).incidents) == 1


def test_a_machines_decision_in_the_record_binds_nobody() -> None:
    key = (first().claims[0].id, elsewhere().claims[0].id)
    machine = Decision("dec_1", DecisionKind.SAME_AS, *key, probability=0.99, model="older")
    assert len(world_of(first(), elsewhere(), decisions=(machine,)).incidents) == 2


def test_undo_says_nothing_but_takes_back() -> None:
    world = world_of(first(), second())
    apart = dated(on_pair(world, DecisionKind.NOT_SAME, (first().claims[0].id, second().claims[0].id), WHO), MOMENT)
    back = undo(apart, WHO)
    assert back.undoes == apart.id
    # the store leaves out what is taken back; the taking back itself decides nothing
    assert shape(world_of(first(), second(), decisions=made(back))) == shape(world)


def test_retraction_lowers_what_it_fed() -> None:
    world = world_of(first(), second())
    assert deaths(world, world.incidents[0].id, counting(world)) == 4
    retracted = made(on_claim(world, DecisionKind.RETRACT, first().document, WHO))
    after = world_of(first(), second(), decisions=retracted)
    assert deaths(after, after.incidents[0].id, counting(after)) == 6
    assert len(after.incidents[0].claims) == 2


def test_rejected_claim_feeds_nothing_until_the_rejection_is_undone() -> None:
    world = world_of(first())
    rejected = made(on_claim(world, DecisionKind.REJECT, first().claims[1].id, WHO))
    after = world_of(first(), decisions=rejected)
    assert len(after.incidents[0].claims) == 1
    assert deaths(after, after.incidents[0].id, counting(after)) is None


def test_correction_is_obeyed_and_the_report_stays_as_it_was_read() -> None:
    world = world_of(first(), elsewhere())
    claim = elsewhere().claims[0]
    moved = made(correct(world, claim.id, ("place", "tarn"), WHO))
    after = world_of(first(), elsewhere(), decisions=moved)
    assert len(after.incidents) == 1
    assert after.claims[claim.id].slots[-1].reason == "Ana: read both"
    assert elsewhere().claims[0] == claim


def test_correction_that_does_not_fit_is_refused_when_it_is_made() -> None:
    world = world_of(first())
    for slot in (("days", "soon"), ("count", "many"), ("colour", "red"), ("modality", "sure")):
        with pytest.raises(UsageError):
            correct(world, first().claims[0].id, slot, WHO)


def test_correction_in_the_file_that_fits_nothing_comes_back_and_stops_nobody() -> None:
    claim = first().claims[0].id
    wrong = Decision("dec_1", DecisionKind.CORRECT, claim, slot="days", value="soon", quote="Gunmen", by="Ana")
    world = world_of(first(), decisions=(wrong,))
    assert world.lost == (wrong,)
    assert str(world.claims[claim].days) == "2020-05-12"


def test_toll_and_denial_of_a_report_join_the_attack_that_they_speak_of() -> None:
    text = "Gunmen attacked Tarn on Tuesday. The army denied it had fled. Nine soldiers died, a doctor said."
    told = report(
        text,
        "2020-05-13",
        ATTACK,
        Say(
            "The army denied",
            Kind.ALLEGATION,
            "denial",
            None,
            modality=Modality.DENIED,
            speaker=said_by("army", "army"),
        ),
        toll("Nine soldiers died", 9, "soldiers", speaker=said_by("doctor")),
    )
    (incident,) = world_of(told).incidents
    assert len(incident.claims) == 3


def test_two_attacks_on_one_town_in_one_day_stay_two() -> None:
    text = "Gunmen attacked Tarn at dawn. Hours later a second attack hit the market of Tarn."
    later = Say("a second attack hit the market", days="2020-05-12", places=("tarn",))
    assert len(world_of(report(text, "2020-05-13", ATTACK, later)).incidents) == 2


def test_two_villages_of_one_name_stay_two() -> None:
    text = "Fighters struck the southern Tarn on 12 May."
    south = report(text, "2020-05-13", Say("Fighters struck", days="2020-05-12", places=("tarn-south",)))
    assert len(world_of(first(), south).incidents) == 2


def test_announced_siege_that_did_not_happen_is_no_incident() -> None:
    text = "The Front said it would besiege Tarn from Monday."
    plan = Say("it would besiege Tarn", Kind.INTENT, "plan", None, places=("tarn",), modality=Modality.PLANNED)
    assert world_of(report(text, "2020-05-13", plan)).incidents == ()


def test_unknown_id_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        world_of(first()).incident("inc_00000000000000000000")


def test_days_of_an_incident_are_those_that_most_tellings_allow() -> None:
    def told(who: str, days: str) -> Report:
        words = f"{who} attacked Tarn"
        return report(f"{words}.", "2020-06-01", Say(words, days=days, places=("tarn",)))

    world = world_of(told("Gunmen", "2020-05-10/2020-05-12"), told("Men", "2020-05-12"), told("Fighters", "2020-05"))
    (incident,) = world.incidents
    assert str(incident.days) == "2020-05-12"
