"""An event table becomes cells: unknown days and hands are drawn, and what cannot be filled is said."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from faultline.measure.events import Events
from faultline.model.cells import Cells, cells_of
from faultline.model.dealt import dealt, unattributed
from faultline.model.fitted import fitted, reported
from faultline.model.plan import Block
from tests.measure.worlds import ORIGIN, case_in, sight_of, table

DAYS = 700


def events(seed: int = 1, unknown: float = 0.0, vague: float = 0.0) -> Events:
    """Two groups at five places, one event a day; some by unknown hands, some known to a week."""
    chance = np.random.default_rng(seed)
    who = np.where(chance.random(DAYS) < unknown, "Unidentified Armed Group", chance.choice(["one", "two"], DAYS))
    made = table(range(DAYS), chance.integers(0, 5, DAYS).tolist(), who.tolist())
    return replace(made, last=made.first + 6 * (chance.random(DAYS) < vague))


def cells(tmp_path: Path, made: Events, seed: int = 1) -> Cells:
    return cells_of(sight_of(case_in(tmp_path / f"case{seed}"), made), made, np.random.default_rng(seed))


def test_event_known_to_a_week_is_in_a_cell_of_that_week(tmp_path: Path) -> None:
    made = events(vague=0.2)
    found = cells(tmp_path, made)
    kept = int(found.counts.sum())
    assert kept == DAYS and found.drawn[0] == int((~made.exact_day).sum()) > 50
    again = cells(tmp_path, made, 2)
    assert again.counts.shape == found.counts.shape and not np.array_equal(again.counts, found.counts)


def test_unknown_hands_are_dealt_by_the_shares_of_the_known(tmp_path: Path) -> None:
    made = events(unknown=0.2)
    found = cells(tmp_path, made)
    hidden = int(unattributed(made).sum())
    assert hidden > 80 and 0.8 * hidden < found.drawn[1] <= hidden
    assert abs(found.counts[:, :, 0].sum() / found.counts.sum() - 0.5) < 0.1


def test_known_hands_are_never_dealt() -> None:
    made = events(unknown=0.2)
    whose = np.where(unattributed(made), -1, 0)
    found = dealt(made, whose, 2, np.random.default_rng(1))
    assert (found[whose == 0] == 0).all()


def test_threats_of_the_table_fill_the_column_and_too_few_say_so(tmp_path: Path) -> None:
    made = events()
    root = made.root.copy().astype("<U12")
    root[5::10] = "threaten"
    found = cells(tmp_path, replace(made, root=root))
    assert found.told is not None and found.told.sum() == 70 and found.told[5] == 1
    assert any("threats" in line for line in cells(tmp_path, made, 2).left_out)


def test_kinds_of_violence_stand_in_where_no_side_is_named(tmp_path: Path) -> None:
    made = table(range(DAYS), [0] * DAYS, ["civilian"] * DAYS, ["civilian"] * DAYS)
    kinds = np.where(np.arange(DAYS) % 3 == 0, "clash", "attack_on_civilians")
    found = cells(tmp_path, replace(made, subtype=kinds))
    assert found.marks == ("attack on civilians", "clash") and any("stand in" in line for line in found.left_out)


def test_kinds_of_violence_stand_in_where_most_rows_name_nobody(tmp_path: Path) -> None:
    made = replace(events(), subtype=np.full(DAYS, "clash"))
    late = np.arange(DAYS) >= 0.7 * DAYS  # sides are named in the last months alone
    bare = replace(made, acted=made.acted & late[:, None], suffered=made.suffered & late[:, None])
    found = cells(tmp_path, bare)
    assert found.marks == ("clash",) and found.counts.sum() == DAYS
    assert any("490 attacks name nobody" in line for line in found.left_out)
    assert set(cells(tmp_path, made, 2).marks) == {"one", "two"}


def test_country_is_one_place_where_most_rows_name_none(tmp_path: Path) -> None:
    made, late = events(), np.arange(DAYS) >= 0.7 * DAYS  # places are named in the last months alone
    bare = replace(made, **{part: np.where(late, getattr(made, part), "") for part in ("place", "admin1", "admin2")})
    found = cells(tmp_path, bare)
    assert len(found.places) == 1 and found.counts.sum() == DAYS
    assert any("490 of 700 events name none" in line for line in found.left_out)
    assert len(cells(tmp_path, made, 2).places) == 5


def test_block_has_to_gain_in_every_drawn_table(tmp_path: Path) -> None:
    made = events(unknown=0.2)
    tables = [cells(tmp_path, made, seed) for seed in (1, 2)]
    found = fitted(tables, np.random.default_rng(1))
    trial = next(t for t in found.admitted.trials if t.block == Block.CROSS_COUNTRY)
    assert not trial.admitted and trial.tables[1] == 2
    assert len(found.fits) == 2 and len(found.draws(7, np.random.default_rng(1))) == 7
    assert any(line.startswith("one, own memory at the place") for line in found.lines())


def test_declared_delay_of_reports_is_tried_and_enters_where_it_gains(tmp_path: Path) -> None:
    found = cells(tmp_path, events())
    share = reported(found, 30.0).complete
    assert share is not None and share[-1] == pytest.approx(1 - np.exp(-1 / 30)) and share[0] > 0.99
    tried = fitted([found], np.random.default_rng(1), 30.0).admitted.trials[0]
    assert tried.block == "reporting completeness" and not tried.admitted


def test_first_day_is_that_of_the_first_event(tmp_path: Path) -> None:
    assert cells(tmp_path, events()).first_day == ORIGIN
