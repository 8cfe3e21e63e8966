"""Turns phrases of a sentence into levels: concepts where one is named, else the phrase's own noun. Invariant: a phrase
that names nothing measurable gives no level, and words of rise and fall become a direction, never part of a name."""

from dataclasses import dataclass, field, replace

from faultline.coding.system.concepts import Concepts, Found
from faultline.coding.system.ends import Stretch
from faultline.coding.system.line import Line
from faultline.record.system import Level

_GROUP = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "X", "VERB", "ADV", "PART")
_NAMES = ("NOUN", "PROPN", "ADJ", "X", "VERB")
_HYPHENS = frozenset((" ", "-", "‐", "“", "”", '"', "«", "»"))  # inside a phrase; a folded hyphen is a space
_MOST_WORDS = 5  # of a level that no concept names
_MOST_LEVELS = 4  # joined in one phrase


@dataclass(frozen=True)
class Memory:
    """What later phrases refer back to.

    `topic` is for "it" and "they", `point` for "this" and "these processes", `acted_on` for objects that are pronouns;
    `acting` is the last cause of its sentence, `listed` the last enumeration. `named` holds the level of each noun, so
    that "the truces" are the "local truces" of before; `recent` and `earlier` hold the last words of concepts in the
    two sentences before, for "this system".
    """

    topic: tuple[Level, ...] = ()
    point: tuple[Level, ...] = ()
    acting: tuple[Level, ...] = ()
    acted_on: tuple[Level, ...] = ()
    listed: tuple[Level, ...] = ()
    named: dict[str, Level] = field(default_factory=dict)
    recent: dict[str, Level] = field(default_factory=dict)
    earlier: dict[str, Level] = field(default_factory=dict)

    def of_noun(self, noun: str) -> Level | None:
        """The level that the noun stood for in the two sentences before, as the end of a concept."""
        return self.recent.get(noun) or self.earlier.get(noun)


