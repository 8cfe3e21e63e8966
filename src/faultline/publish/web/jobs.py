"""Runs long work beside the page: in a process of its own, with progress, and a way to stop it. Invariant: the page
never waits for it; what was worked out for one state of the store is not worked out again."""

import multiprocessing
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from typing import Any, Literal

from faultline.record.errors import FaultlineError, UsageError
from faultline.record.ids import content_id

State = Literal["running", "done", "failed", "stopped"]
Report = Callable[[str], None]  # told what is being done
Work = Callable[..., Any]  # a function of a module, called as work(report, *arguments) in the other process
_KEPT = 24  # results
_AT_ONCE = 2  # processes: a laptop has to stay usable
_LONGEST = 1800.0  # seconds


@dataclass
class Job:
    """One piece of work. `step` says what it is at, `result` is there once it is done, `said` why it failed."""

    id: str
    state: State = "running"
    step: str = ""
    steps: int = 0
    result: Any = None
    said: str = ""
    begun: float = field(default_factory=time.monotonic)
    ended: float | None = None
    process: BaseProcess | None = None

    @property
    def seconds(self) -> float:
        """How long it has been at work, or was."""
        return (self.ended or time.monotonic()) - self.begun


class Jobs:
    """The work of one server."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()

    def find(self, id: str) -> Job | None:
        """The job of that id, None where it is unknown or was forgotten."""
        return self._jobs.get(id)

    def start(self, key: Hashable, work: Work, *arguments: object) -> Job:
        """The job of that key: the one that runs or is done, else a new one. One that failed or was stopped is begun
        again. Raises UsageError where too much is at work already."""
        id = content_id("job", key)
        with self._lock:
            known = self._jobs.get(id)
            if known and known.state in ("running", "done"):
                self._jobs.move_to_end(id)
                return known
            if sum(job.state == "running" for job in self._jobs.values()) >= _AT_ONCE:
                raise UsageError("work", "two at work already", "one at a time", "Wait for one to end, or stop it.")
            job = self._jobs[id] = Job(id)
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
        self._spawn(job, work, arguments)
        return job

    def forget(self) -> None:
        """Stops all work and forgets every result."""
        for id in list(self._jobs):
            self.stop(id)
        with self._lock:
            self._jobs.clear()

    def stop(self, id: str) -> None:
        """Ends the job's process, if it is at work; nothing of it is kept."""
        job = self._jobs.get(id)
        if job and job.state == "running":
            job.state, job.ended = "stopped", time.monotonic()
            if job.process:
                job.process.terminate()

    def _spawn(self, job: Job, work: Work, arguments: tuple[object, ...]) -> None:
        context = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang
        here, there = context.Pipe(duplex=False)
        job.process = context.Process(target=_run, args=(there, work, arguments), daemon=True)
        job.process.start()
        there.close()
        Thread(target=_listen, args=(job, here), daemon=True, name=f"faultline-{job.id}").start()


def _run(out: Connection, work: Work, arguments: tuple[object, ...]) -> None:
    """What the other process does: the work, telling of its steps, then its result or why there is none."""
    try:
        result = work(lambda step: out.send(("step", step)), *arguments)
    except FaultlineError as error:
        out.send(("failed", str(error)))
    except Exception as error:  # a defect: its kind, never its words, which may hold a text
        out.send(("failed", f"a defect in Faultline ({type(error).__name__})"))
    else:
        out.send(("done", result))
    finally:
        out.close()


def _listen(job: Job, here: Connection) -> None:
    try:
        while job.state == "running":
            if job.seconds > _LONGEST:
                job.said, job.state = "it took too long", "failed"
                if job.process:
                    job.process.terminate()
            elif here.poll(0.5):
                _hear(job, *here.recv())
    except EOFError:
        if job.state == "running":
            job.said, job.state = "its process ended", "failed"
    finally:
        here.close()
        job.ended = job.ended or time.monotonic()
        if job.process:
            job.process.join(5)


def _hear(job: Job, kind: str, said: Any) -> None:
    if kind == "step":
        job.step, job.steps = said, job.steps + 1
    elif kind == "failed":
        job.said, job.state = said, "failed"
    else:
        job.result, job.state = said, "done"
