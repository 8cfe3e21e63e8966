"""Recovery of the cheap tests on simulated worlds: how often a world without a change passes for one with it, how
often a planted change is found, how often the 90 % intervals hold. Writes each measure's page between its markers.

`python benchmarks/bench_changes.py NAME...` runs those measures only.
"""

import sys
import time
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from benchmarks.change_worlds import DAYS, KINDS, TURN, daily, days_of
from benchmarks.measure_pages import grid, share, write_page

from faultline.measure.backing import SPAN, log_ratio, other_weeks
from faultline.measure.centre import resampled
from faultline.measure.chance import Floats, Ints, between, generator, p_above, p_two_sided
from faultline.measure.convergence import BIN, BLOCK, LATE, rate_change, together, together_by_chance
from faultline.measure.cycles import Bout, null_triples, triples
from faultline.measure.information import quiet_draws
from faultline.measure.recipients import change_statistic, null_changes
from faultline.measure.resilience import BEFORE, LONGEST, QUIET, Model, band, fit, paths, waited_for
from faultline.measure.synchrony.jitter import hits

WORLDS, POWER_WORLDS, DRAWS, ALARM = 2_000, 400, 99, 0.05
Test = Callable[[str, int], bool]


def main(names: Sequence[str]) -> None:
    """Prints and writes the tables of the named measures, of all where none is named."""
    for name, tables in TABLES.items():
        if names and name not in names:
            continue
        begun = time.process_time()
        text = "\n\n".join(tables())
        text += f"\n\n{time.process_time() - begun:.0f} s of one core."
        print(f"# {name}\n{text}", flush=True)
        write_page(name, text)


def _sizes(test: Test, kinds: Sequence[str] = KINDS, note: str = "") -> str:
    rows = [(kind, share(sum(test(kind, seed) for seed in range(WORLDS)), WORLDS)) for kind in kinds]
    said = f"{WORLDS} worlds each; share with p <= 0.05 and its 95 % binomial interval. {note}"
    return grid("A change where there is none", ("world", "share"), rows, said.strip())


def _powers(test: Callable[[float, int], bool], sizes: Sequence[tuple[str, float]], note: str = "") -> str:
    rows = [(name, share(sum(test(x, seed) for seed in range(POWER_WORLDS)), POWER_WORLDS)) for name, x in sizes]
    return grid("Changes that are there", ("planted", "found"), rows, f"{POWER_WORLDS} worlds each. {note}".strip())


def _covered(held: Callable[[str, int], bool], kinds: Sequence[str] = KINDS) -> str:
    rows = [(kind, share(sum(held(kind, seed) for seed in range(WORLDS)), WORLDS)) for kind in kinds]
    return grid(
        "Coverage of the 90 % interval", ("world", "share that holds the truth"), rows, f"{WORLDS} worlds each."
    )


# Convergence ------------------------------------------------------------------------------------------------------


def _blocks(kind: str, seed: int, factor: float = 1.0) -> Floats:
    """Mutual events by block of four weeks; in the last year the rate is `factor` times that of before."""
    chance = generator(seed, "convergence", kind, factor)
    mean = 0.008 if kind == "few" else 0.03
    counts = daily("events in clumps" if kind == "events in clumps" else "one rate", mean, chance)
    if factor != 1:
        counts[-LATE * BLOCK :] = chance.poisson(mean * factor, LATE * BLOCK)
    whole = len(counts) // BLOCK
    return counts[-whole * BLOCK :].reshape(whole, BLOCK).sum(axis=1).astype(np.float64)


_FIGHTS = ("one rate", "events in clumps", "few")


def _fight_found(kind: str, seed: int) -> bool:
    return rate_change(_blocks(kind, seed), LATE)[2] <= ALARM


def _fight_held(kind: str, seed: int) -> bool:
    low, high = rate_change(_blocks(kind, seed), LATE)[1]
    return low <= 1.0 <= high


def _near_pair(seed: int, together_days: int) -> bool:
    """Two parties on eight fronts, each by its own rate; on so many days a year both hit one front."""
    chance = generator(seed, "hits", together_days)
    found = []
    planted = (chance.integers(0, 8, 2 * together_days), chance.integers(0, 730, 2 * together_days))
    for _ in range(2):
        table = chance.random((8, 730)) < 0.04
        table[planted] = True
        fronts, days = np.nonzero(table)
        found.append(hits(fronts.astype(np.int64), days.astype(np.int64)))
    draws = together_by_chance(found, BIN, 730, (DRAWS, generator(seed, "jitter")))
    return p_above(together(found[0], found[1], 730), draws) <= ALARM


