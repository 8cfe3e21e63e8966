"""Weighs everybody whom a text names for the actors of a claim, beside those of the rules.
Invariant: nobody is added whom the text does not name; the weights (models/slots) were fitted on hand-coded reports."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from faultline.coding.cast import ACTOR, Cast
from faultline.coding.confidence import chance_of
from faultline.coding.draft import Draft, Filler
from faultline.coding.side_traits import Part, parts_of
from faultline.coding.slot_scene import Scene, Standing
from faultline.record.vocabulary import Kind

MODEL = Path(__file__).parent / "models" / "slots"
LEAST = 0.3  # the probability that takes a candidate; chosen on reports left out of the fitting
TEXT = 3  # sentences of a text in which there is something to weigh: what fewer tell is read by the rules alone
RULE = "weighed in the whole text"
_OWN_WORDS = (Kind.CONTROL, Kind.RELATION)  # who holds or who is tied is the claim itself: its words say it, or nobody
_KEPT = 100_000  # sums of parts, so that memory is bounded
Weights = Mapping[str, Mapping[str, float]]  # slot -> trait -> weight; the trait "" is the bias


class Chooser:
    """Chooses the actors of a claim."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._sums: dict[Part, float] = {}

    def chosen(self, draft: Draft, cast: Cast, speaker: Sequence[str]) -> list[Filler]:
        """Those whom the claim means: who is left of the rules' own, then whom the text names besides, and the case
        knows (a spokesman is nobody who fights); the draft stays as it is."""
        if cast.sentences < TEXT or draft.frame.kind in _OWN_WORDS:
            return draft.actors
        scene = Scene.of(draft, cast, speaker)
        taken = [s for s in scene.standings() if s.now or s.filler.chunk.ids]  # nobody else could be kept or brought
        found = [s for s in taken if self.weigh(s, scene) >= LEAST]
        kept = [f for f in scene.mine if any(s.now is f for s in found)]
        return [*kept, *(_brought(s) for s in found if s.now is None)]

    def weigh(self, standing: Standing, scene: Scene) -> float:
        """The probability that a claim means somebody."""
        return chance_of(self.weights[ACTOR].get("", 0.0) + sum(map(self._sum, parts_of(standing, scene))))

    def _sum(self, part: Part) -> float:
        """The weights of a part together; kept, since the same facts are met again and again."""
        found = self._sums.get(part)
        if found is None:
            write, facts = part
            weights = self.weights[ACTOR]
            found = sum(weights.get(trait, 0.0) for trait in write(*facts))
            if len(self._sums) < _KEPT:
                self._sums[part] = found
        return found


def _brought(standing: Standing) -> Filler:
    """A naming as the filler of a slot; inherited where it stands in another sentence."""
    naming = standing.nearest()
    own = naming.sentence == standing.sentence
    return replace(naming.filler, rule=RULE, inherited=None if own else naming.filler.span)


@cache
def load_chooser() -> Chooser:
    """The chooser with the shipped weights."""
    return Chooser(json.loads((MODEL / "weights.json").read_text(encoding="utf-8")))


@cache
def weights_digest() -> str:
    """Twelve hexadecimal digits over the shipped weights."""
    return hashlib.sha256((MODEL / "weights.json").read_bytes()).hexdigest()[:12]
