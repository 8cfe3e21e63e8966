"""The casualty ledger: who says how many of whose people, and what that comes to."""

from dataclasses import replace

import pytest

from faultline.record.claim import Casualties, Slot
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, Modality, SlotName
from faultline.resolve.casualties import Ledger, deaths, ledger
from faultline.resolve.profiles import Profile
from faultline.resolve.report import Report
from tests.resolve.hand import Say, counting, report, said_by, toll, world_of

ATTACK = Say("Gunmen attacked Tarn", days="2020-05-12", places=("tarn",))
HOUSES = ("courier", "radio", "herald")
FRONT, ARMY = said_by("River Front", "front"), said_by("Army of Varda", "army")


def one(text: str, published: str, *said: Say, source: str = "courier") -> Report:
    return report(f"Gunmen attacked Tarn. {text}", published, ATTACK, *said, source=source)


def of(*reports: Report, profile: Profile = Profile.REPRESENTATIVE) -> Ledger:
    world = world_of(*reports)
    (incident,) = world.incidents
    return ledger(world, incident.id, counting(world, profile))


def killed(*reports: Report, profile: Profile = Profile.REPRESENTATIVE) -> tuple[int | None, int | None, int | None]:
    found = of(*reports, profile=profile).toll()
    assert found is not None
    return found.low, found.best, found.high


def test_where_only_an_enemy_counts_the_dead_best_is_none_and_never_zero() -> None:
    said = toll("twenty soldiers died", 20, "soldiers", speaker=FRONT, modality=Modality.CLAIMED)
    found = of(one("The Front said twenty soldiers died.", "2020-05-13", said)).toll()
    assert found is not None
    assert (found.low, found.best, found.high) == (None, None, None)
    assert found.why == "none: a party on its enemy's losses"


def test_own_losses_count_beside_what_the_enemy_claims() -> None:
    theirs = toll("twenty soldiers died", 20, "soldiers", speaker=FRONT, modality=Modality.CLAIMED)
    own = toll("lost three soldiers", 3, "soldiers", speaker=ARMY, modality=Modality.CONFIRMED)
    found = of(one("The Front said twenty soldiers died; the army lost three soldiers.", "2020-05-13", theirs, own))
    assert [(s.value, s.stands, s.counts) for s in found.stated] == [(20, "enemy", False), (3, "own", True)]
    toll_found = found.toll()
    assert toll_found is not None and toll_found.best == 3


def test_an_official_speaks_for_his_party() -> None:
    said = toll("twenty fighters died", 20, "fighters", speaker=said_by("Ana Mora", "ana-mora"))
    found = of(one("Ana Mora said twenty fighters died.", "2020-05-13", said))
    assert (found.stated[0].party, found.stated[0].stands) == ("army", "enemy")


def test_silence_is_not_zero_and_missing_are_not_dead() -> None:
    gone = Say("nine are missing", Kind.QUANTITY, "missing", None, tolls=(Casualties("missing", 9, 9, 9, "people"),))
    world = world_of(one("nine are missing", "2020-05-13", gone))
    assert deaths(world, world.incidents[0].id, counting(world)) is None
    found = of(one("nine are missing", "2020-05-13", gone))
    assert found.toll() is None and found.toll("missing").best == 9  # type: ignore[union-attr]


def test_a_part_is_not_added_to_its_whole() -> None:
    whole = toll("35 people died", 35)
    part = toll("24 of them children", 24)
    found = of(one("35 people died, 24 of them children.", "2020-05-13", whole, part))
    assert [s.scope for s in found.stated] == ["incident", "part"]
    assert killed(one("35 people died, 24 of them children.", "2020-05-13", whole, part)) == (35, 35, 35)


def test_groups_of_one_voice_are_added() -> None:
    counts = (Casualties("killed", 4, 4, 4, "soldiers"), Casualties("killed", 2, 2, 2, "civilians"))
    both = Say("four soldiers and two civilians died", Kind.QUANTITY, "fatalities", None, tolls=counts)
    text = "four soldiers and two civilians died"
    assert killed(one(text, "2020-05-13", both)) == (6, 6, 6)
    assert [(t.group, t.best) for t in of(one(text, "2020-05-13", both)).tolls] == [
        ("", 6),
        ("soldiers", 4),
        ("civilians", 2),
    ]


def test_follow_up_toll_of_one_outlet_replaces_its_first() -> None:
    reports = [
        one("Four people died.", "2020-05-13", toll("Four people died", 4)),
        one("Seven people died.", "2020-05-15", toll("Seven people died", 7)),
    ]
    assert killed(*reports) == (7, 7, 7)


