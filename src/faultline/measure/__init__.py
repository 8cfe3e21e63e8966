"""Measures of the mechanisms by which a conflict turns systemic, each against a null model. Public: MEASURES, run, see,
see_table, names_of_country."""

from faultline.measure.form import Measure, run
from faultline.measure.sight import Sight, names_of_country, see, see_table

MEASURES: tuple[Measure, ...] = ()

__all__ = ["MEASURES", "Measure", "Sight", "names_of_country", "run", "see", "see_table"]
