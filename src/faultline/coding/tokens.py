"""Turns text into tokens. Invariant: `text[token.start:token.end] == token.text`, in code points, whatever the text
holds; a hyphen inside a word is no token, so "cease-fire" and "cease fire" read alike."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# what shows nothing (marks of direction, of width nought, soft hyphens) and leavings of markup are no words
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_MARKUP = r"</?[A-Za-z][A-Za-z0-9]{0,15}(?: [^<>\n]{0,300})?/?>|&(?:nbsp|amp|quot|lt|gt|#\d{1,5});"
_TOKEN = re.compile(
    rf"(?:{_MARKUP})|"
    r"\d{1,2}[:hH]\d{2}(?!\d)"  # 13:10  10h30
    r"|\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)"  # 2,151   40 000   5.000
    r"|\d+(?:[.,]\d+)?"
    r"|[^\W\d_]+(?:['’](?=[^\W\d_]))?"  # l'  qu'  d'  as tokens of their own
    rf"|[^\w\s{_UNSEEN}]|_",
)
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "\u00a0": " ", "\u202f": " "})
_PLAIN_MARKS = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "\u00a0": " ", "\u202f": " ", "-": " ", "‐": " ", "‑": " "})
_QUOTES = {"«": "(", "»": ")", "“": "(", "”": ")", '"': "|", "„": "("}
MAX_TOKENS = 400


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark: span in the document, `low` lower-cased with straight apostrophes, whether it stands
    in quotation marks."""

    start: int
    end: int
    text: str
    low: str
    quoted: bool = False
    joined: bool = False  # a hyphen before it makes it the tail of a compound ("X-led", "dit-il")

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()


def tokenize(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Tokens of `text[start:end]` with spans in `text`; hyphens between words are dropped; English possessive "'s" is a
    token "'s"."""
    found: list[Token] = []
    depth = hyphen = False
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        if len(word) > 2 and word[0] in "<&":
            continue
        if word in "-‐‑" and _inside_word(text, match.start(), match.end()):
            hyphen = True
            continue
        depth, quoted = _quote_state(word, depth)
        found.extend(_split_possessive(match.start(), word, quoted, hyphen))
        hyphen = False
    return tuple(found)


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """Lower-case letters without accents, one character for one character where Unicode allows it."""
    return "".join(_base(c) for c in word)


@lru_cache(maxsize=4096)
def _base(char: str) -> str:
    folded = unicodedata.normalize("NFD", char)[0].lower()
    return folded if len(folded) == 1 else char


def fold(text: str) -> str:
    """`plain` of a whole text: the same length, so that offsets hold."""
    if text.isascii():
        return text.lower().replace("-", " ").replace("`", "'")
    return "".join(map(_base, text.translate(_PLAIN_MARKS)))


def _inside_word(text: str, start: int, end: int) -> bool:
    """Between letters, or a digit and a letter; between digits it is a range."""
    if start == 0 or end == len(text):
        return False
    before, after = text[start - 1], text[end]
    return before.isalnum() and after.isalnum() and not (before.isdigit() and after.isdigit())


def _quote_state(word: str, depth: bool) -> tuple[bool, bool]:
    mark = _QUOTES.get(word)
    if mark is None:
        return depth, depth
    after = {"(": True, ")": False, "|": not depth}[mark]
    return after, True


def _split_possessive(start: int, word: str, quoted: bool, joined: bool = False) -> list[Token]:
    low = word.translate(_APOSTROPHES).lower()
    # "army'" before "s": the apostrophe belongs to the possessive, except in French elisions of one or two letters
    if len(low) > 2 and low.endswith("'") and low[:-1] not in _ELIDED:
        end = start + len(word)
        return [
            Token(start, end - 1, word[:-1], low[:-1], quoted, joined),
            Token(end - 1, end, word[-1], "'", quoted),
        ]
    return [Token(start, start + len(word), word, low, quoted, joined)]


_ELIDED = frozenset("l d s n j m t c qu jusqu lorsqu puisqu quoiqu quelqu presqu aujourd".split())
