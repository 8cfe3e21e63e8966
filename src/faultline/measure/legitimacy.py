"""What bears on the legitimacy and cohesion of a regime, as sourced series. Invariant: no score is invented: each
strand is a list of dated, sourced claims, and a count of them is never called a rate.

Follows Gerschewski 2013, doi 10.1080/13510347.2013.738860 (strands of regime stability).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from faultline.measure.form import NOT_ENOUGH, Measure
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.finding import Curve, Finding, Told
from faultline.record.vocabulary import Action, ActorKind, Kind, Modality, SlotName

NAME = "legitimacy"
_NOT_SO = frozenset({Modality.DENIED, Modality.NEGATED, Modality.HYPOTHETICAL, Modality.SUPERSEDED})
STRANDS: Mapping[str, frozenset[str]] = {
    "coups and attempts": frozenset({"coup", "mutiny", "coup_attempt"}),
    "purges, arrests and trials of officials": frozenset({"capture_of_persons", "trial", "dismissal", "arrest"}),
    "deaths of officials": frozenset({"killing", "execution", "attack", "attack_suicide", "attack_ied"}),
    "changes of government": frozenset({"appointment", "resignation", "dissolution"}),
    "protests": frozenset({"protest", "uprising", "riot", "strike"}),
    "dialogue": frozenset({"talks", "meeting", "mediation", "national_dialogue"}),
    "elections held, postponed or suspended": frozenset({"election", "postponed", "suspension", "annulled"}),
    "broken agreements": frozenset({"agreement_ended", "talks_stalled", "talks_refused"}),
    "published surveys": frozenset({"survey", "poll"}),
}
_OF_OFFICIALS = frozenset({"purges, arrests and trials of officials", "deaths of officials"})
_OF_REGIME = frozenset({"dialogue", "changes of government", "broken agreements"})
_RULERS = frozenset({ActorKind.GOVERNMENT, ActorKind.JUNTA, ActorKind.PERSON, ActorKind.POLITICAL})


def find(sight: Sight) -> Finding:
    """The claims of each strand in the order of their days, and how many independent publishers tell them, by year."""
    by_strand = _by_strand(sight)
    told = tuple(_told(sight, strand, claim) for strand in STRANDS for claim in by_strand[strand])
    rows = tuple(_row(sight, strand, told) for strand in STRANDS)
    rows = tuple(row for row in rows if row.n)
    if not rows:
        rows = LEGITIMACY.refuse(NOT_ENOUGH, "no claim speaks of any strand").rows
    return Finding(
        NAME,
        LEGITIMACY.question,
        _summary(told),
        rows,
        told,
        curves=tuple(_curve(strand, told) for strand in STRANDS if any(one.form == strand for one in told)),
        warnings=("Counts of claims say what was found and told, not how much there was.",),
    )


def strands_of(sight: Sight, claim: Claim) -> Iterator[str]:
    """The strands that a claim belongs to: by its subtype, and where the strand is about officials by whom it was done
    to."""
    if claim.modality in _NOT_SO:
        return
    for strand, subtypes in STRANDS.items():
        if claim.subtype in subtypes and _concerns(sight, claim, strand):
            yield strand


def _concerns(sight: Sight, claim: Claim, strand: str) -> bool:
    if strand in _OF_OFFICIALS:
        return any(sight.kinds.get(who) in _RULERS for who in claim.values(SlotName.RECIPIENT))
    if strand in _OF_REGIME:
        who = (*claim.values(SlotName.ACTOR), *claim.values(SlotName.RECIPIENT))
        return any(sight.kinds.get(one) in _RULERS for one in who)
    return claim.kind in (Kind.EVENT, Kind.TALK, Kind.RESTRICTION, Kind.QUANTITY) or claim.action is Action.PROTEST


def _by_strand(sight: Sight) -> Mapping[str, list[Claim]]:
    """The claims of each strand, by their first day."""
    found: dict[str, list[Claim]] = {strand: [] for strand in STRANDS}
    for claim in sorted(sight.claims, key=lambda claim: (claim.days.first_day or date.max, claim.id)):
        for strand in strands_of(sight, claim):
            found[strand].append(claim)
    return found


def _told(sight: Sight, strand: str, claim: Claim) -> Told:
    who = claim.speaker.innermost if claim.speaker.voice == "named" else ""
    planned = " (planned)" if claim.modality in (Modality.PLANNED, Modality.DEMANDED, Modality.THREATENED) else ""
    text = f"{strand}{planned}: {who + ': ' if who else ''}“{sight.quoted(claim)}”"
    return Told(text, claim.days, (claim.id,), _source(sight, claim), strand)


def _source(sight: Sight, claim: Claim) -> str:
    filing = sight.filings.get(claim.document)
    return filing.source if filing else ""


def _row(sight: Sight, strand: str, told: tuple[Told, ...]) -> Measured:
    mine = [one for one in told if one.form == strand]
    days = [one.days.first_day for one in mine if one.days.first_day]
    window = Days(min(days), max(days)) if days else Days()
    families = {_family(sight, one.subject) for one in mine}
    row = Measured(NAME, float(len(mine)), "claims", window, name=strand, n=len(mine), subject="told by any source")
    note = f"{len(families)} publishers' houses"
    return replace(row, claims=tuple(claim for one in mine for claim in one.claims), note=note)


def _family(sight: Sight, source: str) -> str:
    found = next((one for one in sight.case.sources if one.id == source), None)
    return (found.family or found.id) if found else source


def _curve(strand: str, told: tuple[Told, ...]) -> Curve:
    years = Counter(one.days.first_day.year for one in told if one.form == strand and one.days.first_day)
    span = range(min(years, default=0), max(years, default=-1) + 1)
    counts = tuple(float(years[year]) for year in span)
    return Curve(strand, "step", tuple(f"{year}-01-01" for year in span), counts, "claims told of the year")


def _summary(told: tuple[Told, ...]) -> str:
    counts = Counter(one.form for one in told)
    if not counts:
        return "Nothing on record bears on the legitimacy or cohesion of the regime."
    listed = ", ".join(f"{strand} {number}" for strand, number in counts.most_common())
    return f"Claims on record by strand: {listed}."


LEGITIMACY = Measure(
    NAME,
    "What bears on the legitimacy and cohesion of the regime?",
    "Sourced series: coups, purges, deaths of officials, changes of government, protests, dialogue, elections.",
    "claims",
    "",
    0,
    False,
    "More claims of a year can mean more reports read of that year. There is no score; none should be made of these.",
    "Gerschewski 2013, doi 10.1080/13510347.2013.738860 (strands of regime stability)",
    find,
    least="one claim that bears on the regime",
)
