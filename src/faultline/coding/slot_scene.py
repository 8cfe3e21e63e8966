"""Turns a draft and the cast of its text into candidates for its actors, each with where it stands. Invariant: a draft
is only looked at; a candidate is of the text, or was put into the draft by a rule."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from faultline.coding.cast import Cast, Key, Naming, key_of
from faultline.coding.draft import Draft, Filler
from faultline.coding.known import Known

Told = tuple[str, tuple[str, str, str], str, bool]  # deed; kind, frame and subtype; rule; whether with tolls


@dataclass(frozen=True)
class Standing:
    """A candidate: who it is, where the text names it, the rules' filler among actors and among recipients (None where
    there is none), and the sentence of the draft."""

    key: Key
    named: Sequence[Naming]
    now: Filler | None
    other: Filler | None
    sentence: int

    @property
    def filler(self) -> Filler:
        """The first naming."""
        return self.named[0].filler

    @cached_property
    def here(self) -> list[Naming]:
        """The namings in the draft's own sentence."""
        return [n for n in self.named if n.sentence == self.sentence]

    def nearest(self) -> Naming:
        """The naming in the draft's sentence, else the last before, else the first after."""
        before = [n for n in self.named if n.sentence <= self.sentence]
        return (self.here or before[-1:] or list(self.named))[0]


@dataclass(frozen=True)
class Scene:
    """A draft with everybody who may have done it. `mine` are the rules' actors, `theirs` their recipients; `speaker`
    the ids of who says it."""

    draft: Draft
    cast: Cast
    speaker: Sequence[str]
    mine: Sequence[Filler]
    theirs: Sequence[Filler]

    @classmethod
    def of(cls, draft: Draft, cast: Cast, speaker: Sequence[str]) -> "Scene":
        """The scene of a draft."""
        return cls(draft, cast, speaker, list(draft.actors), list(draft.recipients))

    @property
    def known(self) -> Known:
        """What the case knows."""
        return self.cast.known

    @cached_property
    def named(self) -> dict[Key, list[Naming]]:
        """Everybody whom the text names, and whom only the rules have."""
        found = dict(self.cast.people)
        for filler in (*self.mine, *self.theirs):
            if key := key_of(filler):
                found.setdefault(key, [Naming(self.draft.sentence, filler)])
        return found

    @cached_property
    def ranks(self) -> dict[Key, int]:
        """Who is named how often: 0 for the most often named; people without a name have none."""
        met = [k for k in self.named if k[0] in ("id", "label")]
        often = sorted(met, key=lambda k: (-len(self.named[k]), self.named[k][0].sentence))
        return {key: n for n, key in enumerate(often)}

    @cached_property
    def kinds(self) -> Counter[str]:
        """How many candidates there are of each kind."""
        return Counter(kind_of(key, named[0].filler, self.known) for key, named in self.named.items())

    @cached_property
    def parties(self) -> int:
        """How many who fight the text names."""
        return sum(key[0] == "id" and self.known.fights(key[1]) for key in self.named)

    @cached_property
    def whom(self) -> str:
        """What the first of the rules' is, "nobody" for none."""
        return kind_of(key_of(self.mine[0]), self.mine[0], self.known) if self.mine else "nobody"

    @cached_property
    def deed(self) -> str:
        """The action, or the kind of what is no happening."""
        return str(self.draft.frame.action or self.draft.frame.kind)

    @cached_property
    def filled(self) -> str:
        """Whether the rules have anybody, and anybody by name."""
        return "empty" if not self.mine else "filled" if any(f.chunk.ids for f in self.mine) else "generic"

    @cached_property
    def told(self) -> Told:
        """What is done: deed; kind, frame and subtype; the rule that reads it; whether it has tolls."""
        draft = self.draft
        of_frame = (f"{draft.frame.kind}", draft.frame.id, draft.subtype or draft.frame.subtype)
        return self.deed, of_frame, draft.rule, bool(draft.tolls)

    def standings(self) -> list[Standing]:
        """The candidates, in the order in which the text names them; where the claim's words say who, only those of its
        sentence."""
        mine, theirs = [(key_of(f), f) for f in self.mine], [(key_of(f), f) for f in self.theirs]
        at, settled = self.draft.sentence, any(f.chunk.ids and f.inherited is None for f in self.mine)
        return [
            Standing(
                key,
                named,
                next((f for k, f in mine if k == key), None),
                next((f for k, f in theirs if k == key), None),
                self.draft.sentence,
            )
            for key, named in self.named.items()
            if not settled or any(key == k for k, _ in mine) or any(n.sentence == at for n in named)
        ]

    def where(self, standing: Standing) -> str:
        """Where the candidate stands, seen from the draft."""
        draft = self.draft
        if here := standing.here:
            first = min((n.filler.chunk.first for n in here), key=lambda at: abs(at - draft.trigger))
            inside = any(draft.first <= n.filler.chunk.first < draft.last for n in here)
            return ("span" if inside else "sentence") + (" before" if first < draft.trigger else " after")
        before = [n.sentence for n in standing.named if n.sentence < draft.sentence]
        if before:
            return f"{min(3, draft.sentence - before[-1])} before"
        return f"{min(2, standing.named[0].sentence - draft.sentence)} after"

    def steps(self, standing: Standing) -> int:
        """How far the candidate stands from the trigger in the parse, at most 5; -1 where it stands elsewhere."""
        chunks = [n.filler.chunk for n in standing.here]
        if not chunks:
            return -1
        syntax, trigger = self.draft.line.syntax, self.draft.trigger
        nearest = min(chunks, key=lambda c: abs(c.first - trigger))
        return min(5, syntax.distance(trigger, nearest.last - 1)) if syntax else 5


def kind_of(key: Key, filler: Filler, known: Known) -> str:
    """What somebody or some place is: the kind of an actor, a class of people, a region or a spot; at home, abroad."""
    chunk = filler.chunk
    if key and key[0] == "id" and key[1] in known.actors:
        return f"{'home ' if known.at_home(key[1]) else ''}{known.actors[key[1]].kind.value}"
    if chunk.kind in ("country", "capital", "place"):
        land = "" if not chunk.country else " home" if chunk.country == known.home else " abroad"
        return f"{'region' if 'region' in chunk.classes else chunk.kind}{land}"
    return f"group {chunk.group}" if key and key[0] == "group" else chunk.kind


def rule_of(filler: Filler) -> str:
    """The rule that filled a slot, without the words of the text."""
    rule = "pronoun" + filler.rule[7:].partition(",")[2] if filler.rule.startswith("pronoun ") else filler.rule
    return f"{rule}{' inherited' if filler.inherited else ''}"
