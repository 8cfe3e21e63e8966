"""Turns the words of days into inclusive intervals with precision and anchor. Invariant: a day that the text does not
give is not made up; what is relative names what it was resolved against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from faultline.coding.almanac import resolve
from faultline.coding.anchors import DayValues, Resolver
from faultline.coding.lexicon import Pack
from faultline.coding.patterns import Match, longest
from faultline.coding.tokens import Token
from faultline.record.days import Days


@dataclass(frozen=True, slots=True)
class DayMark:
    """Tokens [first, last) speak of these days. `open_start` marks "since": from the first day on; `weak` a word that
    often means no day ("aujourd'hui" for nowadays)."""

    first: int
    last: int
    days: Days
    meaning: str

    @property
    def since(self) -> bool:
        """Whether it is a beginning, not a day on which something happened."""
        return self.meaning.startswith("since") or self.meaning == "past"

    @property
    def until(self) -> bool:
        """Whether it is an end, up to which something lasts."""
        return self.meaning.startswith("until")


def find_days(tokens: Sequence[Token], pack: Pack, published: Days, story: Days) -> list[DayMark]:
    """Day expressions in order. `published` is the interval of publication; `story` the last day that the text has set,
    which "the next day" and a day without month are resolved against."""
    resolver = Resolver(published, story)
    found: list[DayMark] = []
    classes = [_classes(token, pack) for token in tokens]
    i = 0
    while i < len(tokens):
        match = longest(pack.day_patterns, tokens, i, classes)
        mark = _mark(match, resolver) if match else None
        if match and mark:
            found.append(mark)
            if mark.days.known and not mark.since and not mark.until:
                resolver = replace(resolver, story=mark.days)
            i = match.last
        else:
            i += 1
    return found


def _mark(match: Match, resolver: Resolver) -> DayMark | None:
    days = resolve(match.pattern.meaning, DayValues(match.values), resolver)
    if days is None:
        return None
    return DayMark(match.first, match.last, days, match.pattern.meaning)


_CACHE: dict[tuple[str, str], Mapping[str, object]] = {}


def _classes(token: Token, pack: Pack) -> Mapping[str, object]:
    if token.is_number:
        return _number_classes(token.text)
    key = (pack.language, token.text if pack.days["capital_months"] else token.low)
    if key not in _CACHE:
        if len(_CACHE) > 20000:
            _CACHE.clear()
        _CACHE[key] = _word_classes(token, pack)
    return _CACHE[key]


def _number_classes(text: str) -> Mapping[str, object]:
    classes: dict[str, object] = {}
    if text.isdigit():
        value = int(text[:9])
        if 1 <= value <= 31 and len(text) <= 2:
            classes["DOM"] = value
        if 1 <= value <= 12 and len(text) <= 2:
            classes["MONTHNUM"] = value
        if len(text) == 4 and 1900 <= value <= 2100:
            classes["YEAR"] = value
        if len(text) <= 3:
            classes["NUMBER"] = value
    return classes


def _word_classes(token: Token, pack: Pack) -> Mapping[str, object]:
    tables = pack.days
    classes: dict[str, object] = {}
    for name, table in (
        ("WEEKDAY", "weekdays"),
        ("MONTH", "months"),
        ("PART", "parts"),
        ("UNIT", "units"),
        ("SEASON", "seasons"),
        ("ORDINAL", "ordinals"),
        ("NUMBER", "numbers"),
    ):
        if token.low in tables[table]:
            classes[name] = tables[table][token.low]
    if "MONTH" in classes and tables["capital_months"] and not token.is_capital:
        del classes["MONTH"]  # "may", "march" are verbs in small letters
    approximate = pack.counts["approximate"].get(token.low)
    if approximate:
        classes["NUMBER"] = approximate
    return classes
