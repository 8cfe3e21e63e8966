import csv
import random
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from faultline.evaluate.maverick import deaths_in, kept_share
from faultline.evaluate.maverick_answers import Review, answered
from faultline.evaluate.maverick_blocks import Board, Held, blocks_of, board, hold_out, without_headlines
from faultline.evaluate.maverick_rows import ACTORS, read_maverick
from faultline.evaluate.maverick_windows import WINDOWS
from faultline.evaluate.pair_training import Recipe, calibration
from faultline.record.errors import InputError
from faultline.resolve.match import calibrated

ENDS = ("best", "low", "high")
SMALL = Recipe(trees=15, verdict_trees=15, screen_trees=5)


def row(event: int, telling: int, chance: random.Random, facts: tuple[date, int, int]) -> dict[str, str]:
    day, town, dead = facts
    found = {
        f"{actor}_{part}": "" for actor in ACTORS for part in ("id", "type", "subtype", "party", "violence", "victim")
    }
    found |= {"actor1_id": "XX-203", "actor1_type": "Security forces", "actor1_violence": "Shooting; Unknown"}
    found |= {f"deaths_{end}": str(dead) for end in ENDS} | {f"injuries_{end}": "0" for end in ENDS}
    told = day + timedelta(days=chance.choice((0, 0, 1)))
    published = told + timedelta(days=1)
    return found | {
        "id": f"{event:03d}-{telling}-{chance.random():.6f}",
        "event_id": f"E{event}",
        "country": "Kenya" if event % 2 else "Ivory Coast",
        "date_start": str(told),
        "date_end": str(told),
        "city": f"City{town}",
        "location": "",
        "latitude": str(1 + town * 0.9),
        "longitude": "36.5",
        "geo_precision": "3.0",
        "event_context": "Clash",
        "target": "Unknown",
        "displacement": "0",
        "damage": "0",
        "source": f"Paper{telling} ({published}) Shooting {event} in City{town}",
        "source_author": f"Paper{telling}",
    }


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chance = random.Random(3)
    rows = []
    for event in range(120):
        facts = (
            date(2010, 1, 1) + timedelta(days=4 * event + chance.randrange(4)),
            chance.randrange(6),
            chance.randrange(9),
        )
        rows += [row(event, telling, chance, facts) for telling in range(chance.randint(1, 4))]
    path = tmp_path_factory.mktemp("maverick") / "maverick_event_report.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def made(file: Path) -> Board:
    return board(read_maverick(file))


@pytest.fixture(scope="module")
def held(made: Board) -> Held:
    return hold_out(made, "KE", 2, SMALL)


def test_a_row_becomes_what_a_claim_of_it_would_be(file: Path) -> None:
    found = read_maverick(file.parent)[0].happening
    assert found.actors == ("XX-203",)
    assert found.actions == ("Shooting",)
    assert found.recipients == ()
    assert found.spots[0][2] == 6.0
    assert found.published.first_day
    assert "shooti" in found.title


def test_without_headlines_nothing_of_the_title_is_left(file: Path) -> None:
    assert {coded.happening.title for coded in without_headlines(read_maverick(file))} == {()}


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_maverick(tmp_path)


def test_no_event_lies_in_two_blocks(made: Board) -> None:
    blocks = defaultdict(set)
    for coded, fold in zip(made.rows, blocks_of(made.rows).tolist(), strict=True):
        blocks[coded.event].add(fold)
    assert all(len(found) == 1 for found in blocks.values())
    assert {fold for found in blocks.values() for fold in found} == set(range(5))


def test_blocks_follow_one_another_in_time(made: Board) -> None:
    first = {}
    for coded, fold in zip(made.rows, made.fold.tolist(), strict=True):
        key = coded.happening.country, fold
        day = coded.happening.days.first_day
        assert day is not None
        first[key] = min(first.get(key, day), day)
    for country in ("KE", "CI"):
        assert [first[country, n] for n in range(5)] == sorted(first[country, n] for n in range(5))


def test_blocking_keeps_nearly_every_pair_of_one_event(made: Board) -> None:
    assert kept_share(made) >= 0.99


def test_the_answers_of_a_block_never_reach_its_model(made: Board, held: Held) -> None:
    """Changing the events inside the block changes nothing that its model says."""
    rows = list(made.rows)
    for n in held.rows.tolist():
        rows[n] = type(rows[n])(rows[n].happening, f"other {n % 3}", rows[n].deaths)
    changed = Board(tuple(rows), made.columns, made.a, made.b, made.features, made.fold)
    np.testing.assert_array_equal(hold_out(changed, "KE", 2, SMALL).probability, held.probability)


def test_a_held_out_block_is_grouped_better_than_by_leaving_all_apart(made: Board, held: Held) -> None:
    groups = Review(held, made.columns.ids, made.columns.document.tolist()).groups()
    events = {row: made.rows[row].event for row in groups}
    pairs = [(a, b) for a in groups for b in groups if a < b and groups[a] == groups[b]]
    assert pairs
    assert sum(events[a] == events[b] for a, b in pairs) > len(pairs) / 2


def test_answers_bind_and_no_question_comes_twice(made: Board, held: Held) -> None:
    review = Review(held, made.columns.ids, made.columns.document.tolist())
    asked = answered([review], made.events, [r.deaths for r in made.rows], 30)
    assert asked == len(review.must) + len(review.cannot) == len({*review.must, *review.cannot})
    groups = review.groups()
    assert all(groups[a] == groups[b] for a, b in review.must)
    assert all(groups[a] != groups[b] for a, b in review.cannot)


@pytest.mark.parametrize("name", sorted(WINDOWS))
def test_every_rule_groups_every_report(made: Board, name: str) -> None:
    rows = made.of_country("KE")
    assert len(WINDOWS[name](made, rows)) == len(rows)


def test_deaths_of_a_group_are_the_median_of_its_reports() -> None:
    assert deaths_in(["a", "a", "a", "b"], [10, 12, 99, 3]) == 15.0


def test_calibration_makes_stated_and_found_shares_meet() -> None:
    chance = np.random.default_rng(1)
    stated = chance.uniform(0.01, 0.99, 6000)
    same = chance.random(6000) < stated**2
    found = calibrated(stated, calibration(stated, same))
    for low in (0.0, 0.2, 0.4, 0.6):
        inside = (found >= low) & (found < low + 0.2)
        assert abs(found[inside].mean() - same[inside].mean()) < 0.05
