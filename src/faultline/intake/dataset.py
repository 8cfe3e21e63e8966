"""What the parts of a row reader share: the reader's list of words, the layout of the table, who speaks, the names of
the case, and the doubts that were met. Invariant: a doubt is counted once for each row that has it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from faultline.intake.gazetteer import Gazetteer
from faultline.intake.layout import Layout


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table being read; `doubts` counts what was kept although the codebook does not have it."""

    words: Mapping[str, Any]
    layout: Layout
    source: str
    gazetteer: Gazetteer
    doubts: Counter[str] = field(default_factory=Counter)
