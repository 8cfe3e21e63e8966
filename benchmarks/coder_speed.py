"""How fast a coder starts and reads, and how much memory it takes: a process of its own for each figure. Documents are
read as a build reads them, a batch at a time.

python -m benchmarks.coder_speed whole|rules|parser       one JSON object
"""

import json
import re
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import process_time

from faultline.case import load_case
from faultline.coding.coder import RuleCoder
from faultline.coding.split import sentences
from faultline.intake import Taken, take_case

CASE = Path(__file__).resolve().parents[1] / "cases" / "mali"
REPORTS = 400
LOOPS = 3  # the fastest counts
BATCH = 64  # documents, as a build reads them


@dataclass(frozen=True, slots=True)
class Speed:
    """Sentences a second of CPU time; CPU seconds from the start of the process to a coder that is ready (imports and
    reading the case included); megabytes of the whole process at its most."""

    sentences: int
    per_second: float
    start: float
    megabytes: float


def main(mode: str) -> None:
    """Prints the figures of one way of reading."""
    from faultline.coding.coder import make_coder  # what it takes to import is part of the start

    case = load_case(CASE)
    read = _parse() if mode == "parser" else _code(make_coder(case, mode == "whole"))
    start = process_time()
    taken = list(islice((item for item in take_case(case) if isinstance(item, Taken) and item.coded is None), REPORTS))
    count = sum(len(_sentences(item)) for item in taken)
    best = min(_seconds(read, taken) for _ in range(LOOPS))
    print(json.dumps({"sentences": count, "per_second": count / best, "start": start, "megabytes": _peak()}))


def _code(coder: RuleCoder) -> Callable[[Sequence[Taken]], None]:
    def read(taken: Sequence[Taken]) -> None:
        for n in range(0, len(taken), BATCH):
            coder.code_all([(item.document, item.filing) for item in taken[n : n + BATCH]])

    return read


def _parse() -> Callable[[Sequence[Taken]], None]:
    from faultline.coding.parser import load_parser

    parsers = {language: load_parser(language) for language in ("en", "fr")}

    def read(taken: Sequence[Taken]) -> None:
        for item in taken:
            parser = parsers.get(item.filing.language)
            if parser is not None:
                list(parser.parse(_sentences(item)))

    return read


def _sentences(item: Taken) -> list[str]:
    return [s.span.of(item.document.text) for s in sentences(item.document.text, item.filing.language)]


def _peak() -> float:
    """Megabytes at most: the process itself where Linux tells, as getrusage counts what its parent had."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("ascii")) if status.exists() else None
    return (int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def _seconds(read: Callable[[Sequence[Taken]], None], taken: Sequence[Taken]) -> float:
    begun = process_time()
    read(taken)
    return process_time() - begun


if __name__ == "__main__":
    main(sys.argv[1])
