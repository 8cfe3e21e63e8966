"""Work that a test gives to another process."""

import time
from collections.abc import Callable

from faultline.publish.view import Paper
from faultline.record.days import Days
from faultline.record.errors import InputError
from faultline.record.examination import Asserted, AssertionForm, Examination, Slip, Tested
from faultline.record.text import Span
from faultline.record.vocabulary import Verdict


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


def examined_work(report: Callable[[str], None], paper: Paper) -> tuple[Examination, str]:
    """An examination whose one assertion is the whole article, contradicted then and supported now."""
    text = paper.content.decode()
    day = paper.published
    then, now = Tested(Verdict.CONTRADICTED, day, "nobody said so"), Tested(Verdict.SUPPORTED, day, "two say so")
    span = Span(0, len(text))
    one = Asserted("clm_x", AssertionForm.FACT, span, text, (), then, now)
    return Examination(paper.title, Days(day, day), "doc_x", (one,), (Slip("date", span, text, "no such day"),)), text
