"""Scenarios and what they are drawn from: steps with ranges, assumed dynamics, outcomes by region and month. Invariant:
an assumption is a range with a reason, and no outcome is finer than a region and a month."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from faultline.record.days import Days


class StepForm(StrEnum):
    """What a scenario may suppose."""

    BACKER_LEAVES = "backer_leaves"
    FIGHTING_STOPS = "fighting_stops"  # between two coalitions
    CEASEFIRE = "ceasefire"  # in a region
    DYNAMICS_PERSIST = "dynamics_persist"  # "if current dynamics persist": nothing is changed


@dataclass(frozen=True, slots=True)
class Range:
    """What is believed of a number: anything between `low` and `high`, on a logarithmic scale where both are above
    zero."""

    low: float
    high: float


ONE = Range(1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One supposition over `days` (an open end lasts). `violence` multiplies the violence in the
    `regions` (everywhere where none is named), `changes_hands` the chance that a place changes hands there; `holds` is
    the chance that the step comes about at all. Where fighting stops, only violence between the `parties` is meant."""

    form: StepForm
    days: Days
    regions: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    violence: Range = ONE
    changes_hands: Range = ONE
    holds: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A labelled "if X then": its assumptions in words and its steps. Never scored, never drawn like a forecast."""

    name: str
    assumptions: tuple[str, ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class AssumedMark:
    """What one mark is assumed to do: events a month in the whole country, and how its violence is shared by regions
    (weights)."""

    name: str
    a_month: Range
    shares: tuple[tuple[str, float], ...] = ()
    parties: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Turns:
    """What turns something: the chance a week that it begins or changes, and how long it lasts in days."""

    a_week: Range
    days: Range = ONE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AssumedModel:
    """model.yaml: what is assumed where nothing was fitted. `own` is how many events one brings about, `lag` after how
    many days, `size` how far counts are from Poisson's; `lost` and `regained` the turns of a place, `unrest` how many
    times likelier a place changes hands after violence in it, `at_place` the share of its region's violence that a
    followed place has; blockades of a place, restrictions in the capital; `reporting` after how many days an event is
    in the table."""

    marks: tuple[AssumedMark, ...] = ()
    own: Range = Range(0.1, 0.5)
    lag: Range = Range(3.0, 14.0)
    size: Range = Range(0.5, 3.0)
    lost: Turns | None = None
    regained: Turns | None = None
    unrest: Range = ONE
    at_place: float = 0.05
    blockade: Turns | None = None
    restriction: Turns | None = None
    reporting: Range | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """One outcome of many paths: `middle`, `low` and `high` (90 %) and the mean of `outcome` in a region and month, by
    mark where it has one; `any` the share of paths with at least one. `base_...` are those of the paths without the
    scenario, `more` the share of pairs of paths in which the scenario has more (ties count half), None without one."""

    outcome: str
    unit: str
    region: str
    month: str  # YYYY-MM, "" for the whole time
    subject: str
    mean: float
    low: float
    middle: float
    high: float
    any: float
    base_mean: float | None = None
    more: float | None = None
    base_low: float | None = None
    base_middle: float | None = None
    base_high: float | None = None


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a simulation says. `basis` is what it was drawn from, `label` how it must be read, `refused` the blocks of
    terms that the counts did not bear with their figures, `fitted` the memory terms with their intervals, `checks` the
    fit on what it was not fitted to; the last day of input is `issue`."""

    case: str
    issue: date
    weeks: int
    paths: int
    seed: int
    basis: str
    label: str
    scenario: str = ""
    assumptions: tuple[str, ...] = ()
    admitted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    rows: tuple[Outlook, ...] = ()
    warnings: tuple[str, ...] = ()
    fitted: tuple[str, ...] = ()
