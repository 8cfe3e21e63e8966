"""Turns text into the language it is written in. Invariant: "und" (ISO 639-2, undetermined) where the words do not
settle it; never a guess by a hair."""

import re
import unicodedata
from collections import Counter
from functools import cache

from faultline.intake.packaged import table

UNKNOWN = "und"
_SAMPLE = 20_000  # characters
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9-_]*)?")
_SHARE = 0.10  # of the words that small words make up at least
_LEAD = 1.25  # over the next language
_LEAST_HITS = 3


def detect(text: str) -> str:
    """ISO 639-1 code of the language of a text, or "und"."""
    sample = text[:_SAMPLE].lower()
    words = Counter(_WORD.findall(sample))
    candidates = _of_script(sample)
    hits = sorted(((sum(words[w] for w in _small_words(code)), code) for code in candidates), reverse=True)
    if not hits or hits[0][0] < max(_LEAST_HITS, _SHARE * words.total()):
        return UNKNOWN
    if len(hits) > 1 and hits[0][0] < _LEAD * hits[1][0]:
        return UNKNOWN
    return hits[0][1]


def normal(tag: str) -> str:
    """ISO 639 code of a language tag or name ("fr-ML", "French"), "" where it is neither."""
    lowered = tag.strip().lower()
    named: str | None = table("languages.yaml")["names"].get(lowered)
    if named:
        return named
    match = _TAG.fullmatch(lowered)
    if not match:
        return ""
    found: str = table("languages.yaml")["names"].get(match[1], match[1])
    return found


def _of_script(sample: str) -> tuple[str, ...]:
    """Languages of the script in which most letters of the sample are written."""
    counts = Counter(unicodedata.name(c, "").partition(" ")[0] for c in sample[:4000] if c.isalpha())
    if not counts:
        return ()
    script, number = counts.most_common(1)[0]
    return tuple(table("languages.yaml")["scripts"].get(script, ())) if number * 2 > counts.total() else ()


@cache
def _small_words(code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(table("languages.yaml")["words"][code].split()))
