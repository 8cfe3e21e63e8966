"""What a process that helps a build runs. Invariant: it imports what coding needs and nothing else, so that a worker is
ready in a second or two, and it codes with the coder that the build has, or not at all."""

import gc
import multiprocessing
import os
import pickle
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock, Thread
from typing import Any

from faultline.coding.coder import RuleCoder, make_coder
from faultline.coding.lexicon import LANGUAGES
from faultline.coding.parser import load_parser
from faultline.record.claim import Coded
from faultline.record.errors import FaultlineError
from faultline.record.text import Document, Filing

Work = list[tuple[Document, Filing]]


@dataclass(frozen=True, slots=True)
class Part:
    """What a worker makes its coder of: the case as bytes (or a handle to them on a cluster), and the version that its
    coder must then have."""

    case: Any
    parser: bool
    version: str


_one_at_a_time = Lock()  # a worker of a cluster may have several threads; a parser serves one


def code_in_worker(case: bytes, parser: bool, version: str, work: Work) -> list[Coded]:
    """The work coded. Raises FaultlineError where the coder here is of another version."""
    with _one_at_a_time:
        coder = _coder(case, parser)
        if coder.version != version:
            way_out = "Install the same Faultline on every worker as here."
            raise FaultlineError("a coding worker", f"coder {coder.version}", version, way_out)
        return coder.code_all(work)


def leave_with_the_build() -> None:
    """Ends a worker when the process that started it is gone: one that is killed cannot tell its workers."""
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    build = multiprocessing.parent_process()
    if build is not None:
        build.join()
        os._exit(1)


@lru_cache(maxsize=2)
def _coder(case: bytes, parser: bool) -> RuleCoder:
    """Made once in each worker: a coder is costly to send and cheap to make."""
    coder = make_coder(pickle.loads(case), parser)
    for language in LANGUAGES if parser else ():
        load_parser(language)
    gc.collect()
    gc.freeze()  # lexica and parsers stay: to look through them for garbage again and again is a tenth of the work
    return coder
