"""Tests what an article says of control beyond who holds a place on a day: that it is no longer sure, and who holds a
part of the country. Invariant: control is asked of its measure alone; a place of which reports say little counts for
nobody."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from faultline.examine.asks import asked_by
from faultline.examine.grounds import Grounds
from faultline.examine.sentences import named_in, sentence_span
from faultline.examine.slips.places import part_of
from faultline.measure.control import Followed, Spell
from faultline.record.claim import Claim
from faultline.record.examination import Tested
from faultline.record.text import Span
from faultline.record.vocabulary import Action, Kind, Modality, SlotName, Verdict
from faultline.resolve.lexicon import folded

SURE, LED = 2 / 3, 1 / 2
YEAR = timedelta(days=365)
BEFORE = timedelta(days=3 * 365)  # how far back a holder is looked for
TAKEN = timedelta(days=5 * 365)  # of a place said to be taken on no known day
FRESH = 60  # days within which a report must speak of the place for a change to be told
LEAST = 3  # places of a part of the country
_NAME = "control"
_MOST = 12
_NOT_SO = frozenset({Modality.DENIED, Modality.NEGATED})
_NOT = r"(?! of (?!the country)| west\b| east\b)"  # "north of the town" puts something else there
_PAS = r"(?! de\b(?! l)| d [a-z]| ouest| est)"
_PARTS = {
    "north": rf"\b(?:north(?:ern)?{_NOT}|nord{_PAS}|septentrion\w*)\b",
    "centre": r"\b(?:cent(?:re|er|ral|rale)(?! of gravity| for\b))\b",
    "south": rf"\b(?:south(?:ern)?{_NOT}|sud{_PAS}|meridional\w*)\b",
}


def loosened_in(grounds: Grounds, claim: Claim, levels: Sequence[str]) -> Tested | None:
    """The same for a claim whose words say that control is no longer sure, by its sentence; None where they do not."""
    text = grounds.article.text
    sentence = sentence_span(text, claim.span)
    asked = asked_by(claim.span.of(text), grounds.as_of)
    held = "control" in levels or "held" in asked_by(sentence.of(text), grounds.as_of).also
    if "loosened" not in asked.also or not held:
        return None
    before = sentence_span(text, Span(sentence.start - 2, sentence.start - 1)) if sentence.start > 1 else sentence
    return loosened_tested(grounds, sentence.of(text), before.of(text))


def loosened_tested(grounds: Grounds, words: str, before: str) -> Tested | None:
    """Whether the control of the places that the words name, else those of the sentence before, is no longer that of
    whoever was last known to hold them; None where no such place is known."""
    followed = grounds.control
    units = _units(grounds, words) or _units(grounds, before)
    sides = _sides(grounds, named_in(grounds.sight.case, words).actors)
    day = grounds.evidence.as_of
    found = [one for unit in units if (one := _loosened(followed, unit, day, sides)) is not None]
    if not found:
        return None
    verdicts = {verdict for verdict, _, _ in found}
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.MIXED
    why = "; ".join(why for _, why, _ in found)
    claims = tuple(dict.fromkeys(c for _, _, told in found for c in told))[:_MOST]
    supporting, against = ((), claims) if verdict is Verdict.CONTRADICTED else (claims, ())
    why += "; what brought it about is not tested" if verdict is Verdict.SUPPORTED else ""
    voices = grounds.voices(supporting) if supporting else 0
    change = "a report of who holds it, nearer to that day"
    return Tested(verdict, grounds.as_of, why, (_NAME,), (), supporting, against, voices, change)


def _loosened(
    followed: Followed, unit: str, day: date, sides: frozenset[str]
) -> tuple[Verdict, str, tuple[str, ...]] | None:
    """By the chance that who held it a year ago, or last before, holds it alone: one of the sides, where any is named;
    None where none of them, or nobody, was known to."""
    spells = [s for s in followed.history(unit).spells if _holder(s) and s.probability >= LED and s.first_day < day]
    spells = [s for s in spells if not sides or _holder(s) in sides]
    known = [s for s in spells if s.last_day >= day - BEFORE]
    if not known:
        return None
    before = [s for s in known if s.first_day <= day - YEAR]
    last = before[-1] if before else known[0]  # who held it before the year's changes
    now = followed.on(unit, day)
    chance = now.states.get(last.state, 0.0)
    why = f"{unit}: {last.state} with probability {last.probability:.2f} until {min(last.last_day, day)}"
    why += f"; on {day} {chance:.2f}, most likely {now.state} ({now.probability:.2f})"
    if chance < SURE and (now.age is None or now.age > FRESH):  # silence spreads a distribution: no change
        return Verdict.NOT_TESTABLE, f"{why}: reports say too little", ()
    verdict = Verdict.CONTRADICTED if chance >= SURE else Verdict.SUPPORTED if chance <= 1 - SURE else Verdict.MIXED
    return verdict, why, now.claims


def _units(grounds: Grounds, words: str) -> tuple[str, ...]:
    """The places of the words of which reports on control speak, a town with no parts of it."""
    places = named_in(grounds.sight.case, words).places
    return tuple(unit for unit in grounds.control.units if unit in places)


def part_tested(grounds: Grounds, claim: Claim, words: str) -> Tested | None:
    """Whether one side holds, or took, the part of the country that the words name: of the places there of which
    reports speak, how many; None where no side or no part is named."""
    sides = _sides(grounds, claim.values(SlotName.ACTOR))
    part = part_said(words)
    if not sides or not part or claim.kind not in (Kind.CONTROL, Kind.EVENT):
        return None
    if claim.kind is Kind.EVENT and claim.action is not Action.TAKE:
        return None
    units = [u for u in grounds.control.units if "/" not in u and part_of(grounds.sight.case, u) == part]
    day = min(claim.days.last_day or grounds.evidence.as_of, grounds.evidence.as_of)
    since = claim.days.first_day or day - (TAKEN if claim.kind is Kind.EVENT else timedelta(0))
    held, other, claims = _counted(grounds.control, units, sides, (since, day))
    return _of_part(grounds, claim, part, (held, other, claims, (since, day)))


Counted = tuple[list[str], list[str], list[str], tuple[date, date]]


def _of_part(grounds: Grounds, claim: Claim, part: str, found: Counted) -> Tested:
    held, other, claims, (since, day) = found
    names = grounds.sight.case
    listed = ", ".join(names.place(unit).name for unit in held[:_MOST]) or "none"
    when = f"on {day}" if since == day else f"at some time from {since} to {day}"
    told = len(held) + len(other)
    why = f"in the {part} {len(held)} of {told} places with reports of control {when}: {listed}"
    change = "reports of who holds the other places there"
    if told < LEAST:
        why = f"{why}; {LEAST} are needed"
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, (_NAME,), would_change=change)
    share = len(held) / told
    share = 1 - share if claim.modality in _NOT_SO else share
    verdict = Verdict.SUPPORTED if share >= SURE else Verdict.CONTRADICTED if share <= 1 - SURE else Verdict.MIXED
    kept = tuple(dict.fromkeys(claims))[:_MOST]
    supporting, against = ((), kept) if verdict is Verdict.CONTRADICTED else (kept, ())
    voices = grounds.voices(supporting) if supporting else 0
    return Tested(verdict, grounds.as_of, why, (_NAME,), (), supporting, against, voices, change)


def part_said(words: str) -> str:
    """The one part of the country that the words name; "" where they name none or more than one."""
    said = " ".join(folded(words).split())
    found = [part for part, pattern in _PARTS.items() if re.search(pattern, said)]
    return found[0] if len(found) == 1 else ""


def _sides(grounds: Grounds, actors: Iterable[str]) -> frozenset[str]:
    """The holders, as the measure of control has them, that the actors count as."""
    wanted = set(actors)
    ids = grounds.control.holders.ids
    return frozenset(id for id in ids if wanted & {id, *grounds.sight.members(id)})


def _counted(
    followed: Followed, units: Sequence[str], sides: frozenset[str], days: tuple[date, date]
) -> tuple[list[str], list[str], list[str]]:
    """Of the units those that a side held surely on one of the days, those that others surely held or disputed, and
    the claims that speak of it."""
    held: list[str] = []
    other: list[str] = []
    claims: list[str] = []
    for unit in units:
        spells = [
            s
            for s in followed.history(unit).spells
            if s.probability >= SURE and s.first_day <= days[1] and s.last_day >= days[0]
        ]
        mine = [s for s in spells if _holder(s) in sides]
        if spells:
            (held if mine else other).append(unit)
            claims += [c for s in (mine or spells) for c in s.claims]
    return held, other, claims


def _holder(spell: Spell) -> str:
    return spell.state.removeprefix("held by ") if spell.state.startswith("held by ") else ""
