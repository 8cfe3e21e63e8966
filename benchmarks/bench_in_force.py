"""What the ledger of restrictions recovers of fresh invented countries whose truth is known and whose dispatches the
coder reads. Writes docs/guide/measures/in_force.md between its markers; no goal is asked of it."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from benchmarks.measure_pages import grid, share, write_page

from faultline.desk import build, open_desk
from faultline.measure import see
from faultline.measure.chance import generator
from faultline.measure.force import ledger
from faultline.measure.in_force import HALF
from faultline.sandbox.folder import make_sandbox
from faultline.sandbox.options import SandboxOptions

SEEDS = (301, 302, 303)
RESTRICTIONS, ASKED = 12, 5  # in three years; days asked inside each, before it and after it
Hits = dict[str, list[bool]]


def main() -> None:
    """Prints and writes the table."""
    found: Hits = {}
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            for name, hits in _country(Path(folder) / "sandbox", seed).items():
                found.setdefault(name, []).extend(hits)
    rows = [(name, str(len(hits)), share(sum(hits), len(hits))) for name, hits in found.items()]
    note = f"{len(SEEDS)} countries, {RESTRICTIONS} curfews and emergencies each; in force: probability {HALF} or more."
    text = grid("Days on which the ledger is right", ("", "days", "share right"), rows, note)
    print(text)
    write_page("in_force", text)


def _country(folder: Path, seed: int) -> Hits:
    options = SandboxOptions(seed=seed, restrictions=RESTRICTIONS)
    make_sandbox(folder, options)
    build(open_desk(folder))
    desk = open_desk(folder)
    sight = see(desk.case, desk.snapshot(options.last_day + timedelta(days=365)))
    lines = (folder / "truth/restrictions.jsonl").read_text(encoding="utf-8").splitlines()
    whole, found = ledger(sight), Hits()
    for row in map(json.loads, lines):
        for inside, day in _days(row, options, generator(seed, "in_force", row["id"])):
            name = "in force" if inside else "not in force"
            answer = whole.in_force(row["kind"], row["place"], day).probability >= HALF
            found.setdefault(f"{name}; all reports", []).append(answer == inside)
            then = ledger(sight, day).in_force(row["kind"], row["place"], day).probability >= HALF
            found.setdefault(f"{name}; known by the day", []).append(then == inside)
    return found


def _days(row: Mapping[str, str], options: SandboxOptions, chance: np.random.Generator) -> Iterator[tuple[bool, date]]:
    """Days inside the restriction, and days of the half years around it that are outside."""
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    length = (last - first).days + 1
    for n in chance.integers(0, length, ASKED):
        yield True, first + timedelta(days=int(n))
    for n in chance.integers(1, 183, ASKED):
        for day in (first - timedelta(days=int(n)), last + timedelta(days=int(n))):
            if options.first_day <= day <= options.last_day:
                yield False, day


if __name__ == "__main__":
    main()
