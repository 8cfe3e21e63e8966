"""Tests that one thing acts on another. Invariant: only the order of days of both ends in an event table decides; who
else asserts the same arrow, and that both ends are told of, is listed and supports nothing."""

from collections.abc import Iterator
from datetime import date

from faultline.examine.after import after_tested
from faultline.examine.ends import ends_of, order_told, told_of_ends, wanted_for
from faultline.examine.grounds import Grounds
from faultline.examine.leads import DRAWS, LAG, Lead, countable, counted, lead
from faultline.examine.sentences import sentence_span
from faultline.measure.chance import generator
from faultline.measure.feedback.find import LOOP
from faultline.measure.force.ledger import Interval
from faultline.record.analysis import Measured
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.examination import Tested
from faultline.record.system import Arrow, ArrowStatus, read_arrow
from faultline.record.vocabulary import Kind, SlotName, Verdict

LEVEL = 0.05
NO_TABLE = "the case holds no event table by the day"
_RESTRICTED, _LOOP = "restrictions", "feedback_loop"
_VIOLENT = frozenset({"violence", "insurgency", "military_pressure", "coordinated_attacks"})
_OPEN = frozenset({ArrowStatus.INTENDED, ArrowStatus.CONDITIONAL})
_MOST = 12
_NULL = "blocks of eight weeks with their order turned by chance"


def arrow_tested(grounds: Grounds, claim: Claim, names: tuple[str, ...]) -> Tested:
    """Supported where days of the cause come before those of the effect with the sign that is asserted, chance where no
    order can be told; else not testable, with who asserts the same arrow and what is known of its ends."""
    arrows = arrows_of(claim)
    tested = [one for arrow in arrows if (one := _by_days(grounds, arrow)) is not None]
    if tested:
        return _together(grounds, tested, len(arrows))
    stated = _stated_reason(grounds, claim) or after_tested(grounds, claim, arrows) or _loop(grounds, claim, names)
    if stated:
        return stated
    same, against = _asserted_by(grounds, claim)
    why = "; ".join(filter(None, (_why_not(grounds, arrows), _said_by(grounds, same, against))))
    orders = (order_told(grounds, (a.cause.node, a.effect.node)) for a in arrows)
    told = next((order for order in orders if order), "") or told_of_ends(grounds, claim)
    return Tested(
        Verdict.NOT_TESTABLE,
        grounds.as_of,
        f"{why}; {told}" if told else why,
        names,
        supporting=same[:_MOST],
        against=against[:_MOST],
        voices=grounds.voices(same) if same else 0,
        would_change=wanted_for(ends_of(claim)),
    )


def arrows_of(claim: Claim) -> tuple[Arrow, ...]:
    """The arrows of a claim, each once."""
    read = dict.fromkeys(read_arrow(slot.value) for slot in claim.slots if slot.name is SlotName.ARROW)
    return tuple(Arrow(cause, effect, status=status) for cause, effect, status in read)


def _by_days(grounds: Grounds, arrow: Arrow) -> tuple[Verdict, Measured] | None:
    """What the order of days says of one arrow; None where no table counts both ends, and where it is an intention or
    a condition, of which no order of days says anything."""
    events = grounds.evidence.events
    if events is None or arrow.status in _OPEN:
        return None
    ends = (arrow.cause.node, arrow.effect.node)
    counts = counted(grounds.evidence, events, ends)
    if isinstance(counts, str):
        return None
    found = lead(*counts, generator(grounds.sight.seed, "examine", *ends))
    first, last = (date.fromordinal(int(day)) for day in (events.first.min(), events.first.max()))
    row = Measured(
        "feedback",
        found.more,
        "product of counts above their rates",
        Days(first, last),
        _NULL,
        name=f"order of days: {' to '.join(end.replace('_', ' ') for end in ends)}",
        p_value=found.p_value,
        n=int(min(one.sum() for one in counts)),
        settings=f"within {LAG} days; {DRAWS} draws",
        frame=events.frame.id,
    )
    return _judged(arrow, found), row


def _judged(arrow: Arrow, found: Lead) -> Verdict:
    """Chance where no order is told or it runs the other way: that the second comes first does not deny the arrow."""
    if found.p_value > LEVEL or not found.forward:
        return Verdict.CHANCE
    agrees = arrow.sign in (0, found.sign)
    return Verdict.SUPPORTED if agrees != (arrow.status is ArrowStatus.DENIED) else Verdict.CONTRADICTED


def _together(grounds: Grounds, tested: list[tuple[Verdict, Measured]], arrows: int) -> Tested:
    """One verdict on the arrows of a claim; supported only where each of them is."""
    verdicts = {verdict for verdict, _ in tested}
    verdict = next(iter(verdicts)) if len(verdicts) == 1 else Verdict.MIXED
    if len(tested) < arrows and verdict is Verdict.SUPPORTED:
        verdict = Verdict.MIXED
    rows = tuple(row for _, row in tested)
    said = "; ".join(f"{row.name.partition(': ')[2]}: {_SAID[v]} (p = {row.p_value:.3g})" for v, row in tested)
    left = (
        f"; {arrows - len(tested)} of {arrows} arrows have an end that nothing counts" if arrows > len(tested) else ""
    )
    why = f"{said}{left}; an order of days is no proof of cause"
    change = "more events of both ends, or a stronger effect" if verdict is Verdict.CHANCE else "later or other data"
    return Tested(verdict, grounds.as_of, why, ("feedback",), rows, would_change=change)


