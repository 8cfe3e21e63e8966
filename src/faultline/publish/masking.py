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
    return mask_parts((text,), names)[0]


def mask_parts(parts: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...]:
    """The same for a text in parts: a name that runs over an end is masked in the part that it begins in."""
    wanted = "|".join(re.escape(name) for name in names if name.strip())
    if not wanted:
        return parts
    found = [m.span() for m in re.finditer(rf"(?<!\w)(?:{wanted})(?!\w)", "".join(parts), re.IGNORECASE)]
    masked, low = [], 0
    for part in parts:
        masked.append(_masked(part, low, found))
        low += len(part)
    return tuple(masked)


def _masked(part: str, low: int, found: list[tuple[int, int]]) -> str:
    """A part that begins at `low` of the whole, where `found` are the spans of names in the whole."""
    kept, at = [], low
    for start, end in found:
        if low <= start < low + len(part):
            kept += [part[at - low : start - low], MASK]
        at = min(max(at, end), low + len(part)) if start < low + len(part) else at
    return "".join([*kept, part[at - low :]])


def _last_word(case: Case, name: str) -> set[str]:
    match = _LAST_WORD.search(name)
    alone = match.group() if match else ""
    known = not alone or alone == name or case.actor_candidates(alone) or case.place_candidates(alone)
    return set() if known else {alone}
