"""Turns a kind of claim into its word, meaning and mark. Invariant: every kind of the vocabulary has one."""

from dataclasses import dataclass
from functools import cache

from faultline.record.packaged import packaged
from faultline.record.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class KindStyle:
    """How a kind is shown: `label` for one, `plural` for many, `mark` an SVG path in a 16 x 16 box."""

    kind: Kind
    label: str
    plural: str
    meaning: str
    mark: str


@cache
def kind_styles() -> dict[str, KindStyle]:
    """Every kind by its code, in the order of the vocabulary."""
    table = packaged("faultline.publish", "kinds.yaml")
    return {kind.value: KindStyle(kind=kind, **table[kind.value]) for kind in Kind}
