"""How sure a claim and each of its slots are: probabilities from how they were read. Invariant: nothing but confidence
and the reason of the action changes; weights are fitted on hand-coded reports (models/confidence), none is set by hand.

A claim's confidence is the probability that it is rightly found: its kind, at these words. A slot's is the probability
that it is right, given that its claim is.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from math import exp
from pathlib import Path

from faultline.coding.draft import Draft, Filler
from faultline.coding.second import MODEL as SECOND_MODEL
from faultline.coding.second import Opinion, Second, label_of, load_second, words_of
from faultline.record.claim import Claim, Slot
from faultline.record.vocabulary import SlotName

MODEL = Path(__file__).parent / "models" / "confidence"
CLAIM = "claim"
RATED = frozenset(
    {SlotName.ACTION, SlotName.ACTOR, SlotName.RECIPIENT, SlotName.PLACE, SlotName.DAYS, SlotName.COUNT}
    | {SlotName.SPEAKER, SlotName.MODALITY}
)
SECOND = "a second reading"  # how the reason of an action begins to say that the classifier reads another one

Weights = Mapping[str, Mapping[str, float]]  # what is rated -> trait -> weight; the trait "" is the bias
_PARTIES = frozenset({SlotName.ACTOR, SlotName.RECIPIENT})
_SURELY = 3.89  # 0.98: nothing read by a machine is surer than this, nor than its opposite


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a claim beyond its record: the second opinion on its words (None for a claim without draft) and
    whether the parse has the actors and recipients where the rules have them: "agrees", "differs", "silent", ""."""

    opinion: Opinion | None = None
    parse: Mapping[SlotName, str] = field(default_factory=dict)


class Judge:
    """Sets the confidence of claims and slots."""

    def __init__(self, second: Second, weights: Weights) -> None:
        self.second, self.weights = second, weights

    def judged(self, claim: Claim, draft: Draft | None = None) -> Claim:
        """The claim with its confidences; an action that the second opinion reads otherwise says so in its reason."""
        seen = self._seen(claim, draft)
        common = traits_of_claim(claim, seen)
        slots = tuple(self._rated(slot, claim, seen) for slot in claim.slots)
        return replace(claim, slots=slots, confidence=self.probability(CLAIM, common))

    def probability(self, of: str, traits: Sequence[str]) -> float:
        """The probability that goes with traits of a claim or of a slot of that name; 0.02 to 0.98."""
        return round(chance(self.weights[of], traits), 3)

    def _rated(self, slot: Slot, claim: Claim, seen: Seen) -> Slot:
        if slot.name not in RATED:
            return slot
        confidence = self.probability(slot.name, traits_of_slot(slot, claim, seen))
        if slot.name == SlotName.ACTION and seen.opinion and seen.opinion.differs:
            other = f"{SECOND} says {seen.opinion.label} ({seen.opinion.probability:.2f})"
            return replace(slot, confidence=confidence, reason=f"{slot.reason}; {other}")
        return replace(slot, confidence=confidence)

    def _seen(self, claim: Claim, draft: Draft | None) -> Seen:
        if draft is None:
            return Seen()
        words = words_of(draft.line, draft.first, draft.last)
        return Seen(self.second.opinion(words, label_of(claim.kind, claim.action)), _parse_says(draft))


def chance(weights: Mapping[str, float], traits: Iterable[str]) -> float:
    """The probability that goes with traits that have these weights; a trait without one says nothing."""
    return chance_of(weights.get("", 0.0) + sum([weights[trait] for trait in traits if trait in weights]))


def chance_of(score: float) -> float:
    """The probability that goes with a sum of weights; 0.02 to 0.98."""
    return 1 / (1 + exp(-min(_SURELY, max(-_SURELY, score))))


@cache
def load_judge() -> Judge:
    """The judge with the shipped weights and the shipped second opinion."""
    return Judge(load_second(), json.loads((MODEL / "weights.json").read_text(encoding="utf-8")))