def convergence() -> list[str]:
    """Mutual fighting, and hits together."""
    return [
        "Mutual fighting:",
        _sizes(
            _fight_found, _FIGHTS, "About 90 mutual events in eight years; few: 25; clumps: weeks of very uneven rates."
        ),
        _powers(
            lambda x, seed: rate_change(_blocks("planted", seed, x), LATE)[2] <= ALARM,
            (("rate times 0.3", 0.3), ("rate times 0.5", 0.5), ("rate times 2", 2.0), ("rate times 3", 3.0)),
        ),
        _covered(_fight_held, _FIGHTS),
        "Hits on one front within three days:",
        _sizes(lambda kind, seed: _near_pair(seed, 0), ("each by its own rate",)),
        _powers(lambda x, seed: _near_pair(seed, int(x)), tuple((f"{n} days a year", n) for n in (4, 8, 16))),
    ]


# Backing ----------------------------------------------------------------------------------------------------------


def _after_found(kind: str, seed: int, factor: float = 1.0) -> bool:
    chance = generator(seed, "backing", kind, factor)
    counts = daily(kind, 0.8, chance).astype(np.float64)
    at = int(chance.integers(SPAN, len(counts) - SPAN - 1))
    if factor != 1:
        counts[at + 1 : at + 1 + SPAN] = chance.poisson(0.8 * factor, SPAN)
    return p_two_sided(log_ratio(counts, at), other_weeks(counts, at)) <= ALARM


def backing() -> list[str]:
    """Events after a departure against other days."""
    return [
        _sizes(_after_found),
        _powers(
            lambda x, seed: _after_found("one rate", seed, x),
            (
                ("90 days times 1.25", 1.25),
                ("90 days times 1.5", 1.5),
                ("90 days times 2", 2.0),
                ("90 days times 0.5", 0.5),
            ),
        ),
    ]


# Cycles -----------------------------------------------------------------------------------------------------------


def _bouts(seed: int, kind: str, chains: int = 0) -> list[Bout]:
    """Bouts of three forms at random days over eight years, with so many chains of fight, talk, withdrawal planted."""
    chance = generator(seed, "cycles", kind, chains)
    made: list[tuple[int, str]] = []
    often = {"few bouts": 6, "many bouts": 20, "many more fights": 12}[kind]
    for form in ("fight", "talk", "withdrawal"):
        n = often * 3 if kind == "many more fights" and form == "fight" else often
        made += [(int(day), form) for day in chance.integers(0, DAYS, n)]
    for day in chance.integers(0, DAYS - 90, chains):
        for k, form in enumerate(("fight", "talk", "withdrawal")):
            made.append((int(day) + 25 * k + int(chance.integers(1, 15)), form))
    return [Bout(form, day, day + int(chance.integers(0, 10)), day + 1, ()) for day, form in sorted(made)]


def _chain_found(kind: str, seed: int, chains: int = 0) -> bool:
    bouts = _bouts(seed, kind, chains)
    return p_above(triples(bouts), null_triples(bouts, DRAWS, generator(seed, "order"))) <= ALARM


def cycles() -> list[str]:
    """Triples against other orders."""
    kinds = ("few bouts", "many bouts", "many more fights")
    note = "6, 20 or 12 bouts of each form in eight years (36 fights in the last); few triples are coarse: below 5 %."
    return [
        _sizes(_chain_found, kinds, note),
        _powers(
            lambda x, seed: _chain_found("few bouts", seed, int(x)),
            (("3 chains", 3), ("6 chains", 6), ("12 chains", 12)),
        ),
    ]


# Information ------------------------------------------------------------------------------------------------------


def _threats_found(kind: str, seed: int, more: float = 0.0) -> bool:
    """Twenty threats, each with ten quiet windows of its own party; parties strike at rates of their own."""
    chance = generator(seed, "threats", kind, more)
    rates = {"parties alike": np.full(20, 0.4), "parties differ": chance.beta(1, 1.5, 20)}[kind]
    quiet = [(chance.random(10) < rate).astype(np.float64) for rate in rates]
    seen = int((chance.random(20) < np.minimum(rates + more, 1.0)).sum())
    return p_above(seen, quiet_draws(quiet, DRAWS, generator(seed, "windows"))) <= ALARM


def information() -> list[str]:
    """Threats followed by an attack."""
    return [
        _sizes(_threats_found, ("parties alike", "parties differ"), "20 threats with ten quiet windows each."),
        _powers(
            lambda x, seed: _threats_found("parties alike", seed, x),
            (("0.4 becomes 0.6", 0.2), ("0.4 becomes 0.7", 0.3), ("0.4 becomes 0.8", 0.4)),
        ),
    ]


# Centre -----------------------------------------------------------------------------------------------------------


def _distances(kind: str, seed: int, nearer: float = 0.0) -> tuple[Ints, Floats]:
    """Days and kilometres to the capital; `nearer` moves that share of the last year's events within 100 km."""
    chance = generator(seed, "centre", kind, nearer)
    days = days_of(daily(kind, 0.4, chance))
    km = np.where(chance.random(len(days)) < 0.1, chance.uniform(5, 100, len(days)), chance.normal(700, 250, len(days)))
    moved = (days >= TURN) & (chance.random(len(days)) < nearer)
    return days, np.where(moved, chance.uniform(5, 100, len(days)), np.abs(km))


