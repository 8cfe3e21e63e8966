"""Simulates a case forward from a day, with and without a scenario, by this process, several, or a Dask cluster.
Invariant: the same case, day, seed and number of paths give the same answer, whoever plays the paths."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from faultline.case import load_model, load_scenario
from faultline.desk.coding import cluster_client
from faultline.desk.measuring import EventsFile, sight_of
from faultline.desk.opened import Desk
from faultline.desk.processes import processes
from faultline.measure.chance import generator
from faultline.measure.feedback.heldout import Gain
from faultline.model.admit import Admitted
from faultline.model.checks import Check
from faultline.model.doubt import refitted
from faultline.model.hazard import Tried
from faultline.model.outlook import outlooks
from faultline.model.play import Played, chunks_of, joined, play
from faultline.model.setting import Setting
from faultline.model.settle import Asked, Settled, settle
from faultline.record.errors import UsageError
from faultline.record.scenario import Scenario, Simulated

_Part = TypeVar("_Part")
LABEL = "scenario, never scored"
PLAIN = "simulation without a scenario"
_REFITS, _FEWEST = 10, 20  # of one chunk; of a bootstrap
_BASE = 7  # apart from the seed of the scenario's paths: the two sets of paths are independent


@dataclass(frozen=True, slots=True)
class SimulationAsked:
    """What to simulate: from the `issue` (the last day of input) over `weeks`, under the scenario of a file or none;
    `workers` processes of this machine, or those of the Dask `cluster` at an address; `bootstrap` refits of worlds
    drawn from the fit, where something is fitted (0: the errors of the fit)."""

    issue: date
    weeks: int = 26
    scenario: Path | None = None
    paths: int = 2000
    seed: int = 1
    table: EventsFile | None = None
    workers: int = 1
    cluster: str = ""
    bootstrap: int = 0


def simulated(desk: Desk, asked: SimulationAsked) -> Simulated:
    """Outcomes by region and month. Raises CaseError for a scenario or a model.yaml that does not hold, UsageError
    where there is nothing to simulate from, or for a bootstrap of fewer than 20 refits."""
    if 0 < asked.bootstrap < _FEWEST:
        raise UsageError("--bootstrap", str(asked.bootstrap), f"0, or {_FEWEST} or more", "200 refits are usual")
    scenario = load_scenario(asked.scenario, desk.case) if asked.scenario else None
    sight = sight_of(desk, desk.snapshot(asked.issue), asked.table)
    chance = generator(asked.seed, "simulate", str(asked.issue))
    settled = settle(Asked(sight, asked.weeks, load_model(desk.case), chance))
    with _executor(asked) as executor:
        lines = _lines(executor, settled, asked)
        base = _played(executor, settled.setting, asked, asked.seed + _BASE)
        under = _played(executor, settled.setting.under(scenario), asked, asked.seed) if scenario else None
    rows = outlooks(settled.setting, under or base, base if under else None)
    admitted, refused = _trials(settled)
    return Simulated(
        desk.case.id,
        asked.issue,
        asked.weeks,
        asked.paths,
        asked.seed,
        settled.basis,
        LABEL if scenario else PLAIN,
        scenario.name if scenario else "",
        _assumptions(scenario),
        admitted,
        refused,
        tuple(map(_check, settled.checks)),
        rows,
        warnings=settled.warnings,
        fitted=lines,
    )


def _lines(executor: Executor | None, settled: Settled, asked: SimulationAsked) -> tuple[str, ...]:
    """What was fitted, in words; with as many refits as were asked for."""
    found = settled.found
    if found is None:
        return settled.lines
    chunks = [(n, min(_REFITS, asked.bootstrap - n * _REFITS)) for n in range(-(-asked.bootstrap // _REFITS))]
    again = _done(executor, refitted, (found.fits[0], found.pasts[0], asked.seed), chunks)
    return (*found.lines([one for part in again for one in part]), *settled.lines)


def _played(executor: Executor | None, setting: Setting, asked: SimulationAsked, seed: int) -> Played:
    return joined(_done(executor, play, (setting, seed), chunks_of(asked.paths)))


def _done(
    executor: Executor | None, work: Callable[..., _Part], given: tuple[object, ...], chunks: Sequence[tuple[int, int]]
) -> list[_Part]:
    """What the work makes of each chunk, in their order."""
    if executor is None:
        return [work(*given, *chunk) for chunk in chunks]
    waiting = [executor.submit(work, *given, *chunk) for chunk in chunks]
    return [future.result() for future in waiting]


@contextmanager
def _executor(asked: SimulationAsked) -> Iterator[Executor | None]:
    if asked.cluster:
        with cluster_client(asked.cluster) as client:
            yield client.get_executor(pure=True)
    else:
        with processes(asked.workers) as pool:
            yield pool


def _assumptions(scenario: Scenario | None) -> tuple[str, ...]:
    if scenario is None:
        return ()
    reasons = ((step.form.replace("_", " "), step.reason) for step in scenario.steps if step.reason)
    return (*scenario.assumptions, *(f"why these ranges, {form}: {reason}" for form, reason in reasons))


def _check(check: Check) -> str:
    """A figure of the country beside those of worlds drawn from the fit."""
    held = "held" if check.inside else "MISSED"
    worlds = f"{check.low:.3g} to {check.high:.3g} in 90 % of worlds drawn from the fit"
    return f"{check.name}: {check.seen:.3g} {check.unit}, {worlds}: {held}"


def _trials(settled: Settled) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was admitted and what was refused, each with its gain; and where no cross term is in, what that means."""
    if settled.admitted is None:
        return (), ()
    said = [(t.admitted, _trial(t.block, t.gain, t.tables)) for t in settled.admitted.trials]
    said += [(t.admitted, _turned(t)) for t in settled.tried]
    refused = [text for admitted, text in said if not admitted] + list(settled.unfilled)
    kept = [text for admitted, text in said if admitted]
    if settled.admitted.loop:
        kept.append(f"{_looped(settled.admitted)}, also beside a level of each mark's own")
    elif settled.admitted.cross:
        refused.append(f"{_looped(settled.admitted)}: {NO_LOOP}")
    else:
        refused.append(NOT_DETECTABLE)
    return tuple(kept), tuple(refused)


def _looped(admitted: Admitted) -> str:
    """The marks of a circle of sure arrows, where there is one."""
    names = ", ".join(admitted.fit.marks[k].name for k in admitted.circle)
    return f"a loop of {names}" if names else "a loop"


def _trial(block: str, gained: Gain, tables: tuple[int, int]) -> str:
    said = f"{block}: {gained.mean:+.2g} [{gained.low:+.2g} to {gained.high:+.2g}] log units a day"
    return said if tables[1] == 1 else f"{said}, gains in {tables[0]} of {tables[1]} drawn tables"


def _turned(tried: Tried) -> str:
    if tried.gain is None:
        return f"places change hands, {tried.block}: too few turns, or it never changes"
    gained = tried.gain
    said = f"{gained.mean:+.2g} [{gained.low:+.2g} to {gained.high:+.2g}] log units a week"
    return f"places change hands, {tried.block}: {said}"


NO_LOOP = (
    "one follows another, but no circle of sure arrows stands beside a level of each mark's own that bends every "
    "quarter (the verdict of the measure of feedback, which asks for two years of days)"
)
NOT_DETECTABLE = (
    "the asserted loop is not detectable in these counts; what would show it: several times as many dated events of "
    "each mark, by place and day, from a table whose reporting does not swell for all marks at once"
)
