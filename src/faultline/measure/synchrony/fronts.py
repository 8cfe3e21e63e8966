"""Turns places of events into fronts. Invariant: two events of one second-order unit are on one front; where units are
not given, events of one cluster no wider than the declared distance are."""

import numpy as np
import numpy.typing as npt
import scipy

from faultline.measure.events import Events, Ints

_NAMED = 0.9  # share of rows with a second-order unit from which on units are fronts
_EARTH_KM = 6371.0


def fronts_of(events: Events, front_km: float, by_unit: bool | None = None) -> tuple[Ints, str]:
    """A front's number for each event, -1 where the row says too little, and how fronts were told apart.

    `by_unit` True takes second-order units, False clusters whose members lie at most `front_km` apart; None takes units
    where at least 90 % of the rows have one. Rows known no finer than a region are on no front.
    """
    if by_unit is None:
        by_unit = len(events) > 0 and float(np.mean(events.admin2 != "")) >= _NAMED
    if by_unit:
        return _by_unit(events), "second-order units"
    return _by_distance(events, front_km), f"clusters at most {front_km:g} km across"


def distances_km(latitude: npt.NDArray[np.float64], longitude: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Great-circle distances between all pairs of points, in the condensed order of scipy's pdist."""
    first, second = np.triu_indices(len(latitude), 1)
    north, east = np.radians(latitude), np.radians(longitude)
    half = np.sin((north[first] - north[second]) / 2) ** 2
    half += np.cos(north[first]) * np.cos(north[second]) * np.sin((east[first] - east[second]) / 2) ** 2
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))), np.float64)


def _by_unit(events: Events) -> Ints:
    names = np.char.add(np.char.add(events.admin1, "/"), events.admin2)
    _, numbers = np.unique(names, return_inverse=True)
    return np.where((events.admin2 != "") & events.located, numbers, -1).astype(np.int64)


def _by_distance(events: Events, front_km: float) -> Ints:
    """Complete linkage: no cluster is wider than the distance, so that a chain of villages is not one front."""
    found = np.full(len(events), -1, np.int64)
    rows = np.flatnonzero(events.located)
    points = np.stack([events.latitude[rows], events.longitude[rows]], axis=1).round(2).astype(np.float64)
    unique, inverse = np.unique(points, axis=0, return_inverse=True)
    if len(unique) > 1:
        tree = scipy.cluster.hierarchy.linkage(distances_km(unique[:, 0], unique[:, 1]), "complete")
        labels = scipy.cluster.hierarchy.fcluster(tree, front_km, "distance") - 1
    else:
        labels = np.zeros(len(unique), np.int64)
    found[rows] = labels[inverse.reshape(-1)]
    return found
