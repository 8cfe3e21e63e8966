"""Maps of our own for tests of the drawing."""

from collections.abc import Iterable

from faultline.coding.system.read import SystemRead
from faultline.model.system import MUTUAL_RULE, map_of
from faultline.publish.figure.mapped import Article, Mapped, mapped_of
from faultline.record.claim import Claim, Slot, identified
from faultline.record.system import SystemMap
from faultline.record.text import Document, Filing, Span
from faultline.record.vocabulary import Kind, SlotName

SENTENCE = "The <blockade> of Sarmen & its price."
RING = [f"+{a} > +{b}" for a in "abcd" for b in "abcd" if a != b]
OTHERS = ["+a > -north", "-north > +a", "+b > ?south (intended)", "+c > -east (denied)", "+west > +d (conditional)"]


def claims_of(values: Iterable[str], mutual: Iterable[str] = ()) -> tuple[Claim, ...]:
    """One claim an arrow, and one for those that are mutual."""
    made = [_claim(n, [value], "system:verb") for n, value in enumerate(values)]
    together = list(mutual)
    return identified([*made, *([_claim(99, together, MUTUAL_RULE)] if together else [])])


def system_of(values: Iterable[str], mutual: Iterable[str] = ()) -> SystemMap:
    """The map of these arrows."""
    return map_of(claims_of(values, mutual))


def mapped() -> Mapped:
    """A map with a ring of four, every status, a sign, and a sentence that must be escaped."""
    sign = Claim("", "doc", Kind.ASSESSMENT, Span(0, 9), slots=(_slot(SlotName.SIGN, "+north > +a", "system:sign"),))
    claims = (*claims_of(OTHERS, RING), *identified([sign]))
    document = Document("doc", "", "text/plain", SENTENCE)
    read = SystemRead(claims, ("2 sentences without arrows: no parser",), "en", (Span(0, len(SENTENCE)),))
    return mapped_of([Article(document, Filing("a.txt", "doc", title="An <own> article"), read)], case="varda")


def _claim(at: int, values: list[str], rule: str) -> Claim:
    return Claim(
        "", "doc", Kind.ASSESSMENT, Span(0, 9), at, slots=tuple(_slot(SlotName.ARROW, v, rule) for v in values)
    )


def _slot(name: SlotName, value: str, rule: str) -> Slot:
    return Slot(name, value, Span(0, 9), rule=rule)
