"""Renders files from outside in a process of their own. Invariant: a file that hangs, devours memory or kills its
reader costs its own place and the time limit, nothing else; the process ends with ours."""

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

import faultline.record
from faultline.intake.limits import Limits
from faultline.intake.rendered import Rendered
from faultline.intake.taken import RefusedError

_PACKAGES = Path(faultline.record.__file__).parents[2]


def render(reader: str, content: bytes, limits: Limits, declared: str = "") -> Rendered:
    """Text of a file by the named reader (html, pdf, docx, xlsx).

    Raises RefusedError: what the reader says, "time" after `limits.seconds`, "broken" where the file killed its reader.
    """
    with _LOCK:
        return _current().ask(reader, content, limits, declared)


class Renderer:
    """A running process and the two pipes to it; of no use after `ask` raised "time" or "broken" (`alive` tells)."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, [str(_PACKAGES), os.environ.get("PYTHONPATH", "")]))
        command = [sys.executable, "-m", "faultline.intake.worker"]
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )

    @property
    def alive(self) -> bool:
        """Whether it still answers, and to this process (a fork must not share the pipes)."""
        return self.owner == os.getpid() and self._process.poll() is None

    def ask(self, reader: str, content: bytes, limits: Limits, declared: str) -> Rendered:
        """The answer to one request, or RefusedError."""
        head = {"reader": reader, "declared": declared, "limits": asdict(limits), "length": len(content)}
        out_of_time = threading.Event()
        timer = threading.Timer(limits.seconds, self._give_up, [out_of_time])
        timer.start()
        try:
            answer, body = self._exchange(json.dumps(head).encode("ascii") + b"\n", content)
        except (OSError, ValueError):
            self.close()
            if out_of_time.is_set():
                raise RefusedError("time", reader, f"at most {limits.seconds:g} seconds") from None
            raise RefusedError("broken", f"{reader}: the file ended its reader") from None
        finally:
            timer.cancel()
        if "refused" in answer:
            raise RefusedError(*answer["refused"])
        fields = {**answer["rendered"], "notes": tuple(answer["rendered"]["notes"])}
        return Rendered(body.decode("utf-8"), **fields)

    def close(self) -> None:
        """End the process and its pipes."""
        if self.owner == os.getpid():
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was still to be written has nobody to read it
                    pipe.close()

    def _exchange(self, head: bytes, content: bytes) -> tuple[dict[str, Any], bytes]:
        to, back = self._process.stdin, self._process.stdout
        assert to is not None and back is not None
        to.write(head)
        to.write(content)
        to.flush()
        answer = json.loads(back.readline())  # an ended process gives an empty line, which is no JSON
        body = back.read(answer["length"])
        if len(body) < answer["length"]:
            raise OSError("the answer broke off")
        return answer, body

    def _give_up(self, out_of_time: threading.Event) -> None:
        out_of_time.set()
        self._process.kill()


_LOCK = threading.Lock()
_RUNNING: list[Renderer] = []


def _current() -> Renderer:
    while _RUNNING and not _RUNNING[-1].alive:
        _RUNNING.pop().close()
    if not _RUNNING:
        _RUNNING.append(Renderer())
    return _RUNNING[-1]


@atexit.register
def close_renderers() -> None:
    """End the process, if one runs; the next `render` starts another."""
    while _RUNNING:
        _RUNNING.pop().close()
