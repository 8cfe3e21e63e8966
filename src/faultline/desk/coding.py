"""How a build codes its documents: in this process or in several. Invariant: the order of the claims does not depend on
how many work."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faultline.case import Case, load_case
from faultline.coding.coder import make_coder
from faultline.record.claim import Coded
from faultline.record.errors import FaultlineError
from faultline.record.protocols import Coder
from faultline.record.text import Document, Filing

Work = list[tuple[Document, Filing]]


Code = Callable[[Work], "Future[list[Coded]]"]


_worker_coder: Coder | None = None  # one a process: a coder is costly to send and cheap to make once


Progress = Callable[[str, int], None]  # what was just done (an origin), how many documents so far


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """`workers` processes code documents (1: in this process), with or without the `parser`."""

    workers: int = 1
    progress: Progress = lambda origin, seen: None
    parser: bool = True


@contextmanager
def coding(case: Case, coder: Coder, options: BuildOptions) -> Iterator[Code]:
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


def _code_in_worker(work: Work) -> list[Coded]:
    if _worker_coder is None:
        raise FaultlineError("a coding worker", "no coder", "one made at its start", "Report this: it is a defect.")
    return [_worker_coder.code(document, filing) for document, filing in work]
