from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from faultline.sandbox.options import SandboxOptions, small
from faultline.sandbox.pulse import branching, daily_counts, offensive_days
from faultline.sandbox.simulate import simulate
from tests.sandbox.worlds import QUIET, world

SEEDS = (1, 2, 3, 16, 40)


def crossed(counts: np.ndarray, lags: int = 7) -> float:
    """Mean correlation between the marks of a day and the others of the week before."""
    marks = counts.shape[1]
    found = [
        np.corrcoef(counts[lag:, a], counts[:-lag, b])[0, 1]
        for lag in range(1, lags + 1)
        for a in range(marks)
        for b in range(marks)
        if a != b
    ]
    return float(np.mean(found))


def test_equal_options_give_an_equal_world() -> None:
    assert simulate(small(9)) == simulate(small(9))
    assert simulate(small(9)).happenings != simulate(small(10)).happenings


def test_the_press_does_not_move_what_happens() -> None:
    other = replace(small(9), share_french=0.1, copies=0.9, reliability=0.2, dispatches=300, delay=9.0, bias=3.0)
    assert world(small(9)).happenings == world(other).happenings
    assert world(small(9)).held == world(other).held


@pytest.mark.parametrize("seed", SEEDS)
def test_intervals_of_one_place_never_overlap(seed: int) -> None:
    rows = defaultdict(list)
    for row in world(small(seed)).held:
        assert row.first_day <= row.last_day
        rows[row.place, row.state].append(row)
    for ordered in rows.values():
        assert all(a.last_day < b.first_day for a, b in pairwise(ordered))


@pytest.mark.parametrize("seed", SEEDS)
def test_only_living_parties_act_and_hold(seed: int) -> None:
    found = world(small(seed))
    lives = {party.id: (party.first_day, party.last_day) for party in found.parties}
    for happening in found.happenings:
        for party in happening.actors if happening.action != "merger" else happening.recipients:
            assert lives[party][0] <= happening.day <= lives[party][1], happening
    for row in found.held:
        assert lives[row.holder][0] <= row.first_day <= row.last_day <= lives[row.holder][1], row


@pytest.mark.parametrize("seed", SEEDS)
def test_a_split_comes_before_its_child_acts_and_while_the_parent_lives(seed: int) -> None:
    found = world(small(seed))
    for split in (h for h in found.happenings if h.action == "split"):
        child, parent = split.actors[0], found.party(split.recipients[0])
        assert parent.first_day < split.day <= parent.last_day
        assert split.day == min(h.day for h in found.happenings if child in h.actors)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_takes_a_place_holds_it_on_that_day_unless_it_changes_again(seed: int) -> None:
    found = world(small(seed))
    taken = {(h.place, h.day): h.actors[0] for h in found.happenings if h.true and h.action in ("capture", "recapture")}
    held = {(r.place, r.first_day): r.holder for r in found.held if r.state == "held"}
    assert taken
    assert all(held[key] == holder for key, holder in taken.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_names_of_a_party_follow_each_other_without_a_gap(seed: int) -> None:
    for party in world(small(seed)).parties:
        assert (party.names[0].first_day, party.names[-1].last_day) == (party.first_day, party.last_day)
        assert all((b.first_day - a.last_day).days == 1 for a, b in pairwise(party.names))


def test_the_backer_leaves_and_another_comes_after_the_gap_asked_for() -> None:
    found = world(replace(small(3), backer_gap=60))
    backing = {bond.actor: bond for bond in found.bonds if bond.kind == "backing"}
    assert backing["backer"].last_day is not None
    assert (backing["firm"].first_day - backing["backer"].last_day).days == 60
    assert not any("backer" in h.actors and h.day > backing["backer"].last_day for h in found.happenings)


def test_a_cycle_keeps_its_order_and_ends_with_the_place_in_other_hands() -> None:
    steps = ["siege_blockade", "meeting", "agreement", "withdrawal", "handover"]
    found = world(replace(small(3), cycles=4))
    cycles = defaultdict(list)
    for happening in found.happenings:
        if happening.wave.startswith("cycle"):
            cycles[happening.wave].append(happening)
    whole = [c for c in cycles.values() if len(c) >= len(steps)]
    assert whole
    for cycle in cycles.values():
        assert [h.action for h in cycle][: len(steps)] == steps[: len(cycle)]
    for cycle in whole:
        last = cycle[4]
        assert any(
            r.place == last.place and r.holder == last.recipients[0] and r.first_day == last.day for r in found.held
        )


def test_without_feedback_marks_do_not_follow_each_other_beyond_chance() -> None:
    options = replace(QUIET, days=4000, rate=1.5)
    counts = daily_counts(options)
    rng = np.random.default_rng(0)
    shuffled = [crossed(rng.permuted(counts, axis=0)) for _ in range(200)]
    assert np.quantile(shuffled, 0.025) < crossed(counts) < np.quantile(shuffled, 0.975)


def test_with_feedback_marks_follow_each_other() -> None:
    quiet, loud = (replace(QUIET, days=4000, rate=1.5, feedback=f, cross=0.8) for f in (0.0, 0.7))
    assert crossed(daily_counts(loud)) > 4 * abs(crossed(daily_counts(quiet)))


def test_feedback_leaves_the_mean_rate_alone() -> None:
    for feedback in (0.0, 0.4, 0.7):
        counts = daily_counts(replace(QUIET, days=7300, rate=2.0, feedback=feedback))
        assert counts.sum() / 7300 == pytest.approx(2.0, rel=0.15)


def test_the_loop_gain_is_the_feedback_asked_for() -> None:
    for feedback, cross in ((0.0, 0.5), (0.3, 0.0), (0.6, 1.0)):
        matrix = branching(SandboxOptions(feedback=feedback, cross=cross))
        assert max(abs(np.linalg.eigvals(matrix))) == pytest.approx(feedback)


def test_what_happens_in_a_quiet_world_is_what_the_counts_say() -> None:
    armed = [h for h in world(QUIET).happenings if h.true and h.mark != "politics"]
    assert len(armed) == daily_counts(QUIET).sum()


def test_a_synchronised_offensive_keeps_to_its_window_and_hits_as_many_fronts() -> None:
    options = replace(QUIET, offensives=3, fronts=5, window=2, synchrony=1.0)
    for days in offensive_days(options):
        assert max(days) - min(days) < 2
    hits = defaultdict(set)
    for happening in world(options).happenings:
        if happening.wave.startswith("offensive"):
            hits[happening.wave].add(world(options).place(happening.place).admin2)
    assert all(len(fronts) >= 4 for fronts in hits.values())


def test_without_synchrony_the_same_hits_fall_anywhere() -> None:
    days = offensive_days(replace(QUIET, offensives=8, synchrony=0.0))
    assert np.mean([max(d) - min(d) for d in days]) > 100


@pytest.mark.parametrize("seed", SEEDS)
def test_restrictions_of_one_country_are_extended_before_they_end(seed: int) -> None:
    for row in world(replace(small(seed), restrictions=8)).restrictions:
        assert row.first_day <= row.last_day
        assert all(row.first_day <= day <= row.last_day for day in row.extended)
