"""Turns text into text without the names of people whom the case does not list as actors. Invariant: a name is masked
whole, wherever in the text it stands."""

import re
from collections.abc import Iterable

from faultline.case import Case
from faultline.record.text import Mention
from faultline.record.vocabulary import MentionKind

MASK = "[name withheld]"
_LAST_WORD = re.compile(r"[^\W\d_]{4,}$")  # a family name alone is a name too, a particle of three letters is not


def private_names(case: Case, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Names of people in a document that no actor of the case has, longest first, each also by its last word."""
    found: set[str] = set()
    for mention in mentions:
        if mention.kind == MentionKind.PERSON and not case.actor_candidates(mention.name):
            found |= {mention.name, *_last_word(case, mention.name)}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def mask(text: str, names: Iterable[str]) -> str:
    """The text with every whole-word occurrence of the names replaced by `MASK`, whatever their case."""
    for name in names:
        if name.strip():
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", MASK, text, flags=re.IGNORECASE)
    return text


def _last_word(case: Case, name: str) -> set[str]:
    match = _LAST_WORD.search(name)
    alone = match.group() if match else ""
    known = not alone or alone == name or case.actor_candidates(alone) or case.place_candidates(alone)
    return set() if known else {alone}