def test_figure_that_the_text_itself_has_overtaken_does_not_count() -> None:
    text = "The death toll is 35 people killed; an earlier toll of 95 dead was wrong."
    reports = [one(text, "2020-05-13", toll("35 people killed", 35), toll("95 dead", 95))]
    assert [s.why for s in of(*reports).stated] == ["", "overtaken in the same text"]
    assert killed(*reports) == (35, 35, 35)


def test_only_figure_of_a_text_counts_even_where_it_is_called_provisional() -> None:
    assert killed(one("A provisional toll: nine dead.", "2020-05-13", toll("nine dead", 9))) == (9, 9, 9)


def three() -> list[Report]:
    return [
        one("Four people died.", "2020-05-15", toll("Four people died", 4), source="herald"),
        one("Six people died.", "2020-05-13", toll("Six people died", 6), source="courier"),
        one("Nine people died.", "2020-05-14", toll("Nine people died", 9), source="radio"),
    ]


@pytest.mark.parametrize(
    ("profile", "best"), [(Profile.CONSERVATIVE, 4), (Profile.REPRESENTATIVE, 6), (Profile.INFORMATIVE, 6)]
)
def test_each_profile_chooses_its_own_best_between_the_same_ends(profile: Profile, best: int) -> None:
    assert killed(*three(), profile=profile) == (4, best, 9)


def test_conservative_leaves_out_the_unreliable_and_informative_takes_the_later_of_two_equals() -> None:
    party = one("Two people died.", "2020-05-16", toll("Two people died", 2), source="front-voice")
    assert killed(*three(), party, profile=Profile.CONSERVATIVE)[1] == 4
    later = one("Eight people died.", "2020-05-17", toll("Eight people died", 8, speaker=said_by("mayor")))
    assert killed(*three(), later, profile=Profile.INFORMATIVE)[1] == 8


def test_second_copy_of_a_wire_story_adds_no_voice() -> None:
    text = (
        "At dawn gunmen came down from the hills and burned the market before they left for the river. "
        "Six people died. The mayor said so on Wednesday in a long talk with this paper and with others in the town."
    )
    copies = [one(f"{text} {n}", "2020-05-13", toll("Six people died", 6), source=s) for n, s in enumerate(HOUSES)]
    found = of(*copies).toll()
    assert found is not None and (found.voices, found.best) == (1, 6)


def count(words: str, low: int | None, best: int | None, high: int | None) -> Report:
    counted = (Casualties("killed", low, best, high, "people"),)
    return one(words, "2020-05-13", Say(words, Kind.QUANTITY, "fatalities", None, tolls=counted))


def test_up_to_leaves_the_low_end_and_at_least_the_high_end_open() -> None:
    assert killed(count("at least 10 died", 10, 10, None)) == (10, 10, None)
    assert killed(count("up to 15 died", None, 15, 15)) == (None, 15, 15)


def test_neutralised_sets_no_floor() -> None:
    assert of(count("neutralised 12", 0, 12, 12)).stated[0].low is None


def test_status_of_the_dead_is_a_claim_with_its_claimant() -> None:
    fighters = toll("12 terrorists", 12, "terrorists", speaker=ARMY, modality=Modality.CLAIMED)
    villagers = toll("12 villagers", 12, "villagers", speaker=said_by("elders"))
    found = of(one("The army killed 12 terrorists; elders say 12 villagers.", "2020-05-13", fighters, villagers))
    assert found.statuses == (("fighter", "Army of Varda"), ("civilian", "elders"))
    assert found.toll().best == 12  # type: ignore[union-attr]
    assert [s.counts for s in found.stated] == [False, True]


def test_hundreds_neutralised_are_no_zero() -> None:
    soft = (Casualties("killed", 0, None, None, "people"),)
    said = Say("several hundred neutralised", Kind.QUANTITY, "fatalities", None, tolls=soft, recipients=("assailants",))
    found = of(one("several hundred neutralised, the army said", "2020-05-13", replace(said, speaker=ARMY)))
    assert (found.stated[0].low, found.stated[0].stands) == (None, "enemy")
    assert found.toll().best is None  # type: ignore[union-attr]


def test_nobody_killed_is_a_figure_and_no_silence() -> None:
    assert killed(count("nobody died", 0, 0, 0)) == (0, 0, 0)


