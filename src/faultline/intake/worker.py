"""The process in which files from outside are unpacked: reads requests on standard input, answers on standard output.
Invariant: it has no more memory than the limit says, writes no file, and what it answers is text with a JSON head.

A message is a line of JSON with the `length` of the bytes that follow it.
"""

import contextlib
import importlib
import json
import os
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from faultline.intake.limits import Limits
from faultline.intake.rendered import Rendered
from faultline.intake.taken import RefusedError

READERS = {"html": "read_html", "pdf": "read_pdf", "docx": "read_docx", "xlsx": "read_xlsx"}
_RECURSION = 2_000


def main() -> None:
    """Answer until the input ends."""
    # Libraries may print; what they print must not get between our answers.
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 (a device)
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    sys.setrecursionlimit(_RECURSION)
    requests = sys.stdin.buffer
    while line := requests.readline():
        head = json.loads(line)
        answer(head, requests.read(head["length"]), answers)


def answer(head: dict[str, Any], content: bytes, to: BinaryIO) -> None:
    """Render one file and write the answer: head and text, or a head with the reason why not."""
    limits = Limits(**head["limits"])
    _confine(limits.memory_bytes)
    try:
        rendered = _render(head["reader"], content, limits, head["declared"])
    except RefusedError as refused:
        _send(to, {"refused": [refused.reason, refused.where, refused.expected]}, b"")
    except MemoryError:
        _send(to, {"refused": ["bomb", "memory", f"at most {limits.memory_bytes} bytes"]}, b"")
    except Exception as error:  # a library's fault is the file's fault here: it must not end the others
        _send(to, {"refused": ["broken", f"{head['reader']}: {type(error).__name__}"[:160], ""]}, b"")
    else:
        fields = asdict(rendered)
        text = fields.pop("text").encode("utf-8")
        _send(to, {"rendered": fields}, text)


def _render(reader: str, content: bytes, limits: Limits, declared: str) -> Rendered:
    module = importlib.import_module(f"faultline.intake.{reader}")
    rendered: Rendered = getattr(module, READERS[reader])(content, limits, declared)
    return rendered


def _send(to: BinaryIO, head: dict[str, Any], body: bytes) -> None:
    to.write(json.dumps({**head, "length": len(body)}).encode("ascii") + b"\n")
    to.write(body)
    to.flush()


def _confine(memory_bytes: int) -> None:
    # Where the system has no such limits, the clock of our parent still ends us.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
