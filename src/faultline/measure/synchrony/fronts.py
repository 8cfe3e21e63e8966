"""Turns places of events into fronts. Invariant: two events of one second-order unit are on one front; where units are
not given, events of one cluster no wider than the declared distance are."""

import numpy as np
import scipy

from faultline.measure.events import Events, Floats, Ints
from faultline.resolve.pairs import haversine

NAMED = 0.9  # share of rows with a second-order unit from which on units are fronts


def fronts_of(events: Events, front_km: float, by_unit: bool | None = None) -> tuple[Ints, str]:
    """A front's number for each event, -1 where the row says too little, and how fronts were told apart.

    `by_unit` True takes second-order units, False clusters whose members lie at most `front_km` apart; None takes units
    where at least 90 % of the rows have one. Rows known no finer than a region are on no front.
    """
    if by_unit is None:
        by_unit = len(events) > 0 and float(np.mean(events.admin2 != "")) >= NAMED
    if by_unit:
        return _by_unit(events), "second-order units"
    return _by_distance(events, front_km), f"clusters at most {front_km:g} km across"


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
    found[rows] = clusters(unique, front_km)[inverse.reshape(-1)]
    return found


def clusters(points: Floats, widest_km: float) -> Ints:
    """The cluster of each point (latitude, longitude in degrees), none of them wider than that."""
    if len(points) < 2:
        return np.zeros(len(points), np.int64)
    first, second = np.triu_indices(len(points), 1)  # all pairs, in the order that linkage asks for
    tree = scipy.cluster.hierarchy.linkage(haversine(points[first], points[second]), "complete")
    return np.asarray(scipy.cluster.hierarchy.fcluster(tree, widest_km, "distance") - 1, np.int64)
