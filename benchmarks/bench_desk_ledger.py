"""The ledger of a served desk over a million claims, as one analyst clicks through it: answers of the API and of the
page, alone and while another process appends as a build does; memory of the serving process. Prints goal and measured.

Half of the claims are of reports (25 claims each), half of event tables (100,000 rows each).

    python -m benchmarks.bench_desk_ledger
    python -m benchmarks.bench_desk_ledger --claims 50000 --seconds 10      a quick run
    python -m benchmarks.bench_desk_ledger --store many.sqlite              keeps the store, and takes it up again
    python -m benchmarks.bench_desk_ledger --store postgresql+psycopg://postgres@127.0.0.1:5433/many
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, sleep

import httpx
from benchmarks.bench_ledger import table_entry

from faultline.case import new_case
from faultline.evidence import Entry, open_store
from faultline.record.claim import Claim, Coded, Slot, Speaker
from faultline.record.days import DayPrecision, Days
from faultline.record.ids import bytes_hash, claim_id, document_id
from faultline.record.text import Candidate, Document, Filing, Span
from faultline.record.vocabulary import Action, Kind, Modality, SlotName

RECORDED = datetime(2026, 1, 1, tzinfo=UTC)
CLAIMS_OF_A_REPORT, ROWS_OF_A_TABLE, BATCH = 25, 100_000, 64
KINDS = (Kind.EVENT, Kind.EVENT, Kind.EVENT, Kind.CONTROL, Kind.TALK, Kind.QUANTITY, Kind.ALLEGATION)
MODALITIES = (Modality.ASSERTED, Modality.REPORTED, Modality.CLAIMED, Modality.DENIED)
VERBS = "attacked shelled left entered besieged searched burned mined".split()
GOAL_ALONE, GOAL_BUILDING = 200.0, 500.0  # milliseconds, 95th percentile
PAUSE = 0.05  # seconds between two clicks
PARTS = 10  # of a run of clicks: memory is told after each


@dataclass(frozen=True)
class Round:
    """What one run of clicks measured: milliseconds by sort of question, processor time, memory in MB before, after
    each of ten parts of the time, and at its highest."""

    times: dict[str, list[float]]
    busy: list[float]  # milliseconds of processor time of the server, by click: what a busy machine does not change
    memory: list[float]
    most: float

    def p95(self) -> float:
        """95th percentile over all clicks, in milliseconds."""
        return _p95([each for held in self.times.values() for each in held])


def main(arguments: Sequence[str] = ()) -> int:
    """Prints the table; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=300, help="of clicking alone")
    parser.add_argument("--building", type=int, help="seconds of clicking while a build runs; else a third of those")
    parser.add_argument("--store", default="", help="where the store is kept: a file, or the address of a database")
    parser.add_argument("--append", default="", help=argparse.SUPPRESS)  # the build, in a process of its own
    options = parser.parse_args(arguments)
    if options.append:
        return _append_until_stopped(options.append)
    building = options.building or max(options.seconds // 3, 5)
    with tempfile.TemporaryDirectory() as name:
        store = _url(options.store or str(Path(name) / "many.sqlite"))
        if _is_empty(store):
            fill(store, options.claims)
        return measure(Path(name) / "case", store, (options.seconds, building))


def measure(folder: Path, store: str, seconds: tuple[int, int]) -> int:
    """Serves the store and clicks for so long alone, for so long while a build runs; prints what was measured."""
    new_case(folder, "Varda")
    command = [sys.executable, "-c", "from faultline.cli import main; main()", "serve", str(folder)]
    command += ["--port", "0", "--store", store]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = next(found[0] for line in server.stdout if (found := re.search(r"http://[^ ]+/", line)))
        begun = perf_counter()
        with httpx.Client(base_url=address, trust_env=False, timeout=120) as client:
            client.get("/api/claims")
            print(f"first answer of all: {perf_counter() - begun:.2f} s", flush=True)
            _click(client, server.pid, 10, 0)  # memory is compared from here on
            alone = _click(client, server.pid, seconds[0], 1)
            with subprocess.Popen([sys.executable, "-m", __spec__.name, "--append", store]) as build:
                building = _click(client, server.pid, seconds[1], 2)
                build.terminate()
    finally:
        server.terminate()
        server.wait()
    return _report(alone, building)


def fill(store: str, claims: int) -> None:
    """A store of that many claims: half in reports, half in tables of events."""
    begun = perf_counter()
    with open_store(store) as opened:
        rows = min(ROWS_OF_A_TABLE, claims // 2)
        for n in range(claims // 2 // rows):
            opened.append([table_entry(rows, n + 1)], RECORDED)
        batches = _batches(0)
        for _ in range(claims // 2 // CLAIMS_OF_A_REPORT // BATCH):
            opened.append(next(batches), RECORDED)
    print(f"a store of {claims} claims: {perf_counter() - begun:.0f} s", flush=True)


def _url(store: str) -> str:
    return store if "://" in store else f"sqlite:///{Path(store).resolve()}"


def _is_empty(store: str) -> bool:
    with open_store(store) as opened:
        return opened.snapshot(include_undated=True).count() == 0


def _click(client: httpx.Client, server: int, seconds: int, seed: int) -> Round:
    chance, began, memory = random.Random(seed), perf_counter(), [_megabytes(server)]
    times: dict[str, list[float]] = defaultdict(list)
    busy: list[float] = []
    most = memory[0]
    while perf_counter() < began + seconds:
        name, path, asked = _question(chance)
        begun, worked = perf_counter(), _worked(server)
        answer = client.get(path, params=asked)
        times[name].append((perf_counter() - begun) * 1000)
        busy.append(_worked(server) - worked)
        if answer.status_code != 200:
            raise SystemExit(f"{path} {asked}: {answer.status_code} {answer.text[:300]}")
        held = _megabytes(server)
        most = max(most, held)
        if perf_counter() > began + seconds * len(memory) / PARTS:
            memory.append(held)
        sleep(PAUSE)
    return Round(times, busy, memory, most)


def _question(chance: random.Random) -> tuple[str, str, dict[str, str]]:
    """What one click asks: its sort, its address, its parameters."""
    first = date(1995, 1, 1) + timedelta(days=chance.randrange(8_000))
    days = {"first_day": str(first), "last_day": str(first + timedelta(days=chance.choice((30, 180, 365))))}
    actor, place = f"group_{chance.choice('abcdefgh')}", f"place_{chance.randrange(40)}"
    kind, word = chance.choice(("event", "control", "talk")), chance.choice(VERBS)
    page = str(chance.choice((1, 1, 2, 3, 40)))
    questions = {
        "everything, a page": {"page": page},
        "kind": {"kind": kind, "page": page},
        "actor": {"actor": actor, "page": page},
        "actor, period": {"actor": actor, **days},
        "period by day": {**days, "order": "first_day"},
        "kind, place, modality": {"kind": kind, "place": place, "modality": "denied"},
        "speaker": {"speaker": f"Office {chance.randrange(30)}"},
        "source, kind": {"source": f"paper-{chance.randrange(20)}", "kind": kind},
        "words": {"words": f"{word} {chance.randrange(5_000)}"},
        "words, actor, period": {"words": word, "actor": actor, **days},
    }
    name = chance.choice(tuple(questions))
    if chance.random() < 0.2:
        by = chance.choice(("kind", "modality", "actor", "place", "month"))
        return f"counts: {name}", "/api/counts", {**questions[name], "by": by}
    address = chance.choice(("/api/claims", "/claims"))
    return f"{address}: {name}", address, questions[name]


def _report(alone: Round, building: Round) -> int:
    missed = 0
    for said, found, goal in (("alone", alone, GOAL_ALONE), ("while a build runs", building, GOAL_BUILDING)):
        clicks = sum(map(len, found.times.values()))
        print(f"\n{said}: {clicks} clicks, p95 {found.p95():.0f} ms (goal: under {goal:.0f}), ", end="")
        print(f"processor time median {statistics.median(found.busy):.0f}, p95 {_p95(found.busy):.0f} ms, ", end="")
        print(f"memory in MB {' '.join(f'{held:.0f}' for held in found.memory)}, at most {found.most:.0f}")
        for name, held in sorted(found.times.items(), key=lambda item: -_p95(item[1])):
            print(f"  {name:<44}{len(held):>5} x  median {statistics.median(held):>6.0f}  p95 {_p95(held):>6.0f} ms")
        missed += found.p95() >= goal
    return int(missed > 0)


def _append_until_stopped(store: str) -> int:
    """What a build does to a store: a batch of documents a transaction, one after another."""
    batches = _batches(random.SystemRandom().randrange(10**9, 2 * 10**9))  # documents that no earlier run appended
    with open_store(store) as opened:
        while True:
            opened.append(next(batches), RECORDED)
            sleep(0.3)  # the coder reads some 200 documents a second


def _batches(first: int) -> Iterator[list[Entry]]:
    while True:
        yield [_report_entry(n) for n in range(first, first + BATCH)]
        first += BATCH


def _report_entry(number: int) -> Entry:
    chance = random.Random(number)
    lines = [
        f"Group {chance.choice('ABCDEFGH')} {chance.choice(VERBS)} Place {chance.randrange(40)} on day "
        f"{chance.randrange(5_000)}, Office {chance.randrange(30)} said in report {number} of the convoy and the camp."
        for _ in range(CLAIMS_OF_A_REPORT)
    ]
    text = "\n".join(lines)
    content = text.encode()
    made = Document(document_id(content), bytes_hash(content), "text/plain", text)
    published = date(1995, 1, 1) + timedelta(days=number % 9_000)
    claims, start = [], 0
    for line in lines:
        claims.append(_claim(made.id, Span(start, start + len(line)), (line, published), chance))
        start += len(line) + 1
    days = Days(published, published, DayPrecision.DAY)
    filing = Filing(f"reports/{number}.txt", made.id, f"paper-{number % 20}", published=days)
    return Entry(content, made, filing, "rules", "1", Coded(tuple(claims)))


def _claim(document: str, span: Span, said: tuple[str, date], chance: random.Random) -> Claim:
    line, published = said
    words, day = line.split(), published - timedelta(days=chance.randrange(30))
    kind = chance.choice(KINDS)
    slots = (
        Slot(SlotName.ACTOR, " ".join(words[:2]), span, "", "", 1.0, (Candidate(f"group_{words[1].lower()}"),)),
        Slot(SlotName.PLACE, " ".join(words[3:5]), span, "", "", 1.0, (Candidate(f"place_{words[4]}"),)),
    )
    return Claim(
        id=claim_id(document, kind, span.start, span.end, 0),
        document=document,
        kind=kind,
        span=span,
        action=Action.ASSAULT if kind is Kind.EVENT else None,
        subtype="battle" if kind is Kind.EVENT else "",
        speaker=Speaker((" ".join(words[8:10]),)),
        modality=chance.choice(MODALITIES),
        days=Days(day, day, DayPrecision.DAY),
        slots=slots,
    )


def _worked(process: int) -> float:
    """Milliseconds of processor time of a process so far, to the tick of the kernel (10 ms)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))] if values else 0.0


def _megabytes(process: int) -> float:
    [line] = [x for x in Path(f"/proc/{process}/status").read_text().splitlines() if x.startswith("VmRSS")]
    return int(line.split()[1]) / 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
