"""How fast the ledger takes in and gives out an event table: appending against bare `executemany` on the same schema,
snapshot and columns over many claims, full-text search. Prints a table of goal and measured.

    python benchmarks/bench_ledger.py                     100,000 rows appended, 1,000,000 claims read
    python benchmarks/bench_ledger.py --rows 5000 --claims 20000      a quick run
"""

import argparse
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from faultline.evidence import ClaimFilter, Entry, Store, open_store
from faultline.evidence.backend import CLAIMS, TEXTS
from faultline.evidence.schema import metadata
from faultline.record.claim import Casualties, Claim, Coded, Slot, Speaker
from faultline.record.days import DayPrecision, Days
from faultline.record.ids import bytes_hash, claim_id, document_id
from faultline.record.text import Candidate, Document, Filing, Span
from faultline.record.vocabulary import Action, Kind, Modality, SlotName

RECORDED = datetime(2026, 1, 1, tzinfo=UTC)
PUBLISHED = Days(date(2026, 1, 1), date(2026, 1, 1), DayPrecision.DAY)
WORDS = tuple(
    "attacked village convoy army group soldiers killed near town camp road market base patrol ambush".split()
)
REPEATS = 3
SIDES = [f"Group {letter}" for letter in "ABCDEFGH"]


@dataclass(frozen=True)
class Line:
    """One row of the printed table."""

    what: str
    goal: str
    measured: str
    holds: bool


