"""Suggests an Admiralty code for each claim: how reliable who says it has been, how credible the information is.
Invariant: every letter and number comes with the counts behind it, copies count for nothing, a person outranks it.

The scale is that of NATO AJP-2.1 (reliability A-F of the source, credibility 1-6 of the information); how counts become
letters and numbers is ours and stands in the tables below.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from faultline.case import Case
from faultline.record.decision import MACHINE, Decision
from faultline.record.errors import UsageError
from faultline.record.vocabulary import Credibility, DecisionKind, Reliability
from faultline.resolve.lineage import Lineages
from faultline.resolve.lineage_outlets import house_of

RATINGS = ("reliability", "credibility")  # slots of a decision that overrides a suggestion

ENOUGH = 5  # comparisons before a record says anything
UNRATED = Reliability.C  # where it then starts
SURE = 1.96  # standard deviations by which a record has to differ from the usual one (95 %)
_SCALE = tuple(Reliability)


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: the claims of one incident, and its disputes, each as its positions, each as the claims that
    take it. A claim that takes no position in a dispute is not at odds with anybody in it."""

    incident: str
    claims: tuple[str, ...]
    disputes: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Rated:
    """An Admiralty code. `confirmed` and `contradicted` count the incidents in which independent lineages bore out, or
    outnumbered, the voice behind the claim; `reason` tells what the code stands on, `by` who overrode it."""

    reliability: Reliability
    credibility: Credibility
    confirmed: int = 0
    contradicted: int = 0
    reason: str = ""
    by: str = ""

    @property
    def code(self) -> str:
        """Letter and number: "B2"."""
        return f"{self.reliability}{self.credibility}"


@dataclass(frozen=True, slots=True)
class _Stand:
    """How a claim stands in its incident, in independent lineages other than its own: with it, against it."""

    agreeing: int
    against: int


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who vouches for a claim, with its record and what is usual."""

    key: str
    letters: Mapping[str, Reliability]
    record: Counter[str]
    usual: float

    @property
    def prior(self) -> Reliability:
        return self.letters.get(self.key, Reliability.F)

    @property
    def party(self) -> bool:
        return self.key.startswith("voice ")


def suggest(
    case: Case, compared: Iterable[Compared], lineages: Lineages, decisions: Iterable[Decision] = ()
) -> dict[str, Rated]:
    """The code of every claim of the incidents, by claim id. Of the decisions, those of people that set a rating of a
    claim override it, the last one counting. Raises NotFoundError for a claim that was not traced."""
    incidents = sorted(compared, key=lambda c: c.incident)
    stands: dict[str, _Stand] = {}
    records: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for incident in incidents:
        found = _stands(incident, lineages)
        stands |= found
        for voice, outcome in _outcomes(found, lineages):
            records[voice][outcome] += 1
    letters, usual = _letters(case, lineages), _usual(records)
    rated = {
        claim: _rate(stand, _Voice(v, letters, records[v], usual)) for claim, stand, v in _voiced(stands, lineages)
    }
    return _overridden(rated, tuple(decisions))


def check_rating(slot: str, value: str) -> None:
    """Raises UsageError where a value is no letter or number of the scale that the slot names."""
    scale: Sequence[str] = tuple(Reliability) if slot == "reliability" else tuple(Credibility)
    if slot not in RATINGS or value not in scale:
        raise UsageError(slot, repr(value), f"one of {', '.join(scale)}")


def _stands(incident: Compared, lineages: Lineages) -> dict[str, _Stand]:
    group = {claim: n for n, members in enumerate(lineages.groups(incident.claims)) for claim in members}
    sides: defaultdict[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for positions in incident.disputes:
        for position in positions:
            others = {group[c] for other in positions if other is not position for c in other if c in group}
            same = {group[c] for c in position if c in group}
            for claim in position:
                sides[claim][0].update(same)
                sides[claim][1].update(others - same)
    everybody = set(group.values())
    found = {}
    for claim, own in group.items():
        with_it, against = sides[claim]
        against = against - {own}
        agreeing = (everybody - against) | with_it
        found[claim] = _Stand(len(agreeing - {own}), len(against))
    return found


def _outcomes(stands: Mapping[str, _Stand], lineages: Lineages) -> list[tuple[str, str]]:
    """For each voice of an incident whether it was borne out there: by its best claim, since it may say several things;
    nothing where it stood alone, or where as many stood with it as against it."""
    best: dict[str, int] = {}
    for claim, stand in stands.items():
        if stand.agreeing or stand.against:
            voice, balance = _voice(claim, lineages), stand.agreeing + 1 - stand.against
            best[voice] = max(best.get(voice, balance), balance)
    return [
        (voice, "confirmed" if balance > 0 else "contradicted") for voice, balance in sorted(best.items()) if balance
    ]


def _voice(claim: str, lineages: Lineages) -> str:
    """Who vouches for a claim: the last step of its way, as a key."""
    return lineages.of(claim)[-1].id


def _letters(case: Case, lineages: Lineages) -> dict[str, Reliability]:
    """The letter that the case gives to each voice: of the sources that speak with it, the one given most often, of
    equals the lower one."""
    given: defaultdict[str, Counter[Reliability]] = defaultdict(Counter)
    by_id = {source.id: source for source in case.sources}
    for ways in lineages.ways.values():
        source = by_id.get(ways[0].source)
        if source:
            given[ways[0].id][source.reliability] += 1
    for source in case.sources:
        given[f"house {house_of(source)}"][source.reliability] += 1
    return {voice: _most(counts) for voice, counts in given.items()}


def _most(counts: Counter[Reliability]) -> Reliability:
    rated = {letter: n for letter, n in counts.items() if letter is not Reliability.F}
    return max(rated, key=lambda letter: (rated[letter], letter)) if rated else Reliability.F


def _voiced(stands: Mapping[str, _Stand], lineages: Lineages) -> Iterator[tuple[str, _Stand, str]]:
    return ((claim, stand, _voice(claim, lineages)) for claim, stand in stands.items())


def _usual(records: Mapping[str, Counter[str]]) -> float:
    """The share of comparisons, of all voices together, in which a voice was borne out; 1 without any."""
    confirmed = sum(record["confirmed"] for record in records.values())
    compared = sum(record.total() for record in records.values())
    return confirmed / compared if compared else 1.0


def _rate(stand: _Stand, voice: _Voice) -> Rated:
    confirmed, contradicted = voice.record["confirmed"], voice.record["contradicted"]
    letter = voice.prior
    if letter is not Reliability.F or not voice.party:  # an unrated party is not judged by others reporting the same
        letter = reliability(letter, (confirmed, contradicted), voice.usual)
    number = credibility(letter, stand.agreeing, stand.against)
    reason = (
        f"{voice.key}: {voice.prior} in the case, borne out in {confirmed} and outnumbered in {contradicted} incidents "
        f"(all voices: {voice.usual:.0%} borne out); here {stand.agreeing} other lineages agree, {stand.against} do not"
    )
    return Rated(letter, number, confirmed, contradicted, reason)


def reliability(prior: Reliability, record: tuple[int, int], usual: float) -> Reliability:
    """The letter after `record` (borne out, outnumbered): one step up or down from the prior where the record is surely
    better or worse than the `usual` share (0 to 1), else the prior. Never up to A: that is a person's to give. Nothing
    moves before enough was compared.

    Being borne out is the rule, because incidents are made of what agrees: only the difference from others tells.
    """
    compared = sum(record)
    if compared < ENOUGH:
        return prior
    start = UNRATED if prior is Reliability.F else prior
    low, high = _wilson(record[0], compared)
    at = _SCALE.index(start)
    if low > usual and start > Reliability.B:
        return _SCALE[at - 1]
    return _SCALE[min(at + 1, _SCALE.index(Reliability.E))] if high < usual else start


def _wilson(hits: int, trials: int) -> tuple[float, float]:
    """Wilson's score interval of a share; (0, 1) without trials (doi 10.1080/01621459.1927.10502953)."""
    if not trials:
        return 0.0, 1.0
    share, z = hits / trials, SURE * SURE / trials
    middle, half = share + z / 2, SURE * sqrt(share * (1 - share) / trials + z / (4 * trials))
    return (middle - half) / (1 + z), (middle + half) / (1 + z)