def marked(said: Say, text: str, number: str) -> Report:
    """A report of an attack with one figure more, whose number is marked in the text."""
    made = one(text, "2020-05-13", said)
    start = made.text.index(number)
    count = Slot(SlotName.COUNT, number, Span(start, start + len(number)))
    claims = []
    for claim in made.claims:
        others = tuple(slot for slot in claim.slots if slot.name != SlotName.COUNT)
        claims.append(replace(claim, slots=(*others, count)) if claim.casualties else claim)
    return replace(made, claims=tuple(claims))


def test_a_number_without_people_of_its_own_counts_those_of_the_number_before() -> None:
    first = toll("forty fighters died", 40, "fighters", speaker=ARMY, modality=Modality.CLAIMED)
    text = "The ministry said forty fighters died, and the army over a thousand in all."
    said = marked(toll("over a thousand", 1000, speaker=ARMY, modality=Modality.CLAIMED), text, "over a thousand")
    beside = one("The ministry said forty fighters died.", "2020-05-13", first).claims[1]
    found = [s for s in of(said).stated if s.value == 1000]
    assert [s.group for s in found] == ["people"]  # nothing before it names anybody
    both = replace(said, claims=(*said.claims, replace(beside, document=said.document)))
    assert [(s.group, s.stands) for s in of(both).stated if s.value == 1000] == [("fighters", "enemy")]


def test_a_share_is_no_toll() -> None:
    said = marked(toll("64 per cent of the dead", 64), "It blames them for 64 per cent of the dead.", "64")
    assert of(said).toll() is None


def test_what_is_lost_in_its_ranks_is_the_claimants_own() -> None:
    said = marked(toll("one dead in its ranks", 1, speaker=ARMY), "The army gave one dead in its ranks.", "one")
    assert [(s.stands, s.counts) for s in of(said).stated] == [("own", True)]


def test_an_armed_group_that_does_not_say_whose_dead_it_counts_sets_no_best() -> None:
    said = toll("two died", 2, speaker=FRONT)
    found = of(one("The Front said two died.", "2020-05-13", said)).toll()
    assert found is not None and found.best is None
    assert found.why == "none: an armed group that does not say whose dead they are"


def test_a_spokesman_of_nobody_knows_whom_counts_the_dead_of_an_armed_group_as_an_enemy() -> None:
    neutralised = toll("eighty terrorists died", 80, "terrorists", speaker=said_by("spokesman"))
    assert not of(one("The spokesman: eighty terrorists died.", "2020-05-13", neutralised)).stated[0].counts
    own = toll("eighty soldiers died", 80, "soldiers", speaker=said_by("spokesman"))
    assert of(one("The spokesman: eighty soldiers died.", "2020-05-13", own)).stated[0].counts


def test_hundreds_on_no_day_and_at_no_place_are_a_running_total() -> None:
    hundreds = Casualties("killed", 200, None, None, "people")
    said = Say("hundreds died", Kind.QUANTITY, "fatalities", None, tolls=(hundreds,))
    assert [s.scope for s in of(one("There hundreds died.", "2020-05-13", said)).stated] == ["running total"]
    here = replace(said, places=("tarn",), days="2020-05-12")
    assert [s.scope for s in of(one("There hundreds died.", "2020-05-13", here)).stated] == ["incident"]


def test_what_so_many_incidents_came_to_is_a_running_total() -> None:
    said = toll("317 people died", 317, places=("tarn",), days="2020-05-12")
    text = "The note counts 682 incidents, 317 people died."
    assert [s.scope for s in of(one(text, "2020-05-13", said)).stated] == ["running total"]


def test_the_whole_that_names_its_part_without_a_comma_is_no_part() -> None:
    said = marked(toll("35 dead including 24 children", 35), "The count is 35 dead including 24 children.", "35")
    assert [s.scope for s in of(said).stated] == ["incident"]
    part = marked(toll("24 of them children", 24), "Those dead, 24 of them children, were buried.", "24")
    assert [s.scope for s in of(part).stated] == ["part"]


@pytest.mark.parametrize("text", ["They cut the toll from 95 to 35.", "Le bilan est ramené de 95 à 35."])
def test_a_toll_that_is_cut_from_one_figure_to_another_is_the_other(text: str) -> None:
    old, new = marked(toll("95", 95), text, "95"), marked(toll("35", 35), text, "35")
    both = replace(old, claims=(*old.claims, *new.claims[1:]))
    assert [(s.value, s.counts) for s in of(both).stated] == [(95, False), (35, True)]
