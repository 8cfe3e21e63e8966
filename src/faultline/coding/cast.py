"""Turns the sentences of a text into everybody whom it names, and what part they have played so far.
Invariant: each stands there once, with all its namings in the order of the text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from faultline.coding.draft import Draft, Filler, span_of
from faultline.coding.known import Known
from faultline.coding.line import Chunk, Line

ACTOR, RECIPIENT = "actor", "recipient"
Key = tuple[str, ...]
_PEOPLE = frozenset({"actor", "group", "person", "country", "capital"})
_NOBODY = frozenset({"anaphor", "people"})  # "the group", "people": whoever is meant stands elsewhere


@dataclass(frozen=True, slots=True)
class Naming:
    """Where a text names somebody."""

    sentence: int
    filler: Filler


@dataclass(slots=True)
class Cast:
    """Whom a text names; `played` counts how often somebody had a side of a claim, `last` holds who had the
    sides of the last claim."""

    known: Known
    people: dict[Key, list[Naming]] = field(default_factory=dict)
    played: Counter[tuple[Key, str]] = field(default_factory=Counter)
    last: Mapping[str, Sequence[Key]] = field(default_factory=dict)
    sentences: int = 0  # that were heard

    def hear(self, line: Line, number: int) -> None:
        """Takes note of a sentence."""
        self.sentences += 1
        for chunk in line.chunks:
            if chunk.kind in _PEOPLE and chunk.group not in _NOBODY:
                self._note(Naming(number, _named(line, self.known.acting(chunk))))

    def see(self, draft: Draft) -> None:
        """Takes note of the sides of a claim."""
        self.last = {ACTOR: [key_of(f) for f in draft.actors], RECIPIENT: [key_of(f) for f in draft.recipients]}
        self.played.update((key, side) for side, keys in self.last.items() for key in keys)

    def _note(self, naming: Naming) -> None:
        if key := key_of(naming.filler):
            self.people.setdefault(key, []).append(naming)


def key_of(filler: Filler) -> Key:
    """What makes two namings one: the actor or place, else the country, the class of people, or the words; () for
    nothing."""
    chunk = filler.chunk
    if chunk.ids:
        return ("id", chunk.ids[0])
    if chunk.kind in ("country", "capital") and chunk.country:
        return ("country", chunk.country)
    if chunk.kind == "actor" and chunk.label:
        return ("label", chunk.label)
    if chunk.kind in ("group", "asset", "number"):
        return ("group", chunk.group or chunk.kind, chunk.country)
    return ("words", filler.value.lower()) if filler.value else ()


def _named(line: Line, chunk: Chunk) -> Filler:
    words = " ".join(token.text for token in line.tokens[chunk.first : chunk.last])
    return Filler(chunk, span_of(line, chunk.first, chunk.last), words, "")


def measured_from(line: Line, chunk: Chunk) -> bool:
    """ "120 km north of Kidal", "à 40 km de Gao": a place by which a distance is measured."""
    return any(line.low(n) in line.pack.words["distances"] for n in range(max(0, chunk.first - 4), chunk.first))


def located(line: Line, first: int) -> bool:
    """Whether a place stands after a preposition of place."""
    words = line.pack.words["place_prepositions"]
    return line.low(first) in words or line.low(first - 1) in words
