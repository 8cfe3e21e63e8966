"""Results of worlds kept in a file, so that a benchmark of an hour goes on where it was cut short. Run nothing here."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

KEPT = Path(__file__).resolve().parents[1] / ".faultline/benchmarks"
_EVERY = 10  # worlds between two writings


class Tally:
    """What a test said in the worlds of each seed. `modules` are those whose source the results follow from: a change
    of any of them begins anew."""

    so_far = False  # take no new world: tables of what there is

    def __init__(self, name: str, *modules: ModuleType) -> None:
        sources = [Path(str(module.__file__)).read_bytes() for module in modules]
        self._folder = KEPT / f"{name}-{hashlib.sha256(b''.join(sources)).hexdigest()[:12]}"

    def of(self, name: str, test: Callable[[int], Any], worlds: int) -> list[Any]:
        """What the test says of the worlds 0 to `worlds` - 1, in what JSON keeps: a tuple comes back as a list."""
        path = self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.json"
        found: list[Any] = json.loads(path.read_text()) if path.exists() else []
        for seed in range(len(found), len(found) if self.so_far else worlds):
            found.append(test(seed))
            if len(found) % _EVERY == 0 or len(found) == worlds:
                path.parent.mkdir(parents=True, exist_ok=True)
                half = path.with_suffix(".half")  # a run that is killed while it writes loses nothing
                half.write_text(json.dumps(found))
                half.replace(path)
        return found[:worlds]
