"""Measures of the mechanisms by which a conflict turns systemic, each against a null model. Public: MEASURES, run, see,
see_table."""

from faultline.measure.form import Measure, run
from faultline.measure.sight import Sight, see, see_table

MEASURES: tuple[Measure, ...] = ()

__all__ = ["MEASURES", "Measure", "Sight", "run", "see", "see_table"]
