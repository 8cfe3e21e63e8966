"""The one room that knows every stage: turns a case folder into a built store, and a built store into answers.
Invariant: what is appended is whole, and building twice adds nothing.

A name is loaded when it is first used: who forecasts waits for no coder. What there is stands in `__init__.pyi`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
