"""Turns a text into the credits in it: whom it says it has something from, and how much of it rests on that.
Invariant: a name alone is no credit; the words beside it make it one, and they stand in lineage_words.yaml."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from faultline.case.names import name_key
from faultline.record.packaged import packaged
from faultline.record.text import Span
from faultline.resolve.lineage_outlets import Outlet, Outlets, unlisted

_BEFORE, _AFTER = 90, 60  # characters beside a name that are looked at
_NAME = (
    r"(?P<name>[A-ZÀ-Ý][\w’'&-]*(?:\.\w+)*(?: (?:(?:du|de|des|of|the|et|and|&) )?[A-ZÀ-Ý0-9][\w’'&-]*(?:\.\w+)*){0,3})"
)
_NO_NAME = r"(?:de|du|des|à|en|of|in|from|that|que|qui)\b"  # "a site of Bamako" names no site
_LONGER = re.compile(r" (?:du|de la|of) [A-ZÀ-Ý]")  # "Figaro du Mali" is another paper
_LINK = re.compile(
    r"\s*(?:,|/|et|and|&|ou|or|,? et|,? and|ainsi que|as well as)\s*"
    r"(?:(?:à |de |d[’']|of |to |par |by )?(?:l[’']|la |le |the |an |a |un |une )?)"
)


class Reach(StrEnum):
    """How much of a text rests on a credit."""

    DOCUMENT = "document"
    STORY = "story"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Credit:
    """One credit: to whom, where the name stands, how far it reaches."""

    outlet: Outlet
    span: Span
    reach: Reach


@dataclass(frozen=True, slots=True)
class _Pattern:
    reach: Reach
    beside: re.Pattern[str]
    then: re.Pattern[str] | None = None
    press: bool = False  # of publishers only

    def fits(self, left: str, right: str, outlet: Outlet) -> bool:
        """Whether the words end where the name begins, and what has to follow it does."""
        if self.press and outlet.body:
            return False
        return (not self.then or bool(self.then.match(right))) and bool(self.beside.search(left))


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language credits. `unknown` finds a name that nobody has listed behind a word such as "newspaper"."""

    before: tuple[_Pattern, ...] = ()
    after: tuple[_Pattern, ...] = ()
    unknown: re.Pattern[str] | None = None
    own: frozenset[str] = frozenset()


def credits_of_title(title: str, language: str, outlets: Outlets) -> tuple[Credit, ...]:
    """Whom a title credits: all of the text rests on them. Spans are those of the title."""
    return tuple(replace(credit, reach=Reach.DOCUMENT) for credit in find_credits(title, language, outlets))


def find_credits(text: str, language: str, outlets: Outlets) -> tuple[Credit, ...]:
    """The credits in a text, in its order, one a name that stands there. `language` is an ISO 639-1 code; of one that
    the table does not know only signs that need no words are read."""
    wordings = (wording_of("any"), wording_of(language))
    named = [(s, e, outlet) for s, e, outlet in outlets.find(text) if not _LONGER.match(text, e)]
    judged = [_judged(text, Span(s, e), outlet, wordings) for s, e, outlet in named]
    _spread(text, named, judged)
    found = [Credit(o, Span(s, e), reach) for (s, e, o), reach in zip(named, judged, strict=True) if reach]
    found.extend(_unknown(text, wordings[1], [Span(s, e) for s, e, _ in named]))
    return tuple(sorted(_settled(found), key=lambda c: c.span.start))


