"""Sets what a simulation starts from: the fit of a systematic table, or what the case declares where there is none.
Invariant: the curated record is never fitted, and the answer says which of the two it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from faultline.measure.control import Followed, follow
from faultline.measure.events import Events
from faultline.measure.feedback.marks import LEAST as LEAST_OF_MARK
from faultline.measure.force import ledger
from faultline.measure.form import window_of
from faultline.measure.parties import parties_of
from faultline.measure.sight import Sight
from faultline.model.admit import SHORTEST, Admitted
from faultline.model.cells import Cells, cells_of
from faultline.model.checks import Check, checks_of, control_checks
from faultline.model.fitted import TABLES, Fitted, fitted
from faultline.model.hazard import Cause, Hazard, Tried
from faultline.model.hazard import admit as admit_causes
from faultline.model.setting import Held, Setting, assumed_dynamics, assumed_held, assumed_spells
from faultline.model.stretch import Stretch, unbroken
from faultline.model.turns import BLOCKADE, Towns, backers_on, lost_chances, siege_age, talking, talks_of, weeks_of
from faultline.model.walk import dynamics_of, start_of
from faultline.record.errors import NotFoundError, UsageError
from faultline.record.scenario import AssumedModel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
DRAWS = 200
LEAST = 100  # events in cells from which on a table is fitted
CURATED = "nothing is fitted, since the record was chosen by hand"
NO_REPORTING = (
    "reporting completeness: not tried; all rows of the table have one day of publication, and model.yaml declares no "
    "`reporting`"
)


@dataclass(frozen=True)
class Settled:
    """A setting, what it was drawn from in one sentence; where something was fitted the admission, the causes `tried`
    of places changing hands, the model `found`, the fitted rates of places in words (`lines`), and what could not be
    tried and why (`unfilled`)."""

    setting: Setting
    basis: str
    admitted: Admitted | None = None
    warnings: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    tried: tuple[Tried, ...] = ()
    lines: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()
    found: Fitted | None = None


@dataclass(frozen=True)
class Asked:
    """What every setting needs: the sight of the day of the issue, how many weeks, what the case assumes."""

    sight: Sight
    weeks: int
    model: AssumedModel | None
    chance: np.random.Generator

    @property
    def issue(self) -> date:
        """The last day of input."""
        return self.sight.as_of


@dataclass(frozen=True)
class _Units:
    """The followed places with their regions, cells and chances that they are lost, on each day and now."""

    ids: tuple[str, ...]
    regions: tuple[str, ...]
    lost: Floats  # days x places
    first: int


def settle(asked: Asked) -> Settled:
    """The setting. Raises UsageError where there is neither a systematic table to fit nor a model.yaml with marks."""
    events = asked.sight.events
    seen = None if events is None else unbroken(events, asked.issue)
    units, thin = _units(asked, follow(asked.sight)), CURATED
    if seen:
        cells = _cells(asked, seen)
        if cells.days >= SHORTEST and cells.counts.sum() >= LEAST:
            return _fitted(asked, seen, cells, units)
        thin = f"the table {seen.events.frame.id} is too thin to fit: {_thin(cells)}"
    if asked.model is None or not asked.model.marks:
        got = "no systematic event table of a year with 100 events, and no event_marks in model.yaml"
        raise UsageError(str(asked.sight.case.folder), got, "one of them", "Give a table: --events FILE --reader ged")
    basis = f"declared assumptions of model.yaml; {thin}"
    return replace(_declared(asked, asked.model, units), basis=basis, warnings=seen.left_out if seen else ())


def _fitted(asked: Asked, seen: Stretch, cells: Cells, units: _Units) -> Settled:
    """Fitted on the table: lag by likelihood, blocks by rolling origins, doubt by the errors of the fit and by draws of
    what the table leaves open."""
    chance, events = asked.chance, seen.events
    drawn = [_cells(asked, seen) for _ in range(TABLES - 1)] if sum(cells.drawn) else []
    at = _cells_of(units, cells.places)
    towns = Towns(units.ids, at, units.lost, units.first)
    tables = [replace(one, held=_held_before(one, units, at)) for one in (cells, *drawn)]
    reporting = asked.model.reporting if asked.model else None
    found = fitted(tables, chance, float(np.sqrt(reporting.low * reporting.high)) if reporting else None)
    past = found.pasts[0]
    weeks = weeks_of(asked.sight, towns, past.cells) if units.ids else None
    hazard, tried = admit_causes(weeks, chance) if weeks else (None, ())
    names = tuple(dict.fromkeys([*past.cells.regions, *units.regions]))
    held = _held(asked, hazard, towns, _numbers(units.regions, names)) if hazard else None
    dynamics = dynamics_of(found.fits[0], past, found.draws(DRAWS, chance))
    parties = _parties(asked.sight, events, past.cells.marks)
    where = past.cells.marks, parties, _numbers(past.cells.regions, names), names
    setting = Setting(asked.issue, asked.weeks, dynamics, start_of(past), *where, DRAWS, held)
    checks = checks_of(found.fits[0], past, chance)
    checks += control_checks(hazard, weeks, chance) if hazard and weeks else ()
    lines = tuple(hazard.lines()) if hazard else ()
    basis = _basis(events, found, hazard)
    unfilled = () if reporting else (NO_REPORTING,)
    left = (*seen.left_out, *cells.left_out)
    return Settled(_in_force(asked, setting, units), basis, found.admitted, left, checks, tried, lines, unfilled, found)


def _thin(cells: Cells) -> str:
    """What the table has of what a fit asks for."""
    has = f"{int(cells.counts.sum())} events of marks with {LEAST_OF_MARK} or more, over {cells.days} days"
    return f"{has}; {LEAST} events over {SHORTEST} days are needed"


def _cells(asked: Asked, seen: Stretch) -> Cells:
    """The cells of that stretch, to its last day: days behind the last event are quiet ones."""
    cells = cells_of(asked.sight, seen.events, asked.chance)
    days = seen.last_day.toordinal() - cells.first_day + 1
    if days <= cells.days or not cells.days:
        return cells.until(max(days, 0))
    quiet = np.zeros((days - cells.days, *cells.counts.shape[1:]))
    return replace(cells, counts=np.concatenate([cells.counts, quiet]))


def _held(asked: Asked, hazard: Hazard, towns: Towns, regions: Ints) -> Held:
    """The followed places under the fitted hazard: what the causes are on the day of the issue is taken in."""
    rates, theta = hazard.draws(DRAWS, asked.chance)
    effect = {cause: theta[:, n] for n, cause in enumerate(hazard.causes)}
    none = np.zeros(DRAWS)
    backed = np.exp(effect.get(Cause.BACKING, none) * np.log1p(backers_on(asked.sight, asked.issue)))
    loses, regains = rates[:, 0] * backed, rates[:, 1] * backed
    unrest = np.exp(effect.get(Cause.VIOLENCE, none))
    rest = effect.get(Cause.SIEGE, none), effect.get(Cause.TALKS, none), talking(talks_of(asked.sight), asked.issue)
    return Held(regions, towns.at, towns.lost[-1], loses, regains, unrest, *rest)


def _basis(events: Events, found: Fitted, hazard: Hazard | None) -> str:
    """What the paths are drawn from, in one sentence."""
    past = found.pasts[0]
    cells = past.cells
    said = f"fitted on {events.frame.id}: {int(cells.counts.sum())} events, {len(cells.places)} places"
    said += f", {window_of(events)}; mean lag {past.lag:g} days"
    said += f", shares of places by {_window(past.window)}" if len(cells.places) > 1 else ""
    said += f"; {int(hazard.turns.sum()) if hazard else 0} turns of places"
    days, hands = cells.drawn
    if days or hands:
        said += f"; {len(found.fits)} tables, in each the days of {days} events and the hands of {hands} drawn anew"
    return said


def _declared(asked: Asked, model: AssumedModel, units: _Units) -> Settled:
    """Simulated from what the case declares: nothing is fitted."""
    chance = asked.chance
    regions = tuple(dict.fromkeys(region for mark in model.marks for region, _ in mark.shares))
    names = tuple(dict.fromkeys([*regions, *units.regions]))
    weights = np.array([[dict(mark.shares).get(region, 0.0) for mark in model.marks] for region in regions])
    weights = weights / np.maximum(weights.sum(axis=0), 1e-12)
    home = [regions.index(region) if region in regions else -1 for region in units.regions]
    at_places = np.array([weights[h] * model.at_place if h >= 0 else 0 * weights[0] for h in home])
    taken = np.array([model.at_place * home.count(n) for n in range(len(regions))])
    shares = np.concatenate([weights * (1 - taken)[:, None], at_places.reshape(-1, weights.shape[1])])
    dynamics, start = assumed_dynamics(model, shares, DRAWS, chance)
    cells = len(regions) + np.arange(len(units.ids))
    held = assumed_held(model, (_numbers(units.regions, names), cells, units.lost[-1]), DRAWS, chance)
    parties = tuple(frozenset(mark.parties) for mark in model.marks)
    where = _numbers((*regions, *units.regions), names), names
    marks = tuple(mark.name for mark in model.marks)
    setting = Setting(asked.issue, asked.weeks, dynamics, start, marks, parties, *where, DRAWS, held)
    return Settled(_in_force(asked, setting, units), "declared assumptions")


def _in_force(asked: Asked, setting: Setting, units: _Units) -> Setting:
    """The setting with blockades and with restrictions in the capital, where the case assumes their turns."""
    model, case = asked.model, asked.sight.case
    if model is None:
        return setting
    known = ledger(asked.sight)
    intervals = [one.interval for one in known.on(asked.issue) if one.interval]
    names = setting.region_names
    aged = np.array([siege_age(known, id, asked.issue) for id in units.ids], np.float64)
    blockades = assumed_spells(model.blockade, (_numbers(units.regions, names), aged), setting.draws, asked.chance)
    restricted = any(i.place == case.capital and i.family != BLOCKADE for i in intervals)
    capital = np.zeros(1, np.int64), np.array([float(restricted)])
    restrictions = assumed_spells(model.restriction, capital, setting.draws, asked.chance) if case.capital else None
    return replace(setting, blockades=blockades, restrictions=restrictions)


def _units(asked: Asked, followed: Followed) -> _Units:
    """The followed towns that the case declares, or where it declares none every town that a report speaks of."""
    wanted = asked.sight.declared.places or followed.units
    ids = tuple(id for id in followed.units if "/" not in id and id in wanted and _region(asked.sight, id))
    lost = lost_chances(followed, ids) if ids else np.zeros((1, 0))
    return _Units(ids, tuple(_region(asked.sight, id) for id in ids), lost, followed.first.toordinal())


def _region(sight: Sight, place: str) -> str:
    """The first-order unit of a place of the case's own country; "" elsewhere."""
    try:
        found = sight.case.place(place, sight.as_of)
    except NotFoundError:
        return ""
    return found.admin1 if found.country in sight.case.countries else ""


