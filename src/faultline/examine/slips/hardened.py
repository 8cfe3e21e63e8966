"""Finds what a text has as somebody's claim in one sentence and as its own fact further down. Invariant: both sentences
speak of the same kind of thing and name the same people, and what is said with "if" or "may" asserts nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from faultline.coding.split import sentences
from faultline.examine.alike import told_by
from faultline.examine.grounds import Grounds
from faultline.examine.sentences import proper_names
from faultline.record.claim import Claim
from faultline.record.examination import Slip
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, Modality
from faultline.resolve.lexicon import folded

_HEDGE = re.compile(
    r"\b(report(?:ed|edly)|alleg\w+|claim(?:s|ed)?|purported\w*|unverified|unconfirmed|partially verified|said to"
    r"|according to|verification|confirmation|rumou?r\w*|presume\w*|pretendu\w*|selon|affirm\w+|revendiqu\w+"
    r"|non confirme\w*|verifie\w*|aurait|auraient)\b"
)
_OPEN = re.compile(r"\b(if|whether|would|could|may|might|should it|supposed|si|pourrai\w+|serai\w+|eventuel\w+)\b")
_HEADS = {  # nouns of happenings, by the beginning of the word
    "loss": r"\blosses\b|\bloss of\b|\bpertes\b",
    "downing": r"\bdowning\b|\bshoot(?:ing)? down\b|\bdestruction d",
    "attack": r"\battacks?\b|\battaques?\b",
    "massacre": r"\bmassacres?\b|\btueries?\b",
    "killing": r"\bkill(?:ings?|ed)\b|\bdeaths? of\b|\bmort de\b|\bmort des\b|\b(?:avoir )?tue(?:s|es|e|r)?\b",
    "involvement": r"\binvolvement\b|\bimplication\b|\binterference\b|\bingerence\b",
    "withdrawal": r"\bwithdrawals?\b|\bretraits?\b",
    "support": r"\bsupplies of\b|\bdeliver(?:y|ies)\b|\blivraisons?\b",
}
_DEFINITE = r"(?:(?:the|these|those|this|les|ces|la|le|cette)\s+|\bl['’]?\s*)(?:\w+\s+){0,2}?"
_HEDGED = frozenset({Modality.CLAIMED, Modality.REPORTED})


@dataclass(frozen=True, slots=True)
class _Said:
    span: Span
    words: str
    names: frozenset[str]


def hardened(grounds: Grounds) -> Iterator[Slip]:
    """A claim that turns into a fact: by coded claims of one act, and by nouns of happenings."""
    yield from _acts(grounds)
    yield from _nouns(grounds.article.text)


def _nouns(text: str) -> Iterator[Slip]:
    said = [_said(text, Span(s.span.start, s.span.end)) for s in sentences(text)]
    for head, pattern in _HEADS.items():
        hedged: frozenset[str] | None = None
        for one in said:
            if not re.search(pattern, one.words):
                continue
            if _HEDGE.search(one.words):
                hedged = one.names if hedged is None else hedged | one.names
            elif hedged and hedged & one.names and _flat(one.words, pattern):
                why = f"further up the text has the {head} as somebody's claim or unverified"
                yield Slip("claim turned fact", one.span, one.span.of(text).strip(), why)
                break


def _flat(words: str, pattern: str) -> bool:
    """Whether the words take it as known: "the losses", in a clause that is neither a condition nor a guess."""
    return bool(re.search(_DEFINITE + f"(?:{pattern})", words)) and not _OPEN.search(words.split(",")[0])


def _said(text: str, span: Span) -> _Said:
    words = span.of(text)
    return _Said(span, " ".join(folded(words).split()), proper_names(f"– {words}"))


def _acts(grounds: Grounds) -> Iterator[Slip]:
    """Coded events of one subtype that share a party or place which both sentences name, hedged first."""
    events = [c for c in grounds.article.claims if c.kind is Kind.EVENT]
    for claim in events:
        if claim.modality is not Modality.ASSERTED:
            continue
        hedged = (
            c
            for c in events
            if c.modality in _HEDGED and c.subtype == claim.subtype and c.span.start < claim.span.start
        )
        if any(_one_act(grounds, claim, other) for other in hedged):
            words = claim.span.of(grounds.article.text)
            yield Slip("claim turned fact", claim.span, words, "further up the text has it as somebody's claim")


def _one_act(grounds: Grounds, one: Claim, other: Claim) -> bool:
    a, b = (told_by(grounds.context, grounds.article, claim) for claim in (one, other))
    shared = len(a.parties & b.parties) + len(a.places & b.places)
    return shared >= 2 and one.days.overlaps(other.days)
