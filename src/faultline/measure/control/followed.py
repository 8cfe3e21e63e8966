"""Turns messages into who held what on each day, as it is known now and as it was known then. Invariant: what was
known on a day rests on what was published by then; silence spreads the distribution and is no state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from faultline.measure.control import kernel
from faultline.measure.control.holders import Holders, holders_of
from faultline.measure.control.likelihood import Weighed, jumps, likelihoods, weighed, with_towns
from faultline.measure.control.messages import Message, named_parties, read
from faultline.measure.control.rows import parties_of_rows, read_rows
from faultline.measure.control.settings import NOBODYS, Settings, long_run, standard, transitions
from faultline.measure.sight import Sight

Floats = npt.NDArray[np.float64]
_INFORMED = 0.25  # nats from the long-run mix below which a day is not known
_HOLDS = ("holds", "state_holds", "together", "joint", "garrison")


@dataclass(frozen=True)
class Held:
    """Who held a unit on a day. `state` is the leading one ("held by ID", "contested", ...) with its probability;
    `members` are the actors that reports name for the leading holder, the weightiest first; `entropy` is in bits,
    `age` days since the newest report by then (None: none yet); `claims` the reports nearest to the day; `informed` is
    False where reports say little more than silence would."""

    unit: str
    day: date
    state: str
    probability: float
    states: Mapping[str, float]
    holder: str = ""
    members: tuple[str, ...] = ()
    entropy: float = 0.0
    age: int | None = None
    claims: tuple[str, ...] = ()
    informed: bool = False


@dataclass(frozen=True)
class Spell:
    """Days over which one state leads, both inclusive, with its highest probability and the claims that speak of them.
    Days on which reports say little more than silence would are in no spell."""

    state: str
    first_day: date
    last_day: date
    probability: float
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """A unit from day to day: `probabilities[t, k]` of `states[k]` on `first` + t days, given all reports."""

    unit: str
    first: date
    states: tuple[str, ...]
    probabilities: Floats
    spells: tuple[Spell, ...]


@dataclass(frozen=True)
class Followed:
    """All units of a sight from `first` to `last` (inclusive), with their messages by unit."""

    holders: Holders
    settings: Settings
    first: date
    last: date
    messages: Mapping[str, tuple[Weighed, ...]]

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Names of the states, in the order of every distribution."""
        return (*(f"held by {id}" for id in self.holders.ids), *NOBODYS)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit that a report speaks of."""
        return tuple(self.messages)

    def on(self, unit: str, day: date) -> Held:
        """Who held it on that day given all reports; long-run mix where nobody reports of the unit."""
        return self._held(unit, day, self.messages.get(unit, ()))

    def known(self, unit: str, day: date) -> Held:
        """Who held it on that day given what was published by then: no hindsight."""
        then = day.toordinal()
        return self._held(unit, day, tuple(w for w in self.messages.get(unit, ()) if w.message.published <= then))

    def history(self, unit: str) -> History:
        """The unit on every day, given all reports."""
        smoothed = self.smoothed((unit,))[0]
        return History(unit, self.first, self.states, smoothed, self._spells(unit, smoothed))

    def smoothed(self, units: Iterable[str]) -> Floats:
        """(units, days, states) probabilities given all reports."""
        filtered, emitted, reports = self._filtered(units)
        return kernel.smooth(self.matrix, filtered, emitted, reports)

    def filtered(self, units: Iterable[str]) -> Floats:
        """(units, days, states) probabilities given the reports of each day and those before it."""
        return self._filtered(units)[0]

    def _filtered(self, units: Iterable[str]) -> tuple[Floats, Floats, kernel.Reports]:
        chosen = tuple(units)
        index = [k for k, unit in enumerate(chosen) for _ in self.messages.get(unit, ())]
        found = [w for unit in chosen for w in self.messages.get(unit, ())]
        days = (self.last - self.first).days + 1
        reports = self._reports(found, index)
        emitted = kernel.emissions((len(chosen), days, len(self.states)), reports)
        return kernel.forward(self.matrix, self.start, emitted, reports), emitted, reports

    @cached_property
    def matrix(self) -> Floats:
        """Chances from one day to the next."""
        return transitions(self.settings, len(self.holders.ids) - 1)

    @cached_property
    def start(self) -> Floats:
        """The long-run mix, from which every unit starts."""
        return long_run(self.matrix)

    def distribution(self, found: Iterable[Weighed], day: date) -> Floats:
        """(states,) probabilities of that day given those messages."""
        kept = tuple(found)
        asked = min(max((day - self.first).days, 0), (self.last - self.first).days)
        return kernel.at((self._powers, self.start), self._reports(kept, [0] * len(kept)), asked)

    @cached_property
    def _powers(self) -> Floats:
        return kernel.powers(self.matrix, (self.last - self.first).days + 1)

    def _held(self, unit: str, day: date, found: tuple[Weighed, ...]) -> Held:
        chances = self.distribution(found, day)
        best = int(np.argmax(chances))
        holder = self.holders.ids[best] if best < len(self.holders.ids) else ""
        told = [w.message for w in found if w.message.day <= day.toordinal()]
        positive = chances[chances > 0]
        return Held(
            unit,
            day,
            self.states[best],
            float(chances[best]),
            dict(zip(self.states, (float(chance) for chance in chances), strict=True)),
            holder,
            self._members(found, best, day) if holder else (),
            float(-(positive * np.log2(positive)).sum()),
            min((day.toordinal() - m.day for m in told), default=None),
            _nearest((w.message for w in found), day),
            bool(self.informed(chances)),
        )

    def _members(self, found: Iterable[Weighed], holder: int, day: date) -> tuple[str, ...]:
        """Members of the holder by the weight of reports that name them, which halves with the days between."""
        half = self.settings.number("half_life")
        weights: dict[str, float] = {}
        for one in found:
            m = one.message
            if m.member and m.form in _HOLDS and not m.negative and m.holders[:1] == (holder,):
                weight = m.trust * one.share * 0.5 ** (abs(m.day - day.toordinal()) / half)
                weights[m.member] = weights.get(m.member, 0.0) + weight
        return tuple(sorted(weights, key=lambda member: -weights[member]))

    def _spells(self, unit: str, smoothed: Floats) -> tuple[Spell, ...]:
        leading = np.where(self.informed(smoothed), smoothed.argmax(axis=1), -1)
        cuts = [0, *(np.flatnonzero(np.diff(leading)) + 1).tolist(), len(leading)]
        start = self.first.toordinal()
        spells = []
        for first, end in pairwise(cuts):
            if leading[first] >= 0:
                told = [w.message for w in self.messages.get(unit, ()) if first <= w.message.day - start < end]
                claims = tuple(dict.fromkeys(m.claim for m in told if not m.before))
                days = date.fromordinal(start + first), date.fromordinal(start + end - 1)
                highest = float(smoothed[first:end, leading[first]].max())
                spells.append(Spell(self.states[leading[first]], *days, highest, claims))
        return tuple(spells)

    def informed(self, chances: Floats) -> npt.NDArray[np.bool_]:
        """Whether the distribution differs from the long-run mix (Kullback-Leibler divergence)."""
        apart = (chances * np.log(np.maximum(chances, 1e-300) / self.start)).sum(axis=-1)
        return np.asarray(apart >= _INFORMED, np.bool_)

    def _reports(self, found: Sequence[Weighed], index: Sequence[int]) -> kernel.Reports:
        """The messages as arrays, in the order of their days; those of days outside fall on the first or last."""
        start, length = self.first.toordinal(), (self.last - self.first).days
        days = np.clip(np.array([w.message.day - start for w in found], np.int64), 0, length)
        order = np.argsort(days, kind="stable")
        sorted_ = tuple(found[k] for k in order)
        change = jumps(sorted_, self.settings, self.matrix)
        like = likelihoods(sorted_, self.settings, len(self.holders.ids))
        return kernel.Reports(np.array(index, np.int64)[order], days[order], like, *change)


def follow(sight: Sight, settings: Settings | None = None) -> Followed:
    """Every unit that a claim or a row of a table speaks of, from the first day of the case to the sight's day."""
    chosen = settings or standard()
    holders = holders_of(sight, (*named_parties(sight.claims), *parties_of_rows(sight)))
    told = (*read(sight, holders, chosen), *read_rows(sight, holders, chosen))
    messages = weighed(with_towns(told, chosen), chosen)
    by_unit: dict[str, list[Weighed]] = {}
    for one in messages:
        by_unit.setdefault(one.message.unit, []).append(one)
    kept = {unit: tuple(found) for unit, found in by_unit.items() if "/" not in unit or _reports(found) > 1}
    return Followed(holders, chosen, _first_day(sight, messages), sight.as_of, kept)


def now(sight: Sight) -> tuple[Held, ...]:
    """Who holds each unit on the sight's day, by the name of the unit."""
    followed = follow(sight)
    return tuple(followed.on(unit, sight.as_of) for unit in followed.units)


def history(sight: Sight, place: str) -> History:
    """The states of a place ("kidal") or a part of one ("kidal/camp") by day, given all that the sight sees."""
    return follow(sight).history(place)


def _first_day(sight: Sight, found: Iterable[Weighed]) -> date:
    first = sight.case.period.first_day
    earliest = min((w.message.day for w in found), default=sight.as_of.toordinal())
    return min(first or date.fromordinal(earliest), sight.as_of)


def _reports(found: Iterable[Weighed]) -> int:
    return len({w.message.document for w in found})


def _nearest(messages: Iterable[Message], day: date, most: int = 6) -> tuple[str, ...]:
    told = sorted(messages, key=lambda m: (abs(m.day - day.toordinal()), m.claim))
    return tuple(dict.fromkeys(m.claim for m in told))[:most]
