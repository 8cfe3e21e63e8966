"""LightGBM is entered by one thread at a time: its threads and buffers belong to the process."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import lightgbm
import numpy as np
import pytest

from faultline.record import boosting

ALONE = """
import sys
from faultline.record import boosting
boosting.train({"objective": "regression"}, *arrays, 2)
assert "lightgbm" in sys.modules and "pandas" not in sys.modules
import pandas
assert boosting.train({"objective": "regression"}, *arrays, 2).num_trees() == 2
"""


class Crowd:
    """Counts who is inside of a call of the library at once."""

    def __init__(self) -> None:
        self.inside, self.most, self.calls, self._lock = 0, 0, 0, threading.Lock()

    def around(self, call: Any) -> Any:
        def counted(*args: Any, **named: Any) -> Any:
            with self._lock:
                self.inside, self.calls = self.inside + 1, self.calls + 1
                self.most = max(self.most, self.inside)
            time.sleep(0.005)
            try:
                return call(*args, **named)
            finally:
                with self._lock:
                    self.inside -= 1

        return counted


def test_no_two_threads_are_inside_together(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = Crowd()
    monkeypatch.setattr(lightgbm, "train", crowd.around(lightgbm.train))
    monkeypatch.setattr(lightgbm.Booster, "predict", crowd.around(lightgbm.Booster.predict))
    given = np.random.default_rng(4).random((200, 3))

    def use(_: int) -> None:
        trees = boosting.train({"objective": "regression"}, given, given[:, 0], np.ones(200), 2)
        boosting.predict(trees, given)
        boosting.leaves(trees, given)
        boosting.contributions(trees, given)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(use, range(6)))
    assert crowd.calls == 24
    assert crowd.most == 1


def test_shapes_and_the_way_to_text_and_back() -> None:
    given = np.random.default_rng(5).random((300, 4))
    trees = boosting.train({"objective": "regression"}, given, given[:, 1], np.ones(300), 5)
    again = boosting.read(boosting.written(trees))
    assert boosting.predict(again, given) == pytest.approx(boosting.predict(trees, given))
    assert boosting.leaves(trees, given).shape == (300, 5)
    added = boosting.contributions(trees, given)
    assert added.shape == (300, 5)
    assert added.sum(axis=1) == pytest.approx(boosting.predict(trees, given))


def test_a_model_does_not_load_the_table_library_and_leaves_it_to_whoever_does() -> None:
    arrays = "import numpy as np\narrays = np.arange(800.0).reshape(400, 2), np.arange(400.0), np.ones(400)\n"
    done = subprocess.run([sys.executable, "-c", arrays + ALONE], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
