"""Finds again the claims that decisions speak of after a rebuild, by id or by the words they were made on. Invariant: a
decision is never bent: what fits no claim, or several, is handed back to the reviewer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from faultline.record.claim import Claim
from faultline.record.decision import FIRST, MACHINE, Decision
from faultline.record.ids import claim_id
from faultline.record.text import Span
from faultline.record.vocabulary import DecisionKind, Kind
from faultline.resolve.judged import PAIRED
from faultline.resolve.report import Report

_MOST_ON_ONE_SPAN = 8  # claims of one kind
_SHARED = 0.5  # of the words of claim and quote together that have to be the same ones


@dataclass(frozen=True, slots=True)
class Anchored:
    """`decisions` on claims that are there, in their order; `lost` are those whose claim is gone and whose words are
    nowhere, or in more than one claim."""

    decisions: tuple[Decision, ...]
    lost: tuple[Decision, ...]


def anchor(decisions: Iterable[Decision], reports: Sequence[Report]) -> Anchored:
    """People's decisions on the claims of the reports. For a decision on two claims `quote` holds the words of the
    subject and `value` those of the object. A decision on a document, or one that takes another back, stands as it
    is. Marks on slots are gone from those that are kept."""
    claims = {claim.id: claim for report in reports for claim in report.claims}
    documents = {report.document for report in reports}
    kept: list[Decision] = []
    lost: list[Decision] = []
    for decision in decisions:
        if decision.by == MACHINE:
            continue
        if decision.undoes or decision.kind is DecisionKind.WITHHOLD or decision.subject in documents:
            kept.append(decision)
            continue
        found = _anchored(decision, claims, reports)
        (kept if found else lost).append(found or decision)
    return Anchored(tuple(kept), tuple(lost))


def marked(decisions: Iterable[Decision], firsts: frozenset[str]) -> tuple[Decision, ...]:
    """The decisions with the marks of those of their claims that were the first of several on their words: what older
    decisions, which do not say so, leave out and the readings that the store has kept still tell."""
    return tuple(_with_marks(decision, firsts) for decision in decisions)


def _with_marks(decision: Decision, firsts: frozenset[str]) -> Decision:
    ends = zip(FIRST, (decision.subject, decision.object), strict=True)
    missing = "".join(mark for mark, id in ends if id in firsts and mark not in decision.slot)
    return replace(decision, slot=decision.slot + missing) if missing else decision


def _anchored(decision: Decision, claims: Mapping[str, Claim], reports: Sequence[Report]) -> Decision | None:
    paired = decision.kind in PAIRED
    beside = paired and decision.quote == decision.value  # the two may have stood on one span
    ends = (decision.subject, decision.quote), (decision.object, decision.value if paired else "")
    subject, other = (
        id if id in claims else _find(id, words, reports, beside or mark in decision.slot)
        for (id, words), mark in zip(ends, FIRST, strict=True)
    )
    decision = replace(decision, slot=decision.named_slot)
    if not paired:
        return replace(decision, subject=subject) if subject else None
    return replace(decision, subject=subject, object=other) if subject and other and subject != other else None


def _find(gone: str, quote: str, reports: Sequence[Report], beside: bool) -> str:
    """The one claim that stands on these words; "" for none or several. Of several on one span it is the one of the
    kind that the gone claim had, and of several of that kind the one at its place among them: its id is made of
    document, kind, span and place, and so gives them away. Whether a first one had others beside it is known only
    where the decision says so or is on two such claims (`beside`); otherwise it is not guessed."""
    if not quote.strip():
        return ""
    best: list[tuple[bool, float, bool, bool, Claim]] = []
    for report in reports:
        for span in _occurrences(report.text, quote):
            kind, number = _was(gone, report.document, span)
            shares = ((_share(claim.span, span), claim) for claim in report.claims)
            placed = bool(kind) and (number > 0 or beside)
            best += [
                (bool(kind), share, claim.kind == kind, placed and claim.ordinal == number, claim)
                for share, claim in shares
                if share >= _SHARED and not (placed and claim.kind == kind and claim.ordinal != number)
            ]
    top = max((one[:4] for one in best), default=(False, 0.0, False, False))
    found = {claim.id for *rank, claim in best if tuple(rank) == top}
    return found.pop() if len(found) == 1 else ""


def _was(gone: str, document: str, span: Span) -> tuple[Kind | None, int]:
    """The kind of the claim of that id, and its place among those of its kind, if it stood on that span of the
    document; (None, 0) if it did not."""
    places = ((kind, n) for kind in Kind for n in range(_MOST_ON_ONE_SPAN))
    found = ((k, n) for k, n in places if claim_id(document, k, span.start, span.end, n) == gone)
    return next(found, (None, 0))


def _occurrences(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote)
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + len(quote))


def _share(one: Span, other: Span) -> float:
    """Code points in both spans over those in either (0 to 1)."""
    both = min(one.end, other.end) - max(one.start, other.start)
    either = max(one.end, other.end) - min(one.start, other.start)
    return max(0, both) / either if either else 0.0
