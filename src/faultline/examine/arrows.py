"""Tests that one thing acts on another. Invariant: timing alone supports it, and only by a cross term that the event
model admits; who else asserts the same arrow is listed and supports nothing."""

from collections.abc import Iterator, Sequence

from faultline.examine.ends import ends_of, told_of_ends, wanted_for
from faultline.examine.grounds import Grounds
from faultline.examine.sentences import sentence_span
from faultline.measure.force.ledger import Interval
from faultline.measure.form import NOT_A_SAMPLE
from faultline.record.claim import Claim
from faultline.record.examination import Tested
from faultline.record.system import ArrowStatus, read_arrow
from faultline.record.vocabulary import Kind, SlotName, Verdict

LEVEL = 0.05
_RESTRICTED, _VIOLENT = (
    "restrictions",
    frozenset({"violence", "insurgency", "military_pressure", "coordinated_attacks"}),
)
_MOST = 12


def arrow_tested(grounds: Grounds, claim: Claim, names: tuple[str, ...]) -> Tested:
    """Supported where a cross term of the event model was admitted, chance where none was; else not testable, with who
    asserts the same arrow and what is known of its ends."""
    rows = grounds.finding("feedback").rows if "feedback" in names else ()
    tested = [row for row in rows if row.p_value is not None]
    beyond = tuple(row for row in tested if (row.p_value or 0) <= LEVEL)
    if beyond:
        why = f"cross terms between the marks lie beyond every control (p = {beyond[0].p_value:.3g})"
        return Tested(Verdict.SUPPORTED, grounds.as_of, why, names, beyond, would_change="later or other data")
    if tested:
        why = "the cross terms between the marks cannot be told from none"
        numbers = tuple(tested[:_MOST])
        change = "more events of both marks, or a stronger effect"
        return Tested(Verdict.CHANCE, grounds.as_of, why, names, numbers, would_change=change)
    stated = _stated_reason(grounds, claim)
    if stated:
        return stated
    same, against = _asserted_by(grounds, claim)
    voices = grounds.voices(same) if same else 0
    ends = " to ".join(end.replace("_", " ") for end in ends_of(claim)[:2])
    why = f"timing does not show it: {_reason(grounds, names)}"
    if same or against:
        said = "one other independent voice asserts" if voices == 1 else f"{voices} other independent voices assert"
        why += f"; {said} the same from {ends}, {len(against)} the opposite: asserted, not measured"
    told = told_of_ends(grounds, claim)
    return Tested(
        Verdict.NOT_TESTABLE,
        grounds.as_of,
        f"{why}; {told}" if told else why,
        names,
        supporting=same[:_MOST],
        against=against[:_MOST],
        voices=voices,
        would_change=wanted_for(ends_of(claim)),
    )


def _stated_reason(grounds: Grounds, claim: Claim) -> Tested | None:
    """Where the effect is a restriction that the sentence dates: the reason that the record has for it. None where
    it has none."""
    text = grounds.article.text
    sentence = sentence_span(text, claim.span)
    ends = [read_arrow(slot.value) for slot in claim.slots if slot.name is SlotName.ARROW]
    causes = {cause.node for cause, effect, _ in ends if effect.node == _RESTRICTED}
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


def _reason(grounds: Grounds, names: Sequence[str]) -> str:
    if "feedback" not in names:
        return "no measure counts its ends"
    row = next(iter(grounds.finding("feedback").rows), None)
    if row and row.verdict == NOT_A_SAMPLE:
        return "the case holds no systematic event table"
    return f"the measure of feedback says {row.verdict}" if row and row.verdict else "the measure of feedback is silent"


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
    for slot in claim.slots:
        if slot.name is SlotName.ARROW:
            cause, effect, status = read_arrow(slot.value)
            yield (cause.node, effect.node), (cause.direction * effect.direction, status is ArrowStatus.DENIED)
