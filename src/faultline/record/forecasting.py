"""The nouns of a forecast for a case: chances, what drives them, how earlier ones fared. Invariant: a chance is a
number first and a word second, and no word of likelihood is mixed with one of confidence."""

from dataclasses import dataclass
from datetime import date

from faultline.record.analysis import Outcome
from faultline.record.days import Days

# Office of the Director of National Intelligence, ICD 203 (2015), table of likelihood: upper end of each word.
_LIKELIHOOD = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
)


def likelihood(probability: float) -> str:
    """The word that ICD 203 defines for a probability: "very unlikely" for .05 to .20; a border takes the upper."""
    return next((word for end, word in _LIKELIHOOD if probability < end), "almost certain")


def likelihood_scale() -> str:
    """The words with the probabilities for which they stand: "almost no chance under .05, very unlikely under .20"."""
    ends = [f"{word} under {f'{end:.2f}'.lstrip('0')}" for end, word in _LIKELIHOOD]
    return f"{', '.join(ends)}, almost certain from there on"


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution in short: its mean and the quantiles .05, .25, .5, .75 and .95."""

    mean: float
    q05: float
    q25: float
    q50: float
    q75: float
    q95: float


@dataclass(frozen=True, slots=True)
class Chance:
    """The probability that an outcome is at least `least`, its ICD 203 word, and what the simple rule says of it."""

    least: int
    probability: float
    words: str
    baseline: float


@dataclass(frozen=True, slots=True)
class Driver:
    """A group of features: by how much it moves the log odds of any death, and the log of the number where there are
    some, away from the mean of all units; `words` says what it holds."""

    group: str
    words: str
    any_death: float
    how_many: float


@dataclass(frozen=True, slots=True)
class Step:
    """One outcome of a forecast: a month, or the sum of several. `months` are its days, `ahead` how far its last month
    lies after the issue; `baseline` is the simple rule's."""

    outcome: Outcome
    months: Days
    ahead: int
    spread: Spread
    chances: tuple[Chance, ...]
    baseline: Spread


@dataclass(frozen=True, slots=True)
class Fared:
    """How an earlier forecast for the same unit fared: mean CRPS of its months beside the simple rule's, how many of
    them lay in the central 90 %; `spreads` and `came` by month, for a figure."""

    issue: date
    months: Days
    n: int
    covered: int
    crps: float
    baseline: float
    spreads: tuple[Spread, ...]
    came: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CaseForecast:
    """A forecast for one unit of a case, with input to `issue` (inclusive); not a scenario.

    `forecaster` made it, for the reason `why`; `baseline` names the simple rule beside it. `past` are the last months
    of input, first to last, of which `provisional` will still change. `drivers` is empty where nothing was learnt.
    """

    series: str
    unit: str
    issue: date
    forecaster: str
    why: str
    baseline: str
    steps: tuple[Step, ...]
    drivers: tuple[Driver, ...]
    fared: tuple[Fared, ...]
    past: tuple[float, ...]
    provisional: int
    frame: str
    notes: tuple[str, ...] = ()
