"""A writer killed with SIGKILL leaves a store that opens and verifies; a rerun gives what an undisturbed build does."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from faultline.evidence import open_store
from tests.evidence.crash import build, contents

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = {"while the tables are made": 1, "inside the first append": 5, "inside the third append": 25}


@pytest.mark.parametrize("call", MOMENTS.values(), ids=MOMENTS)
def test_a_killed_build_can_be_run_again(store_url: str, tmp_path: Path, call: int) -> None:
    command = [sys.executable, "-m", "tests.evidence.crash", store_url, str(call)]
    died = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": "src:."}, check=False)
    assert died.returncode == -signal.SIGKILL
    with open_store(store_url) as store:
        assert store.verify().ok
        build(store)
        assert store.verify().ok
        again = contents(store)
    with open_store(f"sqlite:///{tmp_path / 'undisturbed.sqlite'}") as undisturbed:
        build(undisturbed)
        assert contents(undisturbed) == again
