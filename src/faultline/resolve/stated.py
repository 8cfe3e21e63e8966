"""Turns claims into stated figures: who says how many of whose people were harmed, how firmly, over what. Invariant: a
figure that may not set a best estimate says why, and what a text leaves open is None, never zero."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from faultline.case import Case
from faultline.record.claim import Casualties, Claim
from faultline.record.days import Days, parse_days
from faultline.record.errors import NotFoundError, UsageError
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, Modality, SlotName
from faultline.resolve.happening import sentence_around
from faultline.resolve.lexicon import any_of, folded, holds, pattern, words
from faultline.resolve.parties import CIVILIAN, FIGHTER, Parties, Voice
from faultline.resolve.report import Report

Scope = Literal["incident", "part", "running total"]
Qualifier = Literal["exactly", "at least", "at most", "between", "about", "no number"]

_BEFORE, _AFTER = 30, 20  # code points beside a number in which it is called a part
_LONG, _WIDE_KM = {Kind.QUANTITY: 28, Kind.EVENT: 60}, 40.0  # days and radius from which a count sums up a period
_REACH = 90  # code points beside a number in which it is called an earlier one, or one that runs since a day
_STOPS = re.compile(r"[.,;:!?()«»\n]")
_SENTENCES = re.compile(r"[.;!?]\s|\n")
_NOT_SAID = {
    Modality.DENIED: "denied",
    Modality.NEGATED: "said not to have happened",
    Modality.HYPOTHETICAL: "supposed",
    Modality.SUPERSEDED: "replaced in the same text",
    Modality.PLANNED: "planned",
    Modality.THREATENED: "threatened",
    Modality.DEMANDED: "demanded",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure of one claim.

    `group` is whose people, as read ("" for nobody's in particular), `group_id` that actor where known; `status` is
    "fighter", "civilian" or "" and is the claimant's word. `party` is the party that the claimant speaks for, `stands`
    is how it stands to the victims: "own", "enemy" or "other". `since` is the day from which a running total runs.
    `counts` says whether the figure may set a best estimate, `why` why it may not.
    """

    claim: str
    document: str
    source: str
    harm: str
    group: str
    group_id: str
    status: str
    claimant: str
    party: str
    stands: Literal["own", "enemy", "other"]
    qualifier: Qualifier
    scope: Scope
    low: int | None
    best: int | None
    high: int | None
    modality: Modality
    published: Days
    days: Days
    since: Days = Days()
    counts: bool = True
    why: str = ""

    @property
    def everybody(self) -> bool:
        """Whether the figure is of nobody's people in particular."""
        return not self.group_id and folded(self.group) in words()["everybody"]

    @property
    def value(self) -> int | None:
        """The number that the figure stands for: best, else its floor, else its ceiling."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)


def stated_of(parties: Parties, report: Report, claim: Claim) -> Iterator[Stated]:
    """The figures of a claim of the report, in its order."""
    voice = parties.voice(claim.speaker, report.filing.source)
    for figure, span in zip(claim.casualties, _spans(claim), strict=True):
        yield _stated(parties, report, (claim, voice), (figure, span))


def is_running_total(case: Case, report: Report, claim: Claim) -> bool:
    """Whether a claim gives nothing but running totals: what a sum over a period says is no happening."""
    if report.table or claim.kind not in _LONG or not claim.casualties:
        return False
    figures = zip(claim.casualties, _spans(claim), strict=True)
    return all(_since(case, report, claim, figure) is not None for figure in figures)


def _stated(parties: Parties, report: Report, said: tuple[Claim, Voice], read: tuple[Casualties, Span]) -> Stated:
    claim, voice = said
    figure, span = read
    after = folded(report.text[span.end : span.end + _AFTER])
    stands = "own" if voice.party and pattern("theirs").match(after) else _stands(parties, claim, voice, figure)
    since = _since(parties.case, report, claim, read)
    scope: Scope = "part" if _is_part(report.text, claim, read) else "incident"
    scope = "running total" if since is not None else scope
    soft = figure.low == 0 and figure.best != 0  # "neutralised" says nobody died
    why = _why_not(claim, stands, scope, _overtaken(report, claim, figure, span))
    return Stated(
        claim=claim.id,
        document=claim.document,
        source=report.filing.source,
        harm=figure.harm,
        group=figure.group,
        group_id=parties.group(figure.group),
        status=_status(parties, claim, figure),
        claimant=voice.name,
        party=voice.party,
        stands=stands,
        qualifier=_qualifier(figure),
        scope=scope,
        low=None if soft else figure.low,
        best=figure.best,
        high=figure.high,
        modality=claim.modality,
        published=report.filing.published,
        days=claim.days,
        since=since or Days(),
        counts=not why,
        why=why,
    )


def _why_not(claim: Claim, stands: str, scope: Scope, overtaken: bool) -> str:
    if claim.modality in _NOT_SAID:
        return _NOT_SAID[claim.modality]
    if stands == "enemy":
        return "a party on its enemy's losses"
    if scope != "incident":
        return "a part of another figure" if scope == "part" else "a running total"
    return "overtaken in the same text" if overtaken else ""


def _stands(parties: Parties, claim: Claim, voice: Voice, figure: Casualties) -> Literal["own", "enemy", "other"]:
    """A party that reports dead fighters who are not its own, or what itself did to whomever, speaks as an enemy."""
    if not voice.party:
        return "other"
    if _status(parties, claim, figure) == FIGHTER:
        own = parties.own(voice.party, _label(parties, claim, figure))
        if own is not None:
            return "own" if own else "enemy"
    if claim.modality is Modality.CONFIRMED:
        return "own"
    if _status(parties, claim, figure) == CIVILIAN:
        return "other"
    return "enemy" if _own_deed(parties, claim, voice) else "other"


def _own_deed(parties: Parties, claim: Claim, voice: Voice) -> bool:
    for slot in claim.slots:
        if slot.name == SlotName.ACTOR:
            if slot.leading and parties.together(voice.party, slot.leading):
                return True
            if not slot.leading and not voice.actor and holds("party", slot.value):
                return True
    return False


def _status(parties: Parties, claim: Claim, figure: Casualties) -> str:
    """Whether those harmed are called fighters or civilians; "" where nothing says."""
    return parties.status(_label(parties, claim, figure))


def _label(parties: Parties, claim: Claim, figure: Casualties) -> str:
    """What those harmed are called: the group of the figure, or where that is nobody's, a recipient that tells more."""
    if folded(figure.group) not in words()["everybody"]:
        return figure.group
    named = (slot.leading or slot.value for slot in claim.slots if slot.name == SlotName.RECIPIENT)
    return next((label for label in named if parties.status(label)), "")


