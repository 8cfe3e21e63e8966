"""LightGBM, one call at a time. Invariant: no two threads of a process are inside the library together, and each call
uses one thread.

Its number of threads and the buffers sized by it belong to the process: one thread that fits while another predicts has
ended a test run with a segmentation fault, and contributions are not safe to ask for from two threads (LightGBM issue
5482). The desk answers requests, builds and forecasts from several threads."""

import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import lightgbm

_INSIDE = RLock()
_TABLES = "pandas"

Table = npt.NDArray[np.floating[Any]]


def train(how: Mapping[str, Any], given: Table, came: Table, weight: Table, rounds: int) -> "lightgbm.Booster":
    """Trees for what `came` (rows,) of `given` (rows, features), `weight` (rows,); `how` are LightGBM's parameters. The
    same trees on every machine."""
    with _INSIDE:
        library = _library()
        # One thread: the trees are small, and threads that wait for each other cost more than they save.
        same = {"verbosity": -1, "num_threads": 1, "deterministic": True, "force_row_wise": True}
        found: lightgbm.Booster = library.train({**same, **how}, library.Dataset(given, came, weight=weight), rounds)
        return found


def read(text: str) -> "lightgbm.Booster":
    """The booster of LightGBM's own text form. Raises lightgbm.basic.LightGBMError where it is none."""
    with _INSIDE:
        found: lightgbm.Booster = _library().Booster(model_str=text)
        return found


@cache
def _library() -> ModuleType:
    """LightGBM, which only a model should cost: the table library that it would load to take its tables costs twice as
    much as LightGBM itself, and arrays are all that is handed over here."""
    unread = _TABLES not in sys.modules
    if unread:
        sys.modules[_TABLES] = None  # type: ignore[assignment]
    try:
        return import_module("lightgbm")
    finally:
        if unread:
            del sys.modules[_TABLES]


@cache
def kept(text: str) -> "lightgbm.Booster":
    """The same, read once a process."""
    return read(text)


def written(booster: "lightgbm.Booster") -> str:
    """LightGBM's own text form."""
    with _INSIDE:
        return str(booster.model_to_string())


def predict(booster: "lightgbm.Booster", given: Table) -> npt.NDArray[np.float64]:
    """What the trees say of each row, (rows,)."""
    return _asked(booster, given)


def leaves(booster: "lightgbm.Booster", given: Table) -> npt.NDArray[np.int64]:
    """The number of the leaf each row falls into, (rows, trees)."""
    return _asked(booster, given, pred_leaf=True).astype(np.int64)


def contributions(booster: "lightgbm.Booster", given: Table) -> npt.NDArray[np.float64]:
    """What each feature adds to what the trees say of a row, then the base: (rows, features + 1) (TreeSHAP)."""
    return _asked(booster, given, pred_contrib=True)


def _asked(booster: "lightgbm.Booster", given: Table, **what: bool) -> npt.NDArray[np.float64]:
    with _INSIDE:
        return np.asarray(booster.predict(given, num_threads=1, **what), dtype=np.float64)
