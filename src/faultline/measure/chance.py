"""What measures share of chance: p-values, corrections, intervals, resampling. Invariant: everything random takes its
generator as an argument, and one seed and one name give one generator, whatever ran before."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def generator(seed: int, *names: object) -> np.random.Generator:
    """The generator of one measure and setting: independent of those of other names, the same on every machine."""
    words = [int.from_bytes(str(name).encode()[:64].ljust(8, b"\0"), "big") for name in names]
    # The seed is an argument, set by the desk through the case: the same call gives the same draws for ever.
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *(word % (1 << 63) for word in words)])))


def p_above(statistic: float, draws: Floats) -> float:
    """Share of the null's draws that reach the statistic, the statistic itself counted once (so never 0).

    Davison & Hinkley (1997), Bootstrap Methods and their Application, eq. 4.11. doi 10.1017/CBO9780511802843
    """
    return float((1 + np.count_nonzero(draws >= statistic)) / (1 + len(draws)))


def p_two_sided(statistic: float, draws: Floats) -> float:
    """Twice the smaller tail of the null's draws, at most 1."""
    below = (1 + np.count_nonzero(draws <= statistic)) / (1 + len(draws))
    return float(min(1.0, 2 * min(below, p_above(statistic, draws))))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The p-values corrected for their number, in their order (Holm 1979, Scand. J. Statist. 6:65-70)."""
    order = np.argsort(p_values, kind="stable")
    corrected = np.empty(len(p_values))
    highest = 0.0
    for rank, k in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[k]))
        corrected[k] = highest
    return tuple(float(p) for p in corrected)


def between(draws: Floats, level: float = 0.9) -> tuple[float, float]:
    """The middle `level` of the draws: its lower and upper end, between which one more draw falls that often."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], method="weibull")
    return float(low), float(high)


def binomial_interval(hits: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Clopper-Pearson interval of a share; (0, 1) where n is 0 (Biometrika 26:404, doi 10.1093/biomet/26.4.404)."""
    if n == 0:
        return 0.0, 1.0
    found = scipy.stats.binomtest(hits, n).proportion_ci(level, method="exact")
    return float(found.low), float(found.high)


def block_sample(n: int, block: int, chance: np.random.Generator) -> Ints:
    """Indices of one moving-block bootstrap of a series of length n (Kuensch 1989, doi 10.1214/aos/1176347265)."""
    block = max(1, min(block, n))
    starts = chance.integers(0, n - block + 1, size=-(-n // block))
    return np.asarray((starts[:, None] + np.arange(block)).reshape(-1)[:n], np.int64)
