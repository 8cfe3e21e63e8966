"""Work that a test gives to another process."""

import time
from collections.abc import Callable

from faultline.record.errors import InputError


def slow_work(report: Callable[[str], None], seconds: float) -> tuple[str, ...]:
    """Nothing, after so many seconds."""
    report("waiting")
    time.sleep(seconds)
    return ()


def failing_work(report: Callable[[str], None], words: str) -> None:
    """Fails: with an error of ours, or for "defect" with one whose words are nobody's business."""
    if words == "defect":
        raise RuntimeError("secret of the article")
    raise InputError("article", words)