@dataclass(frozen=True)
class Namer:
    """Names the phrases of one line."""

    line: Line
    concepts: Concepts
    memory: Memory

    def levels(self, stretch: Stretch, as_object: bool = False) -> tuple[Level, ...]:
        """Levels of a phrase and of what is joined to it; () where it names none."""
        if stretch.is_topic:
            return self.memory.topic
        found: list[Level] = []
        at: int | None = stretch.first
        while at is not None and at <= stretch.last and len(found) < _MOST_LEVELS:
            levels, end = self._group(at, stretch.last, as_object)
            found.extend(level for level in levels if level.node not in {f.node for f in found})
            at = self._next_member(end, stretch.last)
        return tuple(found)

    def concept_levels(self, stretch: Stretch) -> tuple[Level, ...]:
        """Every concept in the stretch, wherever in it."""
        return tuple(
            dict.fromkeys(found.level for found in self.concepts.find(self._text(stretch.first, stretch.last)))
        )

    def by_words(self, stretch: Stretch) -> tuple[Level, ...]:
        """The level that the phrase names by its own words, where it names no other: "current dynamics"."""
        unnamed = self.line.words.pointers | self.line.words.rising | self.line.words.falling
        words = range(stretch.first, stretch.last + 1)
        kept = [self._word(w) for w in words if self._counts(w) and self.line.low(w) not in unnamed]
        return (Level(" ".join(kept[:_MOST_WORDS])),) if kept else ()

    def spanning(self, word: int) -> Level | None:
        """The level whose words hold this verb and begin before it: "capability to strike"."""
        tree = self.line.tree
        start, end = tree.parsed.starts[word], tree.parsed.ends[word]
        found = self.concepts.find(tree.text)
        return next((f.level for f in found if f.start < start and end <= f.end), None)

    def head_of(self, stretch: Stretch) -> str:
        """Lemma of the noun that the phrase is about."""
        first = self._head_start(stretch.first, stretch.last)
        head = self._head(first, self._group_end(first, stretch.last)) if first <= stretch.last else stretch.last
        return self.line.tree.lemmas[head]

    def _group(self, first: int, last: int, as_object: bool) -> tuple[tuple[Level, ...], int]:
        """Levels of the member of a list that begins here, and its last word."""
        first = self._head_start(first, last)
        if first > last:
            return (), last
        end = self._group_end(first, last)
        if not any(self.line.tag(w) in ("NOUN", "PROPN", "ADJ", "X", "VERB") for w in range(first, end + 1)):
            return self._pointed(first, end, as_object), end
        concept = self._concept(first, end, last)
        if concept:
            return (concept[0],), max(concept[1], end)
        if self._is_hollow(first, end):
            return self._inside(first, end, last)
        level = self._free(first, end, last)
        return ((level,) if level else ()), end

    def _head_start(self, first: int, last: int) -> int:
        line = self.line
        while first <= last:
            filler = next((len(p) for p in line.words.fillers if line.phrase_at(first, p)), 0)
            if not filler and line.tag(first) not in ("ADP", "SCONJ", "CCONJ", "PUNCT", "ADV", "AUX"):
                break
            first += filler or 1
        return first

    def _group_end(self, first: int, last: int) -> int:
        at = first
        while at + 1 <= last and self._goes_on(at):
            at += 1
        return at

    def _goes_on(self, at: int) -> bool:
        """Whether the next word belongs to the same group of noun and attributes."""
        line, following = self.line, at + 1
        if line.tag(following) not in _GROUP and line.low(following) not in _HYPHENS:
            return False
        if line.low(following) in line.words.infinitive:
            return False
        if line.is_verb(following) and line.kinds[following] not in ("", "gerund"):
            return False
        # A second article begins another phrase: "give villages | a voice".
        return not (line.tag(following) == "DET" and line.tag(at) in ("NOUN", "PROPN") and line.low(following) != "'s")

    def _concept(self, first: int, end: int, last: int) -> tuple[Level, int] | None:
        """The concept that the group names, or holds the group's head, with its last word."""
        starts, ends = self.line.tree.parsed.starts, self.line.tree.parsed.ends
        begin, text = starts[first], self._text(first, last)
        group = ends[end] - begin
        inside = [f for f in self.concepts.find(text) if f.start < group]
        if not inside:
            return None
        # In English the head is the last noun of the group, and a concept that holds it speaks for the group.
        head = starts[self._head(first, end)] - begin
        chosen = next((f for f in inside if f.start <= head < f.end), None) or inside[-1]
        if chosen.end <= head and not self._may_speak(chosen, text):
            return None
        words = [w for w in range(first, last + 1) if starts[w] - begin < chosen.end]
        return chosen.level, words[-1]

    def _may_speak(self, found: Found, text: str) -> bool:
        """Whether a concept before the head still names the group: "violence levels", not "talks venue"."""
        after = text[found.end :].split()
        return bool(after) and after[0].strip(",.").lower() in self.line.words.hollow | self.line.words.rising

    def _head(self, first: int, end: int) -> int:
        nouns = [w for w in range(first, end + 1) if self.line.tag(w) in ("NOUN", "PROPN")]
        if self.line.is_noun_after_all(end):
            nouns.append(end)
        if not nouns:
            return end
        return nouns[-1] if self.line.words.head_last else nouns[0]

    def _is_hollow(self, first: int, end: int) -> bool:
        """Whether the group only says that something rises or falls, or is one of many: "the erosion of"."""
        words = self.line.words
        said = words.hollow | words.rising | words.falling | words.aims
        head = self._head(first, end)
        return bool({self.line.low(head), self.line.low(head).rstrip("s"), self.line.tree.lemmas[head]} & said)

    def _inside(self, first: int, end: int, last: int) -> tuple[tuple[Level, ...], int]:
        """What a hollow group is about, behind "of" or "between"; for "this process" what was spoken of before."""
        words = self.line.words
        after = self.line.low(end + 1)
        direction = self.concepts.direction(self._text(first, end))
        if end + 1 <= last and (after in words.of or self.line.tag(end + 1) == "ADP"):
            rest = self.levels(Stretch(end + 2, last))
            moved = tuple(replace(level, direction=level.direction * direction) for level in rest[:1])
            return (*moved, *rest[1:]), last
        if {self.line.low(w) for w in range(first, end + 1)} & words.pointers:
            known = self.memory.of_noun(self.line.low(self._head(first, end)))
            return (known,) if known else self.memory.point, end
        head = self._head(first, end)
        if self.line.low(head) in words.aims:
            return self.memory.point, end  # whoever attempts
        owned = any(self.line.tag(w) in ("NOUN", "PROPN") for w in range(first, end + 1) if w != head)
        level = self._free(first, end, last) if owned else None  # "the mission's role", not "a role"
        return ((level,) if level else ()), end

    def _pointed(self, first: int, end: int, as_object: bool) -> tuple[Level, ...]:
        said = {self.line.low(w) for w in range(first, end + 1)}
        if said & self.line.words.demonstratives:
            return self.memory.point
        if not said & self.line.words.pointers:
            return ()
        return self.memory.acted_on if as_object and self.memory.acted_on else self.memory.topic

    def _free(self, first: int, end: int, last: int) -> Level | None:
        """A level by its own words: the group, with what stands behind "of" where that is short."""
        line, words = self.line, self.line.words
        said = words.rising | words.falling | words.pointers | words.pronouns | words.unnamed
        kept = [w for w in range(first, end + 1) if self._counts(w) and line.low(w) not in said]
        head = self._head(first, end)
        if not kept or line.low(head) in words.no_levels:
            return None
        direction = self.concepts.direction(self._text(first, end))
        known = self._referred(first, kept, head)
        if known:
            return replace(known, direction=known.direction * direction)
        name = [*kept[:_MOST_WORDS], *self._complement(end + 1, last, _MOST_WORDS - len(kept))]
        return Level(" ".join(self._word(w) for w in name).replace("' ", "'").replace("’ ", "'"), direction)

    def _complement(self, of: int, last: int, most: int) -> list[int]:
        """The words of "of the border" behind a noun, where they are fewer than `most`; [] for none."""
        line = self.line
        if line.low(of) not in line.words.of or of >= last:
            return []
        tail = self._group_end(self._head_start(of + 1, last), last)
        words = [w for w in range(of + 1, tail + 1) if self._counts(w) or line.tag(w) == "DET"]
        return [of, *words] if 0 < sum(map(self._counts, words)) < most else []

    def _referred(self, first: int, kept: list[int], head: int) -> Level | None:
        """What a bare noun with its article was before ("the truces"), and with "this" also the end of a concept."""
        if len(kept) != 1 or self.line.tag(first) not in ("DET", "PRON"):
            return None
        named = self.memory.named.get(self.line.tree.lemmas[head])
        points = self.line.low(first) in self.line.words.pointers
        return named or (self.memory.of_noun(self.line.low(head)) if points else None)

    def _counts(self, word: int) -> bool:
        low = self.line.low(word)
        latin = all(ord(c) < 0x250 for c in low)
        return self.line.tag(word) in _NAMES and latin and any(c.isalpha() for c in low)

    def _word(self, word: int) -> str:
        parsed = self.line.tree.parsed
        text = self.line.tree.text[parsed.starts[word] : parsed.ends[word]]
        is_name = self.line.tag(word) == "PROPN" and (word > 0 or self.line.tag(word + 1) == "PROPN")
        return text if is_name else text.lower()

    def _next_member(self, end: int, last: int) -> int | None:
        """Where the next member of a list begins behind this word; "between A and B" and "both A and B" are one."""
        line = self.line
        for at in range(end + 1, last + 1):
            if line.low(at) in line.words.scope:
                return None
            if line.low(at) in line.words.joins or line.low(at) == ",":
                return at + 1
        return None

    def _text(self, first: int, last: int) -> str:
        parsed = self.line.tree.parsed
        last = min(last, len(self.line) - 1)
        return self.line.tree.text[parsed.starts[first] : parsed.ends[last]]
