"""Recovery of the cheap tests on simulated worlds: how often a world without a change passes for one with it, how
often a planted change is found, how often the 90 % intervals hold. Writes each measure's page between its markers.

`python -m benchmarks.bench_changes NAME...` runs those measures only. Results are kept world by world: a run
that was cut short goes on where it stopped; `--so-far` takes no new world and says how many there are.
"""

import sys
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from benchmarks.change_worlds import KINDS, TURN
from benchmarks.measure_pages import grid, share, write_page
from benchmarks.tally import Tally

from benchmarks import change_worlds as worlds
from faultline.measure import backing as _backing
from faultline.measure import centre as _centre
from faultline.measure import chance as _chance
from faultline.measure import convergence as _convergence
from faultline.measure import cycles as _cycles
from faultline.measure import information as _information
from faultline.measure import orders as _orders
from faultline.measure import recipients as _recipients
from faultline.measure import resilience as _resilience
from faultline.measure.chance import generator, p_above, p_two_sided
from faultline.measure.resilience import BEFORE, Model

WORLDS, POWER_WORLDS, ALARM = 2_000, 400, 0.05
DRAWS = 99  # of a one-sided test: five of them are 5 %
BOTH_SIDES = 199  # of a two-sided one: five on each side
FEW_DRAWS = 39  # where each costs a fit: two are 5 %
_SOURCES = {
    "convergence": (_convergence,),
    "backing": (_backing,),
    "cycles": (_cycles, _orders),
    "information": (_information,),
    "centre": (_centre,),
    "recipients": (_recipients,),
    "resilience": (_resilience,),
}


def main(names: Sequence[str]) -> None:
    """Prints and writes the tables of the named measures, of all where none is named."""
    Tally.so_far = "--so-far" in names
    wanted = [name for name in names if name in TABLES]
    for name, tables in TABLES.items():
        if wanted and name not in wanted:
            continue
        text = "\n\n".join(tables())
        print(f"# {name}\n{text}", flush=True)
        write_page(name, text)


@cache
def _tally(name: str) -> Tally:
    return Tally(name, worlds, _chance, *_SOURCES[name])


def _sizes(name: str, test: Callable[[str, int], bool], kinds: Sequence[str] = KINDS, note: str = "") -> str:
    found = [_tally(name).of(f"size {kind}", lambda seed, kind=kind: bool(test(kind, seed)), WORLDS) for kind in kinds]
    rows = [(kind, str(len(one)), share(sum(one), len(one))) for kind, one in zip(kinds, found, strict=True)]
    said = f"Share with p <= 0.05 and its 95 % binomial interval. {note}"
    return grid("A change where there is none", ("world", "worlds", "share"), rows, said.strip())


def _powers(name: str, test: Callable[[float, int], bool], sizes: Sequence[tuple[str, float]], note: str = "") -> str:
    rows = []
    for said, x in sizes:
        found = _tally(name).of(f"power {x:g}", lambda seed, x=x: bool(test(x, seed)), POWER_WORLDS)
        if found:
            rows.append((said, str(len(found)), share(sum(found), len(found))))
    if not rows:
        return "Changes that are there: not taken in this run."
    return grid("Changes that are there", ("planted", "worlds", "found"), rows, note)


def _covered(name: str, held: Callable[[str, int], bool], kinds: Sequence[str] = KINDS, what: str = "") -> str:
    found = [_tally(name).of(f"held {what}{kind}", lambda seed, k=kind: bool(held(k, seed)), WORLDS) for kind in kinds]
    rows = [(kind, str(len(one)), share(sum(one), len(one))) for kind, one in zip(kinds, found, strict=True)]
    return grid(f"Coverage of the 90 % interval{what}", ("world", "worlds", "share that holds the truth"), rows)


# Convergence ------------------------------------------------------------------------------------------------------


_FIGHTS = ("one rate", "events in clumps", "few")
_PAIRS = ("each by its own rate", "rates that swing together", "each in clumps of a week")


def _fight_found(kind: str, seed: int, factor: float = 1.0) -> bool:
    return _convergence.rate_change(worlds.fights(kind, seed, factor), _convergence.LATE)[2] <= ALARM