def _qualifier(figure: Casualties) -> Qualifier:
    low, best, high = figure.low, figure.best, figure.high
    if low is best is high is None:
        return "no number"
    if high is None:
        return "at least" if low is not None else "about"
    if not low and best == high and high > 0:
        return "at most"
    return "exactly" if low == high else "between"


def _beside(text: str, claim: Claim, span: Span) -> tuple[str, str]:
    """What stands just before and just after a number, within its claim or right at its edge."""
    before = text[max(0, span.start - _BEFORE) : span.start]
    after = text[span.end : min(span.end + _AFTER, max(claim.span.end, span.end))]
    return _SENTENCES.split(before)[-1], after


def _is_part(text: str, claim: Claim, read: tuple[Casualties, Span]) -> bool:
    """A group beside a total of everybody in one row of a dataset, or what the words call a part of it."""
    figure, span = read
    if figure.group and any(not c.group and c.harm == figure.harm for c in claim.casualties):
        return True
    if span == claim.span:
        return holds("part", span.of(text)) and len(claim.casualties) == 1 and claim.casualties[0].group != ""
    before, after = _beside(text, claim, span)
    return holds("part", before) or holds("part", f"{span.of(text)} {after}".split(",")[0])


def _overtaken(report: Report, claim: Claim, figure: Casualties, span: Span) -> bool:
    """Whether the text calls the figure an earlier one, or rules it out, and gives another one."""
    if report.table:
        return False
    others = (c for other in report.claims for c in other.casualties)
    if not any(c.harm == figure.harm and (c.low, c.best) != (figure.low, figure.best) for c in others):
        return False
    before = _SENTENCES.split(report.text[max(0, span.start - _REACH) : span.start])[-1]
    return holds("overtaken", before.rsplit(",", 1)[-1]) or bool(_instead().search(folded(before)))


@cache
def _instead() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words()['instead']).pattern})(?: the| les?)?$")


def _spans(claim: Claim) -> list[Span]:
    """Where each figure of the claim stands; the claim's own span where no slot says."""
    found = [slot.span or claim.span for slot in claim.slots if slot.name == SlotName.COUNT]
    return [found[n] if n < len(found) else claim.span for n in range(len(claim.casualties))]


def _since(case: Case, report: Report, claim: Claim, read: tuple[Casualties, Span]) -> Days | None:
    """From when a running total runs, to the last possible day of publication; None where it is none."""
    figure, span = read
    if claim.kind in _LONG and not report.table and _sums_up(case, claim):
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


def _over_a_time(after: str) -> bool:
    """Whether what follows a number up to the next stop or comma says how long it runs."""
    return bool(_length_pattern().match(folded(_STOPS.split(after)[0])))


def _of_bulletin(case: Case, report: Report, claim: Claim) -> bool:
    """Whether a count without a day, of nowhere or of a region or country, stands in a report of what a quarter saw."""
    return not claim.days.known and _is_wide(case, claim) and holds("bulletin", report.text)


def _sums_up(case: Case, claim: Claim) -> bool:
    """Whether a count is over weeks and over a region or country: no happening lasts so long and lies so wide."""
    if claim.days.length is None or claim.days.length < _LONG[claim.kind]:
        return False
    return _is_wide(case, claim)


def _is_wide(case: Case, claim: Claim) -> bool:
    """Whether the claim names no place that is finer than a region."""
    return all(_radius(case, id) >= _WIDE_KM for id in claim.values(SlotName.PLACE) if id)


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
