"""The simple rules that a forecast has to beat, as forecasters like any other. Invariant: each looks at nothing but the
unit's own past; every month of the window gets the same distribution."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from faultline.forecast.form import Asked, Forecaster
from faultline.forecast.outcomes import Monthly
from faultline.measure.chance import Floats, Ints

YEAR = 12
LONG = 60


@dataclass(frozen=True)
class Rule:
    """A forecaster whose `make` turns the past of the rows asked for, (rows, months), into (rows, draws)."""

    name: str
    what: str
    make: Callable[[Floats, int, np.random.Generator], Floats]

    def issue(self, table: Monthly, asked: Asked, chance: np.random.Generator) -> Floats:
        """The same draws for every horizon."""
        drawn = self.make(table.deaths[asked.rows], asked.draws, chance)
        return np.repeat(drawn[:, None, :], len(asked.horizons), axis=1)

    def together(self, table: Monthly, rows: Ints) -> Floats:
        """A rule knows nothing from month to month."""
        return np.zeros(len(rows))


def _zero(past: Floats, draws: int, chance: np.random.Generator) -> Floats:
    return np.zeros((len(past), draws))


def _last(past: Floats, draws: int, chance: np.random.Generator) -> Floats:
    return np.repeat(past[:, -1:], draws, axis=1)


def _last_poisson(past: Floats, draws: int, chance: np.random.Generator) -> Floats:
    return chance.poisson(past[:, -1:], (len(past), draws)).astype(float)


def _drawn_from(months: int) -> Callable[[Floats, int, np.random.Generator], Floats]:
    def make(past: Floats, draws: int, chance: np.random.Generator) -> Floats:
        recent = past[:, -months:]
        return np.take_along_axis(recent, chance.integers(0, recent.shape[1], (len(past), draws)), axis=1)

    return make


def _stretched(past: Floats, draws: int, chance: np.random.Generator) -> Floats:
    """Fourier resampling of the twelve months; what is below zero becomes zero: the series of a jump overshoots."""
    waves = np.fft.rfft(past[:, -YEAR:], axis=1)
    kept = np.zeros((len(past), draws // 2 + 1), complex)
    shared = min(waves.shape[1], kept.shape[1])
    kept[:, :shared] = waves[:, :shared]
    if draws > YEAR:
        kept[:, YEAR // 2] /= 2  # the highest wave of an even number of months stood for two
    elif draws < YEAR and draws % 2 == 0:
        kept[:, draws // 2] *= 2
    return np.asarray(np.maximum(np.fft.irfft(kept, draws, axis=1) * draws / past[:, -YEAR:].shape[1], 0.0))


def _moments(past: Floats, draws: int, chance: np.random.Generator) -> Floats:
    """Poisson where the twelve months vary no more than one."""
    mean, variance = past[:, -YEAR:].mean(axis=1), past[:, -YEAR:].var(axis=1, ddof=1)
    rate = np.repeat(mean[:, None], draws, axis=1)
    wide = variance > mean
    size = mean[wide] ** 2 / (variance[wide] - mean[wide])
    rate[wide] = chance.gamma(size[:, None], (mean[wide] / size)[:, None], (int(wide.sum()), draws))
    return chance.poisson(rate).astype(float)


BASELINES: tuple[Forecaster, ...] = (
    Rule("zero", "no deaths", _zero),
    Rule("last", "the last month of input", _last),
    Rule("last-poisson", "Poisson around the last month of input", _last_poisson),
    Rule("conflictology-12", "the unit's last twelve months, drawn from at random", _drawn_from(YEAR)),
    Rule("conflictology-12-fourier", "the unit's last twelve months, stretched by Fourier resampling", _stretched),
    Rule("negative-binomial-12", "negative binomial by mean and variance of the last twelve months", _moments),
    Rule("mix-60", "the unit's last sixty months, drawn from at random", _drawn_from(LONG)),
)
