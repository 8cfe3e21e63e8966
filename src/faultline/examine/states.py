"""Tests what an article says is held, in force or tied against the state that the record gives for that day. Invariant:
a state is asked of the measures and the case, and a probability under two thirds decides nothing."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from faultline.examine.alike import GUESSED
from faultline.examine.grounds import Grounds
from faultline.measure.force.lexicon import family
from faultline.record.actor import Tie
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.examination import Tested
from faultline.record.vocabulary import Kind, Modality, SlotName, TieKind, Verdict
from faultline.resolve.happening import sentence_around

SURE = 2 / 3
_RECENT = timedelta(days=60)  # before the article: where a siege of no said day is looked for
_BEGUN = 92  # days after its said beginning from which a siege began otherwise than said
DECLARED = re.compile(r"\b(declar\w+|proclaim\w+|décrét\w+|déclar\w+|proclam\w+|instaur\w+|impos\w+)\b", re.IGNORECASE)
PROLONGED = re.compile(
    r"\b(extend\w*|extension|renew\w*|prolong\w*|prorog\w*|reconduit\w*|again|de nouveau)\b", re.IGNORECASE
)
_NEGATED = frozenset({Modality.DENIED, Modality.NEGATED})
_LOST = frozenset({"lost", "absent"})
_PRESENT = ("presence",)  # who is somewhere need not hold it
_STILL = re.compile(
    r"\b(still|remains?|continu\w+|ongoing|in force|under|toujours|reste\w*|encore|en vigueur|sous|since|depuis)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(primary|main|principal\w*|largest|chief|foremost|leading|premier|première)\b", re.IGNORECASE)
_TIES = {  # the ties that a relation of that subtype is told by
    "backing": {TieKind.BACKING, TieKind.ALLIANCE},
    "alliance": {TieKind.ALLIANCE, TieKind.BACKING, TieKind.MERGER},
    "affiliation": {TieKind.ALLIANCE, TieKind.MEMBER, TieKind.MERGER, TieKind.BACKING},
    "coordination": {TieKind.ALLIANCE, TieKind.BACKING},
    "membership": {TieKind.MEMBER, TieKind.MERGER},
    "merger": {TieKind.MERGER, TieKind.MEMBER, TieKind.SUCCESSOR},
    "split": {TieKind.SPLIT},
    "renaming": {TieKind.SUCCESSOR},
    "leadership": {TieKind.COMMAND},
    "command": {TieKind.COMMAND},
    "rivalry": {TieKind.RIVALRY},
}


def state_tested(grounds: Grounds, claim: Claim) -> Tested | None:
    """The verdict on a claim of control, restriction or relation; None where its kind is another or too little is
    said."""
    day = claim.days.last_day or grounds.article.filing.published.first_day or grounds.as_of
    tests = {Kind.CONTROL: _control, Kind.RESTRICTION: _restriction, Kind.RELATION: _relation}
    test = tests.get(claim.kind)
    return test(grounds, claim, min(day, grounds.as_of)) if test else None


def _control(grounds: Grounds, claim: Claim, day: date) -> Tested | None:
    """By the chance of what is said: that one of those it names holds the place, or does not."""
    places, holders = claim.values(SlotName.PLACE), claim.values(SlotName.ACTOR)
    followed = grounds.control
    unit = next((place for place in places if place in followed.units), None)
    if unit is None or not holders or claim.values(SlotName.ACTION) == _PRESENT:
        return None
    held = followed.on(unit, day)
    if not held.informed:
        return _unknown(grounds, f"reports say too little of who held {unit} on {day}")
    mine = {id for id in followed.holders.ids if set(holders) & _members(grounds, id)}
    mine |= {held.holder} if set(holders) & set(held.members) else set()
    chance = sum(held.states.get(f"held by {id}", 0.0) for id in mine)
    chance = 1 - chance if claim.subtype in _LOST or claim.modality in _NEGATED else chance
    why = f"{unit} on {day}: {held.state}, probability {held.probability:.2f}; of what is said here {chance:.2f}"
    return _by_probability(grounds, (max(chance, 1 - chance), chance >= 0.5), why, held.claims)


def _members(grounds: Grounds, holder: str) -> set[str]:
    return {holder, *grounds.sight.members(holder)} if holder else set()


def _restriction(grounds: Grounds, claim: Claim, day: date) -> Tested | None:
    """What was in force on that day, by whom the claim names where both do. One that has lapsed contradicts nobody who
    tells of the beginning of one, and one of which no end is known contradicts nobody at all."""
    known = grounds.restrictions
    words = claim.span.of(grounds.article.text)
    places = tuple(s.leading for s in claim.slots if s.name is SlotName.PLACE and s.leading)
    for place in places or (grounds.sight.case.capital,):
        standing = known.in_force(claim.subtype, place, day)
        interval = standing.interval
        if interval is None or _another_imposer(grounds, claim, interval.imposer):
            continue
        lifted = claim.subtype == "lifted" or claim.modality in _NEGATED
        holds = standing.probability >= 0.5
        if not holds and not lifted and (interval.last_day is None or not _STILL.search(words)):
            continue
        probability = standing.probability if holds else 1 - standing.probability
        agrees = holds != lifted
        end = interval.last_day or "no end known"
        why = f"{interval.kinds[0]} at {interval.place} from {interval.first_day}, {end}; on {day}"
        why = f"{why} {standing.probability:.2f}"
        if agrees and probability >= SURE and begun_before(grounds, claim, interval.first_day):
            return _prolonged(grounds, why, interval.claims)
        return _by_probability(grounds, (probability, agrees), why, interval.claims + interval.ends)
    return None


def _another_imposer(grounds: Grounds, claim: Claim, imposer: str) -> bool:
    """Whether the sentence names who imposed it, and it is somebody else than who imposed that one."""
    slots = (slot for slot in claim.slots if slot.name is SlotName.ACTOR and not slot.rule.endswith(GUESSED))
    named = {slot.leading for slot in slots if slot.leading}
    return bool(named and imposer) and not set(grounds.context.kin(named)) & {imposer}


def siege_tested(grounds: Grounds, claim: Claim) -> Tested | None:
    """A siege or blockade of the place that the claim leads to, in force on its day, or where it says none in the two
    months before the article; mixed where it was in force at some time of the days that it is said to have lasted; None
    where the record has none: silence is no peace."""
    said = claim.days.last_day or grounds.article.filing.published.last_day or grounds.as_of
    day = min(said, grounds.evidence.as_of)
    dated = claim.days.first_day is not None
    since = min(claim.days.first_day or day - _RECENT, day)
    for place in claim.values(SlotName.PLACE):
        known = grounds.restrictions
        begun = (one.first_day for one in known.intervals if one.family == family("blockade"))
        times = (day, *_weeks(since, day), *(first for first in begun if since <= first <= day))
        standings = [known.in_force("blockade", place, on) for on in times]
        now, best = standings[0], max(standings, key=lambda standing: standing.probability)
        interval = best.interval
        if interval is None or best.probability < 0.5:
            continue
        end = interval.last_day or "no end known"
        why = f"{interval.kinds[0]} at {interval.place} from {interval.first_day}, {end}"
        why += f"; on {day} {now.probability:.2f}"
        late = dated and (interval.first_day - since).days > _BEGUN
        shown = now if dated else best  # of no said day: at some time in the weeks before
        if shown.probability >= 0.5 and not late:
            return _by_probability(grounds, (shown.probability, True), why, interval.claims)
        why += f": said to have begun by {since}" if late else ": nobody tells that it still was"
        return _by_probability(grounds, (0.5, True), why, interval.claims)
    return None


def _weeks(since: date, day: date) -> tuple[date, ...]:
    """One day a week from the first to the second."""
    return tuple(since + timedelta(days=k) for k in range(0, (day - since).days, 7))


def begun_before(grounds: Grounds, claim: Claim, first: date) -> bool:
    """Whether the article says that a restriction was declared on a day on which it had been in force for days."""
    day = claim.days.first_day
    words = sentence_around(grounds.article.text, claim.span)
    return day is not None and first < day and DECLARED.search(words) is not None and not PROLONGED.search(words)


def _prolonged(grounds: Grounds, why: str, claims: tuple[str, ...]) -> Tested:
    voices = grounds.voices(c for c in claims if _traced(grounds, c))
    change = "a report that it had ended before that day"
    why = f"{why}: it was in force, but not declared on that day: it was extended or renewed"
    return Tested(
        Verdict.MIXED, grounds.as_of, why, supporting=claims, against=claims, voices=voices, would_change=change
    )


def _relation(grounds: Grounds, claim: Claim, day: date) -> Tested | None:
    """A tie between the two that covers the day and was public by the day of the evidence; of one that is backed by
    nobody named ("backed by partners"), any tie that backs it or what it is part of."""
    ends = {*claim.values(SlotName.ACTOR), *claim.values(SlotName.RECIPIENT)}
    known = ends & {actor.id for actor in grounds.sight.case.actors}
    meant = _TIES.get(claim.subtype)
    if meant is None:
        return None  # it parts them, or says what no tie of a case says: others may tell it
    if len(known) == 2:
        found = _ties(grounds, known)
    elif claim.subtype == "backing" and ends == known == {*claim.values(SlotName.RECIPIENT)}:
        found = _backed(grounds, known)
    else:
        return None
    ties = [tie for tie in found if tie.days.covers(day) and tie.kind in meant]
    if not ties:
        return None
    why = "; ".join(f"{tie.actor} {tie.kind} {tie.other}, {tie.days}" for tie in ties[:3])
    verdict = Verdict.CONTRADICTED if claim.modality in _NEGATED else Verdict.SUPPORTED
    others = _beside(grounds, claim, day) if _FIRST.search(claim.span.of(grounds.article.text)) else ()
    if verdict is Verdict.SUPPORTED and others:
        why += f"; that it is the first of them is not tested: {', '.join(others[:4])} back the same"
        verdict = Verdict.MIXED
    change = "a source that dates the tie otherwise"
    return Tested(verdict, grounds.as_of, f"in the case: {why}", would_change=change)


def _ties(grounds: Grounds, known: set[str]) -> Iterator[Tie]:
    yield from (tie for tie in _public(grounds) if {tie.actor, tie.other} <= known)


def _backed(grounds: Grounds, known: set[str]) -> Iterator[Tie]:
    """The ties by which somebody backs one of them, or what one of them is part of or under."""
    part_of = {tie.other for tie in _public(grounds) if tie.actor in known and tie.kind is TieKind.MEMBER}
    under = {tie.actor for tie in _public(grounds) if tie.other in known and tie.kind is TieKind.COMMAND}
    wanted = known | part_of | under
    backed = (tie for tie in _public(grounds) if tie.kind is TieKind.BACKING and tie.other in wanted)
    yield from (tie for tie in backed if tie.days.first_day)  # one of no known day may have been at any time


def _beside(grounds: Grounds, claim: Claim, day: date) -> tuple[str, ...]:
    """Who else backs on that day what the claim says is backed, by the ties of the case."""
    ends = {*claim.values(SlotName.ACTOR), *claim.values(SlotName.RECIPIENT)}
    backed = {tie.actor for tie in _backed(grounds, set(claim.values(SlotName.RECIPIENT))) if tie.days.covers(day)}
    part = {tie.actor for tie in _public(grounds) if tie.kind is TieKind.MEMBER and tie.other in ends}
    return tuple(sorted(backed - ends - part))


def _public(grounds: Grounds) -> Iterator[Tie]:
    """Every tie of the case that was public by the day of the evidence."""
    for actor in grounds.sight.case.actors:
        for tie in actor.ties:
            public = tie.published.last_day or tie.published.first_day
            if (public or date.min) <= grounds.as_of:
                yield tie


def _by_probability(grounds: Grounds, found: tuple[float, bool], why: str, claims: tuple[str, ...]) -> Tested:
    probability, agrees = found
    if probability < SURE:
        return Tested(Verdict.MIXED, grounds.as_of, why, supporting=claims, would_change="a report nearer to that day")
    verdict = Verdict.SUPPORTED if agrees else Verdict.CONTRADICTED
    voices = grounds.voices(c for c in claims if _traced(grounds, c)) if agrees else 0
    change = "a report of another state nearer to that day"
    supporting, against = (claims, ()) if agrees else ((), claims)
    return Tested(
        verdict, grounds.as_of, why, supporting=supporting, against=against, voices=voices, would_change=change
    )


def _traced(grounds: Grounds, claim: str) -> bool:
    try:
        grounds.lineages.of(claim)
    except NotFoundError:
        return False
    return True


def _unknown(grounds: Grounds, why: str) -> Tested:
    return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, would_change="a dated report of it")
