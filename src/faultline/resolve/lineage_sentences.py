"""Cuts a text into sentences as far as credits and copies need it. Invariant: the sentences cover the text without a
gap, and a sentence ends where the next one begins."""

import re
from bisect import bisect_left, bisect_right

from faultline.record.text import Span

_END = re.compile(r"[.!?…]['\"»”’)]*\s+(?=[\"'«“‘(]?\s?[A-ZÀ-Ý0-9])|\n+")
_SHORT = re.compile(r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Maj|St|Sgt|vs|No|MM|Mme|cf))\.\s*$")


class Sentences:
    """The sentences of one text."""

    def __init__(self, text: str) -> None:
        self._starts, self._length = [0], len(text)
        for match in _END.finditer(text):
            if not _SHORT.search(text, max(0, match.start() - 6), match.end()):
                self._starts.append(match.end())

    def around(self, span: Span) -> Span:
        """From the start of the first to the end of the last sentence that the span touches."""
        first = bisect_right(self._starts, span.start) - 1
        after = bisect_left(self._starts, max(span.end, span.start + 1))
        return Span(self._starts[first], self._starts[after] if after < len(self._starts) else self._length)
