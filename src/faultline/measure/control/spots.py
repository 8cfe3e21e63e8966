"""Turns the places of a claim into the units whose control is followed: a town, or the camp or hinterland of one.
Invariant: a region, a country, a place that one only goes to or lies near is no unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from faultline.measure.control.settings import Settings
from faultline.measure.sight import Sight
from faultline.record.claim import Claim, Slot
from faultline.record.place import Place, distance_km
from faultline.record.vocabulary import Action, PlacePrecision, SlotName

CAMP = "camp"
_COARSE = ("ADM", "PCL", "RGN", "CONT", "MT", "HLL", "FRST", "AREA", "LK", "STM", "DSRT", "VAL", "PLN", "WAD")
_FACILITY = ("AIR", "INST", "MILB", "FT")
_NEAR = re.compile(r"\d\s*-?\s*(?:km|kilom[eè]tres?|kilometers?|miles?)\b[^.;]{0,40}$", re.IGNORECASE)
_BESIDE_KM = 15.0  # a camp or an airfield that near belongs to the town


@dataclass(frozen=True)
class Spots:
    """Where claims of control are about."""

    sight: Sight
    settings: Settings

    def letter(self, source: str) -> float:
        """What a report of that source is worth."""
        known = next((s for s in self.sight.case.sources if s.id == source), None)
        return self.settings.trust * self.settings.letter(known.reliability.value if known else "F")

    def of(self, claim: Claim) -> tuple[tuple[str, float], ...]:
        """Units ("kidal", "kidal/camp") with what is left of the claim's worth there."""
        found = dict(self._units(claim))
        share = 1.0 if len(found) < 2 else self.settings.number("many_places")
        return tuple((unit, weight * share) for unit, weight in found.items())

    def into_camp(self, claim: Claim) -> bool:
        """Whether who withdraws does so into a camp of the place, and so stays there."""
        camps = "|".join(self.settings.words("parts", CAMP))
        words = self.sight.words(claim).casefold()
        return re.search(rf"\b(?:into|to|in|inside|dans|vers|au)\b[^.;,]{{0,40}}\b(?:{camps})\b", words) is not None

    def _units(self, claim: Claim) -> Iterator[tuple[str, float]]:
        slots = [slot for slot in claim.slots if slot.name is SlotName.PLACE and slot.leading]
        for slot in slots:
            place = self.sight.case.place(slot.leading, claim.days.first_day)
            if not self.is_unit(place) or self._only_near(claim, slot):
                continue
            town = self._town_of(place) if place.feature.startswith(_FACILITY) else place
            part = CAMP if place.feature.startswith(_FACILITY) else self._part(claim, slot)
            weight = self.settings.number("story_place") if "story" in slot.rule else 1.0
            yield f"{town.id}/{part}" if part else town.id, weight

    def is_unit(self, place: Place) -> bool:
        """Whether control of the place is followed: a town or a facility at home, no region."""
        if place.feature.startswith(_COARSE) or place.precision in (PlacePrecision.ADMIN1, PlacePrecision.COUNTRY):
            return False
        return not place.country or place.country in self.sight.case.countries

    def _only_near(self, claim: Claim, slot: Slot) -> bool:
        """Whether the words before the name make it where one goes to, or what something lies near."""
        if slot.span is None:
            return False
        head = self.sight.text_of(claim.document)[max(0, slot.span.start - 70) : slot.span.start].casefold()
        if _NEAR.search(head):
            return True
        if claim.action is not Action.WITHDRAW:
            return False
        returns = set(self.settings.words("returns"))
        if any(returns & set(s.rule.split()) for s in claim.slots if s.name is SlotName.ACTION):
            return True
        words = head.split()
        before = words[-4:] if words[-1:] in (["of"], ["de"]) else words[-2:]
        return any(word in self.settings.words("toward") for word in (*before, *slot.value.casefold().split()[:-1]))

    def _part(self, claim: Claim, slot: Slot) -> str:
        """The part that the words of the claim name, "" for the place as a whole."""
        words = set(re.findall(r"\w+", f"{slot.value} {self.sight.words(claim)}".casefold()))
        if words & set(self.settings.words("towns")):
            return ""
        return next((p for p in ("hinterland", CAMP) if words & set(self.settings.words("parts", p))), "")

    def _town_of(self, facility: Place) -> Place:
        towns = ((distance_km(facility, town), town) for town in self._towns)
        distance, town = min(towns, key=lambda pair: pair[0], default=(_BESIDE_KM, facility))
        return town if distance < _BESIDE_KM else facility

    @cached_property
    def _towns(self) -> tuple[Place, ...]:
        return tuple(place for place in self.sight.case.places if place.feature.startswith("PPL"))
