"""Work that somebody stops ends at its next breath; other work never does."""

import threading

import pytest

from faultline.record.errors import FaultlineError
from faultline.record.halting import StoppedError, breathe, stoppable


def test_work_ends_at_the_next_breath_once_it_is_stopped() -> None:
    stop = threading.Event()
    with stoppable(stop.is_set):
        breathe()
        stop.set()
        with pytest.raises(StoppedError, match="stopped") as raised:
            breathe()
    assert isinstance(raised.value, FaultlineError)
    breathe()  # outside the block nothing is stopped


def test_stopping_one_thread_leaves_another_alone() -> None:
    ended: list[str] = []

    def work(name: str) -> None:
        breathe()
        ended.append(name)

    with stoppable(lambda: True):
        thread = threading.Thread(target=work, args=("other",))
        thread.start()
        thread.join()
        with pytest.raises(StoppedError):
            work("mine")
    assert ended == ["other"]
