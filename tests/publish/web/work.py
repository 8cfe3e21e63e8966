"""Work that a test gives to another process."""

import time
from collections.abc import Callable

from faultline.model.links import loops_among
from faultline.publish.view import Paper
from faultline.record.analysis import Measured
from faultline.record.days import Days, parse_days
from faultline.record.errors import InputError
from faultline.record.examination import Asserted, AssertionForm, Examination, Slip, Tested
from faultline.record.finding import Curve, Finding
from faultline.record.links import Coupled, Link, Node, Said
from faultline.record.system import ArrowStatus
from faultline.record.text import Span
from faultline.record.vocabulary import ArrowKind, Verdict


def slow_work(report: Callable[[str], None], seconds: float) -> tuple[str, ...]:
    """Nothing, after so many seconds."""
    report("waiting")
    time.sleep(seconds)
    return ()


def measured_work(report: Callable[[str], None]) -> tuple[Finding, ...]:
    """One finding that cannot be told from its null, with a curve."""
    report("legitimacy")
    row = Measured(
        "legitimacy", 2.0, "arrests", parse_days("2019"), "shuffled months", 0.5, 3.5, 0.2,
        verdict="indistinguishable from chance", name="arrests", null=1.0, n=12,
    )  # fmt: skip
    curve = Curve("arrests", "bar", ("2019-01-01", "2019-02-01"), (1.0, 1.0), "arrests")
    return (Finding("legitimacy", "How does the regime stand?", "Two arrests in 2019.", (row,), curves=(curve,)),)


def coupled_work(report: Callable[[str], None]) -> Coupled:
    """A system with an asserted and an assumed arrow."""
    report("arrows")
    said = Said("the text itself", "An analysis", "2020-01-01", ArrowStatus.STATED, 1, "Losses feed pressure.")
    links = (
        Link("losses", "pressure", ArrowKind.ASSERTED, 1, said=(said,), evidence="not measured: no table"),
        Link("pressure", "losses", ArrowKind.ASSUMED, -1, assumed="if the backer leaves"),
    )
    nodes = (Node("losses", "reports of losses", "level"), Node("pressure", "military pressure", "level"))
    return Coupled("x", nodes, links, loops_among(links))


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
