"""Turns a stretch of a text into what it names: its sentence, the actors and places of the case in it, its proper
names. Invariant: what is named is read from the words themselves, never carried over from another sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from faultline.case import Case
from faultline.coding.days import find_days
from faultline.coding.lexicon import load_pack
from faultline.coding.split import language_of
from faultline.coding.tokens import tokenize
from faultline.record.claim import Claim, Slot
from faultline.record.days import Days
from faultline.record.text import Span
from faultline.record.vocabulary import SlotName
from faultline.resolve.lexicon import folded
from faultline.resolve.report import Report

_END = re.compile(r"[.!?…](?=[\s»”\"])|\n")
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$|^[dl]['’](?=[A-ZÀ-Ý])", re.IGNORECASE)  # "Ukraine's", "l'Ukraine"
_LANGUAGES, _MONTH = ("en", "fr"), 31
_LONGEST = 5  # tokens of a name
_FAR = 1500  # code points in which the beginning of a sentence is looked for


@dataclass(frozen=True, slots=True)
class Named:
    """Ids of the actors and places that words name, and their capitalised words, folded."""

    actors: frozenset[str]
    places: frozenset[str]
    proper: frozenset[str]


def sentence_span(text: str, span: Span) -> Span:
    """Where the sentence or sentences lie that the span lies in."""
    start = 0
    for match in _END.finditer(text, max(0, span.start - _FAR), span.start):
        start = match.end()
    after = _END.search(text, max(span.start, span.end - 1))
    return Span(start, after.start() if after else len(text))


def named_in(case: Case, words: str) -> Named:
    """What the words name, longest names first."""
    actors: set[str] = set()
    places: set[str] = set()
    for span in _spans(case, words):
        name = span.of(words)
        actors.update(c.id for c in case.actor_candidates(name))
        places.update(c.id for c in case.place_candidates(name))
    return Named(frozenset(actors), frozenset(places), proper_names(words))


def sentence_days(article: Report, claim: Claim) -> Days | None:
    """The first days, of a month at most, that the sentence around a claim says; None where it says none."""
    language = article.filing.language or language_of(article.text)
    if language not in _LANGUAGES:
        return None
    sentence = sentence_span(article.text, claim.span)
    tokens = tokenize(article.text, sentence.start, sentence.end)
    marks = find_days(tokens, load_pack(language), article.filing.published, Days())
    return next((m.days for m in marks if m.days.first_day and (m.days.length or 99) <= _MONTH), None)


def place_mentions(case: Case, text: str) -> Iterator[tuple[str, Span]]:
    """The places that a text names without a doubt, in its order: id and where its name stands."""
    for span in _spans(case, text):
        found = case.place_candidates(span.of(text))
        homes = [c.id for c in found if case.place(c.id).feature.startswith("PPL")] or [c.id for c in found]
        if homes and len(set(homes)) == 1:
            yield homes[0], span


def _spans(case: Case, words: str) -> Iterator[Span]:
    """Where names of the case stand, longest first, none inside another; a single word counts with a capital."""
    tokens = list(_TOKEN.finditer(words))
    at = 0
    while at < len(tokens):
        step = 1
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            span = Span(tokens[at].start(), tokens[at + length - 1].end())
            name = span.of(words)
            if (length > 1 or name[0].isupper()) and (case.actor_candidates(name) or case.place_candidates(name)):
                yield span
                step = length
                break
        at += step


def proper_names(words: str) -> frozenset[str]:
    """Capitalised words of four letters or more that do not open the stretch, folded."""
    found = [_POSSESSIVE.sub("", m.group()) for m in _TOKEN.finditer(words) if m.start() > 0]
    return frozenset(folded(word).strip() for word in found if word[0].isupper() and len(word) > 3)


def stands_in(slot: Slot, sentence: Span) -> bool:
    """Whether the words behind a slot lie in the sentence: the coder also carries days and places over from before."""
    return slot.span is not None and sentence.start <= slot.span.start and slot.span.end <= sentence.end


def said_days(claim: Claim, sentence: Span) -> bool:
    """Whether the sentence itself says the days of the claim."""
    return any(slot.name is SlotName.DAYS and stands_in(slot, sentence) for slot in claim.slots)