def credibility(letter: Reliability, agreeing: int, against: int) -> Credibility:
    """The number from independent lineages: 1 with two others and nobody against; 2 with one, or with at least twice as
    many for it as against it; 3 where more are for it than against it, or alone from A to C; 4 for a draw; 5 where it
    is outnumbered; 6 alone from anybody else."""
    if not against:
        if agreeing:
            return Credibility.CONFIRMED if agreeing > 1 else Credibility.PROBABLY_TRUE
        fair = letter in (Reliability.A, Reliability.B, Reliability.C)
        return Credibility.POSSIBLY_TRUE if fair else Credibility.CANNOT_BE_JUDGED
    for_it = agreeing + 1
    if for_it >= 2 * against and agreeing:
        return Credibility.PROBABLY_TRUE
    if for_it == against:
        return Credibility.DOUBTFUL
    return Credibility.POSSIBLY_TRUE if for_it > against else Credibility.IMPROBABLE


def _overridden(rated: dict[str, Rated], decisions: Sequence[Decision]) -> dict[str, Rated]:
    taken_back = {decision.undoes for decision in decisions if decision.undoes}
    for decision in decisions:
        fits = decision.kind is DecisionKind.CORRECT and decision.named_slot in RATINGS and decision.subject in rated
        if not fits or decision.by == MACHINE or decision.id in taken_back:
            continue
        check_rating(decision.named_slot, decision.value)
        old = rated[decision.subject]
        why = decision.why or "no reason given"
        reason = f"{decision.named_slot} by {decision.by}: {why}; suggested {old.code}, {old.reason}"
        new = replace(old, reason=reason, by=decision.by)
        if decision.named_slot == "reliability":
            rated[decision.subject] = replace(new, reliability=Reliability(decision.value))
        else:
            rated[decision.subject] = replace(new, credibility=Credibility(decision.value))
    return rated
