"""Turns claims into stated figures: who says how many of whose people were harmed, how firmly, over what. Invariant: a
figure that may not set a best estimate says why, and what a text leaves open is None, never zero."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from faultline.record.claim import Casualties, Claim
from faultline.record.days import Days
from faultline.record.text import Span
from faultline.record.vocabulary import Modality, SlotName
from faultline.resolve.lexicon import any_of, folded, holds, pattern, words
from faultline.resolve.miscounted import counts_no_people
from faultline.resolve.parties import CIVILIAN, FIGHTER, Parties, Voice
from faultline.resolve.report import Report
from faultline.resolve.running import period_of, spans_of

Scope = Literal["incident", "part", "running total"]
Qualifier = Literal["exactly", "at least", "at most", "between", "about", "no number"]

_BEFORE, _AFTER = 30, 20  # code points beside a number in which it is called a part
_REACH = 90  # code points beside a number in which it is called an earlier one, or somebody's own
_STOPS = re.compile(r"[.,;:!?()«»\n]")
_SENTENCES, _CLAUSES = re.compile(r"[.;!?]\s|\n"), re.compile(r"[.,;:!?]\s|\n")
_FROM, _TO = re.compile(r"\b(?:from|de) $"), re.compile(r"(?: \w+)? (?:to|à) \d")  # "cut the toll from 95 to 35"
_UNSAID = "an armed group that does not say whose dead they are"
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
    marked = not report.table and any(slot.name == SlotName.COUNT and slot.span for slot in claim.slots)
    for figure, span in zip(claim.casualties, spans_of(claim), strict=True):
        if marked and counts_no_people(report.text, span, figure.harm):
            continue
        if marked and _elliptic(report.text, span) and folded(figure.group) in words()["everybody"]:
            figure = replace(figure, group=_group_before(report, figure.harm, span) or figure.group)
        yield _stated(parties, report, (claim, voice), (figure, span))


def _elliptic(text: str, number: Span) -> bool:
    """Whether a number is followed by nothing that it could count: "and the force over a thousand in all"."""
    after = text[number.end : number.end + _AFTER]
    return bool(_nothing_after().match(folded(_STOPS.split(after)[0]).strip())) or bool(_STOPS.match(after))


def _group_before(report: Report, harm: str, number: Span) -> str:
    """Whose people the last figure of that harm before the number in its sentence counts; "" for nobody's."""
    spans = ((other, pair) for other in report.claims for pair in zip(other.casualties, spans_of(other), strict=True))
    earlier = [
        (span.end, figure.group) for other, (figure, span) in spans if figure.harm == harm and span.end <= number.start
    ]
    end, group = max(earlier, default=(0, ""))
    return "" if not earlier or _SENTENCES.search(report.text[end : number.start]) else group


def _stated(parties: Parties, report: Report, said: tuple[Claim, Voice], read: tuple[Casualties, Span]) -> Stated:
    claim, voice = said
    figure, span = read
    after = folded(report.text[span.end : span.end + _AFTER])
    theirs = pattern("theirs").match(after) or holds("own_side", _rest_of_clause(report.text, span))
    stands = "own" if voice.party and theirs else _stands(parties, claim, voice, figure)
    since = period_of(parties.case, report, claim, read)
    scope: Scope = "part" if _is_part(report.text, claim, read) else "incident"
    scope = "running total" if since is not None else scope
    soft = figure.low == 0 and figure.best != 0  # "neutralised" says nobody died
    why = _why_not(claim, stands, scope, _overtaken(report, claim, figure, span))
    why = why or (_UNSAID if stands == "other" and _says_not_whose(parties, claim, voice, figure) else "")
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
    """A party that reports dead fighters who are not its own, or what itself did to whomever, speaks as an enemy; so
    does a spokesman of whom nobody says whose he is, on the dead of an armed group."""
    if not voice.party:
        office = not voice.actor and holds("office", voice.name)
        return "enemy" if office and parties.force(_label(parties, claim, figure.group)) == "armed group" else "other"
    label = _label(parties, claim, figure.group)
    if parties.status(label) == FIGHTER or parties.force(label):
        own = parties.own(voice.party, label)
        if own is not None:
            return "own" if own else "enemy"
    if claim.modality is Modality.CONFIRMED:
        return "own"
    if _status(parties, claim, figure) == CIVILIAN:
        return "other"
    return "enemy" if _own_deed(parties, claim, voice) else "other"


def _says_not_whose(parties: Parties, claim: Claim, voice: Voice, figure: Casualties) -> bool:
    """Whether an armed group counts dead of whom it does not say whether they are its own, in nobody else's deed."""
    named = any(slot.name == SlotName.ACTOR and slot.leading for slot in claim.slots)
    named = named or bool(_label(parties, claim, figure.group))
    return not named and parties.force(voice.party) == "armed group" and not _status(parties, claim, figure)


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
    return parties.status(_label(parties, claim, figure.group))


def _label(parties: Parties, claim: Claim, group: str) -> str:
    """What those harmed are called: the group of a figure, or where that is nobody's, a recipient that tells more."""
    if folded(group) not in words()["everybody"]:
        return group
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
    said = span.of(text)
    if span == claim.span:
        return _of_more(said) and len(claim.casualties) == 1 and claim.casualties[0].group != ""
    before, after = _beside(text, claim, span)
    return holds("part", before) or _of_more(f"{said} {after}".split(",")[0])


def _of_more(said: str) -> bool:
    """Whether a number with what follows it says that it counts some of more: "including 24", "24 of them", but not
    "35 including 24"."""
    return bool(pattern("part").match(folded(said))) or holds("some_of", said)


def _overtaken(report: Report, claim: Claim, figure: Casualties, span: Span) -> bool:
    """Whether the text calls the figure an earlier one, or rules it out, and gives another one."""
    if report.table:
        return False
    others = (c for other in report.claims for c in other.casualties)
    if not any(c.harm == figure.harm and (c.low, c.best) != (figure.low, figure.best) for c in others):
        return False
    before = _SENTENCES.split(report.text[max(0, span.start - _REACH) : span.start])[-1]
    if _FROM.search(before) and _TO.match(report.text[span.end : span.end + _AFTER]):
        return True
    return holds("overtaken", before.rsplit(",", 1)[-1]) or bool(_instead().search(folded(before)))


@cache
def _instead() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words()['instead']).pattern})(?: the| les?)?$")


def _rest_of_clause(text: str, number: Span) -> str:
    """What follows a number up to the next stop or comma."""
    return _CLAUSES.split(text[number.end : number.end + _REACH])[0]


@cache
def _nothing_after() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('in_all').pattern})?$")
