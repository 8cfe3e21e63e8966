"""Turns the claims of an article into its assertions. Invariant: every claim that asserts something is one, in the
order of the text; what the article merely reports as another's words is one too, marked by its claim."""

import re
from collections.abc import Iterator

from faultline.coding.split import language_of
from faultline.coding.system.concepts import load_concepts
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
            yield claim, AssertionForm.FACT, levels
        elif any(slot.name is SlotName.ARROW for slot in claim.slots):
            yield claim, AssertionForm.ARROW, levels
        elif COMPARES.search(words):
            yield claim, AssertionForm.COMPARISON, levels
        else:
            yield claim, AssertionForm.MECHANISM, levels


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
