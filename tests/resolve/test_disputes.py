"""Where sources disagree: whether, who, where, when, how many, whom."""

from dataclasses import replace

from faultline.record.vocabulary import DecisionKind, Kind, Modality
from faultline.resolve.deciding import Reviewer, on_pair
from faultline.resolve.disputes import About, Dispute, disputes
from faultline.resolve.report import Report
from tests.resolve.hand import Say, counting, report, said_by, toll, world_of

ATTACK = Say("attacked Tarn", days="2020-05-12", places=("tarn",))
ARMY, FRONT = said_by("Army of Varda", "army"), said_by("River Front", "front")


def telling(who: str, *said: Say, source: str = "courier", attack: Say = ATTACK, rest: str = "") -> Report:
    return report(f"{who} attacked Tarn. {rest}", "2020-05-13", attack, *said, source=source)


def of(*reports: Report) -> dict[About, Dispute]:
    world = world_of(*reports)
    return {dispute.about: dispute for dispute in disputes(world, counting(world))}


def positions(dispute: Dispute) -> dict[str, tuple[str, ...]]:
    return {position.value: position.claimants for position in dispute.positions}


def test_sources_that_agree_have_no_dispute() -> None:
    four = toll("four people died", 4)
    first = telling("Gunmen", four, rest="four people died")
    assert of(first, telling("Men with guns", four, source="radio", rest="There four people died")) == {}


def test_silence_is_no_disagreement() -> None:
    assert of(telling("Gunmen", toll("four people died", 4), rest="four people died"), telling("Men")) == {}


def test_whether() -> None:
    denial = Say("attack never happened", modality=Modality.DENIED, speaker=ARMY, places=("tarn",), days="2020-05-12")
    found = of(telling("Gunmen"), report("The attack never happened.", "2020-05-14", denial, source="radio"))
    assert positions(found[About.WHETHER]) == {"yes": ("The Varda Courier",), "no": ("army",)}


def test_who_by_a_claim_of_responsibility_and_an_accusation_that_name_others() -> None:
    claimed = Say("claimed the raid", Kind.ALLEGATION, "responsibility", None, actors=("front",), speaker=FRONT)
    blamed = Say("blamed the League", Kind.ALLEGATION, "accusation", None, recipients=("league",), speaker=ARMY)
    found = of(
        telling("Gunmen", claimed, rest="The Front claimed the raid."),
        telling("Fighters", blamed, source="radio", rest="The army blamed the League."),
    )
    assert positions(found[About.WHO]) == {"front": ("front",), "league": ("army",)}


def test_where_and_when_among_claims_that_a_person_held_to_be_one() -> None:
    late = replace(ATTACK, days="2020-05-20", places=("sull",))
    reports = (telling("Gunmen"), telling("Fighters", source="radio", attack=late))
    pair = (reports[0].claims[0].id, reports[1].claims[0].id)
    same = on_pair(world_of(*reports), DecisionKind.SAME_AS, pair, Reviewer("Ana"))
    world = world_of(*reports, decisions=(same,))
    found = {dispute.about: dispute for dispute in disputes(world, counting(world))}
    assert set(positions(found[About.WHERE])) == {"tarn", "sull"}
    assert set(positions(found[About.WHEN])) == {"2020-05-12", "2020-05-20"}


def test_how_many_and_the_wider_gap_weighs_more() -> None:
    four = telling("Gunmen", toll("four people died", 4), rest="four people died")
    five = telling("Men", toll("five people died", 5), source="radio", rest="five people died")
    forty = telling("Fighters", toll("forty people died", 40), source="radio", rest="forty people died")
    near, far = of(four, five)[About.HOW_MANY], of(four, forty)[About.HOW_MANY]
    assert set(positions(near)) == {"4", "5"}
    assert far.weight > near.weight


def test_one_voice_that_corrects_itself_is_no_dispute() -> None:
    told = telling("Gunmen", toll("four people died", 4), rest="four people died")
    again = report("Gunmen attacked Tarn. seven people died", "2020-05-15", ATTACK, toll("seven people died", 7))
    assert About.HOW_MANY not in of(told, again)


def test_whom_where_an_enemy_calls_fighters_those_whom_others_call_civilians() -> None:
    fighters = toll("12 terrorists died", 12, "terrorists", speaker=ARMY, modality=Modality.CLAIMED)
    villagers = toll("12 villagers died", 12, "villagers", speaker=said_by("elders"))
    found = of(
        telling("Soldiers", fighters, rest="12 terrorists died"),
        telling("Troops", villagers, source="radio", rest="12 villagers died"),
    )
    assert positions(found[About.WHOM]) == {"fighter": ("army",), "civilian": ("elders",)}


