"""Rows as records, and the smaller records as rows. Invariant: what was made a row comes back equal."""

from datetime import datetime
from functools import lru_cache

import orjson

from faultline.evidence.backend import Row
from faultline.evidence.flat import candidate_columns
from faultline.evidence.moments import day_number, day_of
from faultline.record.analysis import Figure
from faultline.record.claim import Casualties, Claim, Coded, Slot, Speaker
from faultline.record.days import DayPrecision, Days
from faultline.record.decision import Decision
from faultline.record.ids import content_id
from faultline.record.text import Candidate, Filing, Mention, Span
from faultline.record.vocabulary import Action, DecisionKind, Kind, MentionKind, Modality, SlotName

_DAYS_KEPT = 4096


def claim_from(document: str, head: Row, stance: Row, slots: list[Row], harms: list[Row]) -> Claim:
    """The claim of its columns; the inverse of `flatten`."""
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
        speaker=Speaker(tuple(orjson.loads(chain)) if chain else (innermost,), actor),
        modality=Modality(modality),
        days=days_from(first, last, precision, anchor),
        casualties=tuple(Casualties(*row[1:]) for row in harms),
        slots=tuple(_slot_from(row) for row in slots),
        confidence=confidence,
    )


def _mention_row(n: int, mention: Mention) -> Row:
    leading, candidates = candidate_columns(mention.candidates)
    return (n, mention.span.start, mention.span.end, mention.kind.value, mention.name, leading, candidates)


def mention_from(document: str, row: Row) -> Mention:
    """The mention of its columns."""
    _, start, stop, kind, name, leading, candidates = row
    return Mention(document, Span(start, stop), MentionKind(kind), name, _candidates_from(leading, candidates))


def _figure_row(n: int, figure: Figure) -> Row:
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


@lru_cache(maxsize=_DAYS_KEPT)
def days_from(first: int | None, last: int | None, precision: str, anchor: str) -> Days:
    """The interval of its columns; rows side by side share most of theirs."""
    return Days(day_of(first), day_of(last), DayPrecision(precision), anchor)


def mention_rows(coded: Coded) -> list[Row]:
    """The columns of each mention after its run."""
    return [_mention_row(n, mention) for n, mention in enumerate(coded.mentions)]


def figure_rows(figures: tuple[Figure, ...]) -> list[Row]:
    """The columns of each figure after its run."""
    return [_figure_row(n, figure) for n, figure in enumerate(figures)]


def _slot_from(row: Row) -> Slot:
    _, name, value, leading, start, stop, rule, reason, confidence, rest, old_start, old_stop = row
    span = None if start is None else Span(start, stop)
    inherited = None if old_start is None else Span(old_start, old_stop)
    candidates = _candidates_from(leading, rest)
    return Slot(SlotName(name), value, span, rule, reason, confidence, candidates, inherited)


def _candidates_from(leading: str, rest: str) -> tuple[Candidate, ...]:
    if rest:
        return tuple(Candidate(*each) for each in orjson.loads(rest))
    return (Candidate(leading),) if leading else ()


def decision_row(decision: Decision) -> Row:
    """The columns of a decision from `decision` to `fingerprint`."""
    said = (decision.kind.value, decision.subject, decision.object, decision.slot, decision.value, decision.quote)
    made = decision.made.isoformat() if decision.made else ""
    sure = None if decision.probability is None else float(decision.probability)
    row = (decision.id, *said, decision.by, decision.why, sure, decision.model, decision.undoes, made)
    return (*row, content_id("row", *row))


def decision_from(row: Row) -> Decision:
    """The decision of its columns from `decision` to `made`."""
    number, kind, *said, made = row
    columns: Row = (number, DecisionKind(kind), *said, datetime.fromisoformat(made) if made else None)
    return Decision(*columns)
