"""Turns a span of a text into the sentence around it. Invariant: before + words + after is a stretch of the text,
unchanged."""

import re
from dataclasses import dataclass

from faultline.record.text import Span

# A sentence ends at . ! ? … with closing marks before a blank, or at a line break.
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|\n+")
REACH = 400  # code points looked at on each side
_LONGEST = 1200  # code points of a span that are shown before it is cut


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words of a span with what precedes and follows them in their sentence; `cut_*` where the context was longer
    than it may be, `cut_words` the number of code points left out at the end of the words."""

    before: str
    words: str
    after: str
    cut_before: bool = False
    cut_after: bool = False
    cut_words: int = 0

    @property
    def text(self) -> str:
        """The whole stretch."""
        return self.before + self.words + self.after


def excerpt(text: str, span: Span, reach: int = REACH) -> Excerpt:
    """The sentence or sentences that hold the span, at most `reach` code points on each side of it."""
    low = max(0, span.start - reach)
    high = min(len(text), span.end + reach)
    start = max((m.end() for m in _END.finditer(text, low, span.start) if m.end() <= span.start), default=low)
    inside = text[span.start : span.end]
    ended = bool(re.search(r"[.!?…][\"'”’»)\]]*\s*$", inside))
    stop = _END.search(text, max(span.start, span.end - 1), high)
    end = span.end if ended else len(text[: stop.end()].rstrip()) if stop else high
    over = max(0, len(inside) - _LONGEST)
    return Excerpt(
        before=text[start : span.start].lstrip(),
        words=inside[:_LONGEST],
        after="" if over else text[span.end : max(end, span.end)].rstrip(),
        cut_before=start == low and low > 0,
        cut_after=not over and stop is None and high < len(text),
        cut_words=over,
    )
