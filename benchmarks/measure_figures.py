"""Draws the figures of the measures that need an event table, for their pages: from the sandbox, and where its tables
are too small, from worlds of the benchmarks. `python -m benchmarks.measure_figures`; two runs write the same bytes."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from benchmarks.change_worlds import shocked
from benchmarks.feedback_worlds import TRUE

from faultline.case import load_case, new_case
from faultline.desk import build, open_desk
from faultline.measure import MEASURES, Sight, see
from faultline.measure.chance import generator
from faultline.measure.events import Events
from faultline.measure.resilience import Model
from faultline.publish.findings.draw import draw
from faultline.record.analysis import Frame
from faultline.record.declared import Declared, Shock
from faultline.record.finding import Finding

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/assets/measures"
_ORIGIN = date(2018, 1, 1)


def main() -> None:
    """Writes them."""
    with tempfile.TemporaryDirectory() as folder:
        for finding in (*_of_sandbox(Path(folder)), *_of_worlds(Path(folder))):
            (FOLDER / f"{finding.measure}.svg").write_text(draw(finding), encoding="utf-8")
            print(f"{finding.measure}: {finding.summary}", flush=True)


def _found(name: str, sight: Sight) -> Finding:
    return next(measure for measure in MEASURES if measure.name == name).run(sight)


def _of_sandbox(folder: Path) -> Iterator[Finding]:
    desk = open_desk(ROOT / "cases/sandbox", f"sqlite:///{folder / 'store.sqlite'}")
    build(desk)
    sight = see(desk.case, desk.snapshot(date(2026, 1, 1)))
    for name in ("synchrony", "centre", "recipients"):
        yield _found(name, sight)


def _of_worlds(folder: Path) -> Iterator[Finding]:
    new_case(folder / "case", "A world")
    case = load_case(folder / "case")
    counts = TRUE["two marks, 0.3 each way"](generator(1, "figure")).astype(np.int64)
    parties = [f"group {k + 1}" for k in range(counts.shape[1])]
    yield _found("feedback", Sight(case, date(2026, 1, 1), {"world": _table(counts, parties)}))
    before, after, _ = shocked(Model(10, 0.5, 5), 4, 12)
    weeks = np.concatenate([before, after]).astype(np.int64)
    days = np.zeros(7 * len(weeks), np.int64)
    np.add.at(days, 7 * np.repeat(np.arange(len(weeks)), weeks) + generator(2, "days").integers(0, 7, weeks.sum()), 1)
    shock = Shock("twelve weeks at three times the level", _ORIGIN + timedelta(weeks=len(before)))
    table = {"world": _table(days[:, None], ["group 1"])}
    yield _found("resilience", Sight(case, date(2026, 1, 1), table, declared=Declared(shocks=(shock,))))


def _table(counts: "np.ndarray[tuple[int, int], np.dtype[np.int64]]", names: Sequence[str]) -> Events:
    """Attacks of each party on the army by day (days x parties), in the order of the days."""
    day, party = (np.repeat(part, counts.ravel()) for part in (index.ravel() for index in np.indices(counts.shape)))
    first, n = _ORIGIN.toordinal() + day.astype(np.int64), len(day)
    parties = ("army", *names)
    blank, nothing = np.full(n, ""), np.full(n, np.nan)
    return Events(
        frame=Frame("world", "world", "event", systematic=True),
        first=first,
        last=first,
        latitude=nothing,
        longitude=nothing,
        radius=nothing,
        place=blank,
        admin1=blank,
        admin2=blank,
        country=blank,
        parties=parties,
        acted=party[:, None] + 1 == np.arange(len(parties)),
        suffered=np.tile(np.arange(len(parties)) == 0, (n, 1)),
        root=np.full(n, "assault"),
        subtype=blank,
        deaths=nothing,
        published=np.full(n, -1, np.int64),
        claim=np.array([f"clm_{k:020d}" for k in range(n)], np.str_),
    )


if __name__ == "__main__":
    main()
