"""Turns places into places no finer than a case lets out, and finds texts that name finer ones. Invariant: a place that
the gazetteer does not know counts as fine."""

import re
from collections.abc import Iterable
from functools import cached_property

import ahocorasick

from faultline.case import Case
from faultline.case.names import name_key
from faultline.record.claim import Slot
from faultline.record.errors import NotFoundError
from faultline.record.place import Place
from faultline.record.text import Candidate
from faultline.record.vocabulary import PlacePrecision

WITHHELD = "place withheld"
_APOSTROPHES = re.compile("['’ʼ‘`´]")
_RANK = {level.value: rank for rank, level in enumerate(PlacePrecision)}  # exact, near, admin2, admin1, country


class Coarsener:
    """Knows which places of a case are finer than its policy's level."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.level = case.policy.level

    def coarse_name(self, slot: Slot) -> str:
        """What of a place slot may leave: its own name where it is coarse enough, else the unit that every reading of
        it lies in, else "place withheld"."""
        names = {self._name(candidate.id) for candidate in slot.candidates}
        return names.pop() if len(names) == 1 else WITHHELD

    def is_fine(self, candidates: tuple[Candidate, ...]) -> bool:
        """Whether a name with these readings may mean something finer than the level; one without any may."""
        return not candidates or any(self._fine_id(candidate.id) for candidate in candidates)

    def reveals(self, text: str, unknown: Iterable[str] = ()) -> bool:
        """Whether a text names a place of the gazetteer that is finer than the level, or one of the `unknown` names."""
        if any(f" {_flat(name)} " in f" {_flat(text)} " for name in unknown):
            return True
        if not len(self._names):
            return False
        # "d'Aguelhok" is a name behind an apostrophe, "N'Tillit" a name with one inside: look for both
        readings = {_flat(text), _flat(_APOSTROPHES.sub(" ", text))}
        return any(next(self._names.iter(f" {reading} "), None) is not None for reading in readings)

    def _name(self, place: str) -> str:
        try:
            found = self.case.place(place)
        except NotFoundError:
            return WITHHELD
        return self._unit(found) if self._fine(found) else found.name

    def _unit(self, place: Place) -> str:
        units = {"admin2": (place.admin2, place.admin1), "admin1": (place.admin1,)}.get(self.level, ())
        return next((unit for unit in (*units, place.country) if unit), WITHHELD)

    def _fine_id(self, place: str) -> bool:
        try:
            return self._fine(self.case.place(place))
        except NotFoundError:
            return True

    def _fine(self, place: Place) -> bool:
        return place.precision == PlacePrecision.UNKNOWN or _RANK[place.precision.value] < _RANK[self.level]

    @cached_property
    def _names(self) -> ahocorasick.Automaton:
        """Names of fine places that no coarse place or unit shares."""
        fine = {
            _flat(name) for place in self.case.places if self._fine(place) for name in (place.name, *place.variants)
        }
        coarse = {_flat(name) for place in self.case.places for name in self._coarse_names(place)}
        automaton = ahocorasick.Automaton()
        for key in sorted(fine - coarse - {""}):
            automaton.add_word(f" {key} ", key)
        if len(automaton):
            automaton.make_automaton()
        return automaton

    def _coarse_names(self, place: Place) -> Iterable[str]:
        own = () if self._fine(place) else (place.name, *place.variants)
        units = (place.admin2, place.admin1, place.country) if self.level == "admin2" else (place.admin1, place.country)
        return (*own, *units)


def _flat(text: str) -> str:
    """The text's words without case, accents and punctuation, with one blank between them."""
    return " ".join(re.findall(r"\w+", name_key(text)))
