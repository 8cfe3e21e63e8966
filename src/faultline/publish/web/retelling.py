"""Turns what a measure says in English, made of fixed words and what stood in their holes, into another language.
Invariant: what stands in quotation marks is never touched, and what the table lacks stays as it was said."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import or_

_HOLE = re.compile(r"((?:“|'|« )?)\{(\d)\}")
_NUMBER = re.compile(r"[-+]?\d+(?:,\d{3})*\.?\d*(?:e[-+]?\d+)?%?|\d{4}-\d\d(?:-\d\d)?")
_ONE = re.compile(r"(?<![\w.,\u202f–-])1 (\w+)")
_QUOTED = re.compile(r"(“[^”]*”)")
_ID = re.compile(r"[a-z]+_[0-9a-z]+")
_COUNTED = re.compile(r"([-+]?\d[\d.,]*%?) (.+)", re.DOTALL)
_AFTER_SENTENCE = re.compile(r"(?<=[.;]) ")
_PUNCTUATION = re.compile(r"[,;:“]")
_BETWEEN = (", ", " ↔ ", " → ")
_DEEPEST = 6  # holes within holes
_FEW = 6  # letters
_RUNS = 12  # parts of a list up to which those are looked for that belong together
_NUMBERS = 8  # from this hole on: {8} and {9} hold numbers only
_DIGITS = r"([-+\d.,]{1,24}%?)"
_LONGEST = 2000  # signs: what is longer is no sentence of ours


@dataclass(frozen=True, slots=True)
class _Mould:
    """One template: `shape` finds what stands in its holes, `order` numbers them, `quoted` are those that stay."""

    shape: re.Pattern[str]
    order: tuple[int, ...]
    quoted: frozenset[int]
    longest: str  # of its fixed words: a text without them cannot be of this template
    fixed: int  # how many signs stand fast
    bare: bool  # whether none of them is a letter or a quotation mark
    single: bool  # whether it has no semicolon
    weak: bool  # so few letters that anything might fit: it holds only between short words, one of them known
    told: str


@dataclass(frozen=True)
class Retelling:
    """`table` leads from the English to the other language, both with the same holes."""

    table: Mapping[str, str]
    comma: bool = True  # decimal comma, thousands apart by a narrow space
    singulars: Mapping[str, str] = field(default_factory=dict)  # of nouns in the plural, for one of them
    elided: str = ""  # the words before which "de" loses its vowel, as alternatives of a pattern

    @cached_property
    def moulds(self) -> tuple[_Mould, ...]:
        """The templates that have holes: those with a quotation, then those with the most fixed words first, at last
        those that might fit anything."""
        made = [_mould(english, told) for english, told in self.table.items() if "{" in english]
        return tuple(sorted(made, key=lambda mould: (not mould.quoted, mould.weak, -mould.fixed)))

    @cached_property
    def fitting(self) -> tuple[tuple[_Mould, ...], ...]:
        """The templates whose fixed words have room in a text of so many signs, up to the longest of them."""
        longest = max((mould.fixed for mould in self.moulds), default=0)
        return tuple(tuple(mould for mould in self.moulds if mould.fixed <= n) for n in range(longest + 1))

    def say(self, text: str) -> str:
        """The text in the other language, one of a thing in the singular, outside quotations."""
        told = self.tell(text)
        if told == text:
            return text
        return "".join(part if part.startswith("“") else self._agreed(part) for part in _QUOTED.split(told))

    def _agreed(self, told: str) -> str:
        told = _ONE.sub(lambda found: f"1 {self.singulars.get(found[1], found[1])}", told)
        return re.sub(rf"\b([Dd])e (?=(?:{self.elided})\b)", r"\1’", told) if self.elided else told

    def tell(self, text: str, depth: int = 0) -> str:
        """The text in the other language, as far as the table goes."""
        if not text or depth > _DEEPEST or len(text) > _LONGEST:
            return text
        if _NUMBER.fullmatch(text):
            return text.replace(",", "\u202f").replace(".", ",") if self.comma else text
        told = self.table.get(text) or self._counted(text) or self._pair(text) or self._moulded(text, depth)
        told = told or self._without_stop(text, depth) or self._headed(text, depth) or self._listed(text, "; ", depth)
        return told or self._moulded(text, depth, bare=True) or self._apart(text, depth) or text

    def _counted(self, text: str) -> str:
        """A number with a known noun; where the table has both ("{8} supported"), as it stands there."""
        found = _COUNTED.fullmatch(text)
        noun = self.table.get(f"{{8}} {found[2]}") or self.table.get(found[2]) if found else ""
        return f"{self.tell(found[1])} {noun.removeprefix('{8} ')}" if found and noun else ""

    def _pair(self, text: str) -> str:
        """A known word, a colon, and what the table has whole, with a full stop or without one."""
        head, _, rest = text.partition(": ")
        said = self.table.get(rest) or self.table.get(rest.removesuffix(".")) if head in self.table else ""
        stop = "." if said and rest.endswith(".") and not said.endswith(".") else ""
        return f"{self.table[head]} : {said}{stop}" if said else ""

    def _headed(self, text: str, depth: int) -> str:
        """A known word, a colon, and a sentence."""
        head, _, rest = text.partition(": ")
        if head not in self.table or not rest:
            return ""
        told = self.table.get(rest) or self._moulded(rest, depth) or self._without_stop(rest, depth)
        return f"{self.table[head]} : {told}" if told else ""

    def _without_stop(self, text: str, depth: int) -> str:
        """What is a sentence but for its full stop."""
        told = "" if text.endswith(".") else self.table.get(f"{text}.") or self._moulded(f"{text}.", depth)
        return told.removesuffix(".")

    def _moulded(self, text: str, depth: int, bare: bool = False) -> str:
        for mould in self.fitting[min(len(text), len(self.fitting) - 1)]:
            if mould.bare is bare and mould.longest in text and (found := mould.shape.fullmatch(text)):
                if self._repeated(mould, text):
                    return self._listed(text, "; ", depth)
                held = dict(zip(mould.order, found.groups(), strict=True))
                if mould.weak and not self._plain(held.values(), depth):
                    continue
                return _filled(mould.told, {n: self._held(mould, n, said, depth) for n, said in held.items()})
        return ""

    def _repeated(self, mould: _Mould, text: str) -> bool:
        """Whether the template, which has no semicolon, fits what stands before the first one too: sentences alike."""
        first, more, _ = text.partition("; ")
        return bool(more and mould.single and "“" not in text and mould.shape.fullmatch(first))

    def _held(self, mould: _Mould, hole: int, said: str, depth: int) -> str:
        return said if hole in mould.quoted else self.tell(said, depth + 1)

    def _plain(self, held: Iterable[str], depth: int) -> bool:
        """Whether each of these is known, a number, an id, a word or a name, and one of them none of the last two:
        words in a row that nobody knows are a piece of a sentence."""
        parts = tuple(held)
        if any(_PUNCTUATION.search(part) for part in parts):
            return False
        known = [bool(_NUMBER.fullmatch(part) or _ID.fullmatch(part)) or self._knows(part, depth) for part in parts]
        named = [" " not in part or part[0].isupper() for part in parts]
        return any(known) and all(map(or_, known, named))

    def _knows(self, part: str, depth: int) -> bool:
        return part in self.table or self.tell(part, depth + 1) != part

    def _apart(self, text: str, depth: int) -> str:
        """A number with its noun, sentences after one another, or a list, each part told by itself."""
        counted = _COUNTED.fullmatch(text)
        if counted and ", " not in counted[2] and (noun := self.tell(counted[2], depth + 1)) != counted[2]:
            return f"{self.tell(counted[1])} {noun}"
        found = (
            self._parts(_AFTER_SENTENCE.split(text), " ", depth),
            *(self._listed(text, x, depth) for x in _BETWEEN),
        )
        return next(filter(None, found), "")

    def _listed(self, text: str, sign: str, depth: int) -> str:
        parts = text.split(sign)
        if sign == "; " and 2 < len(parts) <= _RUNS and "“" not in text:
            parts = self._runs(parts)
        return self._parts(parts, sign.replace(";", " ;"), depth)

    def _runs(self, parts: list[str]) -> list[str]:
        """The parts of a list, those joined again that the table has only together: the longest first."""
        found = []
        while parts:
            size = next((n for n in range(len(parts), 1, -1) if self._whole("; ".join(parts[:n]))), 1)
            found.append("; ".join(parts[:size]))
            parts = parts[size:]
        return found

    def _whole(self, text: str) -> bool:
        """Whether the table has the text under one template that is no list, behind its heads if it has any."""
        behind = text.split(": ", 2)
        return any(self._joined(": ".join(behind[n:])) for n in range(len(behind)))

    def _joined(self, text: str) -> bool:
        """Whether one template with a semicolon has the text, with its full stop or without."""
        long = [mould for mould in self.moulds if not mould.single]
        ways = (text, f"{text}.")
        return any(way in self.table or any(m.shape.fullmatch(way) for m in long if m.longest in way) for way in ways)

    def _parts(self, parts: Sequence[str], between: str, depth: int) -> str:
        if len(parts) < 2 or any("“" in part for part in parts):
            return ""
        return between.join(self.tell(part, depth + 1) for part in parts)


def _filled(template: str, held: Mapping[int, str]) -> str:
    return _HOLE.sub(lambda hole: hole[1] + held[int(hole[2])], template)


def _mould(english: str, told: str) -> _Mould:
    """The template as a pattern; a hole takes as little as it can, one in quotation marks whatever stands in them. What
    was found up to the next hole is never tried again, so that no text takes longer than its length allows."""
    shape, end = "", 0
    order: list[int] = []
    quoted: set[int] = set()
    fixed: list[str] = []
    for hole in _HOLE.finditer(english):
        fixed.append(english[end : hole.start()] + hole[1])
        shape += re.escape(fixed[-1])
        number = int(hole[2]) >= _NUMBERS and not hole[1]
        if order and not number:
            shape = f"(?>{shape})"
        shape += "(.*)" if hole[1] else _DIGITS if number else "(.+?)"
        order.append(int(hole[2]))
        if hole[1]:
            quoted.add(int(hole[2]))
        end = hole.end()
    fixed.append(english[end:])
    pattern = re.compile(shape + re.escape(fixed[-1]), re.DOTALL)
    held = "".join(fixed)
    named = any(n < _NUMBERS for n in order)
    weak = named and not quoted and 0 < sum(map(str.isalpha, held)) < _FEW and not _PUNCTUATION.search(held)
    return _Mould(
        pattern,
        tuple(order),
        frozenset(quoted),
        max(fixed, key=len),
        len(held),
        not any(map(str.isalpha, held)),
        ";" not in held,
        weak,
        told,
    )
