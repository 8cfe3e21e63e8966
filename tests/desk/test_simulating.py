"""Whoever plays the paths, the answer is the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
from tests.model.worlds import setting

from faultline.desk import SimulationAsked, simulating


def test_any_executor_gives_the_same_paths() -> None:
    asked = SimulationAsked(date(2020, 1, 10), paths=300)
    alone = simulating._played(None, setting(), asked, 5)
    with ThreadPoolExecutor(2) as pool:
        shared = simulating._played(pool, setting(), asked, 5)
    assert len(alone.violence) == 300 and np.array_equal(alone.violence, shared.violence)
    assert alone.changed is not None and np.array_equal(alone.changed, shared.changed)


def test_a_cluster_gives_the_same_paths(scheduler: str) -> None:
    asked = SimulationAsked(date(2020, 1, 10), paths=300, cluster=scheduler)
    alone = simulating._played(None, setting(), asked, 5)
    with simulating._executor(asked) as executor:
        assert executor is not None
        shared = simulating._played(executor, setting(), asked, 5)
    assert np.array_equal(alone.violence, shared.violence)
