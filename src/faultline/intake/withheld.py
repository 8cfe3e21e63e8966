"""Covers the words of a document that its case marks as sensitive, before anything reads them. Invariant: the length of
a text stays, so that every offset holds; no message repeats the words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from faultline.intake.taken import Skipped, Taken
from faultline.record.errors import CaseError
from faultline.record.ids import content_id
from faultline.record.text import Sensitive, Span

_SAID = "[withheld"
_COVER = "\u2588"
_MARK = "[\u0300-\u036f]*"  # an accent that stands beside its letter


def withhold(taken: Taken, marks: Sequence[Sensitive]) -> Taken:
    """The document with every marked stretch covered in its text, and the words of it in what is said about it. Rows of
    a table that hold one give no claim and are counted as "sensitive".

    Case, accents and what stands between the words do not count. Raises CaseError where a mark does not fit the text:
    going on would let out what somebody wanted withheld.
    """
    if not marks:
        return taken
    text = taken.document.text
    spans = sorted({span for mark in marks for span in _spans(mark, text)}, key=lambda span: (span.start, span.end))
    words = tuple(dict.fromkeys(span.of(text) for span in spans))
    hidden = content_id("w", *(f"{span.start}-{span.end}" for span in spans))
    filing = taken.filing
    title, url, retold, note, extra = (
        _covered(said, words) for said in (filing.title, filing.url, filing.retold_from, filing.note, filing.extra)
    )
    skipped = tuple(replace(one, where=_covered(one.where, words)) for one in taken.skipped)
    made = replace(
        taken,
        document=replace(taken.document, text=_cover(text, spans)),
        filing=replace(filing, title=title, url=url, retold_from=retold, note=note, extra=extra),
        reader_version=f"{taken.reader_version}, {hidden}",
        skipped=skipped,
        withheld=words,
    )
    return _without_rows(made, spans)


def occurrences(text: str, words: str) -> Iterable[Span]:
    """Where the words stand in the text, whatever their case and accents and whatever stands between them."""
    return [Span(*found.span()) for found in _pattern(words).finditer(_folded(text))]


def _spans(mark: Sensitive, text: str) -> Iterable[Span]:
    found = [mark.span] if mark.span else list(occurrences(text, mark.words))
    if not found or found[-1].end > len(text) or mark.length not in (0, len(text)):
        way_out = "Mark the words anew, or take the mark away."
        raise CaseError(f"{mark.where}: the text of the document does not have what is marked", way_out=way_out)
    return found


def _cover(text: str, spans: Iterable[Span]) -> str:
    for span in spans:
        length = span.end - span.start
        cover = _SAID.ljust(length - 1, _COVER) + "]" if length > len(_SAID) else _COVER * length
        kept = "".join(old if old == "\n" else new for old, new in zip(span.of(text), cover, strict=True))
        text = text[: span.start] + kept + text[span.end :]
    return text


def _covered(text: str, words: Iterable[str]) -> str:
    for each in words:
        if re.search(r"\w", each):
            text = _cover(text, occurrences(text, each))
    return text


def _without_rows(taken: Taken, spans: Sequence[Span]) -> Taken:
    if taken.coded is None:
        return taken
    coded = taken.coded
    claims = tuple(claim for claim in coded.claims if not any(claim.span.overlaps(span) for span in spans))
    mentions = tuple(named for named in coded.mentions if not any(named.span.overlaps(span) for span in spans))
    gone = len(coded.claims) - len(claims)
    skipped = (*taken.skipped, Skipped(taken.filing.origin, "sensitive", "", gone)) if gone else taken.skipped
    return replace(taken, coded=replace(coded, claims=claims, mentions=mentions), skipped=skipped)


def _pattern(words: str) -> re.Pattern[str]:
    parts = re.findall(r"[^\W_]+", re.sub("[\u0300-\u036f]", "", _folded(unicodedata.normalize("NFC", words))))
    each = (_MARK.join(map(re.escape, part)) + _MARK for part in parts)
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(each) + r"(?![^\W_])")


def _folded(text: str) -> str:
    """The text in small letters without accents, at its old length."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[0] for letter in text)
