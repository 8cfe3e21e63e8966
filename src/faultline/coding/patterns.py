"""Turns small word patterns of the language packs ("WEEKDAY? DAY MONTH YEAR?", "d'ici|by MONTH") into matchers over
tokens. Invariant: matching is deterministic, leftmost items greedy, with backtracking over optional items only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from faultline.coding.tokens import Token

Classes = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a pattern: words of which one must stand there, or a class; optional or not."""

    words: frozenset[str]
    name: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern and what the pack says that it means."""

    items: tuple[Item, ...]
    meaning: str
    options: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched: tokens [first, last), the values of its classes by name (repeated: name2)."""

    pattern: Pattern
    first: int
    last: int
    values: Mapping[str, object]


def compile_pattern(source: str, meaning: str, options: Mapping[str, object] | None = None) -> Pattern:
    """A pattern from its written form: items split by spaces; `a|b` words, `NAME` a class, `?` optional."""
    items = []
    for part in source.split():
        optional = part.endswith("?") and len(part) > 1
        part = part[:-1] if optional else part
        if part.isupper() and part.isalpha():
            items.append(Item(frozenset(), part, optional))
        else:
            items.append(Item(frozenset(part.replace("_", " ").split("|")), "", optional))
    return Pattern(tuple(items), meaning, options or {})


def match_at(pattern: Pattern, tokens: Sequence[Token], at: int, classes: Sequence[Classes]) -> Match | None:
    """The match of the pattern that begins at token `at`, or None; `classes` are those of each token."""
    values: dict[str, object] = {}
    last = _match((pattern.items, 0), tokens, at, classes, values)
    return Match(pattern, at, last, values) if last > at else None


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns by what may begin them: a word or a class; in the pack's order."""

    by_word: Mapping[str, tuple[tuple[int, Pattern], ...]]
    by_class: Mapping[str, tuple[tuple[int, Pattern], ...]]
    _known: dict[tuple[str, ...], tuple[Pattern, ...]] = field(default_factory=dict, compare=False)

    def starting(self, token: Token, classes: Classes) -> tuple[Pattern, ...]:
        """The patterns that may begin at a token, in order."""
        word = token.low if token.low in self.by_word else ""
        if not word and not classes:
            return ()
        key = (word, *classes)
        if key not in self._known:
            found = dict(self.by_word.get(word, ()))
            for name in classes:
                found.update(self.by_class.get(name, ()))
            self._known[key] = tuple(found[n] for n in sorted(found))
        return self._known[key]


def index(patterns: Sequence[Pattern]) -> Patterns:
    """The patterns by their first items, optional ones passed over."""
    words: dict[str, dict[int, Pattern]] = {}
    classes: dict[str, dict[int, Pattern]] = {}
    for n, pattern in enumerate(patterns):
        for item in pattern.items:
            for word in item.words:
                words.setdefault(word, {})[n] = pattern
            if item.name:
                classes.setdefault(item.name, {})[n] = pattern
            if not item.optional:
                break
    return Patterns({w: tuple(p.items()) for w, p in words.items()}, {c: tuple(p.items()) for c, p in classes.items()})


def longest(patterns: Patterns, tokens: Sequence[Token], at: int, classes: Sequence[Classes]) -> Match | None:
    """The longest match at `at`; of equal ones the first in the pack's order. `classes` are those of each token."""
    best: Match | None = None
    for pattern in patterns.starting(tokens[at], classes[at]):
        found = match_at(pattern, tokens, at, classes)
        if found and (best is None or found.last > best.last):
            best = found
    return best


def _match(
    place: tuple[tuple[Item, ...], int],
    tokens: Sequence[Token],
    at: int,
    classes: Sequence[Classes],
    values: dict[str, object],
) -> int:
    items, n = place
    if n == len(items):
        return at
    item = items[n]
    if at < len(tokens):
        name = item.name
        held = classes[at].get(name, _NOTHING) if name else True if tokens[at].low in item.words else _NOTHING
        if held is not _NOTHING:
            key = name + ("2" if name and name in values else "")
            if name:
                values[key] = held
            last = _match((items, n + 1), tokens, at + 1, classes, values)
            if last >= 0:
                return last
            values.pop(key, None)
    return _match((items, n + 1), tokens, at, classes, values) if item.optional else -1


_NOTHING = object()
