"""The table of arrows: one kind a row, and no word of an article where sentences are left out."""

from faultline.publish.coupling.arrows import arrow_rows
from faultline.record.links import Coupled, Link, Node, Said
from faultline.record.system import ArrowStatus
from faultline.record.text import Span
from faultline.record.vocabulary import ArrowKind

NODES = tuple(Node(id, id.upper(), "level", "", ()) for id in "ab")
SAID = Said("somebody", "An article", "2020", ArrowStatus.STATED, 1, "A brings B.", "doc", "clm", Span(0, 3))
LINKS = (
    Link("a", "b", ArrowKind.ASSERTED, 1, ArrowStatus.CONDITIONAL, (SAID,), evidence="timing", wanted="a table"),
    Link("b", "a", ArrowKind.ASSUMED, -1, assumed="times 0.5 to 2"),
)
SYSTEM = Coupled("x", NODES, LINKS, (), ())


def test_every_arrow_is_a_row_of_its_own_kind() -> None:
    one, other = arrow_rows(SYSTEM)
    assert (one.cause, one.sign, one.effect) == ("A", "+ (conditional)", "B") and "A brings B." in one.what
    assert one.wanted == "a table" and (other.kind, other.what) == (ArrowKind.ASSUMED, "times 0.5 to 2")
    assert arrow_rows(SYSTEM, ArrowKind.ASSUMED) == (other,)


def test_without_sentences_who_says_so_stays() -> None:
    (one,) = arrow_rows(SYSTEM, ArrowKind.ASSERTED, sentences=False)
    assert "An article" in one.what and "A brings B." not in one.what
