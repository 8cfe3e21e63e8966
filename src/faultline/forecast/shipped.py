"""The models that are shipped with the package: from bytes to what forecasts, and back. Invariant: what is read is
plain text, numbers and JSON, never code; every set says up to which month it learnt, from what, and how good it was.
"""

import gzip
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from faultline.forecast.boosted import Boosted
from faultline.forecast.learn import Forest, settings
from faultline.forecast.line import Line
from faultline.forecast.members import Models
from faultline.forecast.ours import Learnt
from faultline.measure.chance import Floats
from faultline.record import boosting
from faultline.record.months import month_number, month_text

if TYPE_CHECKING:
    import lightgbm

PLACE = "models"
_OCCURRENCE, _CENTRE, _SPREAD = "occurrence", "centre", "spread"
_LINE = ("centre", "spread", "left")
_NUMBERS, _CARD, _TRACK = "numbers.npz", "card.json", "track.npz"


@dataclass(frozen=True)
class Track:
    """How the same forecaster fared earlier: of `units` and `months` (numbers) the quantiles .05, .25, .5, .75, .95 and
    the mean, (units, months, 6), what came (units, months), its CRPS and that of the simple rule, by issue (months,).
    """

    units: tuple[str, ...]
    months: tuple[int, ...]
    issues: tuple[int, ...]
    spreads: Floats
    came: Floats
    crps: Floats
    baseline: Floats


@dataclass(frozen=True)
class Shipped:
    """One set of models: for which series, learnt up to which month (inclusive), with its card and record;
    `world` is the log of all deaths of the last twelve months that they saw, `around` by unit what went on next to it
    then (features of around.py)."""

    series: str
    until: int
    models: Models
    learnt: Learnt
    world: float
    around: Mapping[str, Floats]
    track: Track | None
    card: Mapping[str, Any]


@cache
def shipped(series: str) -> Shipped | None:
    """The models of the package for a series ("state_based"), None where it has none."""
    folder = files("faultline.forecast").joinpath(PLACE, series)
    if not folder.joinpath(_CARD).is_file():
        return None
    return unpacked({file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()})


def packed(one: Shipped) -> dict[str, bytes]:
    """The files of a set of models, by name."""
    learnt, line = one.learnt, one.models.line
    numbers = {
        **{_leaves(name): forest.values.astype(np.float16) for name, forest in one.models.forests.items()},
        "left of boosted": one.models.boosted.left.astype(np.float32),
        **{_part(name): getattr(line, name).astype(np.float32) for name in _LINE},
        "weights": learnt.weights,
        "levels": learnt.levels,
        "together": learnt.together,
        "most": np.array(learnt.most),
        "windows": np.array(learnt.windows),
        "world": np.array(one.world),
        "around": np.array(list(one.around.values()), np.float32),
        "around of": np.array(list(one.around)),
    }
    head = {"series": one.series, "until": month_text(one.until)}
    boosters = {
        **{name: forest.booster for name, forest in one.models.forests.items()},
        _OCCURRENCE: one.models.occurrence,
        _CENTRE: one.models.boosted.centre,
        _SPREAD: one.models.boosted.spread,
    }
    found = {
        **{_text(name): _squeezed(booster) for name, booster in boosters.items()},
        _NUMBERS: _saved(numbers),
        _CARD: json.dumps({**head, **one.card}, indent=1).encode() + b"\n",
    }
    return {**found, _TRACK: _saved(_flat(one.track))} if one.track else found


def unpacked(held: Mapping[str, bytes]) -> Shipped:
    """The set of models in those files."""
    names = tuple(settings()["forests"])
    with np.load(io.BytesIO(held[_NUMBERS]), allow_pickle=False) as numbers:
        leaves = {name: numbers[_leaves(name)].astype(float) for name in names}
        left = numbers["left of boosted"].astype(float)
        line = Line(*(numbers[_part(name)].astype(float) for name in _LINE))
        weights, levels, together = (numbers[name].astype(float) for name in ("weights", "levels", "together"))
        windows, world = tuple(int(window) for window in numbers["windows"]), float(numbers["world"])
        around = dict(zip((str(unit) for unit in numbers["around of"]), numbers["around"].astype(float), strict=True))
        learnt = Learnt(weights, levels, together, float(numbers["most"]), windows)
    forests = {name: Forest(_booster(held[_text(name)]), leaves[name]) for name in names}
    boosted = Boosted(_booster(held[_text(_CENTRE)]), _booster(held[_text(_SPREAD)]), left)
    models = Models(_booster(held[_text(_OCCURRENCE)]), forests, boosted, line)
    card = json.loads(held[_CARD])
    track = _track(held[_TRACK]) if _TRACK in held else None
    return Shipped(card["series"], month_number(card["until"]), models, learnt, world, around, track, card)


def _text(name: str) -> str:
    return f"{name.replace(' ', '-')}.txt.gz"


def _leaves(name: str) -> str:
    return f"leaves of {name}"


def _part(name: str) -> str:
    return f"line {name}"


def _booster(packed: bytes) -> "lightgbm.Booster":
    return boosting.read(gzip.decompress(packed).decode())


def _squeezed(booster: "lightgbm.Booster") -> bytes:
    return gzip.compress(boosting.written(booster).encode(), mtime=0)


def _saved(arrays: Mapping[str, Any]) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def _flat(track: Track) -> dict[str, Any]:
    arrays = {name: getattr(track, name).astype(np.float32) for name in ("spreads", "came", "crps", "baseline")}
    return {
        "units": np.array(track.units),
        "months": np.array(track.months),
        "issues": np.array(track.issues),
        **arrays,
    }


def _track(content: bytes) -> Track:
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        months, issues = (tuple(int(m) for m in held[name]) for name in ("months", "issues"))
        spreads, came, crps, baseline = (held[name].astype(float) for name in ("spreads", "came", "crps", "baseline"))
        return Track(tuple(str(unit) for unit in held["units"]), months, issues, spreads, came, crps, baseline)
