"""Who held what on a day, as it is known now and as it was known then."""

from datetime import date

import numpy as np
from tests.measure.control.saying import said, sight

from faultline.measure.control import Followed, follow, history, now
from faultline.measure.control.find import CONTROL, NOT_KNOWN
from faultline.measure.control.settings import standard
from faultline.measure.form import NOT_ENOUGH
from faultline.measure.sight import Sight

TAKEN = said("the Front took Tarn", "capture", actor="front", recipient="army", place="tarn", days="2021-06-01")
BACK = said("the army retook Tarn", "recapture", actor="army", place="tarn", days="2021-09-01")
HELD = said("the army holds Tarn", "holds", "control", actor="army", place="tarn", days="2021-03-01")


def chance(followed: Followed, state: str, day: str, unit: str = "tarn") -> float:
    return followed.on(unit, date.fromisoformat(day)).states[state]


def leading(seen: Sight, day: str, unit: str = "tarn") -> str:
    return follow(seen).on(unit, date.fromisoformat(day)).state


def test_place_changes_hands_on_the_day_of_the_report_and_not_before() -> None:
    seen = sight(HELD, TAKEN, BACK)
    assert [leading(seen, day) for day in ("2021-05-30", "2021-06-01", "2021-08-30", "2021-09-02")] == [
        "held by state",
        "held by hills",
        "held by hills",
        "held by state",
    ]


def test_nothing_is_known_before_it_is_published() -> None:
    followed = follow(sight(TAKEN, published={"the Front took Tarn": "2021-07-01"}))
    assert followed.known("tarn", date(2021, 6, 15)).state == "held by state"
    assert followed.on("tarn", date(2021, 6, 15)).state == "held by hills"
    assert followed.known("tarn", date(2021, 7, 1)).state == "held by hills"


def test_report_of_unknown_publication_is_known_on_no_day_and_counts_in_the_history() -> None:
    followed = follow(sight(TAKEN, published={"the Front took Tarn": "2021-06-01/.."}))
    assert followed.known("tarn", date(2021, 12, 1)).claims == ()
    assert followed.on("tarn", date(2021, 6, 2)).state == "held by hills"


def test_silence_spreads_the_distribution_and_says_how_old_the_report_is() -> None:
    followed = follow(sight(TAKEN))
    soon, late = (followed.on("tarn", date.fromisoformat(day)) for day in ("2021-06-05", "2022-12-31"))
    assert soon.entropy < late.entropy
    assert (soon.age, late.age) == (4, 578)
    assert soon.informed


def test_second_document_of_the_same_counts_less_than_the_first_and_more_than_none() -> None:
    again = said("Tarn was taken by the Front", "capture", actor="front", place="tarn", days="2021-06-01")
    thrice = said("the Front has Tarn", "capture", actor="front", place="tarn", days="2021-06-02")
    poor = said("Front in Tarn", "capture", actor="front", place="tarn", days="2021-06-01", source="poor")
    one, two, three = (
        chance(follow(sight(*told)), "held by hills", "2021-06-03")
        for told in ((poor,), (poor, again), (poor, again, thrice))
    )
    assert one < two < three
    shares = [w.share for w in follow(sight(TAKEN, again, thrice)).messages["tarn"] if not w.message.before]
    assert sorted(shares) == [0.25, 0.5, 1.0]


def test_two_sentences_of_one_document_are_one_report() -> None:
    made, text, source = TAKEN
    twice = follow(sight((made, text, source), (made, text, source)))
    assert chance(twice, "held by hills", "2021-06-03") == chance(follow(sight(TAKEN)), "held by hills", "2021-06-03")


def test_reports_against_each_other_raise_contested_and_lower_both() -> None:
    others = said("the Legion holds Tarn", "holds", "control", actor="legion", place="tarn", days="2021-06-01")
    alone, both = follow(sight(TAKEN)), follow(sight(TAKEN, others))
    assert chance(both, "contested", "2021-06-01") > 5 * chance(alone, "contested", "2021-06-01")
    assert chance(both, "held by hills", "2021-06-01") < chance(alone, "held by hills", "2021-06-01")


