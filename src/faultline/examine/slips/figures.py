"""Finds figures of an article that say too little to mean anything. Invariant: only running totals of deaths are asked
for their period and cause, never the toll of one act."""

import re
from collections.abc import Iterator

from faultline.examine.grounds import Grounds
from faultline.examine.sentences import named_in, said_days, sentence_span
from faultline.record.claim import Claim
from faultline.record.examination import Slip
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, SlotName

_RUNNING = re.compile(r"\b(have|has|had been|ont été|sont mort|ont péri)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(since|between|from|in \d{4}|depuis|entre|en \d{4}|au cours|this year|cette année)\b", re.IGNORECASE
)
_TOTAL = re.compile(
    r"\b(\d[\d, \u202f]*)\s+(?:fatalities|deaths|dead|casualties|morts|décès|victimes)\b[^.;]{0,60}?"
    r"\b(?:since|depuis|so far|à ce jour)\b",
    re.IGNORECASE,
)
_VIOLENCE = re.compile(
    r"\b(violence|attack\w*|directed (?:at|towards?)|attaque\w*|violences|visant|hostil\w+)\b", re.IGNORECASE
)
_CAUSE = re.compile(
    r"\b(hostile acts?|malicious|killed in (?:action|attacks)|accidents?|illness|disease|natural causes|all causes"
    r"|actes? (?:hostiles?|malveillants?)|tués? dans des attaques|maladies?|toutes causes)\b",
    re.IGNORECASE,
)
_SHOWN = 6


def periods(grounds: Grounds) -> Iterator[Slip]:
    """Running totals that say neither since when nor until when."""
    text = grounds.article.text
    for claim in grounds.article.claims:
        words = _sentence(text, claim.span)
        dated = claim.days.known and said_days(claim, sentence_span(text, claim.span))
        if _is_total(claim) and not dated and _RUNNING.search(words) and not _SINCE.search(words):
            yield Slip("period", claim.span, claim.span.of(text), "a total without its period")


def causes(grounds: Grounds) -> Iterator[Slip]:
    """Totals of deaths that stand in a sentence about violence and say no cause: deaths of all causes may be in them.
    Where others tell the causes of the same body's deaths apart, they are named."""
    text = grounds.article.text
    for match in _TOTAL.finditer(text):
        span = Span(match.start(), match.end())
        words = _sentence(text, span)
        if not _VIOLENCE.search(words) or _CAUSE.search(words):
            continue
        apart = _told_apart(grounds, words)
        why = "a total of deaths without their causes stands for deaths by violence"
        why += f"; {len(apart)} other reports tell the causes of such deaths apart" if apart else ""
        yield Slip("causes", span, match.group(), why, apart[:_SHOWN])


def _told_apart(grounds: Grounds, words: str) -> tuple[str, ...]:
    """Documents with a sentence that names a party of the words, a number, and a cause."""
    parties = named_in(grounds.sight.case, words).actors
    kin = set(grounds.context.kin(parties))
    found = []
    for report in grounds.others:
        for match in _CAUSE.finditer(report.text):
            sentence = _sentence(report.text, Span(match.start(), match.end()))
            if re.search(r"\d", sentence) and kin & named_in(grounds.sight.case, sentence).actors:
                found.append(report.document)
                break
    return tuple(found)


def _is_total(claim: Claim) -> bool:
    placeless = claim.kind is Kind.EVENT and not claim.values(SlotName.PLACE)
    return any(c.harm == "killed" for c in claim.casualties) and (claim.kind is Kind.QUANTITY or placeless)


def _sentence(text: str, span: Span) -> str:
    return sentence_span(text, span).of(text)
