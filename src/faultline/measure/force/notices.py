"""Turns claims about restrictions, sieges and ceasefires into notices: what, where, from when, until when. Invariant: a
notice has a kind, a place and a day; what is only asked for, planned or feared is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from faultline.measure.force.lexicon import first_of, holds, nearest_of, pattern, table
from faultline.measure.force.terms import Term, read_term, weekday_after
from faultline.measure.sight import Sight
from faultline.record.claim import Claim
from faultline.record.text import Filing
from faultline.record.vocabulary import Action, ActorKind, Kind, Modality, SlotName

NEAR_DAYS = 120  # an act is told of within so many days; what a text puts elsewhere is not its day
LONGEST_DAYS = 1100  # nothing is said to last longer than that by a day of its own
_FACT = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.CLAIMED, Modality.CONFIRMED})
_ARMED = frozenset({ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.MILITIA})
_GARRISONS = frozenset(
    {ActorKind.STATE_FORCE, ActorKind.FOREIGN_FORCE, ActorKind.PRIVATE_MILITARY, ActorKind.PEACEKEEPING}
)
_OTHERS = frozenset({"dissolution", "dismissal", "mourning"})  # restrictions that nobody asks for by place
_TALKED_OF = ("ceasefire", "state_of_emergency", "embargo", "blockade", "siege")
_DEFAULT_RULE = "authorities restrict"  # coding's own guess at who restricts: nobody is named
_SENTENCE = re.compile(r"(?<=[.!?»])\s+(?=[A-ZÀ-Ý«\"“])")
_REACH = 600  # characters around a claim in which its reason is looked for


class Step(StrEnum):
    """What a notice says becomes of a restriction."""

    ON = "on"
    EXTENDED = "extended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Notice:
    """One claim about one restriction. `day` is when it acts or is said to be in force; `since` its beginning where the
    words give one, `until` its last day in force; `earliest` the first day on which an end may have come; `side` is the
    declared coalition of an armed group that imposes it, else the group."""

    kind: str
    place: str
    step: Step
    day: date
    claim: str
    since: date | None = None
    until: date | None = None
    earliest: date | None = None
    published: date | None = None
    imposer: str = ""
    side: str = ""
    reason: str = ""


def notices(sight: Sight) -> tuple[Notice, ...]:
    """Every notice of the sight's curated claims, by day."""
    reader = _Reader(sight)
    found = [notice for claim in sight.claims for notice in reader.notices(claim)]
    return tuple(sorted(found, key=lambda n: (n.day, n.step, n.claim, n.place)))


