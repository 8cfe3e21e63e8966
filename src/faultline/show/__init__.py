"""A case in a notebook: turns a case folder into tables (pandas or polars) and figures. Invariant: nothing leaves this
machine, nothing is changed, and every table says which day it is seen from."""

from faultline.show.notebook import Figure, Notebook, open_case

__all__ = ["Figure", "Notebook", "open_case"]
