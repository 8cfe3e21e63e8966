"""Worlds of Mali's size without and with a change, for the benchmark of the cheap tests. Run nothing here."""

from datetime import date, timedelta

import numpy as np

from faultline.measure.backing import SPAN
from faultline.measure.chance import Floats, Ints, generator
from faultline.measure.convergence import BLOCK, LATE
from faultline.measure.cycles import Bout, Step, bouts_of
from faultline.measure.resilience import BEFORE, LONGEST, QUIET, Model, paths
from faultline.measure.synchrony.jitter import hits

DAYS, TURN = 2922, 2922 - 365  # eight years; the last year begins on TURN
KINDS = ("one rate", "events in clumps", "a rate that swings")


def daily_rate(kind: str, mean: float, chance: np.random.Generator, days: int = DAYS) -> Floats:
    """The rate of each day: the same on all, or in a swing of two years of its own phase; clumps are drawn later."""
    if kind == "a rate that swings":
        turn = np.arange(days) / 730 + chance.random()
        return np.asarray(mean * np.exp(0.5 * np.sin(2 * np.pi * turn)), np.float64)
    return np.full(days, mean)


def daily(kind: str, mean: float, chance: np.random.Generator, days: int = DAYS) -> Ints:
    """Events of each day; clumps are bouts of a week in which three times as many come, as fighting does."""
    rate = daily_rate(kind, mean, chance, days)
    if kind == "events in clumps":
        weeks = chance.gamma(1.0, 1.0, -(-days // 7))
        rate = rate * np.repeat(weeks, 7)[:days]
    return chance.poisson(rate).astype(np.int64)


def days_of(counts: Ints) -> Ints:
    """The day of each event, in order."""
    return np.repeat(np.arange(len(counts), dtype=np.int64), counts)


def fights(kind: str, seed: int, factor: float = 1.0) -> Floats:
    """Mutual events by block of four weeks; in the last year the rate is `factor` times that of before."""
    chance = generator(seed, "convergence", kind, factor)
    mean = 0.008 if kind == "few" else 0.03
    counts = daily("events in clumps" if kind == "events in clumps" else "one rate", mean, chance)
    if factor != 1:
        counts[-LATE * BLOCK :] = chance.poisson(mean * factor, LATE * BLOCK)
    whole = len(counts) // BLOCK
    return counts[-whole * BLOCK :].reshape(whole, BLOCK).sum(axis=1).astype(np.float64)


def near_pair(kind: str, seed: int, together_days: int = 0) -> list[tuple[Ints, Ints]]:
    """Fronts and days of two parties on eight fronts over two years, each by its own rate, by rates that rise and fall
    together over a year, or each in clumps of a week; on so many days a year both hit one front."""
    chance = generator(seed, "hits", kind, together_days)
    level = np.exp(0.9 * np.sin(2 * np.pi * (np.arange(730) / 365 + chance.random())))
    found = []
    planted = (chance.integers(0, 8, 2 * together_days), chance.integers(0, 730, 2 * together_days))
    for _ in range(2):
        weeks = np.repeat(chance.gamma(1.0, 1.0, (8, 105)), 7, axis=1)[:, :730]
        shape = {"rates that swing together": level[None], "each in clumps of a week": weeks}.get(
            kind, np.ones((8, 730))
        )
        table = chance.random((8, 730)) < 0.04 * shape
        table[planted] = True
        fronts, days = np.nonzero(table)
        found.append(hits(fronts.astype(np.int64), days.astype(np.int64)))
    return found


def around_departure(kind: str, seed: int, factor: float = 1.0) -> tuple[Floats, int]:
    """Events of each day, and the day of a departure; the 90 days after it have `factor` times the rate."""
    chance = generator(seed, "backing", kind, factor)
    counts = daily(kind, 0.8, chance).astype(np.float64)
    at = int(chance.integers(SPAN, len(counts) - SPAN - 1))
    if factor != 1:
        counts[at + 1 : at + 1 + SPAN] = chance.poisson(0.8 * factor, SPAN)
    return counts, at


_STEPS = {"few bouts": (20, 8, 8), "many bouts": (40, 20, 20), "fights in bursts": (120, 20, 15)}
_FORMS = ("fight", "talk", "withdrawal")


def bouts(kind: str, seed: int, chains: int = 0) -> tuple[Bout, ...]:
    """Bouts of steps at random days over eight years, the fights of the last kind in months of very uneven rates, with
    so many chains of fight, talk, withdrawal planted. What is told is told the day after."""
    chance = generator(seed, "cycles", kind, chains)
    made: list[tuple[int, str]] = []
    for form, n in zip(_FORMS, _STEPS[kind], strict=True):
        days = chance.integers(0, DAYS, n)
        if kind == "fights in bursts" and form == "fight":
            share = chance.gamma(0.5, 1.0, DAYS // 30)
            days = 30 * chance.choice(len(share), n, p=share / share.sum()) + chance.integers(0, 30, n)
        made += [(int(day), form) for day in days]
    for day in chance.integers(0, DAYS - 90, chains):
        made += [(int(day) + 25 * k + int(chance.integers(1, 15)), form) for k, form in enumerate(_FORMS)]
    origin = date(2015, 1, 1)
    told = [(origin + timedelta(days=day), form) for day, form in sorted(made)]
    return bouts_of([Step(form, day, day + timedelta(days=1), "") for day, form in told])


def threats(kind: str, seed: int, more: float = 0.0) -> tuple[int, list[Floats]]:
    """Of twenty threats how many were followed, and ten quiet windows of each; parties strike at rates of their own."""
    chance = generator(seed, "threats", kind, more)
    rates = {"parties alike": np.full(20, 0.4), "parties differ": chance.beta(1, 1.5, 20)}[kind]
    quiet = [(chance.random(10) < rate).astype(np.float64) for rate in rates]
    return int((chance.random(20) < np.minimum(rates + more, 1.0)).sum()), quiet


def distances(kind: str, seed: int, nearer: float = 0.0) -> tuple[Ints, Floats]:
    """Days and kilometres to the capital; `nearer` moves that share of the last year's events within 100 km."""
    chance = generator(seed, "centre", kind, nearer)
    days = days_of(daily(kind, 0.4, chance))
    km = np.where(chance.random(len(days)) < 0.1, chance.uniform(5, 100, len(days)), chance.normal(700, 250, len(days)))
    if kind == "waves near the capital":  # a week's events are near it together, or not
        near = chance.random(DAYS // 7 + 1) < 0.1
        km = np.where(near[days // 7], chance.uniform(5, 100, len(days)), chance.normal(700, 250, len(days)))
    moved = (days >= TURN) & (chance.random(len(days)) < nearer)
    return days, np.where(moved, chance.uniform(5, 100, len(days)), np.abs(km))


def attacked(kind: str, seed: int, shift: float = 0.0) -> tuple[Ints, np.ndarray[tuple[int, int], np.dtype[np.bool_]]]:
    """Days, and which of four kinds of recipients; `shift` moves that share from the first to the second in the last
    year. In clumps half of a week's attacks are on one kind."""
    chance = generator(seed, "recipients", kind, shift)
    days = days_of(daily(kind, 0.4, chance))
    shares = np.array([0.5, 0.3, 0.15, 0.05])
    which = chance.choice(4, len(days), p=shares)
    if kind == "events in clumps":
        week = chance.choice(4, DAYS // 7 + 1, p=shares)
        which = np.where(chance.random(len(days)) < 0.5, week[days // 7], which)
    which = np.where((days >= TURN) & (which == 0) & (chance.random(len(days)) < 2 * shift), 1, which)
    return days, np.eye(4, dtype=np.bool_)[which]


def shocked(truth: Model, seed: int, weeks_high: int = 0) -> tuple[Floats, Floats, Floats]:
    """Weekly counts of the year before a shock and from it on; it is three times the level, and its memory ends it, or
    it holds for `weeks_high` weeks. Last, the weeks after the year of the same life without a shock."""
    chance = generator(seed, "resilience", truth.level, truth.memory, weeks_high)
    path = paths(truth, np.full(1, truth.level), 30 + BEFORE + LONGEST + QUIET, chance)[0, 30:]
    after = paths(truth, np.full(1, 3 * truth.level), LONGEST + QUIET, chance)[0]
    after = np.concatenate([[round(3 * truth.level)], after[:-1]])
    if weeks_high:
        after[:weeks_high] = chance.poisson(3 * truth.level, weeks_high)
    return path[:BEFORE], after, path[BEFORE:]