@dataclass(frozen=True)
class _Reader:
    sight: Sight
    places: dict[str, str] = field(default_factory=dict)

    def notices(self, claim: Claim) -> Iterator[Notice]:
        yield from self._ended_by_arms(claim)
        if not self._speaks_of_one(claim):
            return
        words, around = self.sight.words(claim), self._sentence(claim)
        kind = self._kind(claim, words, around)
        reference = _reference(self.sight.filings[claim.document])
        if not kind or reference is None or _only_asked_for(claim, words):
            return
        step = _step(claim, words)
        # what the next sentence says of a beginning may be that of an earlier time
        term = replace(read_term(around, reference), since=read_term(self._sentence(claim, False), reference).since)
        if claim.action is Action.BLOCKADE:
            term = Term(ended=term.ended)  # how long it has lasted is no term
        since, day, until = _days(claim, step, term, (words, self.sight.filings[claim.document]))
        published = self.sight.published(claim)
        filing, imposer = self.sight.filings[claim.document], self._imposer(claim)
        for place in self._placed(claim, kind, f"{words} {around}"):
            yield Notice(
                kind,
                place,
                step,
                day,
                claim.id,
                since,
                until,
                _earliest(claim, step, term, filing),
                published,
                imposer,
                self._side(imposer),
                self._reason(claim),
            )
        if term.ended and step is not Step.ENDED and term.ended < day:
            for place in self._placed(claim, kind, f"{words} {around}"):
                yield Notice(kind, place, Step.ENDED, term.ended, claim.id, published=published)

    def _ended_by_arms(self, claim: Claim) -> Iterator[Notice]:
        """What ends a siege though nobody says so: forces that are named take the place, or a garrison leaves
        it, on a known day."""
        taken = claim.action is Action.TAKE
        if claim.kind is not Kind.EVENT or claim.modality not in _FACT or claim.days.length != 1:
            return
        by_arms = self._of(claim, _ARMED | _GARRISONS if taken else _GARRISONS)
        if not by_arms or not (taken or claim.action is Action.WITHDRAW):
            return
        for slot in claim.slots:
            placed = slot.name is SlotName.PLACE and slot.leading and "story" not in slot.rule
            if placed and claim.days.first_day and self._at_home(slot.leading, claim) and slot.leading != self._country:
                kind, published = "fall" if taken else "garrison_left", self.sight.published(claim)
                yield Notice(kind, slot.leading, Step.ENDED, claim.days.first_day, claim.id, published=published)

    def _of(self, claim: Claim, kinds: frozenset[ActorKind]) -> bool:
        """Whether an actor of the claim is of one of those kinds."""
        actors = {actor.id: actor.kind for actor in self.sight.case.actors}
        return any(actors.get(id) in kinds for id in claim.values(SlotName.ACTOR))

    def _speaks_of_one(self, claim: Claim) -> bool:
        if claim.subtype in _OTHERS:
            return False
        lapsed = claim.modality is Modality.NEGATED and claim.subtype == "extended"
        if not lapsed and claim.modality not in _FACT:
            return False
        if claim.kind is Kind.RESTRICTION or (claim.kind is Kind.EVENT and claim.action is Action.BLOCKADE):
            return True
        return claim.kind is Kind.TALK and claim.action is Action.AGREE

    def _kind(self, claim: Claim, words: str, around: str) -> str:
        named = first_of(words, "kinds")
        if claim.kind is Kind.TALK:
            kind = named or ("ceasefire" if first_of(around, "kinds") == "ceasefire" else "")
            return kind if kind in _TALKED_OF else ""
        if claim.kind is Kind.EVENT:
            if holds(around, "not_a_siege"):
                return ""
            return named if named in ("siege", "blockade") else "blockade"
        if claim.subtype in table()["kinds"]:
            kind = claim.subtype
            kind = named if kind == "sanctions" and named == "embargo" else kind
        else:
            kind = named or first_of(around, "kinds")
        armed = kind in table()["by_armed_groups"] and self._of(claim, _ARMED)
        return "blockade" if armed else kind

    def _imposer(self, claim: Claim) -> str:
        slots = (slot for slot in claim.slots if slot.name is SlotName.ACTOR and slot.rule != _DEFAULT_RULE)
        return next((slot.leading for slot in slots if slot.leading), "")

    def _side(self, imposer: str) -> str:
        """Whose it is among armed groups; "" where it is nobody's of them."""
        if not any(actor.id == imposer and actor.kind in _ARMED for actor in self.sight.case.actors):
            return ""
        mine = (c.id for c in self.sight.declared.coalitions if imposer in c.members)
        return next(mine, imposer)

    def _placed(self, claim: Claim, kind: str, words: str) -> tuple[str, ...]:
        """Where it is in force: the places of the claim, the country where the words, the kind or silence say so."""
        slots = [slot for slot in claim.slots if slot.name is SlotName.PLACE and slot.leading]
        inside = tuple(dict.fromkeys(slot.leading for slot in slots if self._at_home(slot.leading, claim)))
        national = kind in ("embargo", "sanctions") or holds(words, "national")
        # Told from the capital, of the country, unless the sentence names a place.
        if kind == "state_of_emergency" and self._country:
            named = {s.leading for s in slots if "story" not in s.rule} - {self.sight.case.capital}
            inside = tuple(place for place in inside if place in named)
        if kind in ("siege", "blockade"):
            return tuple(place for place in inside if place != self._country)
        if national or (not inside and kind not in table()["needs_place"]):
            whole = kind == "ceasefire" and not self._between_parties_of_state(claim)
            return (self._country,) if self._country and not whole else ()
        return inside

    def _between_parties_of_state(self, claim: Claim) -> bool:
        members = self.sight.members(self.sight.declared.defender) if self.sight.declared.defender else frozenset()
        return bool(members & {*claim.values(SlotName.ACTOR), *claim.values(SlotName.RECIPIENT)})

    def _at_home(self, place: str, claim: Claim) -> bool:
        country = self.sight.case.place(place, claim.days.first_day).country
        return not country or country in self.sight.case.countries

    @cached_property
    def _country(self) -> str:
        """The id of the case's own country among its places, "" where it has none."""
        own = (p.id for p in self.sight.case.places if p.feature.startswith("PCL"))
        return next((id for id in own if self.sight.case.place(id).country in self.sight.case.countries), "")

    def _sentence(self, claim: Claim, goes_on: bool = True) -> str:
        """The sentence of the claim and, if asked for, the next one where that goes on about the same."""
        text = self.sight.text_of(claim.document)
        cuts = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
        held = [k for k in range(len(cuts) - 1) if cuts[k] < claim.span.end and cuts[k + 1] > claim.span.start]
        if not held:
            return ""
        last = held[-1]
        following = text[cuts[last + 1] : cuts[last + 2]] if last + 2 < len(cuts) else ""
        goes_on = goes_on and pattern(tuple(table()["anaphors"])).match(following) is not None
        return " ".join(text[cuts[held[0]] : cuts[last + 1]].split()) + (" " + following if goes_on else "")

    def _reason(self, claim: Claim) -> str:
        text, start = self.sight.text_of(claim.document), max(0, claim.span.start - _REACH)
        return nearest_of(text[start : claim.span.end + _REACH], "reasons", claim.span.start - start)


