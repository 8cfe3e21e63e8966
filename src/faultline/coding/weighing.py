"""Weighs everybody and every place that a text names for the actors and places of a claim, beside those of the rules.
Invariant: nobody is added whom the text does not name; the weights (models/slots) were fitted on hand-coded reports."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from faultline.coding.cast import ACTOR, PLACE, Cast
from faultline.coding.confidence import chance
from faultline.coding.draft import Draft, Filler
from faultline.coding.place_traits import place_traits
from faultline.coding.side_traits import side_traits
from faultline.coding.slot_scene import Scene, Standing
from faultline.coding.story import coarse

MODEL = Path(__file__).parent / "models" / "slots"
LEAST = 0.3  # the probability that takes a candidate; chosen on reports left out of the fitting
TEXT = 3  # sentences of a text in which there is something to weigh: what fewer tell is read by the rules alone
RULE = "weighed in the whole text"
Weights = Mapping[str, Mapping[str, float]]  # slot -> trait -> weight; the trait "" is the bias


class Chooser:
    """Chooses the actors and places of a claim."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def chosen(self, draft: Draft, cast: Cast, speaker: Sequence[str]) -> dict[str, list[Filler]]:
        """Slot -> those whom the claim means, best first by the words of the text; the draft stays as it is."""
        if cast.sentences < TEXT:
            return {ACTOR: draft.actors, PLACE: draft.places}
        return {slot: self._of(slot, Scene.of(slot, draft, cast, speaker)) for slot in (ACTOR, PLACE)}

    def _of(self, slot: str, scene: Scene) -> list[Filler]:
        found = [s for s in scene.standings() if self.weigh(slot, s, scene) >= LEAST]
        kept = [f for f in scene.mine if any(s.now is f for s in found)]
        more = [_brought(s) for s in found if s.now is None]
        return [*kept, *(_fitting(more, kept) if slot == PLACE else more)]

    def weigh(self, slot: str, standing: Standing, scene: Scene) -> float:
        """The probability that a claim means somebody or some place."""
        return chance(self.weights[slot], traits_of(slot, standing, scene))


def traits_of(slot: str, standing: Standing, scene: Scene) -> list[str]:
    """What may tell whom a claim means from whom it does not."""
    return (place_traits if slot == PLACE else side_traits)(standing, scene)


def _fitting(more: Sequence[Filler], kept: Sequence[Filler]) -> list[Filler]:
    """Places that may stand beside those of the rules: of their own sentence, and no region that holds a spot."""
    spots = any(not coarse(f.chunk) for f in (*more, *kept))
    near = [f for f in more if f.inherited is None or not kept]
    return [f for f in near if not (spots and coarse(f.chunk))]


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
