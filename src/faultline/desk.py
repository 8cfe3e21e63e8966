"""The one file that knows every stage: turns a case folder into a built store, and a built store into answers.
Invariant: what is appended is whole, and building twice adds nothing."""

import json
import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from time import perf_counter

from faultline.case import Case, load_case
from faultline.coding.coder import UNDETERMINED, make_coder
from faultline.coding.gold import to_gold
from faultline.evidence import Entry, Snapshot, Standing, Store, open_store
from faultline.intake import Skipped, Taken, take_case, take_path
from faultline.intake.fetch import add_page
from faultline.intake.taking import limits_of
from faultline.publish.expect import check_expectations
from faultline.publish.view import LeftOut
from faultline.publish.web.server import create_app
from faultline.publish.web.serving import answer_once, serve_until_stopped
from faultline.record.analysis import Checked
from faultline.record.claim import Coded
from faultline.record.codec import JSON, decode, encode
from faultline.record.decision import MACHINE, Decision
from faultline.record.errors import CaseError, FaultlineError, InputError, StoreError, UsageError
from faultline.record.ids import content_id
from faultline.record.protocols import Coder
from faultline.record.text import Document, Filing

STORE_FOLDER = ".faultline"
DECISIONS_FILE = "decisions.jsonl"
LAST_BUILD = "last-build.json"
CODE_FORMATS = ("gold", "record")
BATCH = 64  # documents a transaction: enough to make commits cheap, few enough to lose nothing worth keeping

Progress = Callable[[str, int], None]  # what was just done (an origin), how many documents so far


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. Counts are of this build, but `claims`, by kind, are what the store now holds as of today,
    undated documents included."""

    seen: int = 0
    added: int = 0
    unchanged: int = 0
    retracted: int = 0
    claims: tuple[tuple[str, int], ...] = ()
    skipped: tuple[Skipped, ...] = ()
    not_coded: tuple[tuple[str, int], ...] = ()  # language, documents kept and shown but not coded
    undated: int = 0
    seconds: float = 0.0
    expectations: tuple[Checked, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`workers` processes code documents (1: in this process), with or without the `parser`."""

    workers: int = 1
    progress: Progress = lambda origin, seen: None
    parser: bool = True


@dataclass(frozen=True)
class Desk:
    """A case and its store."""

    case: Case
    url: str

    @cached_property
    def store(self) -> Store:
        """The store, opened once; it must have been built. Raises StoreError with the way out."""
        try:
            return open_store(self.url, create=False)
        except StoreError as error:
            if not error.way_out:
                error.way_out = f"Run: faultline build {self.case.folder}"
            raise

    def snapshot(
        self, as_of: date | None = None, include_undated: bool = False, recorded_by: datetime | None = None
    ) -> Snapshot:
        """What was known on `as_of` (inclusive; today where None), by what the store held at `recorded_by` (inclusive;
        everything where None)."""
        return self.store.snapshot(as_of=as_of, recorded_by=recorded_by, include_undated=include_undated)


def open_desk(folder: Path, store: str = "") -> Desk:
    """The desk of a case folder; `store` is a URL, by default SQLite inside the folder. Raises CaseError."""
    case = load_case(folder)
    return Desk(case, store or f"sqlite:///{case.folder / STORE_FOLDER / 'store.sqlite'}")


def build(desk: Desk, options: BuildOptions | None = None) -> Built:
    """Takes in every input of the case, codes what is new, appends it, retracts what is gone; says what it did.

    A file that cannot be read now but stood before keeps standing: doubt is no retraction.
    """
    started = perf_counter()
    options = options or BuildOptions()
    _make_store_folder(desk)
    store = open_store(desk.url, create=True)
    try:
        coder = make_coder(desk.case, options.parser)
        run = _Build(store, coder, store.standing(), options)
        with _coding(desk.case, coder, options) as code:
            run.take(take_case(desk.case), code)
        gone = run.gone()
        if gone:
            store.retract(gone, _now())
        _append_decisions(desk.case, store)
        checked = check_expectations(desk.case, store.snapshot(include_undated=True))
        built = replace(_summary(run, store), retracted=len(gone), expectations=checked)
        built = replace(built, seconds=perf_counter() - started)
        _remember(desk, built)
        return built
    finally:
        store.close()


def code_file(case: Case, coder: Coder, path: Path, filing: Filing) -> tuple[Taken, Coded]:
    """One file with what the coder makes of it; nothing is stored. What `filing` leaves open is taken from the file.

    Raises InputError where the file cannot be read.
    """
    taken = take_path(path, filing, limits_of(case))
    if isinstance(taken, Skipped):
        way_out = "Give a text, Markdown, JSON, HTML, PDF or DOCX file."
        raise InputError(str(path), " ".join([taken.reason, taken.where]).strip(), "a document", way_out)
    return taken, taken.coded if taken.coded is not None else coder.code(taken.document, taken.filing)