def test_soldiers_and_civilians_killed_side_by_side_are_no_dispute_about_whom() -> None:
    soldiers, villagers = toll("4 soldiers died", 4, "soldiers"), toll("2 villagers", 2, "villagers")
    told = telling("Gunmen", soldiers, villagers, rest="4 soldiers died, 2 villagers")
    assert About.WHOM not in of(told, telling("Men", villagers, source="radio", rest="2 villagers"))


def test_what_did_not_happen_beside_it_and_what_nobody_claimed_is_no_denial() -> None:
    left = Say("withdrew", subtype="withdrawal", modality=Modality.NEGATED, places=("tarn",), days="2020-05-12")
    unclaimed = Say("Nobody claimed", Kind.ALLEGATION, "responsibility", None, modality=Modality.NEGATED)
    beside = report("Nobody withdrew from Tarn. Nobody claimed it.", "2020-05-14", left, unclaimed, source="radio")
    assert About.WHETHER not in of(telling("Gunmen"), beside)


def test_two_that_fight_one_another_are_no_dispute_about_who() -> None:
    theirs = replace(ATTACK, actors=("front",), recipients=("army",))
    answer = Say("struck back", subtype="airstrike", actors=("army",), recipients=("front",), places=("tarn",))
    told = telling("Gunmen", answer, attack=theirs, rest="The army struck back.")
    assert About.WHO not in of(told, telling("Men", attack=theirs, source="radio"))


def test_each_side_counting_its_own_dead_is_no_dispute_and_the_enemy_who_counts_them_otherwise_is() -> None:
    own = toll("lost 3 soldiers", 3, "soldiers", speaker=ARMY, modality=Modality.CONFIRMED)
    enemies = toll("93 terrorists died", 93, "terrorists", speaker=ARMY, modality=Modality.CLAIMED)
    theirs = toll("twenty soldiers died", 20, "soldiers", speaker=FRONT, modality=Modality.CLAIMED)
    army = telling("Gunmen", own, enemies, rest="The army lost 3 soldiers; 93 terrorists died.")
    assert About.HOW_MANY not in of(army, telling("Men", source="radio"))
    found = of(army, telling("Men", theirs, source="radio", rest="twenty soldiers died"))
    assert positions(found[About.HOW_MANY]) == {"3": ("army",), "20": ("front",)}


def test_days_of_another_act_are_no_dispute_about_when() -> None:
    talks = Say("Talks", Kind.TALK, "talks", None, days="2020-05-20", places=("tarn",))
    told = telling("Gunmen")
    later = report("Talks were held at Tarn.", "2020-05-21", talks, source="radio")
    pair = (told.claims[0].id, later.claims[0].id)
    same = on_pair(world_of(told, later), DecisionKind.SAME_AS, pair, Reviewer("Ana"))
    world = world_of(told, later, decisions=(same,))
    assert About.WHEN not in {dispute.about for dispute in disputes(world, counting(world))}


def test_of_a_voice_the_last_figure_stands_against_another() -> None:
    first = telling("Gunmen", toll("four people died", 4), rest="four people died")
    later = report("Gunmen attacked Tarn. 40 people died", "2020-05-20", ATTACK, toll("40 people died", 40))
    other = telling("Men", toll("41 people died", 41), source="radio", rest="41 people died")
    assert set(positions(of(first, later, other)[About.HOW_MANY])) == {"40", "41"}


def test_a_figure_that_may_not_count_is_no_position_unless_it_is_an_enemys() -> None:
    unsaid = toll("two died", 2, speaker=FRONT)
    told = telling("Gunmen", toll("forty people died", 40), rest="forty people died")
    assert About.HOW_MANY not in of(told, telling("Men", unsaid, source="radio", rest="two died"))


def test_peacekeepers_are_not_the_soldiers_of_a_side() -> None:
    soldiers, others = toll("11 soldiers died", 11, "soldiers"), toll("one peacekeeper died", 1, "UN peacekeepers")
    told = telling("Gunmen", soldiers, rest="11 soldiers died")
    assert About.HOW_MANY not in of(told, telling("Men", others, source="radio", rest="one peacekeeper died"))
