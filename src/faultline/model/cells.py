"""Turns an event table into counts by day, place and mark, with the distances between places. Invariant: an event is in
exactly one cell or counted as left out; an event whose day is uncertain falls on a day drawn between its first and its
last."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from faultline.measure.events import Events
from faultline.measure.feedback.marks import LEAST, Marked, marked
from faultline.measure.sight import Sight
from faultline.model.dealt import dealt, nobody, unattributed
from faultline.resolve.pairs import haversine

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_PLACES = 60
NEAR_KM = 150.0
LONGEST = 31  # days: an event known less finely is in no cell
REST = "elsewhere"
NOWHERE = "region not stated"
_TOLD = ("threaten", "accuse", "responsibility", "reject")


# Share of the attacks without a side, and of the events without a place: months that name them beside months that do
# not would look like a rise, or like a war that moves.
MOST_NAMELESS = 0.5


@dataclass(frozen=True)
class Cells:
    """`counts` days x places x marks from the ordinal `first_day` on; `near` places x places weights of neighbours that
    fall with distance, its rows summing to one (zero where nobody is near), its diagonal zero; `regions` by place;
    `held` days x places the chance that no state force held the place a week before (None: not followed); `told` claims
    and threats a day (None: not followed); `far` the distance of each place from the capital in kilometres (NaN
    unknown; None: no capital); `complete` the share of each day's events that is reported by now; `left_out` why events
    are in no cell, a line each; `drawn` how many events have a drawn day, and how many a drawn mark."""

    counts: Floats
    near: Floats
    marks: tuple[str, ...]
    places: tuple[str, ...]
    regions: tuple[str, ...]
    first_day: int
    held: Floats | None = None
    told: Floats | None = None
    complete: Floats | None = None
    far: Floats | None = None
    left_out: tuple[str, ...] = ()
    drawn: tuple[int, int] = (0, 0)

    @property
    def days(self) -> int:
        """How many days."""
        return len(self.counts)

    @property
    def last_day(self) -> date:
        """The last day, inclusive."""
        return date.fromordinal(self.first_day + self.days - 1)

    def until(self, days: int) -> "Cells":
        """The first so many days, as they were counted."""
        held, told, complete = (None if rows is None else rows[:days] for rows in (self.held, self.told, self.complete))
        return replace(self, counts=self.counts[:days], held=held, told=told, complete=complete)


def cells_of(sight: Sight, events: Events, chance: np.random.Generator) -> Cells:
    """The cells of the declared marks (else of the busiest armed actors) at the busiest places, the others as one place
    of each region. An uncertain day is drawn, and so is the mark of an attack by unknown hands; places and days are the
    same whatever is drawn."""
    marks, standing_in = _marks(sight, events)
    days, vague = _drawn_days(events, chance)
    whose = np.full(len(events), -1)
    for k, rows in reversed(list(enumerate(marks.bearing))):
        whose[rows] = k
    open_marks = unattributed(events) & (whose < 0) & ~vague
    sure = (whose >= 0) & ~vague
    unplaced = _unplaced(events, sure | open_marks)
    names, index, regions, points = _places(_as_one(events) if unplaced else events, sure | open_marks)
    whose = dealt(events, whose, len(marks.names), chance)
    kept = (whose >= 0) & ~vague
    low = int(events.first[sure].min()) if sure.any() else 0
    counts = np.zeros((int(events.last[sure].max()) - low + 1 if sure.any() else 0, len(names), len(marks.names)))
    kept &= (days >= low) & (days < low + len(counts))
    np.add.at(counts, (days[kept] - low, index[kept], whose[kept]), 1.0)
    drawn = int((sure & ~events.exact_day).sum()), int((open_marks & kept).sum())
    left = [f"{int(vague.sum())} events known to more than {LONGEST} days"] if vague.any() else []
    left += [f"marks with too few events: {', '.join(marks.left_out)}"] if marks.left_out else []
    told, silent = told_of(events, low, len(counts))
    left += [line for line in (standing_in, unplaced) if line]
    left += [f"{silent} (claims cannot be a block)"] if silent else []
    whole = Cells(counts, neighbours(points), marks.names, names, regions, low, told=told, far=_far(sight, points))
    return replace(whole, left_out=tuple(left), drawn=drawn)


def _marks(sight: Sight, events: Events) -> tuple[Marked, str]:
    """The declared marks; where none has enough events or most attacks name nobody who made them, the kinds of violence
    that the table itself tells apart, and a word that says so."""
    found = marked(sight, events)
    known = [n for n, name in enumerate(found.names) if not nobody(name)]
    names, bearing = tuple(found.names[n] for n in known), tuple(found.bearing[n] for n in known)
    found = replace(found, names=names, bearing=bearing)
    attacks = events.root == "assault"
    nameless = attacks & ~events.acted.any(axis=1)
    few = int(nameless.sum()) <= MOST_NAMELESS * int(attacks.sum())
    kinds = [(kind, attacks & (events.subtype == kind)) for kind in np.unique(events.subtype[attacks]).tolist() if kind]
    kept = [(kind, rows) for kind, rows in kinds if int((rows & events.exact_day).sum()) >= LEAST]
    if found.names and (few or not kept):
        return found, ""
    names, rows = tuple(kind.replace("_", " ") for kind, _ in kept), tuple(rows for _, rows in kept)
    why = "none of which has enough events" if few else f"since {int(nameless.sum())} attacks name nobody who made them"
    said = f"the kinds of violence of the table stand in for the declared marks, {why}"
    return replace(found, names=names, bearing=rows), said if kept else ""


def told_of(events: Events, low: int, days: int) -> tuple[Floats | None, str]:
    """Threats, accusations, claims of responsibility a day, by the table's own rows; or why they are not followed."""
    rows = np.isin(events.root, _TOLD) & events.exact_day & (events.first >= low) & (events.first < low + days)
    if int(rows.sum()) < LEAST:
        return None, f"{int(rows.sum())} dated threats, accusations and claims of responsibility, {LEAST} are needed"
    return np.bincount(events.first[rows] - low, minlength=days).astype(np.float64), ""