def _cells_of(units: _Units, places: Sequence[str]) -> Ints:
    return np.array([places.index(id) if id in places else -1 for id in units.ids], np.int64)


def _held_before(cells: Cells, units: _Units, at: Ints) -> Floats | None:
    """days x places of the cells: the chance a week before that no state force held it, zero where nobody follows."""
    if not (at >= 0).any():
        return None
    found = np.zeros((cells.days, len(cells.places)))
    rows = np.clip(cells.first_day + np.arange(cells.days) - 7 - units.first, 0, len(units.lost) - 1)
    for n, cell in enumerate(at):
        if cell >= 0:
            found[:, cell] = units.lost[rows, n]
    return found


def _window(days: float) -> str:
    return "all the past" if np.isinf(days) else f"a past of {days:g} days"


def _parties(sight: Sight, events: Events, marks: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Who stands behind each mark: its coalition and recipients, or the actor that it is called by."""
    declared = {mark.name: frozenset(filter(None, (mark.coalition, *mark.recipients))) for mark in sight.declared.marks}
    by_name = {party.name: frozenset({party.id, *party.ids}) for party in parties_of(sight, events)}
    return tuple(declared.get(mark) or by_name.get(mark, frozenset()) for mark in marks)


def _numbers(words: Sequence[str], names: Sequence[str]) -> Ints:
    return np.array([names.index(word) for word in words], np.int64)
