"""Tests that something is there by what the measures describe of it. Invariant: only described things of the forms that
a level names, and of the parties and places that the sentence names, speak for it; being told of is no rate."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from faultline.examine.alike import apart_km
from faultline.examine.asks import Asked
from faultline.examine.grounds import Grounds
from faultline.examine.levels import forms_of
from faultline.examine.sentences import Named
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.examination import Tested
from faultline.record.finding import Told
from faultline.record.vocabulary import Action, Kind, Modality, SlotName, Verdict

YEAR = timedelta(days=365)  # what is told of the year before the evidence bears on a present tense
MANY = 3  # things of a kind from which there is a pattern
FRONTS = 3  # places apart on one day from which attacks are on several fronts
MOST = 12  # claims named on one side
FACT = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.CLAIMED, Modality.CONFIRMED})
_GO_ON = frozenset({"backing", "convergence"})
_NO_RATE = "reports chosen by hand: that it is told of, not how often"


@dataclass(frozen=True)
class Matched:
    """Described things that bear on an assertion, each with the measure that tells it."""

    told: tuple[tuple[str, Told], ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind them, each once."""
        found = (c for _, one in self.told for c in one.claims if c.startswith("clm_"))
        return tuple(dict.fromkeys(found))

    @property
    def counted(self) -> str:
        """How many of each form."""
        counts: dict[str, int] = {}
        for _, one in self.told:
            counts[one.form or "report"] = counts.get(one.form or "report", 0) + 1
        return ", ".join(f"{n} x {form}" for form, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def matched(
    grounds: Grounds, forms: Iterable[tuple[str, str]], asked: Asked, named: Named, since: timedelta = YEAR
) -> Matched:
    """Described things of the year before the evidence, of those (measure, form) pairs, of the parties and places that
    are named; where words name a form, of that form alone."""
    wanted = list(forms)
    meant = [pair for pair in wanted if pair[1] in asked.forms] or wanted
    found = []
    for measure in dict.fromkeys(name for name, _ in meant):
        allowed = {form for name, form in meant if name == measure}
        for one in grounds.finding(measure).told:
            if one.form in allowed and _recent(grounds, (measure, one.days), since) and _of(grounds, one, named):
                found.append((measure, one))
    return Matched(tuple(found))


def lacking(grounds: Grounds, asked: tuple[Asked, Named], levels: Sequence[str]) -> tuple[str, ...]:
    """Those of several levels of which nothing is told: an assertion of all of them is not told by one."""
    if len(levels) < 2:
        return ()
    return tuple(level for level in levels if not matched(grounds, forms_of((level,)), *asked).told)


def there(grounds: Grounds, found: Matched, asked: Asked, missing: Sequence[str] = ()) -> Tested:
    """Supported by what is told; not where a part of it is not told, where more than one is asserted and fewer are
    told, and where it is taken as a sign of something else: that is an inference, whatever is told of the sign."""
    claims = found.claims[:MOST]
    voices = grounds.voices(claims) if claims else 0
    latest = max((t for _, t in found.told), key=lambda t: t.days.last_day or t.days.first_day or date.min)
    how = f"{voices} independent voices" if voices != 1 else "one voice"
    how = how if claims else "dated ties of the case"
    why = f"on record from {how}: {found.counted}; the latest: {latest.text[:160]}"
    names = tuple(dict.fromkeys(name for name, _ in found.told))
    short = _short(found, asked, missing)
    if short:
        reason, change = short
        said = (Verdict.NOT_TESTABLE, grounds.as_of, f"{reason}; {why}", names)
        return Tested(*said, supporting=claims, voices=voices, would_change=change)
    change = "independent reports that deny it, or a systematic table for a rate"
    why = f"{why} ({_NO_RATE})"
    return Tested(Verdict.SUPPORTED, grounds.as_of, why, names, supporting=claims, voices=voices, would_change=change)


def _short(found: Matched, asked: Asked, missing: Sequence[str]) -> tuple[str, str] | None:
    """Why what is told does not amount to what is asserted, and what would; None where it does."""
    if asked.infers:
        return (
            "what it is taken as a sign of is an inference, which no report tests",
            "a level of it that can be counted",
        )
    if missing:
        listed = " and ".join(level.replace("_", " ") for level in missing)
        return f"nothing is told of {listed}", f"dated and sourced reports of {listed}"
    if "pattern" in asked.also and len(found.told) < MANY:
        return f"{len(found.told)} on record are no pattern", f"{MANY} of them or more, told by more than one voice"
    return None


def fronts_tested(grounds: Grounds, days: Days) -> Tested | None:
    """How many places apart were attacked on one day of an interval by independent reports; None where fewer than two
    places are told of, for silence about a place is no quiet there."""
    by_day: dict[date, list[Claim]] = {}
    for claim in grounds.claims:
        day = claim.days.first_day
        violent = claim.kind is Kind.EVENT and claim.action in (Action.ASSAULT, Action.TAKE, Action.BLOCKADE)
        if violent and day and claim.modality in FACT and (claim.days.length or 99) <= 2 and days.covers(day):
            by_day.setdefault(day, []).append(claim)
    best = max(by_day.items(), key=lambda pair: len(_apart(grounds, pair[1])), default=None)
    if best is None or len(_apart(grounds, best[1])) < 2:
        return None
    day, claims = best
    places = _apart(grounds, claims)
    ids = tuple(c.id for c in claims)
    voices = grounds.voices(ids)
    names = ", ".join(grounds.sight.case.place(p).name for p in places)
    why = f"on {day} attacks at {len(places)} places at least {grounds.sight.declared.front_km:g} km apart ({names})"
    why += f" are told by {voices} independent voices; that they were agreed on does not follow from it"
    verdict = Verdict.SUPPORTED if len(places) >= FRONTS and voices > 1 else Verdict.MIXED
    change = "an event table, to tell it from the days that chance brings together"
    return Tested(
        verdict, grounds.as_of, why, ("synchrony",), supporting=ids[:MOST], voices=voices, would_change=change
    )


def _apart(grounds: Grounds, claims: Sequence[Claim]) -> tuple[str, ...]:
    """Places of the claims of which none lies within a front's width of one before."""
    case = grounds.sight.case
    kept: list[str] = []
    for place in dict.fromkeys(p for claim in claims for p in _places(grounds, claim)):
        if all(apart_km(case, place, other) > grounds.sight.declared.front_km for other in kept):
            kept.append(place)
    return tuple(kept)


def _places(grounds: Grounds, claim: Claim) -> Iterator[str]:
    case = grounds.sight.case
    for slot in claim.slots:
        if slot.name is SlotName.PLACE and slot.leading:
            place = case.place(slot.leading)
            if place.feature.startswith("PPL") and place.country in case.countries:
                yield slot.leading


def _recent(grounds: Grounds, told: tuple[str, Days], since: timedelta) -> bool:
    """Whether it reaches into the year before the evidence; a tie of which no end is known goes on."""
    measure, days = told
    if measure in _GO_ON and days.first_day and days.last_day is None:
        return True
    last = days.last_day or days.first_day
    return last is not None and last >= grounds.evidence.as_of - since


def _of(grounds: Grounds, one: Told, named: Named) -> bool:
    """Whether a described thing is of the parties and places named; a sentence that names none leaves it open."""
    case = grounds.sight.case
    known = {actor.id for actor in case.actors}
    claims = [grounds.claim_of[c] for c in one.claims if c in grounds.claim_of]
    parties = {s.leading for c in claims for s in c.slots if s.name in (SlotName.ACTOR, SlotName.RECIPIENT)}
    parties |= known & set(one.text.replace(":", " ").split())
    places = {s.leading for c in claims for s in c.slots if s.name is SlotName.PLACE and s.leading}
    kin = set(grounds.context.kin(named.actors))
    here = {p for p in named.places if not case.place(p).feature.startswith("PCL")}
    return (not named.actors or bool(kin & parties)) and (not here or _near(grounds, here, places))


def _near(grounds: Grounds, here: set[str], places: set[str]) -> bool:
    return any(apart_km(grounds.sight.case, a, b) <= grounds.sight.declared.front_km for a in here for b in places)
