"""The nouns of analysis: frames, panels, measures, assertions, forecasts, scenarios, scores, expectations.
Invariant: a number carries its unit, window and source."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from faultline.record.days import Days


@dataclass(frozen=True, slots=True)
class Frame:
    """What a panel is a sample of: source, unit, period and whether it is systematic. No rate without one."""

    id: str
    source: str
    unit: str
    days: Days = Days()
    systematic: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that a source publishes for a unit and a period ("deaths in Mali in 2026-03"), with the day on which
    it became public; `provisional` as the source says."""

    series: str
    unit: str
    days: Days
    value: float
    source: str
    published: Days = Days()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Units x periods table of counts: `counts[u][t]` for `units[u]` in `periods[t]`, in the unit of its frame."""

    frame: Frame
    units: tuple[str, ...]
    periods: tuple[Days, ...]
    counts: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure found: the statistic with its unit and window against its null, or why there is none.

    `name` says which statistic of the measure, `subject` of whom or where; `null` is what the null model expects; `low`
    and `high` bound 90 % of it where the null is drawn, else of the statistic, as `interval` says; `n` is the number of
    events or transitions that it rests on; `settings` reads "window=3 days; bin=14 days".
    """

    measure: str
    statistic: float | None
    unit: str
    window: Days
    null_model: str = ""
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    claims: tuple[str, ...] = ()
    verdict: str = ""  # "not enough data", "not a sample", ...
    name: str = ""
    subject: str = ""
    null: float | None = None
    interval: str = ""  # "90 % of the null", "90 % of the statistic", ""
    n: int = 0
    settings: str = ""
    frame: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is forecast: a count of something for a unit over a period of `months`."""

    name: str
    unit: str
    months: int = 1


@dataclass(frozen=True, slots=True)
class Forecast:
    """A scored distribution: draws of an outcome, from input up to `issue` (inclusive), `horizon` months ahead."""

    outcome: Outcome
    forecaster: str
    issue: date
    horizon: int
    draws: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A forecaster's mean score over the units and months of a stratum in a window; lower is better (a coverage or a
    share of PIT is best at what it promises).

    `difference` is the value less that of the forecaster `against`; `low` and `high` bound the middle 90 % of the
    difference when whole units are drawn again, None where there is nothing to compare. `n` is the number of units and
    months. `goal` says what was declared beforehand, `met` whether it holds (None: no goal).
    """

    name: str
    forecaster: str
    value: float
    window: Days
    low: float | None = None
    high: float | None = None
    stratum: str = "all"
    n: int = 0
    against: str = ""
    difference: float | None = None
    goal: str = ""
    met: bool | None = None


class ExpectationForm(StrEnum):
    """The five forms of an expectation."""

    HOLDS = "holds"
    IN_FORCE = "in_force"
    EXISTS = "exists"
    TIE = "tie"
    SAYS = "says"


@dataclass(frozen=True, slots=True)
class Expectation:
    """A dated fact that a case file demands of every build; `stage` names the stage that answers it and `where` the
    line of the file that demands it; `gap` says why it is known to fail, "" where it must not."""

    form: ExpectationForm
    day: date
    subject: str
    value: str
    stage: str
    source: str
    note: str = ""
    where: str = ""
    gap: str = ""

    def __str__(self) -> str:
        return f"{self.day} {self.subject} {self.form} {self.value}"


class CheckState(StrEnum):
    """What became of an expectation."""

    PASSED = "passed"
    FAILED = "failed"
    GAP = "known gap"  # it fails, and the case says what stands between the record and the fact
    PENDING = "pending"  # the stage that answers it is not built, or its day lies after the day of the question


@dataclass(frozen=True, slots=True)
class Checked:
    """An expectation with its answer: what was found, and where it failed what was demanded and the way out.

    `known_from` is the last possible day on which what answers was published, None where nobody says. `hindsight` is
    set where the case file answers with what was not known on the expectation's day.
    """

    expectation: Expectation
    state: CheckState
    got: str = ""
    expected: str = ""
    way_out: str = ""
    known_from: date | None = None
    hindsight: bool = False
