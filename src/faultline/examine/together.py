"""Tests that two named parties acted together by the days on which acts of both are told. Invariant: the same day or
the same claim is what is found; that they had agreed does not follow from it."""

from collections.abc import Iterator
from datetime import date

from faultline.examine.described import FACT, MOST
from faultline.examine.grounds import Grounds
from faultline.examine.sentences import Named
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.examination import Tested
from faultline.record.vocabulary import ARMED, Action, Kind, SlotName, Verdict

_VIOLENT = frozenset({Action.ASSAULT, Action.TAKE, Action.BLOCKADE})


def together_tested(grounds: Grounds, named: Named, when: Days) -> Tested | None:
    """Supported where two voices or more tell acts of both on one of the days that are meant, or one act of both; mixed
    where one voice does. None where the sentence does not name two armed parties, or no such day is told: silence
    denies nothing, and a day on which both happened to act some other time says nothing of these."""
    parties = sorted(named.actors & {a.id for a in grounds.sight.case.actors if a.kind in ARMED})
    if len(parties) != 2:
        return None
    one, other = (frozenset(grounds.sight.members(party)) for party in parties)
    days: dict[date, list[tuple[Claim, bool, bool]]] = {}
    for claim in _acts(grounds, when):
        actors, against = (
            {s.leading for s in claim.slots if s.name is name} for name in (SlotName.ACTOR, SlotName.RECIPIENT)
        )
        mutual = (actors & one and against & other) or (actors & other and against & one)
        if claim.days.first_day and actors & (one | other) and not mutual:
            days.setdefault(claim.days.first_day, []).append((claim, bool(actors & one), bool(actors & other)))
    both = {day: found for day, found in days.items() if any(a for _, a, _ in found) and any(b for _, _, b in found)}
    if not both:
        return None
    ids = {day: tuple(claim.id for claim, _, _ in found) for day, found in both.items()}
    best = max(ids, key=lambda day: (grounds.voices(ids[day]), day))
    voices = grounds.voices(ids[best])
    why = f"acts of both on {best} are told by {voices} independent voices"
    why += "; that they were agreed on does not follow from it"
    verdict = Verdict.SUPPORTED if voices > 1 else Verdict.MIXED
    change = "an event table, to tell it from the days that chance brings together"
    measures = ("convergence",)
    return Tested(
        verdict, grounds.as_of, why, measures, supporting=ids[best][:MOST], voices=voices, would_change=change
    )


def _acts(grounds: Grounds, when: Days) -> Iterator[Claim]:
    """Acts of violence of one known day among those that are meant."""
    for claim in grounds.claims:
        told = claim.kind is Kind.EVENT and claim.action in _VIOLENT and claim.modality in FACT
        if told and claim.days.length == 1 and claim.days.overlaps(when):
            yield claim
