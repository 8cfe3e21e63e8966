from .every import MEASURES
from .form import Measure, run
from .sight import Sight, names_of_country, see, see_table

__all__ = ["MEASURES", "Measure", "Sight", "names_of_country", "run", "see", "see_table"]
