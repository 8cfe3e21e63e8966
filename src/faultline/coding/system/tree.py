"""Turns a parsed sentence into a tree that rules can walk. Invariant: walking never loops and costs no more than the
sentence is long."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from faultline.coding.parser import Parsed
from faultline.coding.tokens import fold


@dataclass(frozen=True)
class Tree:
    """One sentence: its text and the analysis of its words."""

    text: str
    parsed: Parsed

    def __len__(self) -> int:
        return len(self.parsed)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The words that hang on each word, in the order of the text."""
        below: list[list[int]] = [[] for _ in range(len(self))]
        for word, head in enumerate(self.parsed.heads):
            if head >= 0:
                below[head].append(word)
        return tuple(tuple(words) for words in below)

    @cached_property
    def lows(self) -> tuple[str, ...]:
        """Words in small letters without accents."""
        spans = zip(self.parsed.starts, self.parsed.ends, strict=True)
        return tuple([_folded(self.text[a:b]) for a, b in spans])

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """Lemmas without accents."""
        return tuple([_folded(lemma) for lemma in self.parsed.lemmas])

    def tag(self, word: int) -> str:
        """Universal part of speech."""
        return self.parsed.tags[word]

    def relation(self, word: int) -> str:
        """Universal relation to the head, with subtype."""
        return self.parsed.relations[word]

    def head(self, word: int) -> int:
        """Index of the head, -1 for the root."""
        return self.parsed.heads[word]

    def having(self, word: int, *relations: str) -> tuple[int, ...]:
        """Children whose relation is one of these; a relation without subtype takes every subtype."""
        return tuple(c for c in self.children[word] if _is(self.relation(c), relations))

    def is_a(self, word: int, *relations: str) -> bool:
        """Whether the word hangs on its head by one of these relations."""
        return _is(self.relation(word), relations)

    def subtree(self, word: int, without: tuple[str, ...] = ()) -> tuple[int, ...]:
        """The word and all below it, ascending; branches whose relation is in `without` are left out."""
        found, stack = [], [word]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(c for c in self.children[at] if not _is(self.relation(c), without))
        return tuple(sorted(found))

    def conjuncts(self, word: int) -> tuple[int, ...]:
        """The word and all that are joined to it ("A, B and C"), in order."""
        found = [word]
        for at in found:
            found.extend(self.having(at, "conj"))
        return tuple(sorted(found))

    def ancestors(self, word: int) -> Iterator[int]:
        """Heads from the nearest up to the root."""
        seen = {word}
        at = self.head(word)
        while at >= 0 and at not in seen:
            yield at
            seen.add(at)
            at = self.head(at)

    def span(self, words: Iterable[int]) -> tuple[int, int]:
        """From the first to the last of the words, in code points of the sentence."""
        words = list(words)
        return self.parsed.starts[min(words)], self.parsed.ends[max(words)]

    def words_of(self, words: Iterable[int]) -> str:
        """Their text as it stands, from the first to the last of an unbroken run; gaps become a space."""
        pieces, last = [], -2
        for word in sorted(words):
            begins = self.parsed.starts[word]
            gap = self.text[self.parsed.ends[last] : begins] if word == last + 1 and last >= 0 else " "
            pieces.append(gap + self.text[begins : self.parsed.ends[word]])
            last = word
        return "".join(pieces).strip()


@lru_cache(maxsize=32768)
def _folded(word: str) -> str:
    return fold(word).lower()


def _is(relation: str, wanted: tuple[str, ...]) -> bool:
    return relation in wanted or relation.split(":")[0] in wanted
