"""Runs every benchmarks/bench_*.py as a program of its own and lets each print its table, one after another.

`python benchmarks/run.py NAME...` runs those whose file name holds one of the names. A process of its own for each, so
that the memory and the start-up that one reports are not another's. A benchmark fails by its exit code.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: Sequence[str]) -> int:
    """Exit code: 1 where a benchmark failed, or none fits the names; the others still run."""
    chosen = [path for path in found() if not names or any(name in path.stem for name in names)]
    failed = [path.stem for path in chosen if not _ran(path)]
    if not chosen:
        print(f"no benchmark fits; there are: {', '.join(path.stem for path in found()) or 'none'}")
    if failed:
        print(f"failed: {', '.join(failed)}")
    return int(bool(failed) or not chosen)


def found() -> list[Path]:
    """Files of benchmarks, in the order of their names."""
    return sorted(HERE.glob("bench_*.py"))


def _ran(path: Path) -> bool:
    print(f"\n== {path.stem.removeprefix('bench_')} ==", flush=True)
    begun = time.perf_counter()
    # From the repository, so that `from benchmarks import ...` and `from tests import ...` work as in the tests.
    done = subprocess.run([sys.executable, "-m", f"{HERE.name}.{path.stem}"], cwd=HERE.parent, check=False)
    print(f"({time.perf_counter() - begun:.1f} s)", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