@cache
def wording_of(language: str) -> Wording:
    """What lineage_words.yaml says of a language; nothing of one that it does not know."""
    entry = _table().get(language)
    if entry is None:
        return Wording()
    kinds, bodies = _any(entry.get("kinds", ())), _any([*entry.get("kinds", ()), *entry.get("bodies", ())])
    behind = rf"(?:[\w’'-]+ ){{0,2}}?(?:{bodies})(?: [\w’'-]+){{0,3}}? " if kinds else ""
    article = r"(?:l[’']|la |le |les |un |une |the |a |an |el |der |die |het |de |il )?"
    said = {"{kind}": article + behind, "{verbs}": "|".join(re.split(r",\s+", entry.get("verbs", "").strip()))}
    before = tuple(_compiled(row, said, "(?:{})$") for row in entry["before"])
    after = tuple(_compiled(row, said, "(?:{})") for row in entry.get("after", ()))
    unknown = re.compile(rf"\b(?:{kinds})(?: (?!{_NO_NAME})[a-zà-ÿ]+)? {_NAME}") if kinds else None
    return Wording(before, after, unknown, frozenset(name_key(word) for word in entry.get("own", ())))


def _any(listed: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(listed, key=len, reverse=True))


@cache
def own_words() -> frozenset[str]:
    """The words by which texts of any language speak of themselves, as name keys."""
    return frozenset(word for language in _table() for word in wording_of(language).own)


@cache
def _table() -> Mapping[str, Any]:
    found: dict[str, Any] = packaged("faultline.resolve", "lineage_words.yaml")
    return found


def _compiled(row: Mapping[str, Any], said: Mapping[str, str], form: str) -> _Pattern:
    pattern = row["pattern"]
    for place, words in said.items():
        pattern = pattern.replace(place, words)
    beside = re.compile(form.format(pattern), re.IGNORECASE)
    then = re.compile(row["then"], re.IGNORECASE) if "then" in row else None
    return _Pattern(Reach(row["reach"]), beside, then, bool(row.get("press")))


def _judged(text: str, name: Span, outlet: Outlet, wordings: Sequence[Wording]) -> Reach | None:
    """The widest reach that the words beside the name give it; None where they make it no credit."""
    left, right = text[max(0, name.start - _BEFORE) : name.start], text[name.end : name.end + _AFTER]
    if name.start > _BEFORE:
        left = "\x00" + left  # what was cut off is not the beginning of the text
    reaches = {p.reach for w in wordings for p in w.before if p.fits(left, right, outlet)}
    reaches |= {p.reach for w in wordings for p in w.after if p.beside.match(right)}
    return next((reach for reach in Reach if reach in reaches), None)


def _spread(text: str, named: Sequence[tuple[int, int, Outlet]], judged: list[Reach | None]) -> None:
    """What is said of one name of a list is said of all: "told AFP and Reuters"."""
    order = range(len(named) - 1)
    for near in (order, reversed(order)):
        for n in near:
            if _LINK.fullmatch(text, named[n][1], named[n + 1][0]):
                judged[n] = judged[n] or judged[n + 1]
                judged[n + 1] = judged[n + 1] or judged[n]


def _unknown(text: str, wording: Wording, taken: Sequence[Span]) -> Iterator[Credit]:
    """Names behind "the newspaper" or "l'agence" that no list has, where the words beside them make them credits."""
    if wording.unknown is None:
        return
    for match in wording.unknown.finditer(text):
        start, end = match.span("name")
        if any(span.overlaps(Span(start, end)) for span in taken):
            continue
        name = match["name"].rstrip(".'’-&")
        outlet = unlisted(name)
        reach = _judged(text, Span(start, start + len(name)), outlet, (wording,))
        if reach:
            yield Credit(outlet, Span(start, start + len(name)), reach)


def _settled(found: Sequence[Credit]) -> list[Credit]:
    """A text that names several who were spoken to is a digest: each reaches its own sentence only. So does a body:
    what the UN is said to have found is no text of the UN."""
    publishers = {c.outlet.key for c in found if c.reach is not Reach.SENTENCE and not c.outlet.body}
    narrow = len(publishers) > 1
    return [
        replace(c, reach=Reach.SENTENCE) if c.outlet.body or (narrow and c.reach is Reach.STORY) else c for c in found
    ]
