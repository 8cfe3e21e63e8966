"""How many fronts a named day asks of the defender, beside what he answered before. Invariant: a rank among windows,
never a probability."""

from collections.abc import Iterator

import numpy as np

from faultline.measure.events import Events, Flags, Floats, Ints
from faultline.measure.form import NOT_ENOUGH
from faultline.measure.parties import parties_of
from faultline.measure.sight import Sight
from faultline.measure.synchrony.fronts import fronts_of
from faultline.measure.synchrony.jitter import fronts_in_window, hits
from faultline.record.analysis import Measured
from faultline.record.declared import NamedDay

RECENT = 28  # days before, over which the defender's response is counted


def load_on(sight: Sight, events: Events, day: NamedDay) -> Iterator[Measured]:
    """Fronts hit on the named days over the fronts on which the defender acted in equal windows of the four weeks
    before, with its rank among all windows; nothing where no defender is declared or the day lies outside."""
    parties = {party.id: party for party in parties_of(sight, events)}
    attacker, defender = parties.get(day.coalition), parties.get(sight.declared.defender)
    first, last = day.days.first_day, day.days.last_day
    if attacker is None or defender is None or attacker.id == defender.id or first is None or last is None:
        return
    at, window = first.toordinal() - int(events.first.min()), (last - first).days + 1
    hit, answered = (_daily(sight, events, party.rows(events), window) for party in (attacker, defender))
    if not RECENT <= at < len(hit):
        return
    ratios = _ratios(hit, answered, window)
    seen = float(ratios[at])
    known = ratios[np.isfinite(ratios)]
    there = bool(np.isfinite(seen))
    yield Measured(
        "synchrony",
        seen if there else None,
        "fronts hit for one answered",
        day.days,
        "rank among all windows of the table",
        name=f"load on {defender.name}: {day.name} ({day.standing})",
        subject=attacker.name,
        null=float(np.median(known)) if len(known) else None,
        n=int(hit[at]),
        settings=f"window={window} days; response over the {RECENT} days before",
        frame=events.frame.id,
        note=f"higher than {np.mean(known < seen):.0%} of {len(known)} windows" if there else "no response before",
        verdict="" if there else NOT_ENOUGH,
    )


def _daily(sight: Sight, events: Events, rows: Flags, window: int) -> Ints:
    """Distinct fronts of the chosen rows in the window from each day of the table on."""
    chosen = events.only(rows)
    origin, length = int(events.first.min()), int(events.first.max() - events.first.min()) + 1
    fronts, days = hits(fronts_of(chosen, sight.declared.front_km)[0], chosen.first - origin)
    return fronts_in_window(fronts, days, window, length)


def _ratios(hit: Ints, answered: Ints, window: int) -> Floats:
    """Hit over the mean answered in the windows that ended before; NaN in the first weeks or without a response."""
    running = np.concatenate([[0], np.cumsum(answered)])
    ratios = np.full(len(hit), np.nan)
    days = np.arange(RECENT, len(hit))
    ends, starts = np.maximum(days - window + 1, 0), days - RECENT
    mean = (running[ends] - running[starts]) / np.maximum(ends - starts, 1)
    ratios[days[mean > 0]] = hit[days[mean > 0]] / mean[mean > 0]
    return ratios
