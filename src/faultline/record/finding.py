"""What one mechanism shows: measured rows, what was described in words, curves for its figure, warnings. Invariant: a
number keeps its null, its window and the claims that it rests on; what is described keeps its claims."""

from dataclasses import dataclass

from faultline.record.analysis import Measured
from faultline.record.days import Days


@dataclass(frozen=True, slots=True)
class Curve:
    """A line, bars, steps or a band of a figure: `x` are ISO days or numbers as text, `y` None is a gap; `low` and
    `high` are as long as `y`, or empty. Curves of one `panel` are drawn together, those of none by their unit."""

    name: str
    form: str  # "line", "bar", "step", "band", "point"
    x: tuple[str, ...]
    y: tuple[float | None, ...]
    unit: str = ""
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    panel: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is described and not measured: a bout, a rung, a departure, with its claims (or addresses) and who
    stands behind it."""

    text: str
    days: Days = Days()
    claims: tuple[str, ...] = ()
    subject: str = ""
    form: str = ""  # what it is an instance of: "agreement", "withdrawal", "substitution", ...


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of one measure. `rows` come first in tables; `sensitivity` repeats them under other settings;
    `summary` is one plain sentence that never says more than the rows; `definition`, `null_model`, `needs` (the least
    data), `misread` and `reference` are those of the measure."""

    measure: str
    question: str
    summary: str
    rows: tuple[Measured, ...] = ()
    told: tuple[Told, ...] = ()
    sensitivity: tuple[Measured, ...] = ()
    curves: tuple[Curve, ...] = ()
    warnings: tuple[str, ...] = ()
    frame: str = ""  # id of the systematic frame that it ran on, "" for the curated record
    definition: str = ""
    null_model: str = ""
    needs: str = ""
    misread: str = ""
    reference: str = ""
