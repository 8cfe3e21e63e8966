"""Who is attacked, and whether the shares moved."""

from pathlib import Path

import numpy as np
from tests.measure.worlds import case_in, sight_of, table

from faultline.measure.chance import binomial_interval, generator, p_above
from faultline.measure.parties import Party
from faultline.measure.recipients import (
    CLASSES,
    RECIPIENTS,
    change_statistic,
    classes_against,
    null_changes,
)
from faultline.record.declared import Coalition, Declared

DECLARED = Declared((Coalition("group", "The group", ("group",)),), draws=199)
GROUP = Party("group", "The group", frozenset({"group"}))


def world(seed: int, share_after: float) -> tuple[list[int], list[int], list[str], list[str]]:
    chance = generator(seed, "recipients")
    days = sorted(chance.integers(0, 1200, 400).tolist())
    civilians = [chance.random() < (share_after if day > 1200 - 365 else 0.3) for day in days]
    whom = ["Civilians (X)" if c else "Military Forces of X" for c in civilians]
    return days, [0] * 400, ["group"] * 400, whom


def test_other_side_counts_whichever_side_the_table_writes_it_on(tmp_path: Path) -> None:
    events = table([0, 1], [0, 0], ["group", "Government of X"], ["Civilians (X)", "group"])
    found = classes_against(sight_of(case_in(tmp_path / "case"), events), events, GROUP)
    assert [CLASSES[k] for row in found for k in np.flatnonzero(row)] == ["civilians", "state forces"]


def test_row_without_a_known_other_side_is_other_and_not_left_out(tmp_path: Path) -> None:
    events = table([0], [0], ["group"], ["Somebody"])
    found = classes_against(sight_of(case_in(tmp_path / "case"), events), events, GROUP)
    assert [CLASSES[k] for k in np.flatnonzero(found[0])] == ["other"]


def test_statistic_agrees_with_a_table_worked_by_hand() -> None:
    rows = np.array([[True, False]] * 30 + [[False, True]] * 10 + [[True, False]] * 10 + [[False, True]] * 30)
    after = np.arange(80) >= 40
    assert round(change_statistic(rows, after), 2) == 20.93  # 2 (60 ln 1.5 + 20 ln .5)


def test_planted_shift_is_found_and_its_shares_are_given(tmp_path: Path) -> None:
    found = RECIPIENTS.run(sight_of(case_in(tmp_path / "case"), table(*world(1, 0.8)), DECLARED))
    assert found.rows[0].verdict == "moved"
    civilians = next(row for row in found.rows if row.name == "civilians")
    assert civilians.statistic is not None and civilians.statistic > 0.7 and "before" in civilians.note
    assert "The group" in found.summary


def test_no_shift_passes_for_one_no_more_often_than_chance() -> None:
    hits = 0
    for seed in range(200):
        days, _, _, whom = world(seed, 0.3)
        rows = np.array([[w == "Civilians (X)", w != "Civilians (X)"] for w in whom])
        after = np.asarray(days) > 1200 - 365
        draws = null_changes(rows, np.asarray(days), 1200 - 364, 99, generator(seed, "null"))
        hits += p_above(change_statistic(rows, after), draws) <= 0.05
    low, high = binomial_interval(hits, 200)
    assert low <= 0.05 <= high
