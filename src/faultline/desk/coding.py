"""How a build codes its documents: in this process, in several of this machine, or by the workers of a Dask cluster.
Invariant: one `concurrent.futures.Executor` stands for the others; which of them codes, and who is first, changes no
claim."""

import gc
import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from faultline.case import Case
from faultline.coding.coder import RuleCoder
from faultline.coding.worker import Part, Work, code_in_worker, leave_with_the_build
from faultline.record.claim import Coded
from faultline.record.errors import FaultlineError, UsageError

_PATIENCE = 10  # seconds for a scheduler to answer and for its first worker to be there
_RETRIES = 2  # times that a batch is given to another worker of the cluster when one is lost
_GO_ON = "Run the same build again: it goes on after the last batch that was stored."


@dataclass(frozen=True, slots=True)
class Step:
    """How far a build is: the origin just read, documents read so far, files begun and files that there are."""

    origin: str
    documents: int
    files: int
    of_files: int


Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Who codes: `workers` processes of this machine (1: this process), or those of the Dask `cluster` at an address
    ("tcp://host:port"); with or without the `parser`. `progress` is called after each document read."""

    workers: int = 1
    progress: Progress | None = None
    parser: bool = True
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who code: `code` takes a batch, `width` is how many batches they work on at once."""

    code: Callable[[Work], "Future[list[Coded]]"]
    width: int


@contextmanager
def coding(case: Case, coder: RuleCoder, options: BuildOptions) -> Iterator[Crew]:
    """The crew of a build. Raises UsageError where a cluster cannot be reached, and FaultlineError where workers are
    lost on the way or have another Faultline."""
    part = Part(pickle.dumps(case), options.parser, coder.version)
    if options.cluster:
        with _cluster(options.cluster, part) as crew:
            yield crew
    elif options.workers > 1:
        with _processes(options.workers, part) as crew:
            yield crew
    else:
        with _here(coder) as crew:
            yield crew


@contextmanager
def _here(coder: RuleCoder) -> Iterator[Crew]:
    """This process; what the first batch loaded stays, so the collector of garbage need not look through it again."""

    def code(work: Work) -> "Future[list[Coded]]":
        future: Future[list[Coded]] = Future()
        future.set_result(coder.code_all(work))
        if not gc.get_freeze_count():
            gc.freeze()
        return future

    try:
        yield Crew(code, 1)
    finally:
        gc.unfreeze()


def _crew(executor: Executor, part: Part, width: int) -> Crew:
    return Crew(lambda work: executor.submit(code_in_worker, part.case, part.parser, part.version, work), width)


@contextmanager
def _processes(workers: int, part: Part) -> Iterator[Crew]:
    # spawn, not fork: the store's connections must not be shared with a child
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=leave_with_the_build) as pool:
        try:
            yield _crew(pool, part, workers)
        except BrokenExecutor as error:
            raise FaultlineError("a coding worker", "its end", "its claims", _GO_ON) from error


@contextmanager
def _cluster(address: str, part: Part) -> Iterator[Crew]:
    with cluster_client(address) as client:
        import distributed
        from distributed.comm.core import CommClosedError

        case = client.scatter(part.case, broadcast=True)
        executor = client.get_executor(retries=_RETRIES, pure=False)
        try:
            yield _crew(executor, Part(case, part.parser, part.version), sum(client.nthreads().values()))
        except (distributed.KilledWorker, CommClosedError, CancelledError) as lost:
            raise FaultlineError(address, type(lost).__name__, "claims from its workers", _GO_ON) from lost
        finally:
            executor.shutdown(wait=False)


@contextmanager
def cluster_client(address: str) -> Iterator[Any]:
    """A client of the Dask scheduler at an address, with a worker. Raises UsageError where there is none."""
    try:
        import distributed
    except ImportError:
        way_out = "Run: pip install 'faultline[cluster]', here and on the workers; or use --workers."
        raise UsageError("--cluster", "no Dask", "the package distributed", way_out) from None
    start = f"Start it (dask scheduler) and its workers (dask worker {address} --nthreads 1)."
    try:
        connect: Any = distributed.Client  # untyped
        client = connect(address, timeout=_PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        raise UsageError("--cluster", f"{address}: {error}", "a Dask scheduler with a worker", start) from None
    with client:
        yield client
