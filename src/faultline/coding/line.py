"""The nouns of the grammar: chunks of a sentence, the line that they stand in, and what it is read against.
Invariant: chunks are in order and never overlap."""

from collections.abc import Mapping
from dataclasses import dataclass

from faultline.coding.counts import Quantity
from faultline.coding.days import DayMark
from faultline.coding.lexicon import Pack
from faultline.coding.names import Name
from faultline.coding.syntax import Syntax
from faultline.coding.tokens import Token
from faultline.record.days import Days


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens [first, last) that stand for one thing.

    `kind` is actor, group, person, place, country, day, asset or number; `ids` the actors or places it may be, best
    first; `label` what exports show where there is no id; `classes` what frames ask for; `quantity` how many.
    """

    first: int
    last: int
    kind: str
    label: str = ""
    ids: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    quantity: Quantity | None = None
    day: DayMark | None = None
    group: str = ""
    country: str = ""
    acting: tuple[str, ...] = ()
    actor_label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the grammar reads it: tokens, chunks, for each token the number of its chunk or -1, and its parse
    where there is one. `told` is the harm that the sentences before counted last, "" for none."""

    tokens: tuple[Token, ...]
    chunks: tuple[Chunk, ...]
    at: tuple[int, ...]
    pack: Pack
    syntax: Syntax | None = None
    told: str = ""

    def chunk_at(self, i: int) -> Chunk | None:
        """The chunk that covers token i."""
        if i < 0:
            return None
        try:  # cheaper than to ask for the length first, and most words are inside
            number = self.at[i]
        except IndexError:
            return None
        return self.chunks[number] if number >= 0 else None

    def standing(self, *words: frozenset[str]) -> list[int]:
        """The tokens whose word is in one of the lists, in order: cheaper than to ask for word after word."""
        found = [n for some in words for n, token in enumerate(self.tokens) if token.low in some]
        return found if len(words) == 1 else sorted(set(found))

    def low(self, i: int) -> str:
        """The word at i in small letters, "" outside the sentence."""
        if i < 0:
            return ""
        try:  # as above: the rules ask this a thousand times a sentence
            return self.tokens[i].low
        except IndexError:
            return ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence is read against: publication, the story's day, names of the document by start."""

    published: Days
    story: Days
    names: Mapping[int, Name]
