"""Whether fighting, talking and withdrawing follow one another."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.measure.claims import claim, sight_with
from tests.measure.worlds import case_in

from faultline.case import Case
from faultline.measure.chance import generator
from faultline.measure.cycles import CYCLES, Bout, Step, against_orders, arrayed, bouts_of, follows, steps_of, triples
from faultline.measure.sight import Sight
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.declared import Declared, Pair
from faultline.record.text import Filing
from faultline.record.vocabulary import Action

PAIR = Pair("red", "army")
DECLARED = Declared(pairs=(PAIR,), draws=199)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return case_in(tmp_path / "case")


def fight(day: date, extra: str = "") -> tuple[Claim, str]:
    made, text = claim(
        f"Red attacked the army {day} {extra}",
        "event",
        "attack",
        {"actor": "red", "recipient": "army", "days": str(day)},
    )
    return replace(made, action=Action.ASSAULT), text


def talk(day: date) -> tuple[Claim, str]:
    return claim(f"Red and the army met on {day}", "talk", "meeting", {"actor": "red army", "days": str(day)})


def leave(day: date) -> tuple[Claim, str]:
    made, text = claim(f"The army left on {day}", "event", "withdrawal", {"actor": "army", "days": str(day)})
    return replace(made, action=Action.WITHDRAW), text


def cycle(start: date) -> list[tuple[Claim, str]]:
    return [fight(start), talk(start + timedelta(days=20)), leave(start + timedelta(days=40))]


def test_steps_of_a_pair_are_what_happens_between_the_two(case: Case) -> None:
    day = date(2020, 1, 1)
    other = claim(
        "Blue attacked the army", "event", "attack", {"actor": "blue", "recipient": "army", "days": "2020-01-02"}
    )
    sight = sight_with(case, [*cycle(day), (replace(other[0], action=Action.ASSAULT), other[1])], DECLARED)
    assert [step.form for step in steps_of(sight, PAIR)] == ["fight", "talk", "withdrawal"]


def test_step_of_a_vague_day_and_what_is_only_planned_are_in_no_sequence(case: Case) -> None:
    vague = claim("They met in 2020", "talk", "meeting", {"actor": "red army", "days": "2020"})
    planned = claim(
        "They will meet", "talk", "meeting", {"actor": "red army", "days": "2020-01-01", "modality": "planned"}
    )
    assert steps_of(sight_with(case, [vague, planned], DECLARED), PAIR) == ()


def test_steps_at_another_place_do_not_count_for_a_pair_with_places(case: Case) -> None:
    sight = sight_with(case, cycle(date(2020, 1, 1)), DECLARED)
    assert steps_of(sight, Pair("red", "army", ("kidal",))) == ()


def test_steps_without_a_month_of_quiet_are_one_bout(case: Case) -> None:
    days = [date(2020, 1, 1), date(2020, 1, 25), date(2020, 4, 1)]
    bouts = bouts_of(steps_of(sight_with(case, [fight(day) for day in days], DECLARED), PAIR))
    assert [(bout.form, len(bout.claims)) for bout in bouts] == [("fight", 2), ("fight", 1)]


def test_withdrawal_follows_only_a_talk_that_was_public_by_then(case: Case) -> None:
    sight = sight_with(case, cycle(date(2020, 1, 1)), DECLARED)
    bouts = bouts_of(steps_of(sight, PAIR))
    assert follows(bouts, ("talk", "withdrawal")) == (1, 1) and triples(bouts) == 1
    late = {d: replace(f, published=Days(date(2021, 1, 1), date(2021, 1, 1))) for d, f in sight.filings.items()}
    bouts = bouts_of(steps_of(replace(sight, filings=late), PAIR))
    assert follows(bouts, ("talk", "withdrawal")) == (0, 1) and triples(bouts) == 0


def test_unknown_publication_of_a_talk_does_not_count_as_before(case: Case) -> None:
    sight = sight_with(case, cycle(date(2020, 1, 1)), DECLARED)
    unknown: dict[str, Filing] = {d: replace(f, published=Days()) for d, f in sight.filings.items()}
    assert triples(bouts_of(steps_of(replace(sight, filings=unknown), PAIR))) == 0


def test_other_orders_change_places_within_runs_and_never_set_two_bouts_of_one_form_together() -> None:
    forms = ["fight", "talk", "fight", "withdrawal", "talk"]
    bouts = [Bout(form, 25 * n, 25 * n + n, 25 * n, (f"c{n}",)) for n, form in enumerate(forms)]
    far = Bout("talk", 900, 905, 900, ("far",))
    orders = arrayed([*bouts, far]).drawn(200, generator(1, "order"))
    assert all(sorted(order) == [0, 1, 2, 3, 4, 5] for order in orders.tolist())
    assert set(orders[:, 5].tolist()) == {5}  # alone in its run: it comes together with nothing
    drawn = {tuple(forms[k] for k in order[:5]) for order in orders.tolist()}
    assert len(drawn) > 3
    # 25 days apart and a month without a step ends a bout: neighbours of one form would be one bout.
    assert all(a != b for order in drawn for a, b in pairwise(order))


def test_runs_are_those_that_every_order_of_the_bouts_would_have() -> None:
    starts = [0, 50, 90, 200, 240]
    runs = []
    for long in range(5):  # one bout of 100 days, at each place in turn
        bouts = [
            Bout("fight" if n == long else "talk", day, day + 100 * (n == long), day, ())
            for n, day in enumerate(starts)
        ]
        runs.append(arrayed(bouts).run.tolist())
    assert all(run == [0, 0, 0, 1, 1] for run in runs)


def test_orders_of_as_many_triples_are_told_apart_by_their_pairs_of_steps() -> None:
    bouts = [Bout(form, 40 * n, 40 * n, 40 * n, ()) for n, form in enumerate(("talk", "fight", "talk"))]
    count, part = arrayed(bouts).in_order(np.array([[0, 1, 2], [1, 0, 2], [0, 2, 1]]))
    assert count.tolist() == [0, 0, 0]
    assert part[2] == 0 < part[0] < 1 and part[1] > 0


def _sight(case: Case, in_order: bool) -> Sight:
    chance = generator(9, "cycles")
    told: list[tuple[Claim, str]] = []
    for n in range(10):
        start = date(2015, 1, 1) + timedelta(days=250 * n)
        steps = [fight, talk, leave]
        for k, which in enumerate(range(3) if in_order else chance.permutation(3)):
            told.append(steps[int(which)](start + timedelta(days=20 * k)))
    return sight_with(case, told, DECLARED)


def test_planted_order_is_found_and_its_absence_is_not(case: Case) -> None:
    found = CYCLES.run(_sight(case, True))
    assert found.rows[0].statistic == 10 and found.rows[0].verdict == "in order beyond chance"
    share = next(row for row in found.rows if row.name.startswith("talk within"))
    assert share.note == "10 of 10" and share.high == 1.0
    assert CYCLES.run(_sight(case, False)).rows[0].verdict == "indistinguishable from chance"


def test_few_bouts_are_told_and_give_no_number(case: Case) -> None:
    found = CYCLES.run(sight_with(case, cycle(date(2020, 1, 1)), DECLARED))
    assert [row.verdict for row in found.rows] == ["not enough data"]
    assert [told.form for told in found.told] == ["fight", "talk", "withdrawal"]
    assert all(told.claims for told in found.told)


def test_size_of_the_test_is_its_level() -> None:
    hits = 0
    for seed in range(150):
        chance = generator(seed, "size")
        days = sorted(
            (int(day), form) for form in ("fight", "talk", "withdrawal") for day in chance.integers(0, 2000, 14)
        )
        steps = [Step(form, date.fromordinal(700_000 + d), date.fromordinal(700_000 + d), "") for d, form in days]
        hits += against_orders(bouts_of(steps), 39, chance)[2] <= 0.05
    assert hits <= 14  # 99 % binomial bound of a 5 % test
