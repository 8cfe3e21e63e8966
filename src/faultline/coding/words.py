"""Turns a sentence into word spans, by the conventions of the treebanks that the parsers learned from. Invariant: spans
are code points, ascend, do not overlap, and leave out nothing but white space and invisible marks."""

import re
from functools import lru_cache

from faultline.record.errors import UsageError

# White space, and format characters that show nothing (marks of direction, zero-width spaces, byte order mark).
_BLANK = r"\s\u200b\u200e\u200f\u061c\u2028-\u202e\u2060-\u2069\ufeff"
# Letters with what may stand on or inside them: combining marks, soft hyphen, joiners.
_LETTER = r"[^\W_\d]|[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d]"
_APOSTROPHE = "['’ʼ`´]"
_COMMON = rf"""
    (?:https?://|www\.)[^{_BLANK}<>"«»]*[^{_BLANK}<>"«».,;:!?)\]'’]     # addresses
  | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}})+              # bounded: 'a.a.a.a' of a megabyte stays linear
  | @\w+ | \#[^\W\d]\w+
  | (?:[^\W\d_]\.){{2,}}                                                # U.S., O.N.U.
  | (?-i:[A-Z][A-Za-z]{{0,3}}-?\d+[A-Za-z]{{0,2}}\b)                      # AK-47, RN6, Mi-24
  | \d{{4}}-\d\d-\d\d\b
"""
_REST = rf"""
  | \.{{2,}} | -{{2,}} | ={{2,}} | \*{{2,}} | !+[!?]* | \?+[!?]* | '' | `` | ’’ | ‘’
  | (?:{_LETTER}|[\w])+
  | [^{_BLANK}]
"""
# What differs between keyboards but not in meaning. Every digit looks alike to a parser.
_PLAIN = str.maketrans(
    {**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("–—‑‐", "-"), "…": "..."}
    | dict.fromkeys("\u00a0\u202f \u00ad\u200c\u200d", "")
    | dict.fromkeys("0123456789", "0")
)
_LONGEST = 100  # code points of a word that a parser sees; nobody's language has longer ones
_SURROGATE = re.compile("[\ud800-\udfff]")
_CLITIC = rf"{_APOSTROPHE}(?:s|m|re|ve|ll|d)\b"
_EN = rf"""{_COMMON}
  | \b(?-i:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Capt|Maj|Sgt|Brig|Adm|Gov|Sen|Rep|Rev|Prof|Pres|Jr|Sr|Inc|Corp|Co|Ltd|vs|approx
      |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.
  | \bNos?\.(?=\s*\d)
  | (?<![\w.])(?-i:[A-Z])\.(?=[{_BLANK}]+\w)                                  # John W. Smith
  | \d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th|s)\b)?
  | can(?=not\b) | (?:gon|wan)(?=na\b) | got(?=ta\b)
  | (?:non|pre|co|ex|anti|re|multi|mid|e|semi|inter|counter|post|over|sub|vice|un)-[^\W\d_]+
  | [^\W\d_]+?(?=n{_APOSTROPHE}t\b)
  | n{_APOSTROPHE}t\b | {_CLITIC}
  | (?:{_LETTER})+(?:{_APOSTROPHE}(?!(?:s|m|re|ve|ll|d|t)\b)(?:{_LETTER})+)+      # Qa'ida, but not Mali's
{_REST}"""
_AFTER_VERB = r"-(?:t[-'’])?(?:il|elle|on|ils|elles|je|tu|nous|vous|ce|moi|toi|lui|leur|le|la|les|en|y|là|ci)\b(?!-)"
_WHOLE = rf"""aujourd{_APOSTROPHE}hui | quelqu{_APOSTROPHE}un[es]? | prud{_APOSTROPHE}homm\w+ | l{_APOSTROPHE}on\b
  | presqu{_APOSTROPHE}[iî]le\w* | rendez-vous | (?:celui|celle|ceux|celles)-(?:ci|là)
  | c{_APOSTROPHE}est-à-dire | vis-à-vis | cessez-le-feu | au-(?:delà|dessus|dessous) | là-bas
  | jusque-là | ci-dess\w+"""
_FR = rf"""{_COMMON}
  | (?-i:MM?|Mmes?|Mlle|Dr|Pr|Me|Mgr|Ste?|Gén|Col|Cap|Lt|av|cf|env|art|vol|no|pp?)\.(?=[{_BLANK}]+\w) | etc\. | J\.-C\.
  | (?<![\w.])(?-i:[A-Z])\.(?=[{_BLANK}]+\w)
  | n°
  | (?<![\d.,])\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?![\d])             # 80 000
  | \d+\s?h\s?\d\d\b | \d+h\b
  | \d+(?:[.,:/-]\d+)*(?:(?:er|ère|re|e|ème|ème|nd|nde)\b)?
  | {_WHOLE}
  | (?:[ldnscjmt]|(?:jus|lors|puis|quoi|quel|entr|pres)?qu){_APOSTROPHE}(?=\w)
  | {_AFTER_VERB}
  | (?:{_LETTER})(?:(?!{_AFTER_VERB})(?:{_LETTER}|\d|_|-(?=\w)|{_APOSTROPHE}(?=\w)))*
{_REST}"""
_WORD = {
    "en": re.compile(_EN, re.VERBOSE | re.IGNORECASE),
    "fr": re.compile(_FR, re.VERBOSE | re.IGNORECASE),
}


def word_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Start and end (code points, end exclusive) of every word of a sentence, in order; [] for blank text.

    Raises UsageError for a language other than "en" or "fr".
    """
    if language not in _WORD:
        raise UsageError("word_spans", repr(language), " or ".join(map(repr, _WORD)))
    return [match.span() for match in _WORD[language].finditer(text)]


@lru_cache(maxsize=32768)
def plain_word(word: str) -> str:
    """The word as a parser sees it: straight quotes, every digit 0, nothing invisible, nothing that UTF-8 lacks,
    at most 100 code points; never empty."""
    return _SURROGATE.sub("\ufffd", word[:_LONGEST].translate(_PLAIN)) or "\ufffd"
