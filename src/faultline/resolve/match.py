"""Turns features of pairs into calibrated probabilities that both are one happening. Invariant: a probability depends
on the pairs given and the model, on nothing else; a model is text and carries what it was chosen by."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np

from faultline.record import boosting
from faultline.record.errors import InputError
from faultline.record.ids import content_id
from faultline.resolve.columns import Floats, Ints
from faultline.resolve.company import COMPANY, company
from faultline.resolve.pairs import FEATURES, Features

SHIPPED = "pairs.json"
UNLIKELY = 1e-4  # the probability of what the screen leaves out
SOME_DAYS, MANY_DAYS = 2, 10
FAR_KM, FAR_RADII = 30, 4
_SHARPEST = 1e-6  # no pair is surer than this lets it be


@dataclass(frozen=True)
class PairModel:
    """Three sets of boosted trees, as LightGBM writes them: a `screen` that drops what is plainly unlike (under
    `screen_at`), the `likeness` of a pair by itself, the `verdict` with its company. `calibration` as in
    `calibrated`, chosen on held-out folds; `contradiction` as in `doubted`. Groups merge from `threshold` on; from
    a margin of `sure` on (`certainty.Join`) a merge is shown as certain."""

    screen: str
    likeness: str
    verdict: str
    screen_at: float
    calibration: tuple[tuple[float, float], ...]
    threshold: float
    sure: float
    contradiction: float = 1.0

    @cached_property
    def name(self) -> str:
        """Names the model by its content."""
        return content_id(
            "pairs", self.screen, self.likeness, self.verdict, self.calibration, self.threshold, self.contradiction
        )

    def screened(self, features: Features) -> Floats:
        """The screen's likeness of each pair."""
        return _predict(self.screen, features)

    def alone(self, features: Features) -> Floats:
        """The likeness of each pair by itself; NaN for what the screen leaves out."""
        found = np.full(len(features), np.nan)
        kept = self.screened(features) > self.screen_at
        if kept.any():
            found[kept] = _predict(self.likeness, features[kept])
        return found

    def together(self, features: Features, company: Floats) -> Floats:
        """The probability of pairs that the screen kept, with their company."""
        verdict = _predict(self.verdict, np.column_stack([features, company]))
        return doubted(calibrated(verdict, self.calibration), features, self.contradiction)

    def probabilities(self, features: Features, size: int, a: Ints, b: Ints) -> Floats:
        """The probability of each pair of `size` rows (0 to 1); `features` as in pairs.features."""
        found, alone = np.full(len(a), UNLIKELY), self.alone(features)
        kept = ~np.isnan(alone)
        if kept.any():
            found[kept] = self.together(features[kept], company(size, a[kept], b[kept], alone[kept]))
        return found


def log_odds(probability: Floats) -> Floats:
    """Natural logarithm of the odds, finite at 0 and 1 too."""
    clipped = np.clip(probability, _SHARPEST, 1 - _SHARPEST)
    odds: Floats = np.log(clipped / (1 - clipped))
    return odds


def calibrated(raw: Floats, knots: tuple[tuple[float, float], ...]) -> Floats:
    """Probabilities from raw ones by straight lines between knots of log odds; beyond the last knots in parallel to
    what is given, so that the order of two pairs stays as it is."""
    given, found = (np.array(ends) for ends in zip(*knots, strict=True))
    odds = log_odds(raw)
    beyond = odds - np.clip(odds, given[0], given[-1])
    probabilities: Floats = 1 / (1 + np.exp(-(np.interp(odds, given, found) + beyond)))
    return probabilities


def doubted(probability: Floats, features: Features, contradiction: float) -> Floats:
    """Probabilities whose odds fall by `contradiction` where both sides give days that lie some days apart, further
    where these lie weeks apart, and where both give places far outside one another's radii. Coders err in days and
    places, but not so often that the trees of one collection may make light of them in another."""
    gap, km, radii = (features[:, FEATURES.index(name)] for name in ("gap", "km", "km_over_radii"))
    elsewhere = (km > FAR_KM) & (radii > FAR_RADII)
    weight = 1.0 * (gap > SOME_DAYS) + 0.5 * (gap > MANY_DAYS) + 0.75 * elsewhere
    odds = probability / (1 - probability) * contradiction**weight
    found: Floats = odds / (1 + odds)
    return found


def write_model(model: PairModel, card: Mapping[str, object]) -> str:
    """The model with its card as JSON text; the card says what it was trained on, with what figures."""
    parts = {key: getattr(model, key) for key in PairModel.__dataclass_fields__}
    return json.dumps({"card": card, "features": [*FEATURES, *COMPANY], **parts}, indent=1, sort_keys=True)


def read_model(text: str, where: str = SHIPPED) -> PairModel:
    """The model from its text. Raises InputError where it was trained on other features."""
    found = json.loads(text)
    if found.get("features") != [*FEATURES, *COMPANY]:
        raise InputError(where, "a model of other features", "the features of this version", "Train it again.")
    parts = {key: found[key] for key in PairModel.__dataclass_fields__ if key in found}
    return PairModel(**{**parts, "calibration": tuple((a, b) for a, b in parts["calibration"])})


@cache
def shipped_model() -> PairModel:
    """The model that comes with the package."""
    return read_model(files("faultline.resolve").joinpath("models", SHIPPED).read_text(encoding="utf-8"))


def _predict(text: str, features: Floats | Features) -> Floats:
    return boosting.predict(boosting.kept(text), features)
