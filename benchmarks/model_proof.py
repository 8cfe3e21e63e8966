"""One simulated country a time for the proof of the coupled model: what a fit, its bootstrap and the admission say of
it, as a row that can be kept, and tables of such rows. Run by bench_model."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from benchmarks.feedback_worlds import FALSE, TRUE
from benchmarks.measure_pages import grid, share
from benchmarks.model_worlds import LAG, MALI, SMALL, Truth, country, placed, ring

from faultline.measure.chance import generator
from faultline.model import doubt
from faultline.model.columns import OWN_COUNTRY, OWN_PLACE, Past
from faultline.model.doubt import refits
from faultline.model.fit import Fit, fit
from faultline.model.fitted import fitted
from faultline.model.plan import Block, Plan

Row = dict[str, Any]
FULL = Plan((Block.SPACE, Block.CROSS_PLACE, Block.CROSS_COUNTRY), LAG)
COUNTRY = Plan((Block.SPACE, Block.CROSS_COUNTRY), LAG)
LOOPED = Truth(cross=ring(MALI.marks, 0.2))
REFITS = 20
_SURE = 1.6449
_NEAR = "own memory of neighbours"
_THERE, _NONE, _PLACE = "cross in the country, there", "cross in the country, none", "cross at the place, none"
TRUTHS = {OWN_PLACE: 0.2, OWN_COUNTRY: 0.1, _NEAR: 0.0, _THERE: 0.2, _NONE: 0.0, _PLACE: 0.0}


def recovered(seed: int) -> list[Row]:
    """A country of Mali's size, every term in: value and standard error of every parameter."""
    chance = generator(seed, "model", "recovery")
    found = fit(Past(country(LOOPED, MALI, chance), LAG), FULL)
    sizes = [round(mark.size, 3) for mark in found.marks]
    return [
        {"part": "recovery", "seed": seed, "sizes": sizes, "terms": _terms(found, [mark.error for mark in found.marks])}
    ]


def bootstrapped(seed: int) -> list[Row]:
    """A country of Mali's size with refits of worlds walked from its fit: values less the bias of the refits, and the
    standard errors of the refits; the same of refits held at zero, and those of the fit alone."""
    chance = generator(seed, "model", "bootstrap")
    past = Past(country(LOOPED, MALI, chance), LAG)
    found = fit(past, COUNTRY)
    again = refits(found, past, REFITS, chance)
    free = list(doubt.bootstrapped(found, again))
    mended = _terms(found, [error for _, error in free], [middle for middle, _ in free])
    drawn = [np.array([one.marks[k].theta for one in again]) for k in range(MALI.marks)]
    moved = [2 * mark.theta - rows.mean(axis=0) for mark, rows in zip(found.marks, drawn, strict=True)]
    bound = _terms(found, [rows.std(axis=0, ddof=1) for rows in drawn], moved)
    plain = _terms(found, [mark.error for mark in found.marks])
    return [{"part": "bootstrap", "seed": seed, "terms": mended, "bound": bound, "plain": plain}]


def _terms(found: Fit, errors: Sequence[np.ndarray], values: Sequence[np.ndarray] | None = None) -> Row:
    """Value and error of each reported term, by its title."""
    made: Row = {title: [] for title in TRUTHS}
    for k, mark in enumerate(found.marks):
        for n, term in enumerate(mark.terms):
            title = _title(term.name, term.source, k)
            if title:
                value = mark.theta[n] if values is None else values[k][n]
                made[title].append([round(float(value), 5), round(float(errors[k][n]), 5)])
    return made


def _title(name: str, source: str, mark: int) -> str:
    if name in TRUTHS:
        return name
    if name == "at the place":
        return _PLACE
    if name == "in the country" and LOOPED.cross is not None:
        return _THERE if LOOPED.cross[int(source[1:]), mark] > 0 else _NONE
    return ""


def recovery_table(rows: Sequence[Row]) -> str:
    """Bias, spread and coverage over countries."""
    made = []
    for title, truth in TRUTHS.items():
        drawn = np.array([pair for row in rows for pair in row["terms"][title]])
        if len(drawn):
            low, high = (np.maximum(drawn[:, 0] + side * _SURE * drawn[:, 1], 0.0) for side in (-1, 1))
            inside = int(((low <= truth) & (truth <= high)).sum())  # ends as they are given: none below zero
            figures = (
                f"{truth:.2f}",
                f"{drawn[:, 0].mean():.3f}",
                f"{drawn[:, 0].std():.3f}",
                f"{drawn[:, 1].mean():.3f}",
            )
            made.append((title, *figures, share(inside, len(drawn))))
    sizes = np.array([size for row in rows for size in row.get("sizes", ())])
    if len(sizes):
        low, middle, high = np.quantile(sizes, [0.05, 0.5, 0.95])
        bound = f"{int((sizes > 100).sum())} of {len(sizes)} ran to the bound"
        made.append(
            (
                "size of the counts",
                f"{LOOPED.size:.2f}",
                f"{middle:.2f} (median)",
                f"{low:.2f} to {high:.2f}",
                "",
                bound,
            )
        )
    columns = ("parameter", "truth", "mean", "spread", "mean error", "truth in the 90 % interval")
    return grid(f"{rows[0]['part']}, {len(rows)} countries of Mali's size", columns, made)


def null(seed: int) -> list[Row]:
    """Worlds without cross terms."""
    return [_admitted("nulls", name, seed) for name in FALSE]


def power(seed: int) -> list[Row]:
    """Worlds with a loop or an arrow in them."""
    return [_admitted("power", name, seed) for name in TRUE]


def _admitted(part: str, name: str, seed: int) -> Row:
    """What a simulation of a world says: the lag chosen, blocks admitted, circle looked for, as for a user's table."""
    chance = generator(seed, "model", name)
    make = {**FALSE, **TRUE}[name]
    found = fitted([placed(make(chance), SMALL.places, chance)], chance).admitted
    said = {"space": Block.SPACE in found.plan.blocks, "cross": found.cross, "loop": found.loop}
    return {"part": part, "seed": seed, "world": name, **said}


def admission_table(rows: Sequence[Row]) -> str:
    """How often blocks were admitted and a loop called, by world."""
    made = []
    for name in dict.fromkeys(row["world"] for row in rows):
        mine = [row for row in rows if row["world"] == name]
        counted = [share(sum(row[key] for row in mine), len(mine)) for key in ("space", "cross", "loop")]
        made.append((name, str(len(mine)), *counted))
    columns = ("world", "countries", "space admitted", "cross terms admitted", "called a loop")
    return grid(rows[0]["part"], columns, made, "4 marks at 20 places over 2,000 days")
