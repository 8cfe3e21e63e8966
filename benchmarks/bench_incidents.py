"""Same-incident matching on MAVERICK and on dispatches, where hand-made lists say which documents tell of one incident.
Prints Markdown and writes it between the markers of docs/reference/incident-scores.md.

The pair model that ships was grown on the labels of the worked case: what it reaches there is printed as such, beside
the figures of models that had not seen the block of time (from its card). The development gold taught it nothing.
Lists are not exhaustive: two documents that no list joins may still tell of one thing. benchmarks/incident_lists.yaml
fills the gaps that were found by reading what models had joined.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.bench_coder import between
from recipes.pair_model import GAPS, told_board
from tests.parts import find_shared

from faultline.case import Case, load_case
from faultline.coding.coder import make_coder
from faultline.evaluate.incident_labels import PairFigures, compare, pairs_of, read_cleaned, read_labels
from faultline.evaluate.maverick import MaverickOptions, run
from faultline.evaluate.maverick_tables import maverick_grids
from faultline.evaluate.tables import Grid, markdown
from faultline.intake import Skipped, take_case, take_path
from faultline.intake.taking import limits_of
from faultline.record.protocols import Coder
from faultline.record.text import Filing
from faultline.resolve.blocking import candidates, reach_of
from faultline.resolve.linker import link
from faultline.resolve.report import Report
from faultline.resolve.world import World, resolve

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/incident-scores.md"
MODEL = ROOT / "src/faultline/resolve/models/pairs.json"
LEAST = 0.75


def main() -> None:
    """Prints everything and writes the page; needs the shared material."""
    shared = find_shared(ROOT)
    if shared is None:
        print("The labels and MAVERICK are not here.")
        return
    found = run(shared / "benchmarks/maverick", MaverickOptions(progress=lambda done: None))
    made = (*maverick_grids(found), dispatches(shared), blocking(shared))
    text = "\n".join(markdown(grid) for grid in made)
    print(text)
    PAGE.write_text(between(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")


def dispatches(shared: Path) -> Grid:
    """Figures on the worked case and on the development gold."""
    case = load_case(ROOT / "cases/mali")
    coder = make_coder(case)
    own = list(case_reports(case, coder))
    lists = shared / "chronicle/incidents.jsonl"
    labels = read_cleaned(lists, GAPS)
    begun = time.perf_counter()
    world = resolve(case, own, (), link)
    seconds = time.perf_counter() - begun
    gold = [
        report for path in sorted((shared / "gold/reports").glob("*.json")) for report in gold_report(case, coder, path)
    ]
    gold_labels = read_labels(shared / "gold/incidents.json")
    card = json.loads(MODEL.read_text(encoding="utf-8"))["card"]
    seen = "the model as it ships (it has seen these labels)"
    rows = (
        _carded("worked case, blocks of time not seen (from the model's card)", card),
        _carded("the same by the lists as they were", card["raw"]),
        _row(f"worked case, {seen}", labels, world, own),
        _row("the same by the lists as they were", read_labels(lists), world, own),
        _row("development gold (not seen)", gold_labels, resolve(case, gold, (), link), gold),
    )
    note = f"Goal: F1 {LEAST:.2f}. {len(own)} documents of the worked case became incidents in {seconds:.0f} s."
    return Grid("Pairs of labelled documents", ("documents", "F1", "precision", "recall", "labelled pairs"), rows, note)


def _carded(name: str, found: Mapping[str, float]) -> tuple[str, ...]:
    return name, *(f"{found[key]:.3f}" for key in ("f1", "precision", "recall")), ""


def blocking(shared: Path) -> Grid:
    """What blocking keeps of the labelled pairs of dispatches."""
    labels = read_cleaned(shared / "chronicle/incidents.jsonl", GAPS)
    board = told_board(ROOT / "cases/mali", labels)
    true = pairs_of(labels.values(), set(board.homes))
    told = {pair for pair in true if {*pair} <= set(board.names)}
    ends = candidates(board.columns, reach_of(board.columns.text.shape[0]))
    near = {tuple(sorted((board.names[a], board.names[b]))) for a, b in zip(*ends, strict=True)}
    rows = (
        ("labelled pairs", str(len(true))),
        ("of these both documents tell of a happening", f"{len(told) / len(true):.3f}"),
        ("of these kept by blocking", f"{len(told & near) / len(told):.3f}"),
        ("pairs of tellings compared", f"{len(ends[0]):,}"),
    )
    return Grid("Blocking on dispatches", ("figure", "found"), rows)


def case_reports(case: Case, coder: Coder) -> Iterable[Report]:
    """Every text of the case, coded, each once."""
    seen: set[str] = set()
    for taken in take_case(case):
        if isinstance(taken, Skipped) or taken.figures or taken.coded is not None or taken.document.id in seen:
            continue
        seen.add(taken.document.id)
        yield Report(taken.filing, taken.document.text, coder.code(taken.document, taken.filing).claims)


def gold_report(case: Case, coder: Coder, path: Path) -> Iterable[Report]:
    """The gold's report in a list, coded by the case; none where it cannot be read."""
    taken = take_path(path, Filing(origin=path.name, document=""), limits_of(case))
    if not isinstance(taken, Skipped):
        yield Report(taken.filing, taken.document.text, coder.code(taken.document, taken.filing).claims)


def groups(world: World, reports: Sequence[Report]) -> list[set[str]]:
    """The names of the documents of each incident."""
    names = {report.document: Path(report.filing.origin).name for report in reports}
    told: dict[str, set[str]] = defaultdict(set)
    for incident in world.incidents:
        for claim in incident.claims:
            told[incident.id].add(names[world.claims[claim].document])
    return list(told.values())


def _row(name: str, labels: dict[str, tuple[str, ...]], world: World, reports: Sequence[Report]) -> tuple[str, ...]:
    there = {Path(report.filing.origin).name for report in reports}
    labels = {i: tuple(d if d in there else f"{d}.json" for d in found) for i, found in labels.items()}
    among = {d for found in labels.values() for d in found} & there
    found: PairFigures = compare(labels, groups(world, reports), among)
    short = "" if found.f1 >= LEAST else "*"
    return (
        name,
        f"{found.f1:.3f}{short}",
        f"{found.precision:.3f}",
        f"{found.recall:.3f}",
        str(found.both + found.labelled_only),
    )


if __name__ == "__main__":
    sys.exit(main())
