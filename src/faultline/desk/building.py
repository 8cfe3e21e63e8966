"""Turns a case folder into a built store. Invariant: what is appended is whole, and building twice adds nothing."""

import json
from collections import Counter, deque
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from time import perf_counter

from faultline.case import Case
from faultline.case.decisions import read_decisions
from faultline.coding.coder import UNDETERMINED, make_coder
from faultline.desk.coding import BuildOptions, Crew, Step, coding
from faultline.desk.marking import remember_marks
from faultline.desk.opened import LAST_BUILD, STORE_FOLDER, Desk, now
from faultline.desk.remembering import forget
from faultline.evidence import Entry, Standing, Store, open_store
from faultline.intake import Skipped, Taken, count_files, take_case
from faultline.publish.expect import check_expectations
from faultline.record.analysis import Checked
from faultline.record.claim import Coded
from faultline.record.ids import content_id
from faultline.record.protocols import Coder

BATCH = 64  # documents a transaction: enough to make commits cheap, few enough to lose nothing worth keeping


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
        files = count_files(desk.case) if options.progress else 0
        run = _Build(store, coder, store.standing(), options, files)
        with coding(desk.case, coder, options) as crew:
            run.take(take_case(desk.case), crew)
        gone = run.gone()
        if gone:
            store.retract(gone, now())
        _append_decisions(desk.case, store)
        checked = check_expectations(desk.case, store.snapshot(include_undated=True))
        built = replace(_summary(run, store), retracted=len(gone), expectations=checked)
        built = replace(built, seconds=perf_counter() - started)
        _remember(desk, built)
        if built.added or built.retracted:
            forget(desk.case.folder)
        return built
    finally:
        store.close()


@dataclass
class _Build:
    """The running state of one build: what was seen, what waits to be appended."""

    store: Store
    coder: Coder
    standing: dict[str, Standing]
    options: BuildOptions
    of_files: int = 0
    origins: set[str] = field(default_factory=set)  # as the store keeps them: a purged name is blacked out there too
    skipped: list[Skipped] = field(default_factory=list)
    not_coded: Counter[str] = field(default_factory=Counter)
    seen: int = 0
    files: int = 0
    at: str = ""  # the file being read
    added: int = 0
    waiting: deque[tuple[list[Taken], "Future[list[Coded]]"]] = field(default_factory=deque)

    def take(self, inputs: Iterable[Taken | Skipped], crew: Crew) -> None:
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
                self._submit(batch, crew)
                batch = []
        if batch:
            self._submit(batch, crew)
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
        self._step(item.origin)

    def _note(self, item: Taken) -> None:
        self.seen += 1
        self.origins.add(self.store.blanked(item.filing.origin))
        self.skipped.extend(item.skipped)
        # Where the language could not be told, the coder asks sentence by sentence.
        if item.coded is None and item.filing.language not in ("", UNDETERMINED, *self.coder.languages):
            self.not_coded[item.filing.language] += 1
        self._step(item.filing.origin)

    def _step(self, origin: str) -> None:
        file = origin.partition("#")[0]
        self.files, self.at = self.files + (file != self.at), file
        if self.options.progress:
            self.options.progress(Step(origin, self.seen, self.files, self.of_files))

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

    def _submit(self, batch: list[Taken], crew: Crew) -> None:
        work = [(item.document, item.filing) for item in batch if item.coded is None]
        self.waiting.append((batch, crew.code(work)))
        if len(self.waiting) > 2 * crew.width:
            self._append()

    def _append(self) -> None:
        batch, future = self.waiting.popleft()
        coded = iter(future.result())
        entries = []
        for item in batch:
            name, version = self._coder_of(item)
            found = item.coded if item.coded is not None else next(coded)
            entries.append(
                Entry(item.content, item.document, item.filing, name, version, found, item.figures, item.withheld)
            )
        appended = self.store.append(entries, now())
        self.added += max(appended.filings, appended.runs)  # a file under a purged name is read again, and adds nothing


def _make_store_folder(desk: Desk) -> None:
    """The folder of a default store, with a .gitignore of its own: a ledger is built, not versioned."""
    folder = desk.case.folder / STORE_FOLDER
    if str(folder) in desk.url and not folder.exists():
        folder.mkdir(parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _append_decisions(case: Case, store: Store) -> None:
    """Brings people's decisions from CASE/decisions.jsonl into the store; what it has already is left alone."""
    on_file = read_decisions(case.folder)
    if on_file:
        known = {decision.id for decision in store.snapshot(include_undated=True).decisions(with_undone=True)}
        store.decide([decision for decision in on_file if decision.id not in known], now())


def _remember(desk: Desk, built: Built) -> None:
    """Keeps beside the store what the build left out, for the start page."""
    reasons = Counter[str]()
    for skipped in built.skipped:
        reasons[skipped.reason] += skipped.count
    left = {"skipped": sorted(reasons.items()), "not_coded": built.not_coded}
    folder = desk.case.folder / STORE_FOLDER
    if folder.is_dir():
        (folder / LAST_BUILD).write_text(json.dumps(left), encoding="utf-8")
    remember_marks(desk.case)


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
