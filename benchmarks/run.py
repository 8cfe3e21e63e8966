"""Runs every benchmarks/bench_*.py: each has a `main()` that returns its table as text. Prints them one after another.

`python benchmarks/run.py NAME...` runs those whose file name holds one of the names.
"""

import importlib.util
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: Sequence[str]) -> int:
    """Exit code: 1 where a benchmark failed to run, or none fits the names; the others still run."""
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
    try:
        table = _main_of(path)()
    except Exception as error:  # one broken benchmark must not hide the figures of the others
        print(f"{type(error).__name__}: {error}")
        return False
    if table:
        print(table)
    print(f"({time.perf_counter() - begun:.1f} s)", flush=True)
    return True


def _main_of(path: Path) -> Callable[[], str | None]:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = importlib.util.module_from_spec(spec)
    # Registered before it runs: worker processes of a benchmark import it by name.
    sys.modules[path.stem] = module
    sys.path.insert(0, str(HERE))
    spec.loader.exec_module(module)
    return module.main  # type: ignore[no-any-return]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
