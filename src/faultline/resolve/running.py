"""Tells counts of what a period saw from tolls of one happening. Invariant: a running total is one by its words or by
the time and the land that it covers, and its days are unknown where nothing says from when it runs."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

from faultline.case import Case
from faultline.record.claim import Casualties, Claim
from faultline.record.days import Days, parse_days
from faultline.record.errors import NotFoundError, UsageError
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, SlotName
from faultline.resolve.happening import sentence_around
from faultline.resolve.lexicon import any_of, folded, holds, pattern, words
from faultline.resolve.report import Report

_LONG, _WIDE_KM = {Kind.QUANTITY: 28, Kind.EVENT: 60}, 40.0  # days, and radius beyond which a count sums up a period
_HUNDREDS, _WEEK = 200, 7  # "hundreds" is at least that many; days up to which a count may be of one act
_REACH = 90  # code points beside a number in which it is called one that runs since a day
_STOPS, _SENTENCES = re.compile(r"[.,;:!?()«»\n]"), re.compile(r"[.;!?]\s|\n")


def is_running_total(case: Case, report: Report, claim: Claim) -> bool:
    """Whether a claim gives nothing but running totals: what a sum over a period says is no happening."""
    if report.table or claim.kind not in _LONG or not claim.casualties:
        return False
    figures = zip(claim.casualties, spans_of(claim), strict=True)
    return all(_since(case, report, claim, figure) is not None for figure in figures)


def period_of(case: Case, report: Report, claim: Claim, read: tuple[Casualties, Span]) -> Days | None:
    """From when a running total runs, to the last possible day of publication; None where a figure is none, or tells of
    one act."""
    return _since(case, report, claim, read) or _of_no_one_act(case, report, claim, read[0])


def spans_of(claim: Claim) -> list[Span]:
    """Where each figure of the claim stands; the claim's own span where no slot says."""
    found = [slot.span or claim.span for slot in claim.slots if slot.name == SlotName.COUNT]
    return [found[n] if n < len(found) else claim.span for n in range(len(claim.casualties))]


def _since(case: Case, report: Report, claim: Claim, read: tuple[Casualties, Span]) -> Days | None:
    """From when a running total runs, to the last possible day of publication; None where it is none."""
    figure, span = read
    if claim.kind in _LONG and not report.table and _sums_up(case, report, claim):
        return claim.days
    last = report.filing.published.last_day
    if figure.cumulative_since:
        try:
            return Days(parse_days(figure.cumulative_since).first_day, last)
        except UsageError:
            return Days(None, last)
    if report.table:
        return None
    near = folded(_clause(report, claim, span))
    if holds("superlative", near):  # "the deadliest attack since 2012"
        return None
    found = _since_pattern().search(near)
    if found and (found["year"] or last):
        first = _beginning(found, last)
        return Days(first, last) if last is None or first <= last else None
    if last and holds("running", near):
        return Days(date(last.year, 1, 1), last)
    sentence = folded(sentence_around(report.text, span))
    counts = claim.kind in _LONG and holds("tallies", sentence)
    counts = counts or (claim.kind is Kind.QUANTITY and holds("statistics", sentence))
    counts = counts or (claim.kind in _LONG and _over_a_time(report.text[span.end : span.end + _REACH]))
    counts = counts or (claim.kind in _LONG and _of_bulletin(case, report, claim))
    return Days(None, last) if counts else None


def _of_no_one_act(case: Case, report: Report, claim: Claim, figure: Casualties) -> Days | None:
    """The unknown days of a count that tells of no one act: what so many incidents came to; what hostile acts did, on
    no day of its own; "hundreds", at no place finer than a region, or at several; None for any other."""
    if report.table or claim.kind not in _LONG:
        return None
    sentence = folded(sentence_around(report.text, claim.span))
    undated = not claim.days.known or (claim.days.length or 0) > _WEEK
    vague = figure.best is None and figure.low is not None and figure.low >= _HUNDREDS
    nowhere = _is_wide(case, claim) or len(claim.values(SlotName.PLACE)) > 2
    if _tally().search(sentence) or (undated and (holds("several_acts", sentence) or (vague and nowhere))):
        return Days(None, report.filing.published.last_day)
    return None


