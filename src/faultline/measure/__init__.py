"""Measures of the mechanisms by which a conflict turns systemic, each against a null model.

Public: MEASURES, run, see, see_table, names_of_country. Each is loaded when first used, so that who needs one file
of the room does not wait for all (`__init__.pyi` says what there is).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
