"""Opens processes of this machine for work that can be shared out. Invariant: they are gone when the block ends."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager


@contextmanager
def processes(workers: int) -> Iterator[Executor | None]:
    """An executor of so many processes, of one a processor where 0; None for one, whose work this process does."""
    workers = workers or _processors()
    if workers == 1:
        yield None
        return
    # spawn, not fork: a store's connections and a library's threads must not be shared with a child
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield pool


def _processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
