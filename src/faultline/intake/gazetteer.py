"""Turns names in a table into candidates of the case. Invariant: a place of the same name far from the row's own point
is no candidate, and a region is none for a town."""

import re
from datetime import date

from faultline.case.case import Case
from faultline.intake.packaged import table
from faultline.record.days import DayPrecision, Days
from faultline.record.place import Place, distance_km
from faultline.record.text import Candidate

Point = tuple[float, float]
_BRACKET = re.compile(r"\s*\([^()]*\)$")
_YEARS = re.compile(r"\s*\(\d{4}-(?:\d{4})?\)\s*")
_EITHER = " and/or "
_SLACK_KM = 50.0  # how far two gazetteers may put one place apart, beyond its radius


class Gazetteer:
    """Looks names up in a case; each name once, as tables repeat them by the thousand."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._known: dict[str, str] = {}  # a name and the form of it that the case knows
        self._actors: dict[tuple[str, date | None], tuple[Candidate, ...]] = {}
        self._places: dict[str, tuple[Place, ...]] = {}

    def actors(self, name: str, day: date | None) -> tuple[Candidate, ...]:
        """Actors that bore the name on that day; a bracket after it ("(2021-)") or a long form after a colon is
        dropped where the whole is nobody's name. Of "A and/or B" it is open which: each is as likely as the other."""
        if _EITHER in name:
            return self._one_of(name.split(_EITHER), day)
        if name not in self._known:
            self._known[name] = next((form for form in _forms(name) if self._case.actor_candidates(form)), "")
        form = self._known[name]
        if not form:
            return ()
        if (form, day) not in self._actors:
            days = Days(day, day, DayPrecision.DAY) if day else None
            self._actors[form, day] = self._case.actor_candidates(form, days)
        return self._actors[form, day]

    def _one_of(self, names: list[str], day: date | None) -> tuple[Candidate, ...]:
        """Candidates of each name with an equal part; none where one is nobody's."""
        found = [self.actors(name.strip(), day) for name in names]
        if not all(found):
            return ()
        chance: dict[str, float] = {}
        for one in (candidate for part in found for candidate in part):
            chance[one.id] = chance.get(one.id, 0.0) + one.probability / len(names)
        return tuple(Candidate(actor, part, "one of those named") for actor, part in chance.items())

    def places(self, name: str, point: Point | None) -> tuple[Candidate, ...]:
        """Places of that name ("Kidal town": Kidal, but not its region) near the point, equally likely."""
        if name not in self._places:
            self._places[name] = self._named(name)
        found = self._places[name]
        if found and point:
            here = Place("", "", *point)
            found = tuple(p for p in found if distance_km(p, here) <= p.radius_km + _SLACK_KM)
        reason = "name, near the row's point" if point else "name"
        return tuple(Candidate(place.id, 1 / len(found), reason) for place in found)

    def _named(self, name: str) -> tuple[Place, ...]:
        candidates = self._case.place_candidates(name)
        allowed = ""
        head, _, kind = name.rpartition(" ")
        kinds = table("places.yaml")["kinds"]
        if not candidates and head and kind.lower() in kinds:
            candidates, allowed = self._case.place_candidates(head), kinds[kind.lower()]
        places = (self._case.place(candidate.id) for candidate in candidates)
        return tuple(place for place in places if not place.feature or place.feature.startswith(allowed))


def _forms(name: str) -> tuple[str, ...]:
    """The name as written, without brackets, without the years of a government inside it ("Police Forces of X
    (2013-2020) Gendarmerie"), its short and its long form, and what stands before the years."""
    bare = _BRACKET.sub("", name)
    unyeared = _YEARS.sub(" ", name).strip()
    short, _, long = bare.partition(": ")
    return tuple(form for form in dict.fromkeys((name, bare, unyeared, short, long, _YEARS.split(name)[0])) if form)