def code_files(
    case_folder: Path, files: Iterable[Path], filing: Filing, form: str, parser: bool = True
) -> Iterator[JSON]:
    """Each claim of each file as a JSON value: in the form of the gold, or the whole record. Nothing is stored."""
    case = load_case(case_folder)
    coder = make_coder(case, parser)
    for path in files:
        taken, coded = code_file(case, coder, path, filing)
        if form == "gold":
            name = _name_of(taken.filing, path)
            yield from ({**row, "doc": name} for row in to_gold(case, taken.document, coded))
        else:
            yield from (encode(claim) for claim in coded.claims)


def purge(desk: Desk, what: str, why: str) -> str:
    """Removes a document (by id or origin) or a name from the store for good; says what was removed."""
    return str(desk.store.purge(what, why, _now()))


def last_build(desk: Desk) -> LeftOut:
    """What the last build could not take in; nothing where there was none."""
    path = desk.case.folder / STORE_FOLDER / LAST_BUILD
    if not path.exists():
        return LeftOut()
    found = json.loads(path.read_text(encoding="utf-8"))
    return LeftOut(*(tuple((key, number) for key, number in found[name]) for name in ("skipped", "not_coded")))


def serve(desk: Desk, port: int, say: Callable[[str], object]) -> None:
    """Serves the page on 127.0.0.1 until interrupted; `port` 0 takes a free one."""
    serve_until_stopped(create_app(desk, last_build(desk)), port, lambda address: say(f"{desk.case.title}: {address}"))


def serve_once(desk: Desk) -> str:
    """Serves on a free port, fetches the start page over loopback, stops; returns the address that answered.

    Raises FaultlineError where the page does not come.
    """
    return answer_once(create_app(desk, last_build(desk)), desk.case.title)


def add_url(case: Case, url: str) -> Path:
    """Fetches one page now, by its address, into the case's first folder of documents; returns the file.

    Raises InputError, and UsageError where the case has no such folder.
    """
    folder = next((entry.path for entry in case.inputs if entry.kind == "documents" and entry.path.is_dir()), None)
    if folder is None:
        raise UsageError(str(case.folder), "no folder of documents", "one under documents: in case.yaml")
    return add_page(url, folder)


_Work = list[tuple[Document, Filing]]
_Code = Callable[[_Work], "Future[list[Coded]]"]


@dataclass
class _Build:
    """The running state of one build: what was seen, what waits to be appended."""

    store: Store
    coder: Coder
    standing: dict[str, Standing]
    options: BuildOptions
    origins: set[str] = field(default_factory=set)  # as the store keeps them: a purged name is blacked out there too
    skipped: list[Skipped] = field(default_factory=list)
    not_coded: Counter[str] = field(default_factory=Counter)
    seen: int = 0
    added: int = 0
    waiting: deque[tuple[list[Taken], "Future[list[Coded]]"]] = field(default_factory=deque)

    def take(self, inputs: Iterable[Taken | Skipped], code: _Code) -> None:
        """Codes and appends the inputs in their order, a batch a transaction, at most a few batches in memory."""
        batch: list[Taken] = []
        for item in inputs:
            if isinstance(item, Skipped):
                self._skip(item)
                continue
            self._note(item)
            if not self._stands(item):
                batch.append(item)
            if len(batch) >= BATCH or (batch and item.coded is not None):
                self._submit(batch, code)
                batch = []
        if batch:
            self._submit(batch, code)
        while self.waiting:
            self._append()

    def gone(self) -> list[str]:
        """Origins that stood and were not met again, sorted. A part of a file ("reports/a.json#3") that broke off is
        not gone: the file is there and was skipped."""
        broken = {self.store.blanked(item.origin) for item in self.skipped}
        missing = set(self.standing) - self.origins
        return sorted(origin for origin in missing if origin.partition("#")[0] not in broken)

    def _skip(self, item: Skipped) -> None:
        self.skipped.append(item)
        self.origins.add(self.store.blanked(item.origin))

    def _note(self, item: Taken) -> None:
        self.seen += 1
        self.origins.add(self.store.blanked(item.filing.origin))
        self.skipped.extend(item.skipped)
        # Where the language could not be told, the coder asks sentence by sentence.
        if item.coded is None and item.filing.language not in ("", UNDETERMINED, *self.coder.languages):
            self.not_coded[item.filing.language] += 1
        self.options.progress(item.filing.origin, self.seen)

    def _stands(self, item: Taken) -> bool:
        standing = self.standing.get(self.store.blanked(item.filing.origin))
        name, version = self._coder_of(item)
        if standing is None or not standing.same(item.document.id, item.filing):
            return False
        return standing.coders.get(name) == version

    def _coder_of(self, item: Taken) -> tuple[str, str]:
        if item.coded is not None:
            return item.reader, item.reader_version
        # What is said about a document from outside is read too: another day of publication moves every weekday.
        # The reader too: another version of it may give another text for the same bytes.
        said = (item.filing.published, item.filing.language, item.filing.source)
        outside = content_id("in", *said, item.reader, item.reader_version)
        return self.coder.name, f"{self.coder.version}.{outside[3:9]}"

    def _submit(self, batch: list[Taken], code: _Code) -> None:
        work = [(item.document, item.filing) for item in batch if item.coded is None]
        self.waiting.append((batch, code(work)))
        if len(self.waiting) > 2 * self.options.workers:
            self._append()

    def _append(self) -> None:
        batch, future = self.waiting.popleft()
        coded = iter(future.result())
        entries = []
        for item in batch:
            name, version = self._coder_of(item)
            found = item.coded if item.coded is not None else next(coded)
            entries.append(Entry(item.content, item.document, item.filing, name, version, found, item.figures))
        appended = self.store.append(entries, _now())
        self.added += max(appended.filings, appended.runs)  # a file under a purged name is read again, and adds nothing


