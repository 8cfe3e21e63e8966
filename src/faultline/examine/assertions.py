"""Turns the claims of an article into its assertions. Invariant: every claim that asserts something is one, in the
order of the text, but an act that was read into the words of an arrow; what the article merely reports as another's
words is one too, marked by its claim."""

import re
from collections.abc import Iterator

from faultline.coding.split import language_of
from faultline.coding.system.concepts import load_concepts
from faultline.examine.alike import GUESSED
from faultline.record.claim import Claim
from faultline.record.examination import AssertionForm
from faultline.record.system import read_arrow
from faultline.record.vocabulary import Kind, SlotName
from faultline.resolve.report import Report

_LANGUAGES = frozenset({"en", "fr"})
COMPARES = re.compile(
    r"\b(largest|biggest|deadliest|worst|heaviest|unprecedented|steadily|increas\w+|escalat\w+|more than ever"
    r"|since (?:the end of )?\d{4}|recent years|le plus|la plus|sans précédent|record|aggrav\w+|intensifi\w+)\b",
    re.IGNORECASE,
)
_NAMES = frozenset({SlotName.ACTOR, SlotName.RECIPIENT, SlotName.PLACE})
_FACTS = frozenset(
    {Kind.EVENT, Kind.CONTROL, Kind.RESTRICTION, Kind.RELATION, Kind.TALK, Kind.QUANTITY, Kind.ALLEGATION, Kind.THREAT}
)


def assertions_of(article: Report) -> Iterator[tuple[Claim, AssertionForm, tuple[str, ...]]]:
    """Each claim with its form and the levels that it speaks of."""
    for claim in article.claims:
        words = claim.span.of(article.text)
        levels = levels_of(claim) or _levels_in(article, words)
        if claim.kind in (Kind.PREDICTION, Kind.INTENT):
            yield claim, AssertionForm.PREDICTION, levels
        elif claim.kind in _FACTS:
            if not _words_of_an_arrow(article, claim):
                yield claim, AssertionForm.FACT, levels
        elif any(slot.name is SlotName.ARROW for slot in claim.slots):
            yield claim, AssertionForm.ARROW, levels
        elif COMPARES.search(words):
            yield claim, AssertionForm.COMPARISON, levels
        else:
            yield claim, AssertionForm.MECHANISM, levels


def _words_of_an_arrow(article: Report, claim: Claim) -> bool:
    """Whether an act was read into words that join levels ("reinforces the others"): they name nobody and nowhere, and
    an arrow stands in them."""
    named = (slot for slot in claim.slots if slot.name in _NAMES and slot.leading)
    if any(not slot.rule.endswith(GUESSED) for slot in named):
        return False
    return any(
        slot.name is SlotName.ARROW and claim.span.start <= one.span.start and one.span.end <= claim.span.end
        for one in article.claims
        for slot in one.slots
    )


def levels_of(claim: Claim) -> tuple[str, ...]:
    """The levels of the system map that a claim names, or that its arrows join."""
    found = [slot.value for slot in claim.slots if slot.name is SlotName.MECHANISM]
    for slot in claim.slots:
        if slot.name is SlotName.ARROW:
            cause, effect, _ = read_arrow(slot.value)
            found += [cause.node, effect.node]
    return tuple(dict.fromkeys(found))


def _levels_in(article: Report, words: str) -> tuple[str, ...]:
    """The levels that the words of a claim name where its coder left them open."""
    language = article.filing.language or language_of(article.text)
    if language not in _LANGUAGES:
        return ()
    return tuple(dict.fromkeys(found.level.node for found in load_concepts(language).find(words)))