_SAID = {
    Verdict.SUPPORTED: f"the second follows within {LAG} days as asserted",
    Verdict.CONTRADICTED: f"the second follows within {LAG} days with the opposite sign",
    Verdict.CHANCE: "no such order of days can be told",
}


def _loop(grounds: Grounds, claim: Claim, names: tuple[str, ...]) -> Tested | None:
    """That there is a feedback loop, by the measure of it; None where no loop is asserted or none could be told."""
    if _LOOP not in ends_of(claim) or "feedback" not in names:
        return None
    row = next((row for row in grounds.finding("feedback").rows if row.p_value is not None), None)
    if row is None:
        return None
    verdict = Verdict.SUPPORTED if row.verdict == LOOP else Verdict.CHANCE
    why = (
        f"the measure of feedback between marks of violence says: {row.verdict}; other loops are not in an event table"
    )
    return Tested(verdict, grounds.as_of, why, ("feedback",), (row,), would_change="later or other data")


def _why_not(grounds: Grounds, arrows: tuple[Arrow, ...]) -> str:
    if arrows and all(arrow.status in _OPEN for arrow in arrows):
        return "it speaks of an intention or a condition; no order of days shows one"
    ends = dict.fromkeys(level.node for arrow in arrows for level in (arrow.cause, arrow.effect))
    uncounted = [end.replace("_", " ") for end in ends if end != _LOOP and not countable(grounds.sight, end)]
    if uncounted:
        return f"no event table counts {', '.join(uncounted)}"
    events = grounds.evidence.events
    if events is None:
        return f"{NO_TABLE}: no order of cause and effect can be told"
    reasons = (counted(grounds.evidence, events, (arrow.cause.node, arrow.effect.node)) for arrow in arrows)
    return next((reason for reason in reasons if isinstance(reason, str)), NO_TABLE)


def _said_by(grounds: Grounds, same: tuple[str, ...], against: tuple[str, ...]) -> str:
    """How many others assert the same, and how many the opposite; "" where nobody does."""
    if not same and not against:
        return ""
    voices = grounds.voices(same) if same else 0
    said = "one other independent voice asserts" if voices == 1 else f"{voices} other independent voices assert"
    return f"{said} the same, {len(against)} the opposite: asserted, not measured"


def _stated_reason(grounds: Grounds, claim: Claim) -> Tested | None:
    """Where the effect is a restriction that the sentence dates: the reason that the record has for it. None where
    it has none."""
    text = grounds.article.text
    sentence = sentence_span(text, claim.span)
    causes = {arrow.cause.node for arrow in arrows_of(claim) if arrow.effect.node == _RESTRICTED}
    own = (c for c in grounds.article.claims if c.kind is Kind.RESTRICTION and sentence_span(text, c.span) == sentence)
    found = next((i for c in own for i in _in_force(grounds, c) if i.reasons), None) if causes else None
    if found is None:
        return None
    agrees = "attack" in found.reasons and bool(causes & _VIOLENT)
    why = f"stated reason on record for {found.kinds[0]} from {found.first_day}: {', '.join(found.reasons)}"
    verdict = Verdict.SUPPORTED if agrees else Verdict.CONTRADICTED
    supporting, against = (found.claims, ()) if agrees else ((), found.claims)
    return Tested(
        verdict,
        grounds.as_of,
        f"{why} (a reason as given, no test of it)",
        ("in_force",),
        supporting=supporting,
        against=against,
        would_change="another reason given by whoever imposed it",
    )


def _in_force(grounds: Grounds, claim: Claim) -> Iterator[Interval]:
    """What was in force on the day of a restriction, at its places and in the capital."""
    day = claim.days.first_day
    for place in (*claim.values(SlotName.PLACE), grounds.sight.case.capital) if day else ():
        found = grounds.restrictions.in_force(claim.subtype, place, day).interval if day else None
        if found:
            yield found


def _asserted_by(grounds: Grounds, claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Independent claims that assert an arrow between the same ends: of the same sign, and of another or denied."""
    mine = dict(_signs(claim))
    same: list[str] = []
    against: list[str] = []
    for other in grounds.claims:
        for ends, sign in _signs(other):
            if ends in mine:
                (same if sign == mine[ends] else against).append(other.id)
    return grounds.independent(claim.id, dict.fromkeys(same)), grounds.independent(claim.id, dict.fromkeys(against))


def _signs(claim: Claim) -> Iterator[tuple[tuple[str, str], tuple[int, bool]]]:
    """The ends of each arrow of a claim, with its sign and whether it is denied."""
    for arrow in arrows_of(claim):
        yield (arrow.cause.node, arrow.effect.node), (arrow.sign, arrow.status is ArrowStatus.DENIED)