def neighbours(points: Floats) -> Floats:
    """Weights between places (n x 2 degrees) that fall as exp(-distance / 150 km), nothing beyond three times that; the
    rows of those with a neighbour sum to one. NaN points have none."""
    n = len(points)
    one, other = np.divmod(np.arange(n * n), max(n, 1))
    apart = haversine(points[one], points[other]).reshape(n, n)
    weight = np.where(apart <= 3 * NEAR_KM, np.exp(-apart / NEAR_KM), 0.0)
    weight[np.diag_indices(n)] = 0.0
    weight = np.nan_to_num(weight)
    whole = weight.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weight, whole, out=np.zeros_like(weight), where=whole > 0), np.float64)


def _far(sight: Sight, points: Floats) -> Floats | None:
    """Kilometres from each place to the capital of the case."""
    if not sight.case.capital:
        return None
    capital = sight.case.place(sight.case.capital, sight.as_of)
    return haversine(points, np.array([[capital.latitude, capital.longitude]]))


def _drawn_days(events: Events, chance: np.random.Generator) -> tuple[Ints, npt.NDArray[np.bool_]]:
    length = events.last - events.first
    drawn = events.first + np.floor(chance.random(len(events)) * (length + 1)).astype(np.int64)
    return np.asarray(drawn, np.int64), np.asarray(length > LONGEST, np.bool_)


def _unplaced(events: Events, kept: npt.NDArray[np.bool_]) -> str:
    """Why the whole country is one place: most of the events name none, beside some that do; "" where it is not."""
    vague = (events.place == "") | ~events.located  # a row of the country as a whole has the country's own point
    nowhere = kept & vague & (events.admin2 == "") & (events.admin1 == "")
    few = not int(nowhere.sum()) > MOST_NAMELESS * int(kept.sum())
    said = f"places: {int(nowhere.sum())} of {int(kept.sum())} events name none, so that the whole country is one place"
    return "" if few or nowhere[kept].all() else said


def _as_one(events: Events) -> Events:
    blank, unknown = np.full(len(events), ""), np.full(len(events), np.nan)
    return replace(events, place=blank, admin1=blank, admin2=blank, latitude=unknown, longitude=unknown)


def _places(events: Events, kept: npt.NDArray[np.bool_]) -> tuple[tuple[str, ...], Ints, tuple[str, ...], Floats]:
    """Names of the places, which of them each event is at, their regions and mean points."""
    unit = np.where(events.place != "", events.place, events.admin2)
    values, counts = np.unique(unit[kept & (unit != "")], return_counts=True)
    busiest = set(values[np.argsort(-counts, kind="stable")][:MOST_PLACES].tolist())
    named = [u if u in busiest else f"{REST} in {r or 'the country'}" for u, r in zip(unit, events.admin1, strict=True)]
    names = tuple(dict.fromkeys(name for name, k in zip(named, kept, strict=True) if k))
    number = {name: n for n, name in enumerate(names)}
    index = np.array([number.get(name, -1) for name in named], np.int64)
    regions, points = [], np.full((len(names), 2), np.nan)
    for n in range(len(names)):
        rows = kept & (index == n)
        regions.append(_commonest(events.admin1[rows]) or NOWHERE)
        points[n] = [_mean(events.latitude[rows]), _mean(events.longitude[rows])]
    return names, index, tuple(regions), points


def _commonest(words: npt.NDArray[np.str_]) -> str:
    values, counts = np.unique(words, return_counts=True)
    return str(values[counts.argmax()])


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")