def main(arguments: Sequence[str] = ()) -> str:
    """The table of goal and measured; a missed goal is marked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the appended table")
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims in the store that is read")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)  # the measured reader, in a process of its own
    options = parser.parse_args(arguments)
    if options.read:
        return read(options.read)
    with tempfile.TemporaryDirectory() as name:
        lines = [*append_lines(Path(name), options.rows), *read_lines(Path(name), options.claims)]
    marks = {True: "ok", False: "MISSED"}
    shown = [
        f"{line.what:<52}{line.goal:>10}{line.measured:>10}  {marks[line.holds] if line.goal else ''}" for line in lines
    ]
    return "\n".join([f"{'':<52}{'goal':>10}{'measured':>10}", *shown])


def append_lines(folder: Path, rows: int) -> list[Line]:
    """A table through the store, and the same rows through bare executemany on the same schema."""
    made, pairs = table_entry(rows, 1), []
    for n in range(REPEATS):  # in turns, so that a busy machine is busy for both
        place = folder / str(n)
        place.mkdir()
        with open_store(f"sqlite:///{place / 'ours.sqlite'}") as store:
            seconds = timed(partial(store.append, [made], RECORDED))
        size = (place / "ours.sqlite").stat().st_size / rows
        pairs.append((seconds, bare_append(place)))
        shutil.rmtree(place)
    ours, bare = (min(column) for column in zip(*pairs, strict=True))
    return [
        Line(f"append {rows} rows, claims a second", ">= 8000", f"{rows / ours:.0f}", rows / ours >= 8000),
        Line("append against bare executemany, time", "<= 1.25", f"{ours / bare:.2f}", ours / bare <= 1.25),
        Line("bytes of store for a claim", "", f"{size:.0f}", True),
    ]


def bare_append(folder: Path) -> float:
    """Seconds for the rows of ours.sqlite by sqlite3 alone, indices and word indices included."""
    rows = {table.name: read_table(folder / "ours.sqlite", table.name) for table in metadata.sorted_tables}
    words = words_of(folder / "ours.sqlite")
    open_store(f"sqlite:///{folder / 'bare.sqlite'}").close()
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "cache_size = -65536", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {pragma}")
    rows.pop("meta")

    def append() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for name, held in rows.items():
            if held:
                connection.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(held[0]))})", held)
        for (name, column), held in words.items():
            connection.executemany(f"INSERT INTO {name} (rowid, {column}) VALUES (?, ?)", held)
        connection.execute("COMMIT")

    seconds = timed(append)
    connection.close()
    return seconds


def read_table(path: Path, name: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(f"SELECT * FROM {name}").fetchall()


def words_of(path: Path) -> dict[tuple[str, str], list[tuple[object, ...]]]:
    with sqlite3.connect(path) as connection:
        quotes = connection.execute("SELECT id, words FROM claim_quotes").fetchall()
        blocks = connection.execute("SELECT id, body FROM text_blocks").fetchall()
    return {(CLAIMS, "words"): quotes, (TEXTS, "body"): blocks}


def read_lines(folder: Path, claims: int) -> list[Line]:
    """A store of many claims, read by a process of its own so that its memory is the reader's alone."""
    path, rows = folder / "many.sqlite", min(claims, 100_000)
    with open_store(f"sqlite:///{path}") as store:
        for n in range(claims // rows):
            store.append([table_entry(rows, n + 2)], RECORDED)
    command = [sys.executable, __file__, "--read", str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, common, rare, prefix, worst, early, megabytes = (float(word) for word in said.split())
    return [
        Line(f"snapshot and columns over {claims} claims, s", "< 2", f"{seconds:.2f}", seconds < 2),
        Line("memory of that process at most, MB", "< 1000", f"{megabytes:.0f}", megabytes < 1000),
        Line("search for a common word, median of 20, ms", "< 50", f"{common:.1f}", common < 50),
        Line("search for a rare phrase, median of 20, ms", "< 50", f"{rare:.1f}", rare < 50),
        Line("search for the beginning of a number*, ms", "< 50", f"{prefix:.1f}", prefix < 50),
        Line("beginning* of a word that nearly all claims hold, ms", "", f"{worst:.1f}", True),
        Line("filtered count (actor, period), ms", "", f"{early:.0f}", True),
    ]


def read(path: Path) -> str:
    """Seconds for snapshot and columns, milliseconds for searches, megabytes at most."""
    with open_store(f"sqlite:///{path}", create=False) as store:
        seconds = timed(lambda: columns(store))
        peak = peak_megabytes()
        snapshot = store.snapshot(date(2026, 6, 1))
        common = statistics.median(timed(lambda: snapshot.search("killed")) for _ in range(20))
        rare = statistics.median(timed(lambda: snapshot.search('"event 77123" convoy')) for _ in range(20))
        prefix = statistics.median(timed(lambda: snapshot.search("7712*")) for _ in range(20))
        worst = statistics.median(timed(lambda: snapshot.search("convo*")) for _ in range(5))
        asked = ClaimFilter(actors=("group_a",), first_day=date(2015, 1, 1), last_day=date(2015, 12, 31))
        early = timed(lambda: snapshot.count(asked))
    return f"{seconds} {common * 1000} {rare * 1000} {prefix * 1000} {worst * 1000} {early * 1000} {peak}"


def peak_megabytes() -> float:
    """Memory of this process at most. (ru_maxrss would also remember the process that started it.)"""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1000


def columns(store: Store) -> None:
    table = store.snapshot(date(2026, 6, 1)).columns()
    if table.num_rows == 0 or table.column("first_day").null_count:
        raise SystemExit("the columns are not what was appended")


def timed(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def table_entry(rows: int, seed: int) -> Entry:
    """A made-up event table: a claim for each row, with sides, place, days and deaths."""
    chance = random.Random(seed)
    lines = [_line(n, seed, chance) for n in range(rows)]
    text = "\n".join(lines)
    content = text.encode()
    made = Document(document_id(content), bytes_hash(content), "text/csv", text)
    claims, start = [], 0
    for n, line in enumerate(lines):
        claims.append(_claim(made.id, Span(start, start + len(line)), n, chance))
        start += len(line) + 1
    filing = Filing(f"table-{seed}.csv", made.id, "dataset", published=PUBLISHED)
    return Entry(content, made, filing, "table", "1", Coded(tuple(claims)))


def _line(n: int, seed: int, chance: random.Random) -> str:
    story = " ".join(chance.choices(WORDS, k=48))
    sides = ",".join(chance.choices(SIDES, k=2))
    numbers = ",".join(str(chance.randrange(10_000)) for _ in range(25))
    return f'{seed}{n},"event {n}",{sides},"{story}",{numbers}'


def _claim(document: str, span: Span, n: int, chance: random.Random) -> Claim:
    day = date(1990, 1, 1) + timedelta(days=n % 12_000)
    side, other = chance.sample(SIDES, 2)
    best = chance.randrange(30)
    given = (
        (SlotName.ACTOR, side, "column side_a"),
        (SlotName.RECIPIENT, other, "column side_b"),
        (SlotName.PLACE, f"Place {n % 5000}", "column where_coordinates"),
        (SlotName.DAYS, day.isoformat(), "column date_start"),
        (SlotName.COUNT, str(best), "column best"),
    )
    return Claim(
        id=claim_id(document, Kind.EVENT, span.start, span.end, 0),
        document=document,
        kind=Kind.EVENT,
        span=span,
        action=Action.ASSAULT,
        subtype="battle",
        speaker=Speaker(("dataset",)),
        modality=Modality.ASSERTED,
        days=Days(day, day, DayPrecision.DAY),
        casualties=(Casualties("killed", best, best, best + 2), Casualties("killed", None, best, None, "civilians")),
        slots=tuple(_slot(name, value, rule, span) for name, value, rule in given),
    )


def _slot(name: SlotName, value: str, rule: str, span: Span) -> Slot:
    candidates = (Candidate(value.lower().replace(" ", "_")),) if name in (SlotName.ACTOR, SlotName.RECIPIENT) else ()
    return Slot(name, value, span, rule, "given by the dataset", 1.0, candidates)


if __name__ == "__main__":
    print(main(sys.argv[1:]))
