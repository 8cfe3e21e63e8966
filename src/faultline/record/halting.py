"""Lets long work be stopped from outside: its loops call `breathe`, and whoever began it says whether it may go on.
Invariant: outside `stoppable` nothing is ever stopped, and what is stopped gives no answer, never half of one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from faultline.record.errors import FaultlineError

Stopped = Callable[[], bool]
_STOPPED: ContextVar[Stopped | None] = ContextVar("faultline_stopped", default=None)


class StoppedError(FaultlineError):
    """The work was stopped by whoever asked for it. Ask again."""


@contextmanager
def stoppable(stopped: Stopped) -> Iterator[None]:
    """Inside the block, work of this thread ends with StoppedError once `stopped` says so."""
    token = _STOPPED.set(stopped)
    try:
        yield
    finally:
        _STOPPED.reset(token)


def breathe() -> None:
    """Where a loop may be stopped. Raises StoppedError."""
    stopped = _STOPPED.get()
    if stopped is not None and stopped():
        raise StoppedError("work", "it was stopped", way_out="Begin it again.")
