"""The coder against hand-coded reports, behaviour transforms by the thousand, the records of PLOVER and PETRARCH2,
speed and memory. Prints Markdown and writes it between the markers of docs/reference/coder-scores.md.

What needs the outside material is left as a line that says so where there is none; then the page is not written.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.coder_records import (
    Agreement,
    agreement,
    countries,
    petrarch_names,
    plover_names,
    read_petrarch,
    read_plover,
)
from benchmarks.coder_speed import Speed
from tests.coding.invented import invented_case
from tests.coding.record_transforms import record_pairs, record_transforms
from tests.coding.transforms import LANGUAGES, Pair, outcome, pairs, transforms
from tests.parts import find_shared

from faultline.coding.coder import make_coder
from faultline.evaluate.coder import evaluate_coder
from faultline.evaluate.tables import Grid, grids, markdown
from faultline.record.protocols import Coder

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/coder-scores.md"
MARKERS = "<!-- scores: begin -->", "<!-- scores: end -->"
EACH = 250  # pairs of a transform and language: 4,000 in all
# Goals: sentences a second with parser, seconds to start, megabytes.
GOALS = {"per_second": 250.0, "start": 3.0, "megabytes": 700.0}
_UNIVERSAL = {"plover": "52 of its 78 validation records", "petrarch": "179 of the 284 unit records exact"}


def main() -> None:
    """Prints everything; writes the page where everything could be measured."""
    shared = find_shared(ROOT)
    parts = [reports(shared), transformed(), outside(shared) if shared else "No outside records here.", speeds()]
    text = "\n".join(parts)
    print(text)
    if shared:
        PAGE.write_text(between(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")


def between(page: str, text: str) -> str:
    """The page with the text between its markers. Raises ValueError where it has not each of them once."""
    head, begin, rest = page.partition(MARKERS[0])
    _, end, tail = rest.partition(MARKERS[1])
    if not begin or not end or page.count(MARKERS[0]) + page.count(MARKERS[1]) != 2:
        raise ValueError(f"{PAGE.name}: expected {' and '.join(MARKERS)}, once each")
    return f"{head}{begin}\n\n{text.strip()}\n\n{end}{tail}"


def reports(shared: Path | None) -> str:
    """Our own hand-coded reports by language and half; the development gold."""
    found = [("Our own hand-coded reports", ROOT / "tests/coding/gold")]
    found += [("The shared development gold", shared / "gold")] if shared else []
    lines = []
    for title, folder in found:
        lines += [f"### {title}", ""]
        lines += [markdown(grid) for grid in grids(evaluate_coder(ROOT / "cases/mali", folder))]
    return "\n".join(lines)


def transformed() -> str:
    """Shares of behaviour transforms that hold, of templates and of our own unit records."""
    coder = make_coder(invented_case())
    tables = (
        ("Templates", transforms(), lambda language, name: islice(pairs(language, name, seed=1), EACH)),
        ("Our unit records", record_transforms(), record_pairs),
    )
    return "### Behaviour transforms\n\n" + "\n".join(_held(coder, *table) for table in tables)


def _held(coder: Coder, title: str, names: Sequence[str], made: Callable[[str, str], Iterable[Pair]]) -> str:
    rows = []
    for name in names:
        cells = []
        for language in LANGUAGES:
            count = Counter(outcome(coder, pair) for pair in made(language, name))
            total = count.total()
            cells += [f"{count['held'] / total:.2f} ({total})", f"{count['unread'] / total:.2f}"]
        rows.append((name, *cells))
    return markdown(Grid(title, ("transform", "en holds", "en not read", "fr holds", "fr not read"), tuple(rows)))


def outside(shared: Path) -> str:
    """Root and roles on the gold records of PLOVER and the unit records of PETRARCH2."""
    path = shared / "benchmarks/plover/PLOVER_GSR_CAMEO.txt"
    plover, petrarch = read_plover(path), read_petrarch(shared / "benchmarks/petrarch/PETR.UnitTest.records.xml")
    names, known = plover_names(path), [sentence for sentence in petrarch if sentence.known]
    rows = (
        _row("PLOVER gold records", agreement(make_coder(countries(names)), plover), _UNIVERSAL["plover"]),
        _row(
            "PETRARCH2 unit records",
            agreement(make_coder(countries(names, petrarch_names(petrarch))), known),
            _UNIVERSAL["petrarch"],
        ),
    )
    columns = (
        "records",
        "n",
        "read at all",
        "some root",
        "exact roots",
        "some dyad",
        "exact dyads",
        "UniversalPetrarch",
    )
    note = f"{len(petrarch) - len(known)} unit records carry codes of no scheme and are left out."
    return "### Root and roles on others' records\n\n" + markdown(Grid("One sentence at a time", columns, rows, note))


def _row(title: str, found: Agreement, other: str) -> tuple[str, ...]:
    counts = (found.coded, found.some_root, found.roots, found.some_dyad, found.exact)
    return (title, str(found.n), *(f"{n} ({n / found.n:.2f})" for n in counts), other)


def speeds() -> str:
    """Sentences a second of one core, start-up and memory of the whole process."""
    ways = (("with the parsers", "whole"), ("--no-parser", "rules"), ("parsers alone", "parser"))
    rows = [_speed_row(title, _measure(mode)) for title, mode in ways]
    goals = ("goal", *(f"{GOALS[name]:.0f}" for name in ("per_second", "start", "megabytes")))
    columns = ("process", "sentences a CPU second", "CPU seconds to start", "MB at most")
    return "### Speed and memory\n\n" + markdown(Grid("cases/mali, 400 reports", columns, (*rows, goals)))


def _measure(mode: str) -> Speed:
    command = [sys.executable, "-m", "benchmarks.coder_speed", mode]
    one = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }  # one core: threads that wait cost CPU time
    done = subprocess.run(command, cwd=ROOT, env=one, capture_output=True, text=True, check=True)
    return Speed(**json.loads(done.stdout))


def _speed_row(title: str, speed: Speed) -> tuple[str, ...]:
    return title, f"{speed.per_second:.0f} ({speed.sentences})", f"{speed.start:.1f}", f"{speed.megabytes:.0f}"


if __name__ == "__main__":
    main()
