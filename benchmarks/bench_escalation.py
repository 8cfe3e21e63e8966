"""Recovery of escalation on simulated months: false alarms in self-exciting worlds without a change, and how often a
change is found and when. Writes docs/guide/measures/escalation.md between its markers."""

import time

import numpy as np
from benchmarks.measure_pages import grid, share, write_page

from faultline.measure.chance import generator
from faultline.measure.escalation.null import Null, any_change_p, bound, draw, fit_null, penalty
from faultline.measure.escalation.online import alarms, rises
from faultline.measure.escalation.segments import changes

WORLDS, ALARM_WORLDS, POWER_WORLDS = 2_000, 200, 100
MONTHS, DRAWS = 168, 99  # 2012 to 2025
NULLS = {
    "10 a month, no memory": Null(10, 0.0, 3.0),
    "10 a month, half of them brought about": Null(10, 0.5, 3.0),
    "30 a month, seven in ten brought about": Null(30, 0.7, 2.0),
    "60 deaths a month, very uneven": Null(60, 0.4, 0.8),
}


def main() -> None:
    """Prints and writes the tables."""
    begun = time.process_time()
    parts = []
    for part in (sizes, false_alarms, powers):
        parts.append(part())
        print(parts[-1], flush=True)
    write_page("escalation", "\n\n".join([*parts, f"{time.process_time() - begun:.0f} s of one core."]))


def sizes() -> str:
    """The test for any change at all, in worlds without one: a quarter of the worlds from each null."""
    rows, hits, each = [], 0, WORLDS // len(NULLS)
    for name, null in NULLS.items():
        found = 0
        for seed in range(each):
            chance = generator(seed, "escalation", name)
            counts = draw(null, MONTHS, 1, chance)[0]
            found += any_change_p(counts, fit_null(counts, chance), DRAWS, chance) <= 0.05
        rows.append((name, str(each), share(found, each)))
        hits += found
    rows.append(("all", str(WORLDS), share(hits, WORLDS)))
    note = f"{MONTHS} months; the null's memory and size are estimated from each world, as they are from data."
    return grid("A change where there is none, p <= 0.05", ("world", "worlds", "share"), rows, note)


def false_alarms() -> str:
    """Change points and online alarms in ten years of worlds without a change."""
    rows, each = [], ALARM_WORLDS // len(NULLS)
    for name, null in NULLS.items():
        points, raised = [], []
        for seed in range(each):
            chance = generator(seed, "false alarms", name)
            counts = draw(null, MONTHS, 1, chance)[0]
            fitted = fit_null(counts, chance)
            points.append(len(changes(counts, fitted.size, penalty(fitted, chance))) * 120 / MONTHS)
            found = alarms(rises(counts[None], fitted.size), bound(fitted, chance))
            raised.append(float(found.sum()) * 120 / MONTHS)
        rows.append((name, *(_mean(values) for values in (points, raised))))
    note = f"{each} worlds each; mean and its 95 % interval; one is what the penalty and the bound are set to."
    return grid("False alarms in ten years", ("world", "change points", "online alarms"), rows, note)


def powers() -> str:
    """A step up of the level in the middle of the years: found within three months, and the first alarm after it."""
    rows = []
    for factor in (1.5, 2.0, 3.0):
        for name in ("10 a month, no memory", "10 a month, half of them brought about"):
            null = NULLS[name]
            near, lags = 0, []
            for seed in range(POWER_WORLDS):
                chance = generator(seed, "power", name, factor)
                parts = [draw(Null(null.mean * f, null.gain, null.size), 84, 1, chance)[0] for f in (1.0, factor)]
                counts = np.concatenate(parts)
                fitted = fit_null(counts, chance)
                found = changes(counts, fitted.size, penalty(fitted, chance))
                near += any(abs(at - 84) <= 3 for at in found)
                raised = np.flatnonzero(alarms(rises(counts[None], fitted.size), bound(fitted, chance))[0])
                lags += [int(month) - 84 for month in raised if 84 <= month < 96][:1]
            delay = f"{len(lags) / POWER_WORLDS:.2f}, median {np.median(lags):.0f} months" if lags else "0"
            rows.append((f"{name}, times {factor:g}", share(near, POWER_WORLDS), delay))
    note = f"{POWER_WORLDS} worlds each of {MONTHS} months; a step after month 84."
    return grid("Steps that are there", ("world", "change point within 3 months", "alarm within a year"), rows, note)


def _mean(values: list[float]) -> str:
    error = 1.96 * float(np.std(values, ddof=1)) / len(values) ** 0.5
    return f"{np.mean(values):.2f} [{np.mean(values) - error:.2f} to {np.mean(values) + error:.2f}]"


if __name__ == "__main__":
    main()
