"""The system that claims assert: arrows, loops, signs."""

from faultline.model.system import MUTUAL_RULE, map_of
from faultline.record.claim import Claim, Slot, identified
from faultline.record.system import ArrowStatus, Loop
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, SlotName


def claim(at: int, *values: str, rule: str = "system:verb", name: SlotName = SlotName.ARROW) -> Claim:
    slots = tuple(Slot(name, value, Span(at, at + 5), rule=rule) for value in values)
    return Claim("", "doc", Kind.ASSESSMENT, Span(at, at + 5), slots=slots)


def loops(*claims: Claim) -> tuple[Loop, ...]:
    return map_of(identified(list(claims))).loops


def test_arrow_keeps_the_claim_and_the_words_that_state_it() -> None:
    (made,) = identified([claim(7, "+a > -b (intended)")])
    (arrow,) = map_of([made]).arrows
    assert (arrow.claim, arrow.document, arrow.span) == (made.id, "doc", Span(7, 12))
    assert (arrow.sign, arrow.status) == (-1, ArrowStatus.INTENDED)


def test_sign_of_a_loop_is_the_product_of_its_arrows() -> None:
    assert [loop.sign for loop in loops(claim(0, "+a > -b"), claim(9, "+b > -a"))] == [1]
    assert [loop.sign for loop in loops(claim(0, "+a > +b"), claim(9, "+b > -a"))] == [-1]
    assert [loop.sign for loop in loops(claim(0, "+a > ?b"), claim(9, "+b > -a"))] == [0]


def test_level_that_falls_turns_the_sign() -> None:
    (arrow,) = map_of(identified([claim(0, "-a > +b")])).arrows
    assert arrow.sign == -1


def test_denied_and_intended_arrows_close_no_loop() -> None:
    assert loops(claim(0, "+a > +b"), claim(9, "+b > +a (denied)")) == ()
    assert loops(claim(0, "+a > +b"), claim(9, "+b > +a (intended)")) == ()
    assert len(loops(claim(0, "+a > +b"), claim(9, "+b > +a (conditional)"))) == 1


def test_levels_that_reinforce_one_another_are_one_loop() -> None:
    arrows = [f"+{a} > +{b}" for a in "abc" for b in "abc" if a != b]
    (loop,) = loops(claim(0, *arrows, rule=MUTUAL_RULE))
    assert loop.mutual and set(loop.nodes) == set("abc") and loop.sign == 1


def test_sign_is_listed_and_is_no_arrow() -> None:
    found = map_of(identified([claim(0, "+a > -b", name=SlotName.SIGN)]))
    assert found.arrows == () and found.nodes == ()
    assert [(s.sign.node, s.of.node, s.of.direction) for s in found.signs] == [("a", "b", -1)]