@cache
def _shift(kind: str, seed: int, nearer: float = 0.0) -> tuple[Floats, float]:
    """Bootstrap changes of the share within 100 km, and their p-value."""
    days, km = _distances(kind, seed, nearer)
    worlds = resampled(days, km, TURN, (DRAWS, generator(seed, "blocks")))
    changes = np.array([np.mean(k[d >= TURN] <= 100) - np.mean(k[d < TURN] <= 100) for d, k in worlds])
    return changes, p_two_sided(0.0, changes)


def _centre_held(kind: str, seed: int) -> bool:
    low, high = between(_shift(kind, seed)[0])
    return low <= 0.0 <= high


def centre() -> list[str]:
    """The share of events near the capital."""
    return [
        _sizes(
            lambda kind, seed: _shift(kind, seed)[1] <= ALARM, KINDS, "About 145 events in the last year, 1,020 before."
        ),
        _powers(
            lambda x, seed: _shift("one rate", seed, x)[1] <= ALARM,
            (("5 % of the events move near", 0.05), ("10 %", 0.1), ("20 %", 0.2)),
        ),
        _covered(_centre_held),
    ]


# Recipients -------------------------------------------------------------------------------------------------------


def _moved(kind: str, seed: int, shift: float = 0.0) -> bool:
    """Four kinds of recipients; `shift` moves that share from the first to the second in the last year."""
    chance = generator(seed, "recipients", kind, shift)
    days = days_of(daily(kind, 0.4, chance))
    shares = np.array([0.5, 0.3, 0.15, 0.05])
    which = chance.choice(4, len(days), p=shares)
    if kind == "events in clumps":  # a week's attacks are on one kind more often than not
        week = chance.choice(4, DAYS // 7 + 1, p=shares)
        which = np.where(chance.random(len(days)) < 0.5, week[days // 7], which)
    which = np.where((days >= TURN) & (which == 0) & (chance.random(len(days)) < 2 * shift), 1, which)
    table = np.eye(4, dtype=np.bool_)[which]
    draws = null_changes(table, days, TURN, DRAWS, generator(seed, "blocks"))
    return p_above(change_statistic(table, days >= TURN), draws) <= ALARM


def recipients() -> list[str]:
    """Who is attacked."""
    return [
        _sizes(_moved, KINDS, "Clumps: half of a week's attacks are on one kind."),
        _powers(
            lambda x, seed: _moved("one rate", seed, x),
            (("10 points from one kind to another", 0.1), ("15 points", 0.15), ("20 points", 0.2)),
        ),
    ]


# Resilience -------------------------------------------------------------------------------------------------------


def _return_found(truth: Model, seed: int, weeks_high: int = 0) -> tuple[bool, bool]:
    """Whether a return is called slow, and whether a week of the same life lies in the band; the shock is three times
    the level, and its memory ends it, or it holds for `weeks_high` weeks."""
    chance = generator(seed, "resilience", truth.level, truth.memory, weeks_high)
    path = paths(truth, np.full(1, truth.level), 30 + BEFORE + LONGEST + QUIET, chance)[0, 30:]
    before = path[:BEFORE]
    after = paths(truth, np.full(1, 3 * truth.level), LONGEST + QUIET, chance)[0]
    after = np.concatenate([[round(3 * truth.level)], after[:-1]])
    if weeks_high:
        after[:weeks_high] = chance.poisson(3 * truth.level, weeks_high)
    model = fit(before)
    limits = band(model, chance)
    inside = limits[0] <= path[BEFORE + 10] <= limits[1]
    return waited_for(model, after, limits, chance)[2] <= ALARM, inside


def resilience() -> list[str]:
    """Returns after a shock, and the band."""
    worlds = {
        "10 a week, little memory": Model(10, 0.2, 5),
        "10 a week, half remembered": Model(10, 0.5, 5),
        "25 a week, half remembered": Model(25, 0.5, 8),
    }
    found = {name: [_return_found(truth, seed) for seed in range(WORLDS)] for name, truth in worlds.items()}
    rows = [
        (name, share(sum(a for a, _ in one), WORLDS), share(sum(b for _, b in one), WORLDS))
        for name, one in found.items()
    ]
    note = f"{WORLDS} worlds each of a year before and two after a week of three times the level."
    size = grid(
        "Slow returns where there are none, and the band",
        ("world", "called slow", "weeks in the 90 % band"),
        rows,
        note,
    )
    truth = worlds["10 a week, half remembered"]
    power = _powers(
        lambda x, seed: _return_found(truth, seed, int(x))[0],
        (("8 weeks at three times the level", 8), ("16 weeks", 16), ("32 weeks", 32)),
    )
    return [size, power]


TABLES: dict[str, Callable[[], list[str]]] = {
    "convergence": convergence,
    "backing": backing,
    "cycles": cycles,
    "information": information,
    "centre": centre,
    "recipients": recipients,
    "resilience": resilience,
}

if __name__ == "__main__":
    main(sys.argv[1:])
