"""Says whether a circle of arrows stands beside a level of each mark's own. Invariant: what is called a loop here is
called one by the measure of feedback too, on the country's counts by day.

The coupled model knows a mark's level by the past alone, as a forecast has to; so a rate that changes for each mark by
itself can pass for marks that bring each other about. In the measure the level bends every quarter, by the days before
and after.
"""

import numpy as np

from faultline.measure.feedback.find import SHORTEST
from faultline.measure.feedback.judge import Draws, judge
from faultline.measure.feedback.marks import LEAST
from faultline.measure.feedback.model import LAGS, Plan, profile_lag
from faultline.model.cells import Cells


def stands(cells: Cells, chance: np.random.Generator) -> bool:
    """Whether the measure calls a loop of the marks with enough events; False for a table too short for it."""
    counts = cells.counts.sum(axis=1)
    kept = counts[:, counts.sum(axis=0) >= LEAST]
    if len(kept) < SHORTEST or kept.shape[1] < 2:
        return False
    lag, _ = profile_lag(kept, Plan(), LAGS)
    return judge(kept, Plan(lag=lag), Draws(), chance).loop
