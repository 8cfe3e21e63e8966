"""Turns who speaks in a claim into the voice that it is counted as. Invariant: two officials of one party are one voice
of it, and who belongs to whom is asked for the day on which it was said, by ties known by then."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from faultline.case import Case
from faultline.case.names import name_key
from faultline.record.actor import Actor, Tie
from faultline.record.claim import REPORTER, UNNAMED, Claim
from faultline.record.days import Days
from faultline.record.text import Source
from faultline.record.vocabulary import ActorKind, SlotName, TieKind
from faultline.resolve.actors_ties import in_view
from faultline.resolve.lineage_credits import own_words
from faultline.resolve.lineage_outlets import Outlets, house_of

_NO_PARTY = frozenset({ActorKind.REGIONAL_BODY, ActorKind.CIVILIANS, ActorKind.UNKNOWN})  # its members stay parties
_NOBODY = frozenset({ActorKind.CIVILIANS, ActorKind.UNKNOWN})  # many mouths, not one voice
_LONGEST_NAME, _ACRONYM = 6, 3  # words, letters


class Voices:
    """Who speaks for whom in a case, by the ties that were known on `as_of` (all where None)."""

    def __init__(self, case: Case, outlets: Outlets, as_of: date | None = None) -> None:
        self._case, self._outlets, self._as_of = case, outlets, as_of
        self._actors = {actor.id: actor for actor in case.actors}

    def of_claim(self, claim: Claim, published: Days) -> tuple[str, str]:
        """The key of the voice that vouches for a claim, and its name; ("", "") where the text itself or nobody who
        is named does: then it counts as coming from where the text comes from."""
        said = claim.speaker.innermost
        if said in (REPORTER, UNNAMED) or name_key(said) in own_words():
            return "", ""
        outlet = self._outlets.named(said)
        if outlet:
            return self.of_house(outlet.key), outlet.name
        actor = claim.speaker.actor or self._slot(claim) or self._named(said, published)
        known = self._actors.get(actor)
        if known and known.kind in _NOBODY:
            return "", ""
        if actor:
            return self.of_party(self.party(actor, published)), said
        name = _person(said)
        return (f"voice {name}", said) if name else ("", "")

    def of_source(self, source: Source) -> str:
        """The key of what a source says in its own voice: of the party that it speaks for, else of its house."""
        return self.of_house(house_of(source))

    def of_house(self, house: str) -> str:
        """The key of a house: the voice of the party that its sources speak for, else the house."""
        side = self._sides.get(house, "")
        return f"voice {self.party(side, Days())}" if side else f"house {house}"

    def of_party(self, actor: str) -> str:
        """The key of a party's voice; of its house where it publishes itself."""
        known = self._actors.get(actor)
        outlet = self._outlets.named(known.name) if known else None
        return self.of_house(outlet.key) if outlet else f"voice {actor}"

    def party(self, actor: str, day: Days) -> str:
        """The id of the party that an actor speaks for on that day: followed upwards through sides, offices,
        membership and command; itself where there is none above it."""
        seen = {actor}
        while above := self._above(actor, day):
            if above in seen:
                break
            seen.add(above)
            actor = above
        return actor

    def _above(self, actor_id: str, day: Days) -> str:
        actor = self._actors.get(actor_id)
        if actor is None:
            return ""
        if actor.side and self._by_name.get(name_key(actor.side), actor_id) != actor_id:
            return self._by_name[name_key(actor.side)]
        said = day.first_day or day.last_day
        found = [
            (days.first_day or date.min, other)
            for days, other in self._offered(actor)
            if said is None or days.covers(said)
        ]
        person = actor.kind is ActorKind.PERSON
        parties = [pair for pair in found if person or self._actors[pair[1]].kind not in _NO_PARTY]
        return max(parties)[1] if parties else ""

    def _offered(self, actor: Actor) -> Iterator[tuple[Days, str]]:
        """Whom an actor may speak for, and when."""
        person = actor.kind is ActorKind.PERSON
        for tie in actor.ties:
            above = tie.kind is TieKind.MEMBER or (person and tie.kind is TieKind.COMMAND)
            if above and in_view(tie, self._as_of):
                yield tie.days, tie.other
        if person:
            yield from ((days, body) for days, body in self._offices.get(actor.id, ()))
        else:
            yield from ((tie.days, tie.actor) for tie in self._commanders.get(actor.id, ()))

    def _named(self, said: str, published: Days) -> str:
        """The party whose name stands in the words ("communiqué de la Minusma"); "" for none, or for two."""
        if said in self._metonyms:
            return self._metonyms[said]
        words = said.replace("’", "'").replace("'", "' ").split()
        for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
            names = (" ".join(words[n : n + size]) for n in range(len(words) - size + 1))
            known = (c.id for n in names if not _is_particle(n) for c in self._case.actor_candidates(n, published))
            found = {self.party(actor, published) for actor in known}
            if found:
                return found.pop() if len(found) == 1 else ""
        return ""

    def _slot(self, claim: Claim) -> str:
        return next((slot.leading for slot in claim.slots if slot.name is SlotName.SPEAKER and slot.leading), "")

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return {name_key(actor.name): actor.id for actor in self._case.actors}

    @cached_property
    def _metonyms(self) -> Mapping[str, str]:
        """Places that stand for an actor where they speak."""
        return {place: actor.id for actor in self._case.actors for place in actor.metonyms}

    @cached_property
    def _sides(self) -> Mapping[str, str]:
        """The party that each house speaks for: an actor's id, or its name."""
        sides = {house_of(source): source.side for source in self._case.sources if source.side}
        return {house: self._by_name.get(name_key(side), side) for house, side in sides.items()}

    @cached_property
    def _offices(self) -> Mapping[str, list[tuple[Days, str]]]:
        found = defaultdict(list)
        for actor in self._case.actors:
            for office in actor.offices:
                if in_view(office, self._as_of):
                    found[office.holder].append((office.days, actor.id))
        return found

    @cached_property
    def _commanders(self) -> Mapping[str, list[Tie]]:
        found = defaultdict(list)
        for actor in self._case.actors:
            for tie in actor.ties:
                known = tie.kind is TieKind.COMMAND and in_view(tie, self._as_of)
                if known and actor.kind is not ActorKind.PERSON:
                    found[tie.other].append(tie)
        return found


def _person(said: str) -> str:
    """The last two words with capitals: with or without a rank and a country before them it is one person; "" where
    there are none."""
    capitals = [word for word in said.split() if word[:1].isupper()]
    return name_key(" ".join(capitals[-2:])) if len(capitals) > 1 else ""


def _is_particle(word: str) -> bool:
    """A short word in small letters ("un", "de") is no acronym ("UN")."""
    return len(word) <= _ACRONYM and word.islower()
