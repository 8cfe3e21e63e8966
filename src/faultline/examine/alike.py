"""Finds claims of others that tell what an assertion tells. Invariant: two claims tell one act only if they share who
or where, and what; a day that the sentence does not say itself contradicts nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from faultline.case import Case
from faultline.examine.sentences import named_in, said_days, sentence_span, stands_in
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.packaged import packaged
from faultline.record.place import great_circle_km
from faultline.record.text import Span
from faultline.record.vocabulary import Action, ActorKind, Kind, Modality, PlacePrecision, SlotName
from faultline.resolve.happening import Context
from faultline.resolve.lexicon import folded
from faultline.resolve.report import Report

GUESSED = "of the story"  # ends the rule of a slot that no word of the sentence fills
CLOSE = 3  # days within which two reports may mean one act
LONG = 31  # days: a longer interval dates no act
NEAR_KM = 50.0
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BEFORE, VIOLENCE = timedelta(days=1461), timedelta(days=365)  # how far back an act of no said day is looked for
_NOT_SO = frozenset({Modality.DENIED, Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.THREATENED})
_ACTS = frozenset({Kind.EVENT, Kind.TALK, Kind.ALLEGATION, Kind.QUANTITY, Kind.THREAT})
_NO_ACT = frozenset({"", "other"})  # subtypes of claims that tell no act: two of them need not tell one
_PARTIES = (SlotName.ACTOR, SlotName.RECIPIENT)
_TAKES = frozenset({Action.ASSAULT, Action.TAKE, Action.BLOCKADE})


@dataclass(frozen=True)
class Told:
    """What an assertion tells: its claim, the parties and places that its own sentence names, those that the coder
    carried over, whether the sentence says the days itself; `until` is the last day of the article, `acts` the subtypes
    that its words tell, `years` those it names."""

    context: Context
    claim: Claim
    parties: frozenset[str]
    places: frozenset[str]
    carried: frozenset[str]
    dated: bool
    until: date
    acts: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()

    @property
    def window(self) -> Days | None:
        """The days of the act; None where they are unknown or too long to date one."""
        known = self.claim.days.first_day is not None and (self.claim.days.length or 10**4) <= LONG
        return self.claim.days if known else None

    @cached_property
    def kin(self) -> frozenset[str]:
        """The parties with those one step away."""
        return frozenset(self.context.kin(self.parties))

    @cached_property
    def persons(self) -> frozenset[str]:
        """Those of the parties that are one person each."""
        known = {actor.id: actor.kind for actor in self.case.actors}
        return frozenset(party for party in self.parties if known.get(party) is ActorKind.PERSON)

    @property
    def case(self) -> Case:
        """The case that names them."""
        return self.context.case


def told_by(context: Context, article: Report, claim: Claim) -> Told:
    """The assertion behind a claim of the article. A sentence that names fewer than two parties ("the two met") takes
    those of the sentence before; where it tells a second act beside this one, only the words of this one count."""
    case = context.case
    sentence = sentence_span(article.text, claim.span)
    beside = _beside(article, claim, sentence)
    scope = claim.span if beside else sentence
    named = named_in(case, scope.of(article.text))
    parties = _leading(_as_said(claim), _PARTIES) | named.actors
    if claim.kind is Kind.TALK and len(parties) < 2 and sentence.start > 1:
        before = sentence_span(article.text, Span(sentence.start - 2, sentence.start - 1))
        parties |= named_in(case, article.text[before.start : before.end]).actors
    own = [slot for slot in claim.slots if slot.name is SlotName.PLACE and slot.leading]
    said = frozenset(slot.leading for slot in own if stands_in(slot, sentence)) | named.places
    carried = frozenset(slot.leading for slot in own) - said
    until = article.filing.published.last_day or date.max
    places = frozenset(p for p in said if _fine(case, p))
    words = scope.of(article.text)
    years = frozenset(int(year) for year in _YEAR.findall(claim.span.of(article.text)) or _YEAR.findall(words))
    acts = frozenset({claim.subtype, *acts_in(words)}) - _NO_ACT
    dated = said_days(claim, sentence) and not _days_within(claim, beside)
    return Told(context, claim, frozenset(parties), places, carried, dated, until, acts, years)


def _as_said(claim: Claim) -> Claim:
    """The claim without those whom the coder took from the whole story where the sentence names nobody."""
    return replace(claim, slots=tuple(slot for slot in claim.slots if not slot.rule.endswith(GUESSED)))


def _beside(article: Report, claim: Claim, sentence: Span) -> tuple[Span, ...]:
    """Where the sentence tells other acts at places of their own, apart from the words of the claim."""
    if not any(slot.name is SlotName.PLACE and slot.span and _inside(slot.span, claim.span) for slot in claim.slots):
        return ()
    others = (one for one in article.claims if one.kind in _ACTS and _inside(one.span, sentence))
    apart = [one for one in others if one.span.end <= claim.span.start or claim.span.end <= one.span.start]
    mine = set(claim.values(SlotName.PLACE))
    return tuple(one.span for one in apart if set(one.values(SlotName.PLACE)) - mine)


def _days_within(claim: Claim, spans: Iterable[Span]) -> bool:
    """Whether the words behind the days of a claim are those of another act."""
    words = [slot.span for slot in claim.slots if slot.name is SlotName.DAYS and slot.span]
    return any(_inside(one, span) for one in words for span in spans)


def _inside(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end


@dataclass(frozen=True, slots=True)
class Found:
    """Claims of others: those that tell the act on its days, those that do but share little with it (two voices are
    asked for), and those that tell it on other days within three of them."""

    agree: tuple[Claim, ...]
    faint: tuple[Claim, ...]
    differ: tuple[Claim, ...]


def found_for(told: Told, others: Iterable[Claim]) -> Found:
    """The claims that tell what the assertion tells. Where its days were carried over from another sentence, an act of
    no known day is looked for too."""
    agree: list[Claim] = []
    faint: list[Claim] = []
    differ: list[Claim] = []
    beside: list[Claim] = []
    window = told.window
    for other in others:
        if other.kind not in _ACTS or other.modality in _NOT_SO or not _same_act(told, other):
            continue
        if window and _near(window, other.days):
            strength = _alike(told, other)
            if strength and other.days.overlaps(window):
                (agree if strength > 1 else faint).append(other)
            elif strength and dates(other):
                (differ if one_act(told, other) else beside).append(other)
        elif not (window and told.dated):
            strength = _alike_undated(told, other)
            if strength:
                (agree if strength > 1 else faint).append(other)
    if not agree and len({other.days for other in beside}) == 1 and _shares_place(told, beside):
        differ += beside  # the only act of these days there: the one that is meant, on its other day
    exact = told.dated and window is not None and (window.length or LONG) <= CLOSE
    return Found(tuple(agree), tuple(faint), tuple(differ) if exact else ())


def _shares_place(told: Told, others: Iterable[Claim]) -> bool:
    return all(_shared(told, other) > len(told.kin & _leading(other, _PARTIES)) for other in others) and bool(
        told.places
    )


def bears(told: Told, other: Claim) -> bool:
    """Whether a claim that was joined with the assertion shares with it what was done and who or where."""
    return _same_act(told, other) and not _weekly(told) and _shared(told, other) >= 1 and not another(told, other)


def dates(other: Claim) -> bool:
    """Whether a sentence of its own says the day of a claim: one carried over may be that of the telling."""
    return any(slot.name is SlotName.DAYS and slot.span and slot.inherited_from is None for slot in other.slots)


def named_once(told: Told) -> bool:
    """Whether its parties or its kind tell the act apart from others of the same days: it is not of those that come
    every week, or of people."""
    people = len(told.persons) >= (2 if told.claim.kind is Kind.TALK else 1)
    return people or told.claim.subtype not in _acts()["common"]


def one_act(told: Told, other: Claim) -> bool:
    """Whether a claim of a day near by would be the same act on another day: attacks and meetings come every week, so
    that they need the same person or as many dead; a visit lasts, and what is done on it has days of its own."""
    mine, theirs = told.claim.subtype, other.subtype
    lasting = set(_acts()["lasting"])
    if told.claim.action is Action.BLOCKADE:
        return False  # it lasts: told of another day, it has not another day
    if mine != theirs and {mine, theirs} & lasting:
        return False
    if mine not in _acts()["common"] and theirs not in _acts()["common"]:
        return True
    people = told.persons & _leading(other, _PARTIES)
    as_many = bool(_killed(told.claim) & _killed(other))
    return as_many or len(people) >= (2 if told.claim.kind is Kind.TALK else 1)


def _killed(claim: Claim) -> set[int]:
    return {c.best for c in claim.casualties if c.harm == "killed" and c.best is not None}


def acts_in(words: str) -> frozenset[str]:
    """The acts that the words tell, by the beginnings of their words."""
    stems = folded(words).split()
    return frozenset(act for act, starts in _acts()["words"].items() if any(w.startswith(tuple(starts)) for w in stems))


def grouped(act: str) -> frozenset[str]:
    """The acts that may be told in the words of this one, but for those that only happen in its course."""
    group = next((set(group) for group in _acts()["same"] if act in group), {act})
    return frozenset(group if act not in _acts()["lasting"] else {act})


def _same_act(told: Told, other: Claim) -> bool:
    """Whether a claim may tell the act: one of its subtypes, one that means the same, or both violence of which neither
    is an act of its own."""
    if other.subtype in told.acts:
        return True
    if any(other.subtype in group and told.acts & set(group) for group in _acts()["same"]):
        return True
    own = frozenset(_acts()["own"])
    both = told.claim.action is Action.ASSAULT and other.action is Action.ASSAULT
    return both and told.claim.subtype not in own and other.subtype not in own


def _near(window: Days, days: Days) -> bool:
    if days.first_day is None or (days.length or 10**4) > max(LONG if (window.length or 0) > CLOSE else 7, 1):
        return False
    wide = timedelta(days=CLOSE)
    low = (window.first_day or date.min) - wide
    return low <= (days.last_day or days.first_day) and days.first_day <= (window.last_day or low) + wide


def _alike(told: Told, other: Claim) -> int:
    """How surely a claim of those days tells the act: 2 by two of party, party and place, 1 by less, 0 not at all. Days
    that were carried over to a meeting date none, and an act of nobody and nowhere is told by none."""
    if _weekly(told) or another(told, other):
        return 0
    shared, exact = _shared(told, other), told.claim.subtype == other.subtype
    if told.parties:
        return 2 if shared >= 2 else int(bool(shared and not told.places and exact))
    if shared:
        return 2
    rare = exact and told.claim.subtype in _acts()["own"]
    return 2 if rare and not told.places else 0


def _weekly(told: Told) -> bool:
    """Whether it is a talk of no said day, as there are many: another that is dated need not be it."""
    return told.claim.kind is Kind.TALK and not told.dated and told.claim.subtype in _acts()["common"]


def _alike_undated(told: Told, other: Claim) -> int:
    """Without a day: by two of party, party and place of the claim itself; one is enough for who left or was made to,
    where two voices tell it; never for an act that is told every week. A coup is named by its year."""
    first, mine = other.days.first_day, told.claim.subtype
    if first is None or another(told, other) or first > told.until or (other.days.length or 10**4) > LONG:
        return 0
    if mine in _acts()["rare"] and mine == other.subtype and told.years:
        return 2 if first.year in told.years and _says_it(other, mine) else 0
    group = grouped(mine)
    violent = told.claim.action in (Action.ASSAULT, Action.BLOCKADE)
    if other.subtype not in group - set(_acts()["common"]) or first < told.until - (VIOLENCE if violent else BEFORE):
        return 0
    own = replace(told, parties=_leading(_as_said(told.claim), _PARTIES))
    shared = _shared(own, other)
    return 2 if shared >= 2 else int(shared == 1 and "withdrawal" in group)


def _says_it(other: Claim, act: str) -> bool:
    """Whether a word that names so rare an act stands behind the claim: one read from a word of many meanings ("the
    chairman was removed") tells none."""
    coded = (slot for slot in other.slots if slot.name is SlotName.ACTION)
    return any(slot.value == act or act in acts_in(slot.rule) for slot in coded)


def _shared(told: Told, other: Claim) -> int:
    """How many parties and places the two name together; a whole country is no place."""
    theirs = _leading(other, _PARTIES)
    places = _places(told.case, other)
    near = any(apart_km(told.case, one, two) <= NEAR_KM for one in told.places for two in places)
    common = [theirs & frozenset(told.context.kin({party})) for party in told.parties]
    return min(sum(map(bool, common)), len(frozenset().union(*common))) + int(near)


def another(told: Told, other: Claim) -> bool:
    """Whether it is another act for all that it shares: elsewhere, with whom it hits doing the hitting, of another
    person, or of one town where a whole country is meant."""
    return elsewhere(told, other) or _reversed(told, other) or _of_others(told, other) or _narrower(told, other)


def _reversed(told: Told, other: Claim) -> bool:
    """Whether whom the one attacks does the attacking in the other."""
    if not {told.claim.action, other.action} <= _TAKES or "clash" in (told.claim.subtype, other.subtype):
        return False
    mine = _as_said(told.claim)
    hit = frozenset(told.context.kin(_leading(mine, (SlotName.RECIPIENT,))))
    by = frozenset(told.context.kin(_leading(mine, (SlotName.ACTOR,))))
    theirs, on = (_leading(other, (name,)) for name in _PARTIES)
    turned = bool(hit & theirs) and not (by - hit) & theirs
    return turned and (not hit & on or theirs <= hit)


def _of_others(told: Told, other: Claim) -> bool:
    """Whether the one is done to a person, and the other to somebody named who is not that person."""
    known = {actor.id: actor.kind for actor in told.case.actors}
    on = _leading(_as_said(told.claim), (SlotName.RECIPIENT,))
    mine = {party for party in on if known.get(party) is ActorKind.PERSON}
    theirs = _leading(other, (SlotName.RECIPIENT,))
    people = {party for party in theirs if known.get(party) is ActorKind.PERSON}
    return told.claim.kind is Kind.EVENT and bool(mine and people) and not mine & people


def _narrower(told: Told, other: Claim) -> bool:
    """Whether the sentence has somebody leave the country, and the other leaves a town of it."""
    if told.claim.subtype not in _acts()["whole"] or told.places:
        return False
    case = told.case
    said = _leading(_as_said(told.claim), (SlotName.PLACE,))
    whole = any(case.place(p).country in case.countries and not _fine(case, p) for p in said)
    return whole and bool(_home(case, _places(case, other)))


def elsewhere(told: Told, other: Claim) -> bool:
    """Whether both name a place at home and none lies near one of the other's."""
    mine, theirs = _home(told.case, told.places), _home(told.case, _places(told.case, other))
    apart = (apart_km(told.case, one, two) for one in mine for two in theirs)
    return bool(mine and theirs) and min(apart) > NEAR_KM


def _home(case: Case, places: frozenset[str]) -> frozenset[str]:
    return frozenset(p for p in places if case.place(p).country in case.countries)


def _places(case: Case, claim: Claim) -> frozenset[str]:
    return frozenset(p for p in _leading(claim, (SlotName.PLACE,)) if _fine(case, p))


def _fine(case: Case, place: str) -> bool:
    return case.place(place).precision is not PlacePrecision.COUNTRY and not case.place(place).feature.startswith("PCL")


def apart_km(case: Case, one: str, other: str) -> float:
    """Kilometres between the edges of two places of the case, 0 where they touch."""
    a, b = case.place(one), case.place(other)
    return max(0.0, great_circle_km((a.latitude, a.longitude), (b.latitude, b.longitude)) - a.radius_km - b.radius_km)


def _leading(claim: Claim, names: tuple[SlotName, ...]) -> frozenset[str]:
    return frozenset(slot.leading for slot in claim.slots if slot.name in names and slot.leading)


@cache
def _acts() -> dict[str, Any]:
    found: dict[str, Any] = packaged("faultline.examine", "acts.yaml")
    return found
