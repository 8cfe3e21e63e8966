"""Kills a build with SIGKILL at twenty random moments: the store opens, verifies, and the next build completes it."""

import tempfile
from pathlib import Path

from tests.killing import kill_many

TIMES, SEED = 20, 20260425


def main() -> None:
    """Prints what became of each; a failure ends with an error."""
    with tempfile.TemporaryDirectory() as folder:
        expected, found = kill_many(Path(folder), TIMES, SEED)
    print(f"{TIMES} builds killed (seed {SEED}); an undisturbed one gives {len(expected):,} claims")
    print("documents that stood: " + ", ".join(str(left.stood) for left in found))
    sound = sum(left.verified for left in found)
    same = sum(left.ids == expected for left in found)
    print(f"stores that verify: {sound} of {TIMES}; same ids after the next build: {same} of {TIMES}")
    if sound < TIMES or same < TIMES:
        raise SystemExit("a killed build left something wrong")


if __name__ == "__main__":
    main()