def _fight_held(kind: str, seed: int) -> bool:
    low, high = _convergence.rate_change(worlds.fights(kind, seed), _convergence.LATE)[1]
    return low <= 1.0 <= high


def _near_pair(kind: str, seed: int, together_days: int = 0) -> bool:
    found = worlds.near_pair(kind, seed, together_days)
    draws = _convergence.together_by_chance(found, _convergence.BIN, 730, (DRAWS, generator(seed, "jitter")))
    return p_above(_convergence.together(found[0], found[1], 730), draws) <= ALARM


def convergence() -> list[str]:
    """Mutual fighting, and hits together."""
    name = "convergence"
    about = "About 90 mutual events in eight years; few: 25; clumps: weeks of very uneven rates."
    times = (("rate times 0.3", 0.3), ("rate times 0.5", 0.5), ("rate times 2", 2.0), ("rate times 3", 3.0))
    often = tuple((f"{n} days a year", float(n)) for n in (4, 8, 16))
    near = "Two parties on eight fronts over two years, some 230 front-days each."
    return [
        "Mutual fighting:",
        _sizes(name, _fight_found, _FIGHTS, about),
        _powers(name, lambda x, seed: _fight_found("planted", seed, x), times),
        _covered(name, _fight_held, _FIGHTS),
        "Hits on one front within three days:",
        _sizes(name, _near_pair, _PAIRS, near),
        _powers(name, lambda x, seed: _near_pair("each by its own rate", seed, int(x)), often),
    ]


# Backing ----------------------------------------------------------------------------------------------------------


def _after_found(kind: str, seed: int, factor: float = 1.0) -> bool:
    counts, at = worlds.around_departure(kind, seed, factor)
    return p_two_sided(_backing.log_ratio(counts, at), _backing.other_weeks(counts, at)) <= ALARM


def backing() -> list[str]:
    """Events after a departure against other days."""
    times = tuple((f"90 days times {x:g}", x) for x in (1.25, 1.5, 2.0, 0.5))
    return [
        _sizes("backing", _after_found),
        _powers("backing", lambda x, seed: _after_found("one rate", seed, x), times),
    ]


# Cycles -----------------------------------------------------------------------------------------------------------


def _chain_p(kind: str, seed: int, chains: int = 0) -> float | None:
    """None where no order of the bouts could reach the level: there the measure says so and gives no p-value."""
    _, _, p, least = _cycles.against_orders(worlds.bouts(kind, seed, chains), DRAWS, generator(seed, "order"))
    return p if least <= ALARM else None