_worker_coder: Coder | None = None  # one a process: a coder is costly to send and cheap to make once


@contextmanager
def _coding(case: Case, coder: Coder, options: BuildOptions) -> Iterator[_Code]:
    """How batches are coded: in this process for one worker, else in a pool of processes that each make a coder."""
    if options.workers <= 1:
        yield lambda work: _done([coder.code(document, filing) for document, filing in work])
        return
    # spawn, not fork: the store's connections must not be shared with a child
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.workers, context, _start_worker, (case.folder, options.parser)) as pool:
        yield lambda work: pool.submit(_code_in_worker, work)


def _done(coded: list[Coded]) -> "Future[list[Coded]]":
    future: Future[list[Coded]] = Future()
    future.set_result(coded)
    return future


def _start_worker(folder: Path, parser: bool) -> None:
    global _worker_coder
    _worker_coder = make_coder(load_case(folder), parser)


def _code_in_worker(work: _Work) -> list[Coded]:
    if _worker_coder is None:
        raise FaultlineError("a coding worker", "no coder", "one made at its start", "Report this: it is a defect.")
    return [_worker_coder.code(document, filing) for document, filing in work]


def _name_of(filing: Filing, path: Path) -> str:
    """What the gold calls a document: its own id, else the name of its file without the ending."""
    said = json.loads(filing.extra) if filing.extra else {}
    return str(said.get("id") or path.stem)


def _make_store_folder(desk: Desk) -> None:
    """The folder of a default store, with a .gitignore of its own: a ledger is built, not versioned."""
    folder = desk.case.folder / STORE_FOLDER
    if str(folder) in desk.url and not folder.exists():
        folder.mkdir(parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _append_decisions(case: Case, store: Store) -> None:
    """Brings people's decisions from CASE/decisions.jsonl into the store; what it has already is left alone."""
    path = case.folder / DECISIONS_FILE
    if not path.exists():
        return
    known = {decision.id for decision in store.snapshot(include_undated=True).decisions()}
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            decision = decode(Decision, json.loads(line), f"{path.name}:{number}")
        except (ValueError, UsageError) as error:
            raise CaseError(f"{path.name}:{number}: {error}", way_out="Correct or remove the line.") from None
        if decision.id not in known and decision.by != MACHINE:
            found.append(decision)
    store.decide(found, _now())


def _remember(desk: Desk, built: Built) -> None:
    """Keeps beside the store what the build left out, for the start page."""
    reasons = Counter[str]()
    for skipped in built.skipped:
        reasons[skipped.reason] += skipped.count
    left = {"skipped": sorted(reasons.items()), "not_coded": built.not_coded}
    folder = desk.case.folder / STORE_FOLDER
    if folder.is_dir():
        (folder / LAST_BUILD).write_text(json.dumps(left), encoding="utf-8")


def _summary(run: _Build, store: Store) -> Built:
    everything = store.snapshot(include_undated=True)
    return Built(
        seen=run.seen,
        added=run.added,
        unchanged=run.seen - run.added,
        claims=tuple(sorted(everything.counts("kind").items())),
        skipped=tuple(run.skipped),
        not_coded=tuple(sorted(run.not_coded.items())),
        undated=store.snapshot().left_out,
    )


def _now() -> datetime:
    return datetime.now(UTC)
