"""Records as rows and back. Invariant: what was flattened comes back equal, and the digest of a reading depends on
nothing but what was read."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from faultline.evidence.backend import Row
from faultline.evidence.moments import day_number, day_of
from faultline.record.analysis import Figure
from faultline.record.claim import Casualties, Claim, Coded, Slot, Speaker
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Candidate, Filing, Mention, Span
from faultline.record.vocabulary import Action, Kind, MentionKind, Modality, SlotName

_dumps = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
Parts = tuple[Row, Row, list[Row], list[Row]]  # stance; id, span, days, ...; slots; casualties


def claim_parts(claim: Claim) -> Parts:
    """The columns of a claim without the keys that a store gives it."""
    speaker, span, days = claim.speaker, claim.span, claim.days
    chain = "" if len(speaker.chain) == 1 else _dumps(speaker.chain)
    stance = (
        claim.kind.value,
        "" if claim.action is None else claim.action.value,
        claim.subtype,
        claim.modality.value,
        speaker.innermost if speaker.chain else "",
        chain,
        speaker.actor,
        speaker.voice if speaker.chain else "",
        days.precision.value,
    )
    first, last = day_number(days.first_day), day_number(days.last_day)
    head = (claim.id, span.start, span.end, claim.ordinal, first, last, days.anchor, float(claim.confidence))
    slots = [_slot_row(n, slot) for n, slot in enumerate(claim.slots)]
    harms = [(n, c.harm, c.low, c.best, c.high, c.group, c.cumulative_since) for n, c in enumerate(claim.casualties)]
    return stance, head, slots, harms


def claim_from(document: str, head: Row, stance: Row, slots: list[Row], harms: list[Row]) -> Claim:
    """The claim of its columns; the inverse of `claim_parts`."""
    kind, action, subtype, modality, innermost, chain, actor, _, precision = stance
    number, start, stop, ordinal, first, last, anchor, confidence = head
    return Claim(
        id=number,
        document=document,
        kind=Kind(kind),
        span=Span(start, stop),
        ordinal=ordinal,
        action=Action(action) if action else None,
        subtype=subtype,
        speaker=Speaker(tuple(json.loads(chain)) if chain else (innermost,), actor),
        modality=Modality(modality),
        days=days_from(first, last, precision, anchor),
        casualties=tuple(Casualties(*row[1:]) for row in harms),
        slots=tuple(_slot_from(row) for row in slots),
        confidence=confidence,
    )


def mention_row(n: int, mention: Mention) -> Row:
    """The columns of a mention after its run."""
    leading, candidates = _candidates_row(mention.candidates, _only(mention.candidates))
    return (n, mention.span.start, mention.span.end, mention.kind.value, mention.name, leading, candidates)


def mention_from(document: str, row: Row) -> Mention:
    """The mention of its columns."""
    _, start, stop, kind, name, leading, candidates = row
    return Mention(document, Span(start, stop), MentionKind(kind), name, _candidates_from(leading, candidates))


def figure_row(n: int, figure: Figure) -> Row:
    """The columns of a figure after its run."""
    published = days_row(figure.published)
    days = days_row(figure.days)
    number, provisional = float(figure.value), int(figure.provisional)
    return (n, figure.series, figure.unit, *days, number, figure.source, *published, provisional)


def figure_from(row: Row) -> Figure:
    """The figure of its columns."""
    series, unit, first, last, precision, anchor, value, source, *published, provisional = row[1:]
    days = days_from(first, last, precision, anchor)
    return Figure(series, unit, days, value, source, days_from(*published), bool(provisional))


def filing_row(filing: Filing) -> Row:
    """The columns of a filing from `source` to `extra`."""
    return (
        *(filing.source, filing.title, filing.url, filing.language),
        *days_row(filing.published),
        *(filing.frame, filing.retold_from, filing.note, filing.extra),
    )


def filing_from(origin: str, document: str, row: Row) -> Filing:
    """The filing of its columns."""
    source, title, url, language, first, last, precision, anchor, frame, retold, note, extra = row
    published = days_from(first, last, precision, anchor)
    return Filing(origin, document, source, title, url, language, published, frame, retold, note, extra)


def days_row(days: Days) -> tuple[int | None, int | None, str, str]:
    """First and last day as numbers, precision, anchor."""
    return day_number(days.first_day), day_number(days.last_day), days.precision.value, days.anchor


def days_from(first: int | None, last: int | None, precision: str, anchor: str) -> Days:
    """The interval of its columns."""
    return Days(day_of(first), day_of(last), DayPrecision(precision), anchor)


def digest(coded: Coded, figures: tuple[Figure, ...]) -> str:
    """SHA-256, 64 hexadecimal digits, over everything that a run read, in its order."""
    return digest_lines(_lines(coded, figures))


def digest_lines(lines: Iterator[Any]) -> str:
    """SHA-256 over rows in their order, each as a line of JSON."""
    found = hashlib.sha256()
    for line in lines:
        found.update(_dumps(line).encode("ascii"))
        found.update(b"\n")
    return found.hexdigest()


def _lines(coded: Coded, figures: tuple[Figure, ...]) -> Iterator[Any]:
    yield from map(claim_parts, coded.claims)
    yield from (mention_row(n, mention) for n, mention in enumerate(coded.mentions))
    yield from (figure_row(n, figure) for n, figure in enumerate(figures))
    yield coded.notes


def _slot_row(n: int, slot: Slot) -> Row:
    candidates = slot.candidates
    leading, rest = _candidates_row(candidates, slot.leading) if candidates else ("", "")
    span, inherited = slot.span, slot.inherited_from
    start, stop = (None, None) if span is None else (span.start, span.end)
    old_start, old_stop = (None, None) if inherited is None else (inherited.start, inherited.end)
    words = (n, slot.name.value, slot.value, leading, start, stop, slot.rule, slot.reason)
    return (*words, float(slot.confidence), rest, old_start, old_stop)


def _slot_from(row: Row) -> Slot:
    _, name, value, leading, start, stop, rule, reason, confidence, rest, old_start, old_stop = row
    span = None if start is None else Span(start, stop)
    inherited = None if old_start is None else Span(old_start, old_stop)
    candidates = _candidates_from(leading, rest)
    return Slot(SlotName(name), value, span, rule, reason, confidence, candidates, inherited)


def _candidates_row(candidates: tuple[Candidate, ...], leading: str) -> tuple[str, str]:
    """A sure only candidate is its id and no more; anything else is kept whole beside the leading one."""
    if not candidates or (len(candidates) == 1 and candidates[0] == Candidate(leading) and leading):
        return leading, ""
    return leading, _dumps([(c.id, c.probability, c.reason) for c in candidates])


def _candidates_from(leading: str, rest: str) -> tuple[Candidate, ...]:
    if rest:
        return tuple(Candidate(*each) for each in json.loads(rest))
    return (Candidate(leading),) if leading else ()


def _only(candidates: tuple[Candidate, ...]) -> str:
    return candidates[0].id if len(candidates) == 1 else ""
