"""Turns a document's text into sentences with exact spans, paragraphs and language. Invariant: spans are in order,
never overlap, and no sentence is longer than a bound, so that coding any text takes bounded time."""

import re

from faultline.record.protocols import Sentence
from faultline.record.text import Span

MAX_SENTENCE = 1500  # code points; a longer stretch without a full stop is cut at a space

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n|\n(?=[#*\-|] )")
_STOP = re.compile(r"[.!?…]+[\"'’”»)\]]*(?:\s*»)?(?=\s+|$|[A-ZÀ-Þ][a-zà-ÿ])|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'«“])(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|Drs|Col|Gen|Gén|Lt|Maj|Capt|Cap|Cne|Cdt|Sgt|Adj|Brig|St|Ste|No|"
    r"Mme|Mlle|MM|Pr|Prof|Sen|Rep|Gov|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec|janv|févr|juil|vs|etc|approx|art|al|cf|p|pp|vol|"
    r"Inc|Ltd|Co|U\.S|U\.N|e\.g|i\.e|a\.m|p\.m)$"
)
_NEXT_SMALL = re.compile(r"\s*[a-zà-ÿ]")
_FRENCH = frozenset(
    "le la les des du un une et est sont dans par pour sur qui que au aux ont été il elle ils selon avec son sa ses "
    "leur ne pas plus cette ce ces mais d' l' qu' où après avant contre entre depuis chez".split()
)
_ENGLISH = frozenset(
    "the of and to in is was were that for on by with has have had said from it its their they he she an at as which "
    "who be been are not but this after before against between since into near".split()
)
_WORD = re.compile(r"[a-zà-ÿ]+'?", re.IGNORECASE)


def sentences(text: str, language: str = "") -> tuple[Sentence, ...]:
    """Sentences in the order of the text; `language` is the document's, used where a sentence does not show its own."""
    found: list[Sentence] = []
    begin = 0
    for number, end in enumerate(_paragraph_ends(text)):
        for start, stop in _cut(text, begin, end):
            found.append(Sentence(Span(start, stop), language_of(text[start:stop], language), number))
        begin = end
    return tuple(found)


def language_of(text: str, default: str = "") -> str:
    """ "en", "fr" or the default: by counting common words; the default wins a near tie."""
    words = [w.lower() for w in _WORD.findall(text[:2000].replace("’", "'"))]
    french = sum(w in _FRENCH for w in words)
    english = sum(w in _ENGLISH for w in words)
    if french > 2 * english + 2:
        return "fr"
    if english > 2 * french + 2:
        return "en"
    return default or ("fr" if french > english else "en" if english else "")


def _paragraph_ends(text: str) -> list[int]:
    return [*(match.end() for match in _PARAGRAPH.finditer(text)), len(text)]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match.end() > begin and _is_stop(text, begin, match):
            pieces.extend(_bounded(text, begin, match.end()))
            begin = match.end()
    pieces.extend(_bounded(text, begin, end))
    return pieces


def _is_stop(text: str, begin: int, match: re.Match[str]) -> bool:
    if match.group() == "\n":
        return _line_ends(text, begin, match.start())
    if match.group().startswith("."):
        if _ABBREVIATION.search(text, max(begin, match.start() - 12), match.start()):
            return False
        if _NEXT_SMALL.match(text, match.end()):
            return False
    return not (match.group()[0] in "!?…" and _NEXT_SMALL.match(text, match.end()))


def _line_ends(text: str, begin: int, at: int) -> bool:
    """A line break ends a sentence unless the line reads on with a small letter."""
    return at > begin and not _NEXT_SMALL.match(text, at + 1)


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > MAX_SENTENCE:
        cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        pieces.append((start, cut))
        start = cut
    pieces.append((start, end))
    trimmed = []
    for a, b in pieces:
        piece = text[a:b]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            trimmed.append((a + left, a + right))
    return trimmed