def test_siege_and_its_end() -> None:
    siege = said("the Front besieges Tarn", "siege_blockade", actor="front", place="tarn", days="2021-06-01")
    lifted = said("the siege of Tarn is over", "siege_lifted", actor="front", place="tarn", days="2021-07-01")
    seen = sight(HELD, siege, lifted)
    assert leading(seen, "2021-06-05") == "besieged"
    assert leading(seen, "2021-07-05") != "besieged"


def test_denial_moves_the_chances_against_what_is_denied() -> None:
    denied = said("Tarn has not fallen", "capture", actor="front", place="tarn", days="2021-06-01", modality="denied")
    with_denial = chance(follow(sight(TAKEN, denied)), "held by hills", "2021-06-02")
    assert with_denial < chance(follow(sight(TAKEN)), "held by hills", "2021-06-02")


def test_every_distribution_sums_to_one_and_the_history_is_the_same_as_asking_each_day() -> None:
    seen = sight(HELD, TAKEN, BACK)
    found = history(seen, "tarn")
    assert np.allclose(found.probabilities.sum(axis=1), 1.0)
    asked = follow(seen).on("tarn", date(2021, 7, 1))
    row = found.probabilities[(date(2021, 7, 1) - found.first).days]
    assert np.allclose(row, [asked.states[state] for state in found.states])


def test_spells_carry_the_claims_that_speak_of_them_and_leave_out_what_is_not_known() -> None:
    spells = history(sight(HELD, TAKEN, as_of="2030-12-31"), "tarn").spells
    assert [spell.state for spell in spells] == ["held by state", "held by hills"]
    assert spells[1].claims == (TAKEN[0].id,)
    assert spells[1].last_day < date(2030, 12, 31)


def test_camp_is_followed_apart_from_two_documents_on_and_speaks_of_its_town() -> None:
    first = said("the army holds the camp of Tarn", "holds", "control", actor="army", place="tarn", days="2021-06-02")
    second = said("the camp of Tarn is held", "holds", "control", actor="army", place="tarn", days="2021-06-03")
    assert follow(sight(TAKEN, first)).units == ("tarn",)
    both = follow(sight(TAKEN, first, second))
    assert both.units == ("tarn", "tarn/camp")
    assert both.on("tarn/camp", date(2021, 6, 4)).state == "held by state"
    shared, alone = (f.on("tarn", date(2021, 6, 4)).states for f in (both, follow(sight(TAKEN))))
    assert shared["contested"] + shared["besieged"] > 1.5 * (alone["contested"] + alone["besieged"])


def test_members_that_reports_name_stand_behind_their_coalition() -> None:
    assert follow(sight(TAKEN)).on("tarn", date(2021, 6, 3)).members[:1] == ("front",)


def test_longer_spells_make_an_old_report_count_for_more() -> None:
    seen = sight(TAKEN)
    short, long = (follow(seen, standard().scaled(stay=stay)) for stay in (0.5, 2.0))
    assert chance(short, "held by hills", "2022-06-01") < chance(long, "held by hills", "2022-06-01")


def test_now_lists_each_place_on_the_day_of_the_sight() -> None:
    (held,) = now(sight(TAKEN, as_of="2021-06-10"))
    assert (held.unit, held.state, held.day) == ("tarn", "held by hills", date(2021, 6, 10))


def test_finding_names_the_leading_state_with_its_claims_and_nothing_where_nobody_reports() -> None:
    again = said(
        "Tarn is in the hands of the Front", "holds", "control", actor="front", place="tarn", days="2021-06-04"
    )
    found = CONTROL.run(sight(TAKEN, again, as_of="2021-06-10"))
    assert found.rows[0].name == "held by The hills"
    assert found.rows[0].claims
    assert found.told[0].claims
    assert "Tarn" in found.summary
    old = CONTROL.run(sight(TAKEN, again, as_of="2035-01-01"))
    assert old.rows[0].name == NOT_KNOWN
    assert CONTROL.run(sight()).rows[0].verdict == NOT_ENOUGH
