"""Turns speakers and groups of victims into parties. Invariant: an official speaks for his party, two officials of one
party are one voice of it, and whoever cannot be placed belongs to nobody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from faultline.case import Case
from faultline.case.names import name_key
from faultline.record.actor import Actor
from faultline.record.claim import REPORTER, UNNAMED, Speaker
from faultline.record.errors import NotFoundError
from faultline.record.text import Source
from faultline.record.vocabulary import ActorKind, TieKind
from faultline.resolve.lexicon import any_of, folded, holds, words

FIGHTER, CIVILIAN = "fighter", "civilian"
FORCES = ("state", "armed group")
_SPEAKS_FOR = frozenset({TieKind.COMMAND, TieKind.MEMBER})
_ONE_CAMP = frozenset({TieKind.ALLIANCE, TieKind.BACKING, TieKind.COMMAND, TieKind.MEMBER, TieKind.MERGER})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who vouches for a claim: `name` as the text or the case has it, `actor` its id where known; `party` is the id of
    the party that it speaks for, the word by which an unknown one goes ("rebels"), or ""."""

    name: str
    actor: str = ""
    party: str = ""


class Parties:
    """What a case says of who speaks for whom and who stands with whom."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._by_name = {name_key(actor.name): actor.id for actor in case.actors}
        self._kinds = {ActorKind(kind) for kind in words()["party_kinds"]}
        self._fighting = {ActorKind(kind) for kind in words()["fighting_kinds"]}
        self.party_of = cache(self._party_of)
        self.camp = cache(self._camp)

    def voice(self, speaker: Speaker, source: str) -> Voice:
        """The voice behind a claim of a document of that source: an own voice of the text is its source's."""
        if speaker.innermost in (REPORTER, UNNAMED):
            return self._of_source(speaker, source)
        actor = speaker.actor or self._by_name.get(name_key(speaker.innermost), "")
        party = self.party_of(actor) if actor else ""
        if not actor:
            party = self._launders_for(speaker.innermost)
            party = party or (folded(speaker.innermost) if holds("party", speaker.innermost) else "")
        return Voice(self._name(actor) or speaker.innermost, actor, party)

    def group(self, label: str) -> str:
        """The id of the actor whose people the label names; "" for none or nobody in particular."""
        return self._by_name.get(name_key(label), "")

    def status(self, label: str) -> str:
        """Whether those harmed are called fighters or civilians; "" where the label leaves it open."""
        actor = self._actor(label) or self._actor(self.group(label))
        if actor:
            if actor.kind is ActorKind.CIVILIANS:
                return CIVILIAN
            return FIGHTER if actor.kind in self._fighting else ""
        if holds("civilian", label):
            return CIVILIAN
        return FIGHTER if holds("fighter", label) else ""

    def together(self, one: str, other: str) -> bool:
        """Whether two parties are one, on one side, or bound by an alliance, backing, command or membership."""
        return one == other or bool(self.camp(one) & self.camp(other))

    def own(self, party: str, group: str) -> bool | None:
        """Whether fighters who go by that label are the party's own; None where that cannot be told. Where either is no
        known actor, the words for state forces are parted from those for armed groups."""
        actor = group if self._actor(group) else self.group(group)
        if actor and self._actor(party):
            return self.together(party, actor)
        one, other = self.force(party), self.force(actor or group)
        return one == other if one and other else None

    def force(self, label: str) -> str:
        """ "state" or "armed group", by the kind of the actor of that id or by the word; "" for neither."""
        actor = self._actor(label)
        for force, listed in words()["forces"].items():
            if actor.kind.value in listed["kinds"] if actor else any_of(listed["words"]).search(folded(label)):
                return str(force)
        return ""

    def _of_source(self, speaker: Speaker, source: str) -> Voice:
        found = self._source(source)
        name = found.name if found else source
        if speaker.innermost == UNNAMED:
            return Voice(f"{UNNAMED}, {name}" if name else UNNAMED)
        return Voice(name or REPORTER, "", self._side_of(found) if found else "")

    def _source(self, source: str) -> Source | None:
        try:
            return self.case.source(source)
        except NotFoundError:
            return None

    def _launders_for(self, name: str) -> str:
        """The party for which a network of that name launders; "" for what is no such network."""
        return self._networks.get(name_key(name), "")

    @cached_property
    def _networks(self) -> Mapping[str, str]:
        of = ((source, self._side_of(source)) for source in self.case.sources if source.laundering)
        return {key: side for source, side in of for key in (name_key(source.family), name_key(source.name)) if key}

    def _side_of(self, source: Source) -> str:
        """The party that a source speaks for; a state elsewhere that only owns the press is none, but one whose word a
        network launders is."""
        side = self._actor(source.side) or self._actor(self._by_name.get(name_key(source.side), ""))
        if side is None or source.laundering:
            return side.id if side else ""
        abroad = side.kind is ActorKind.GOVERNMENT and source.country not in self.case.countries
        return side.id if side.kind in self._kinds and not abroad else ""

    def _party_of(self, actor_id: str) -> str:
        """The party itself, or the one at which a person holds an office, which he commands or belongs to."""
        actor = self._actor(actor_id)
        if actor is None:
            return ""
        if actor.kind in self._kinds:
            return actor.id
        return next((party for party in self._employers(actor) if self._is_party(party)), "")

    def _employers(self, actor: Actor) -> Iterator[str]:
        if actor.kind is not ActorKind.PERSON:
            return
        for tie in actor.ties:
            if tie.kind in _SPEAKS_FOR:
                yield tie.other
        for other in self.case.actors:
            if any(office.holder == actor.id for office in other.offices):
                yield other.id

    def _is_party(self, actor_id: str) -> bool:
        actor = self._actor(actor_id)
        return actor is not None and actor.kind in self._kinds

    def _camp(self, party: str) -> frozenset[str]:
        """What a party shares with those who stand with it: its id, its side, the parties it is bound to."""
        actor = self._actor(party)
        if actor is None:
            return frozenset({party}) if party else frozenset()
        bound = {tie.other for tie in actor.ties if tie.kind in _ONE_CAMP and tie.days.last_day is None}
        side = {f"side {actor.side}"} if actor.side else set()
        return frozenset({party, *side, *bound})

    def _actor(self, actor_id: str) -> Actor | None:
        try:
            return self.case.actor(actor_id) if actor_id else None
        except NotFoundError:
            return None

    def _name(self, actor_id: str) -> str:
        actor = self._actor(actor_id)
        return actor.name if actor else ""
