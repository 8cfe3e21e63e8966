"""Turns a followed sight into how well it foretells: reports that were held out, and states that are known from
elsewhere, beside "the last report persists". Invariant: what foretells a report was published before it, in another
document."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from faultline.measure.chance import binomial_interval
from faultline.measure.control.followed import Followed
from faultline.measure.control.likelihood import Weighed, explained

Floats = npt.NDArray[np.float64]
_NAMING = frozenset({"holds", "state_holds"})
_GRID = np.linspace(0.05, 0.99, 48)  # how sure "the last report persists" may be


class Foretold(NamedTuple):
    """One case: chance given to what came, the highest chance of all options and whether that was right, what the last
    report says (index of an option, -1 where there is none), what came, how many options, and the chance of what came
    where nobody reports."""

    chance: float
    highest: float
    right: bool
    last: int
    came: int
    options: int
    silent: float


@dataclass(frozen=True)
class Compared:
    """Mean log scores (natural, higher is better) over `n` cases; `last_report` with the sureness that suits it best,
    which favours it. `bins` are (mean chance of the leading option, share right, low, high, cases)."""

    n: int
    model: float
    last_report: float
    sureness: float
    bins: tuple[tuple[float, float, float, float, int], ...] = field(default=())

    @property
    def gain(self) -> float:
        """How much better than the last report, in nats a case."""
        return self.model - self.last_report


def held_out(followed: Followed) -> tuple[Foretold, ...]:
    """Each report that names one holder, foretold from what was published before it elsewhere."""
    found = []
    for unit in followed.units:
        told = followed.messages[unit]
        for one in told:
            m = one.message
            if _names_one(one) and not m.before:
                before = [w for w in told if w.message.published < m.published and w.message.document != m.document]
                if any(_names_one(w) for w in before):
                    found.append(_foretell_report(followed, one, before))
    return tuple(found)


def against_states(
    followed: Followed, asked: Iterable[tuple[str, date]], truth: Callable[[str, date], int], known: bool
) -> tuple[Foretold, ...]:
    """The state of each (unit, day) whose true state is known, -1 where it is none of the model's. `known`: from what
    was published by that day only, else from all reports."""
    found = []
    for unit, day in asked:
        came = truth(unit, day)
        if came < 0:
            continue
        told = followed.messages.get(unit, ())
        if known:
            told = tuple(w for w in told if w.message.published <= day.toordinal())
        chances = followed.distribution(told, day)
        best = int(np.argmax(chances))
        last = _last([w for w in told if w.message.day <= day.toordinal()])
        scored = float(chances[came]), float(chances[best]), best == came
        found.append(Foretold(*scored, last, came, len(chances), float(followed.start[came])))
    return tuple(found)


def compare(found: Sequence[Foretold], bins: int = 5) -> Compared:
    """Scores of the model and of the last report, and how often the leading option was right by how sure it was.
    Raises ValueError where there is no case."""
    if not found:
        raise ValueError("no case to compare")
    model = float(np.mean([np.log(max(f.chance, 1e-6)) for f in found]))
    scores = [float(np.mean([_persisting(f, sure) for f in found])) for sure in _GRID]
    best = int(np.argmax(scores))
    return Compared(len(found), model, scores[best], float(_GRID[best]), _calibration(found, bins))


def _persisting(found: Foretold, sure: float) -> float:
    """Log chance by the last report: itself with `sure`, every other option alike; without one the long-run mix, so
    that the two differ by what they make of reports alone."""
    if found.last < 0:
        return float(np.log(max(found.silent, 1e-6)))
    other = (1.0 - sure) / (found.options - 1)
    return float(np.log(sure if found.last == found.came else other))


def _calibration(found: Sequence[Foretold], bins: int) -> tuple[tuple[float, float, float, float, int], ...]:
    order = sorted(found, key=lambda f: f.highest)
    result = []
    for part in np.array_split(np.arange(len(order)), min(bins, len(order))):
        chosen = [order[k] for k in part]
        hits = sum(f.right for f in chosen)
        low, high = binomial_interval(hits, len(chosen))
        mean = float(np.mean([f.highest for f in chosen]))
        result.append((mean, hits / len(chosen), low, high, len(chosen)))
    return tuple(result)


def _foretell_report(followed: Followed, one: Weighed, before: Sequence[Weighed]) -> Foretold:
    """Chance of the holder that the report names: by the states of its day, what each would have reported."""
    holders = len(followed.holders.ids)
    chances = followed.distribution(before, date.fromordinal(one.message.day))
    rows = np.array([_report_of(followed, one, holder) for holder in range(holders)])
    spread = rows.mean(axis=1, keepdims=True)
    rows = one.message.trust * rows + (1 - one.message.trust) * spread
    rows = rows / rows.sum(axis=0)
    named = rows @ chances
    came, best = one.message.holders[0], int(np.argmax(named))
    last = _last([w for w in before if w.message.day <= one.message.day])
    last = last if last < holders else -1
    silent = float(rows[came] @ followed.start)
    return Foretold(float(named[came]), float(named[best]), best == came, last, came, holders, silent)


def _report_of(followed: Followed, one: Weighed, holder: int) -> Floats:
    form = "state_holds" if holder == 0 else "holds"
    return explained(replace(one.message, form=form, holders=(holder,)), followed.settings, len(followed.holders.ids))


def _names_one(one: Weighed) -> bool:
    m = one.message
    return m.form in _NAMING and not m.negative and len(m.holders) == 1


def _last(told: Sequence[Weighed]) -> int:
    """The state that the newest report names, -1 where none does."""
    named = [w.message for w in told if _names_one(w) and not w.message.before]
    return max(named, key=lambda m: (m.day, m.trust)).holders[0] if named else -1