@cache
def models_digest() -> str:
    """Twelve hexadecimal digits over what second opinion and confidences are made of."""
    content = hashlib.sha256()
    for path in (SECOND_MODEL / "weights.npz", MODEL / "weights.json"):
        content.update(path.read_bytes())
    return content.hexdigest()[:12]


def traits_of_claim(claim: Claim, seen: Seen) -> list[str]:
    """What may tell a claim that is rightly found from one that is not."""
    action = next((slot for slot in claim.slots if slot.name == SlotName.ACTION), None)
    traits = [f"kind {claim.kind}", f"modality {claim.modality}", f"voice {claim.speaker.voice}", *_opinion(seen)]
    traits.append(f"frame {action.value}" if action else "no frame")
    traits.append(f"by {_family(action.rule)}" if action else "by system")
    traits.append(f"length {min(5, (claim.span.end - claim.span.start) // 40)}")
    filled: dict[SlotName, list[Slot]] = {}
    for slot in claim.slots:
        filled.setdefault(slot.name, []).append(slot)
    for name in (SlotName.ACTOR, SlotName.RECIPIENT, SlotName.PLACE, SlotName.DAYS, SlotName.COUNT):
        found = filled.get(name)
        traits.append(f"{name} {'none' if not found else _stands(found[0])}")
    return traits


def traits_of_slot(slot: Slot, claim: Claim, seen: Seen) -> list[str]:
    """What may tell a slot that is right from one that is not."""
    traits = [f"kind {claim.kind}", f"rule {_family(slot.rule)}", _stands(slot), *_opinion(seen)]
    traits.append(f"candidates {min(2, len(slot.candidates))}")
    traits.append("several" if sum(other.name == slot.name for other in claim.slots) > 1 else "alone")
    if slot.name in _PARTIES or slot.name == SlotName.PLACE:
        traits += [f"what {slot.reason}", f"parse {seen.parse.get(slot.name, '')}"]
    elif slot.name == SlotName.MODALITY:
        traits += [f"value {slot.value}", f"why {slot.reason}", f"voice {claim.speaker.voice}"]
    elif slot.name == SlotName.DAYS:
        traits += [f"precision {claim.days.precision}", f"why {slot.reason.split(' ')[0]}"]
    elif slot.name == SlotName.SPEAKER:
        traits.append(f"voice {claim.speaker.voice}")
    elif slot.name == SlotName.COUNT:
        traits.append(f"value {slot.value.split(' ')[0]}")
    else:
        traits.append(f"frame {slot.value}")
    return traits


def _opinion(seen: Seen) -> list[str]:
    """How likely the classifier finds the label of the rules, in five steps, and whether it would choose it."""
    if seen.opinion is None:
        return ["second none"]
    step = sum(seen.opinion.of_asked >= bound for bound in (0.1, 0.3, 0.6, 0.85))
    return [f"second {step}", "second differs" if seen.opinion.differs else "second agrees"]


def _stands(slot: Slot) -> str:
    return "inherited" if slot.inherited_from else "own"


@cache
def _family(rule: str) -> str:
    """A rule without the words of the text in it: "verb attack (active)" is "verb (active)"."""
    first, _, rest = rule.partition(" ")
    if first in ("verb", "noun", "participle", "pronoun", "harm", "toll"):
        return f"{first} {rest[rest.index('(') :]}" if rest.endswith(")") and "(" in rest else first
    return rule


def _parse_says(draft: Draft) -> dict[SlotName, str]:
    syntax, at = draft.line.syntax, draft.trigger
    if syntax is None:
        return {}
    acting, undergoing = {syntax.subject(at), syntax.agent(at)} - {-1}, {syntax.object(at), syntax.subject(at)} - {-1}
    return {
        SlotName.ACTOR: _compared(draft.actors, acting),
        SlotName.RECIPIENT: _compared(draft.recipients, undergoing),
    }


def _compared(fillers: Iterable[Filler], tokens: set[int]) -> str:
    own = [f.chunk for f in fillers if f.inherited is None]
    if not own:
        return ""
    if not tokens:
        return "silent"
    return "agrees" if any(c.first <= token < c.last for c in own for token in tokens) else "differs"