def _over_a_time(after: str) -> bool:
    """Whether what follows a number up to the next stop or comma says how long it runs."""
    return bool(_length_pattern().match(folded(_STOPS.split(after)[0])))


def _of_bulletin(case: Case, report: Report, claim: Claim) -> bool:
    """Whether a count without a day, of nowhere or of a region or country, stands in a report of what a quarter saw."""
    return not claim.days.known and _is_wide(case, claim) and holds("bulletin", report.text)


def _sums_up(case: Case, report: Report, claim: Claim) -> bool:
    """Whether a count is over weeks and over a region or country: no happening lasts so long and lies so wide. Where
    the weeks are those in which the report appeared, they only say that nobody knows its day."""
    if claim.days.length is None or claim.days.length < _LONG[claim.kind] or claim.days == _undated(report, claim):
        return False
    return _is_wide(case, claim)


def _undated(report: Report, claim: Claim) -> Days:
    """The days of publication, as precise as those of the claim."""
    return replace(report.filing.published, precision=claim.days.precision, anchor=claim.days.anchor)


def _is_wide(case: Case, claim: Claim) -> bool:
    """Whether the claim names no place that is finer than a region."""
    return all(_radius(case, id) > _WIDE_KM for id in claim.values(SlotName.PLACE) if id)


def _radius(case: Case, id: str) -> float:
    """The radius of a place in kilometres; 0 for one that the case does not know."""
    try:
        return case.place(id).radius_km
    except NotFoundError:
        return 0.0


def _clause(report: Report, claim: Claim, span: Span) -> str:
    """The sentence around a number, up to the numbers beside it, and not far."""
    low, high = max(0, span.start - _REACH), span.end + _REACH
    if span == claim.span:
        high = max(high, claim.span.end)
    for other in report.claims:
        for slot in other.slots:
            if slot.name == SlotName.COUNT and slot.span:
                if span.end <= slot.span.start < high:
                    high = slot.span.start
                if low < slot.span.end <= span.start:
                    low = slot.span.end
    before, after = report.text[low : span.start], report.text[span.end : high]
    return _SENTENCES.split(before)[-1] + span.of(report.text) + _SENTENCES.split(after)[0]


def _beginning(found: re.Match[str], last: date | None) -> date:
    """The first day of the month or year that follows "since"; a month without a year is the last such month."""
    month = int(words()["months"].get(found["month"] or found["alone"], 1))
    if found["year"]:
        return date(int(found["year"]), month, 1)
    assert last is not None
    return date(last.year - (month > last.month), month, 1)


@cache
def _tally() -> re.Pattern[str]:
    return re.compile(rf"\b\d{{2,}} {pattern('counted').pattern}")


@cache
def _since_pattern() -> re.Pattern[str]:
    since, months = ("|".join(map(re.escape, words()[name])) for name in ("since", "months"))
    within = rf"(?:(?P<month>{months})\s+)?(?P<year>(?:19|20)\d\d)|(?P<alone>{months})"
    return re.compile(rf"\b(?:{since})\b(?:\s+\w+){{0,4}}?\s+(?:{within})\b")


@cache
def _length_pattern() -> re.Pattern[str]:
    """What follows a number that runs over a time: "people killed in less than three months", but not "ago"."""
    within, nearly, lengths, periods, past = (
        any_of(words()[name]).pattern for name in ("within", "nearly", "lengths", "periods", "past")
    )
    length = rf"(?:{nearly}\s+)?(?:(?:{lengths}|\d+)\s+)"
    return re.compile(rf"\W*(?:\w+\s+){{0,4}}?{within}\s+{length}{periods}(?!\s+{past})")
