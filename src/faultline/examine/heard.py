"""Finds sentences of others that tell a dated act which nobody coded as a claim. Invariant: such a sentence names two
of the parties and places, tells the act in words, and says its day itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from faultline.coding.days import find_days
from faultline.coding.lexicon import load_pack
from faultline.coding.split import language_of, sentences
from faultline.coding.tokens import tokenize
from faultline.examine.alike import CLOSE, Told, acts_in, another, grouped, named_once
from faultline.examine.grounds import Grounds
from faultline.examine.sentences import named_in
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.text import Span
from faultline.resolve.report import Report

_AFTER = timedelta(days=14)  # how long after an act a report of it is looked for
_LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence: the id of a claim in it, else of its document; the days that it says; whether they are those of the
    assertion."""

    id: str
    days: Days
    same: bool


def heard_of(grounds: Grounds, told: Told) -> tuple[Heard, ...]:
    """One sentence a document, nearest in days; () for an assertion that dates no single act of two named sides."""
    window = told.window
    asked = told.acts & acts_known()
    if not told.dated or window is None or (window.length or 10) > CLOSE or not asked:
        return ()
    if len(told.parties) + len(told.places) < 2:
        return ()
    found = []
    for report in grounds.others:
        first = report.filing.published.first_day
        if first and window.first_day and window.first_day <= first <= window.first_day + _AFTER:
            near = sorted(_in_report(told, report, window), key=lambda h: not h.same)
            found += near[:1]
    return tuple(found)


def acts_known() -> frozenset[str]:
    """The acts that words are listed for."""
    return frozenset({"meeting", "arrival", "killing", "attack", "withdrawal", "expulsion", "siege_blockade", "coup"})


def _in_report(told: Told, report: Report, window: Days) -> Iterator[Heard]:
    language = report.filing.language or language_of(report.text)
    if language not in _LANGUAGES:
        return
    titled = named_in(told.case, f"– {report.filing.title}")
    for sentence in sentences(report.text, language):
        words = sentence.span.of(report.text)
        named = named_in(told.case, words)
        who = told.kin & (named.actors | titled.actors)
        if len(who) + len(told.places & named.places) < 2 or not told.acts & acts_in(words):
            continue
        if any(another(told, claim) for claim in _inside(report, sentence.span) if claim.action is told.claim.action):
            continue  # somebody else does it, or elsewhere
        tokens = tokenize(report.text, sentence.span.start, sentence.span.end)
        for mark in find_days(tokens, load_pack(language), report.filing.published, Days()):
            days = mark.days
            if days.first_day and days.first_day == days.last_day and _close(days.first_day, window):
                same = days.overlaps(window)
                alone = not acts_in(words) & acts_known() - told.acts - grouped(told.claim.subtype)
                if same or (alone and named_once(told)):  # else the day may be that of another act
                    yield Heard(_id(report, sentence.span), days, same)


def _close(day: date, window: Days) -> bool:
    wide = timedelta(days=CLOSE)
    return (window.first_day or day) - wide <= day <= (window.last_day or day) + wide


def _id(report: Report, sentence: Span) -> str:
    return next((claim.id for claim in _inside(report, sentence)), report.document)


def _inside(report: Report, sentence: Span) -> Iterator[Claim]:
    yield from (c for c in report.claims if sentence.start <= c.span.start and c.span.end <= sentence.end)
