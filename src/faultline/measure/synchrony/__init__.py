"""Whether several fronts are hit on the same days more often than their own rates explain. Public: SYNCHRONY,
fronts_of."""

from faultline.measure.synchrony.fronts import fronts_of
from faultline.measure.synchrony.measure import SYNCHRONY

__all__ = ["SYNCHRONY", "fronts_of"]
