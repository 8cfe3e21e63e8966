"""Whether several fronts are hit on the same days more often than their own rates explain. Public: SYNCHRONY,
fronts_of, clusters, NAMED."""

from faultline.measure.synchrony.fronts import NAMED, clusters, fronts_of
from faultline.measure.synchrony.measure import SYNCHRONY

__all__ = ["NAMED", "SYNCHRONY", "clusters", "fronts_of"]