def cycles() -> list[str]:
    """Triples against other orders."""
    rows = []
    for kind, more in (("few bouts", WORLDS // 2), ("many bouts", 0), ("fights in bursts", 0)):
        found = _tally("cycles").of(f"size {kind}", lambda seed, kind=kind: _chain_p(kind, seed), WORLDS + more)
        asked = [p for p in found if p is not None][:WORLDS]
        few = f"{sum(p is None for p in found) / max(1, len(found)):.3f}"
        rows.append((kind, few, str(len(asked)), share(sum(p <= ALARM for p in asked), len(asked))))
    note = (
        "36, 80 and 155 steps of the three forms in eight years, merged into bouts as the measure does. Where no order"
        " could reach p = 0.05 there is no test."
    )
    columns = ("world", "called not enough data", "others", "share of them with p <= 0.05")
    chains = tuple((f"{n} chains", float(n)) for n in (3, 6, 12))
    return [
        grid("An order where there is none", columns, rows, note),
        _powers("cycles", lambda x, seed: (_chain_p("few bouts", seed, int(x)) or 1.0) <= ALARM, chains),
    ]


# Information ------------------------------------------------------------------------------------------------------


def _threats_found(kind: str, seed: int, more: float = 0.0) -> bool:
    seen, quiet = worlds.threats(kind, seed, more)
    return p_above(seen, _information.quiet_draws(quiet, DRAWS, generator(seed, "windows"))) <= ALARM


def information() -> list[str]:
    """Threats followed by an attack."""
    name, more = "information", (("0.4 becomes 0.6", 0.2), ("0.4 becomes 0.7", 0.3), ("0.4 becomes 0.8", 0.4))
    return [
        _sizes(name, _threats_found, ("parties alike", "parties differ"), "20 threats with ten quiet windows each."),
        _powers(name, lambda x, seed: _threats_found("parties alike", seed, x), more),
    ]


# Centre -----------------------------------------------------------------------------------------------------------


_NEAR = ("events in clumps", "waves near the capital", "one rate", "a rate that swings")


def _shift(kind: str, seed: int, nearer: float = 0.0) -> tuple[float, bool]:
    """The p-value of a change of the share within 100 km, and whether its interval holds no change."""
    days, km = worlds.distances(kind, seed, nearer)
    seen, *drawn = (
        float(np.mean(km[late] <= 100) - np.mean(km[~late] <= 100))
        for late in (days >= TURN, *_centre.dealt(days, TURN, (BOTH_SIDES, generator(seed, "blocks"))))
    )
    low, high, p = _centre.tested(seen, np.array(drawn))
    return p, low <= 0.0 <= high


def centre() -> list[str]:
    """The share of events near the capital."""
    found = {kind: _tally("centre").of(kind, lambda seed, kind=kind: _shift(kind, seed), WORLDS) for kind in _NEAR}
    rows = [
        (
            kind,
            str(len(one)),
            share(sum(p <= ALARM for p, _ in one), len(one)),
            share(sum(held for _, held in one), len(one)),
        )
        for kind, one in found.items()
    ]
    note = "The share of events within 100 km; about 145 events in the last year, 1,020 before."
    columns = ("world", "worlds", "p <= 0.05", "90 % interval holds no change")
    moved = (("5 % of the events move near", 0.05), ("10 %", 0.1), ("20 %", 0.2))
    return [
        grid("A change where there is none", columns, rows, note),
        _powers("centre", lambda x, seed: _shift("one rate", seed, x)[0] <= ALARM, moved),
    ]


# Recipients -------------------------------------------------------------------------------------------------------


def _moved(kind: str, seed: int, shift: float = 0.0) -> bool:
    days, table = worlds.attacked(kind, seed, shift)
    draws = _recipients.null_changes(table, days, TURN, DRAWS, generator(seed, "blocks"))
    return p_above(_recipients.change_statistic(table, days >= TURN), draws) <= ALARM


def recipients() -> list[str]:
    """Who is attacked."""
    moved = (("10 points from one kind to another", 0.1), ("15 points", 0.15), ("20 points", 0.2))
    return [
        _sizes("recipients", _moved, KINDS, "Clumps: half of a week's attacks are on one kind."),
        _powers("recipients", lambda x, seed: _moved("one rate", seed, x), moved),
    ]


# Resilience -------------------------------------------------------------------------------------------------------


_LIVES = {
    "10 a week, little memory": Model(10, 0.2, 5),
    "10 a week, half remembered": Model(10, 0.5, 5),
    "25 a week, half remembered": Model(25, 0.5, 8),
}


def _waited(name: str, seed: int, weeks_high: int = 0) -> tuple[bool, bool]:
    """Whether a return is called slow, and whether a week of the same life without a shock lies in the band."""
    before, after, other = worlds.shocked(_LIVES[name], seed, weeks_high)
    model = _resilience.fit(before)
    low, high = _resilience.band(model, BEFORE)
    p = _resilience.waited_for(model, after, BEFORE, (FEW_DRAWS, generator(seed, "returns")))[2]
    return p <= ALARM, bool(low <= other[10] <= high)


def resilience() -> list[str]:
    """Returns after a shock, and the band."""
    found = {
        name: _tally("resilience").of(name, lambda seed, name=name: _waited(name, seed), WORLDS) for name in _LIVES
    }
    rows = [
        (name, str(len(one)), share(sum(a for a, _ in one), len(one)), share(sum(b for _, b in one), len(one)))
        for name, one in found.items()
    ]
    note = "A year before and two after a week of three times the level."
    columns = ("world", "worlds", "called slow", "weeks in the 90 % band")
    longer = (("8 weeks at three times the level", 8.0), ("16 weeks", 16.0), ("32 weeks", 32.0))
    half = "10 a week, half remembered"
    return [
        grid("Slow returns where there are none, and the band", columns, rows, note),
        _powers("resilience", lambda x, seed: _waited(half, seed, int(x))[0], longer),
    ]


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