def _reference(filing: Filing) -> date | None:
    return filing.published.last_day or filing.published.first_day


def _only_asked_for(claim: Claim, words: str) -> bool:
    return claim.modality is not Modality.NEGATED and holds(words, "asked_for")


def _step(claim: Claim, words: str) -> Step:
    if holds(words, "partly"):
        return Step.ON
    if claim.subtype in ("lifted", "siege_lifted") or claim.modality is Modality.NEGATED:
        return Step.ENDED
    said = pattern(tuple(table()["may_be"])).sub("", words)
    if claim.subtype == "extended" or holds(said, "extended"):
        return Step.ON if holds(said, "back") else Step.EXTENDED
    ended = holds(said, "ended" if claim.kind is Kind.TALK else "undone")
    return Step.ENDED if ended and claim.action is not Action.BLOCKADE else Step.ON


def _days(claim: Claim, step: Step, term: Term, told: tuple[str, Filing]) -> tuple[date | None, date, date | None]:
    """(since, day, until): of an end, until is its day; a length runs from the beginning that the words give, else from
    the day of the act."""
    words, filing = told
    reference = _reference(filing) or date.min
    acted = _act_day(claim, term, reference)
    if step is Step.ENDED:
        ended = term.ended or _ended_on(claim, words, filing) or acted
        since = term.since if term.since and term.since < ended else None
        return since, ended, ended
    since = term.since or _own_beginning(claim, term, reference)
    until = term.until
    if claim.action is Action.BLOCKADE:
        return since, acted, None
    if until is None and term.length:
        begun = term.since if step is Step.EXTENDED else since
        base = begun if begun and abs((begun - reference).days) <= NEAR_DAYS else acted
        until = base + timedelta(days=term.length - 1)
    if until is None and claim.days.last_day and claim.days.last_day > reference and (claim.days.length or 0) > 1:
        until = claim.days.last_day
    day = acted if step is Step.EXTENDED else since or acted
    return since, min(day, until) if until else day, until


def _ended_on(claim: Claim, words: str, filing: Filing) -> date | None:
    """The weekday named after the verb, which only a text of a known day dates."""
    published = filing.published
    if published.last_day is None or published.first_day != published.last_day:
        return None
    return weekday_after(words, pattern(tuple(table()["ended"])), published.last_day)


def _own_beginning(claim: Claim, term: Term, reference: date) -> date | None:
    """The claim's own first day, where it is near the text's day or the claim reaches from it to the text."""
    first, last = claim.days.first_day, claim.days.last_day
    if first is None or first == term.until:
        return None
    reaches = last is not None and abs((last - reference).days) <= NEAR_DAYS
    longest = LONGEST_DAYS if reaches else NEAR_DAYS
    return first if -NEAR_DAYS <= (reference - first).days <= longest else None


def _act_day(claim: Claim, term: Term, reference: date) -> date:
    """When it is done or said to hold: the claim's own day where that lies near the text's, else the text's."""
    own = claim.days.last_day
    if own is None or own == term.until or abs((own - reference).days) > NEAR_DAYS:
        return reference
    return min(own, reference)


def _earliest(claim: Claim, step: Step, term: Term, filing: Filing) -> date | None:
    """Of an end whose day only the publication gives, and only to the month: the first day that it may have had."""
    published = filing.published
    vague = published.first_day and published.last_day and published.first_day < published.last_day
    if step is not Step.ENDED or not vague or term.ended or (claim.days.length == 1):
        return None
    return published.first_day
