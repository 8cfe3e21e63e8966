"""Whether fighting, talking and withdrawing follow one another between two parties. Invariant: a talk counts before a
withdrawal only if it was reported before it, and a step of no known day is told but in no sequence.

Follows Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, doi 10.1007/b138696.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from faultline.measure.chance import Ints, between, binomial_interval, generator, p_above
from faultline.measure.form import ALARM, NOT_ENOUGH, Measure, corrected
from faultline.measure.orders import FIGHT, LEAVE, TALK, Bouts
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.declared import Pair
from faultline.record.finding import Finding, Told
from faultline.record.vocabulary import Action, Kind, Modality, SlotName

NAME = "cycles"
STEPS = ("fight", "talk", "agreement", "withdrawal", "handover")
MOST_VAGUE = 31  # days: a step known no finer is in no sequence
BOUT = 30  # days of quiet that end a bout
SOON = 60  # days within which the next step counts as following
OTHER_SOON = (30, 90)  # days: what the shares are sensitive to
LEAST = 6  # bouts of a pair
BEYOND = "in order beyond chance"
NULL = "bouts in another order within each run in which no 60 days pass without a beginning, each as long as it was"
_TIES = "orders of as many triples are told apart by their pairs of steps in order, then by how soon they follow"
_ROLES = np.array([FIGHT, TALK, TALK, LEAVE, LEAVE])  # of STEPS in a triple
_TALKS = frozenset({"meeting", "talks", "mediation", "visit", "offer"})
_AGREED = frozenset({"agreement", "ceasefire"})
_FIGHTS = frozenset({Action.ASSAULT, Action.TAKE, Action.BLOCKADE})
_NOT_SO = frozenset(
    {
        Modality.DENIED,
        Modality.NEGATED,
        Modality.HYPOTHETICAL,
        Modality.PLANNED,
        Modality.THREATENED,
        Modality.DEMANDED,
        Modality.SUPERSEDED,
    }
)
_CHAINS = (
    ("fight", "talk"),
    ("talk", "agreement"),
    ("talk", "withdrawal"),
    ("agreement", "fight"),
    ("withdrawal", "fight"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One claim as a step of a pair: its form and day, and when it was reported (None where unknown)."""

    form: str
    day: date
    reported: date | None
    claim: str


@dataclass(frozen=True, slots=True)
class Bout:
    """Steps of one form without a quiet of more than a month between them; `reported` is the first report of any."""

    form: str
    first: int
    last: int
    reported: int
    claims: tuple[str, ...]


def find(sight: Sight) -> Finding:
    """For each declared pair its bouts as told, how often one step followed another ("3 of 5"), and the triples of
    fight, talk and withdrawal against other orders of the same bouts."""
    told: list[Told] = []
    rows: list[Measured] = []
    other: list[Measured] = []
    for pair in sight.declared.pairs:
        name = _name(sight, pair)
        bouts = bouts_of(steps_of(sight, pair))
        told += [_told(bout, name) for bout in bouts]
        rows += _rows(sight, pair, name, bouts)
        other += [row for soon in OTHER_SOON for row in _shares(bouts, name, soon)] if len(bouts) >= LEAST else []
    rows = corrected(rows, BEYOND)
    if not sight.declared.pairs:
        rows = [CYCLES.refuse(NOT_ENOUGH, "the case declares no pair").rows[0]]
    said = (_summary(rows), tuple(rows), tuple(told), tuple(other))
    return Finding(NAME, CYCLES.question, *said, warnings=_WARNINGS)


_WARNINGS = (
    "Steps come from reports that were chosen by hand: a step that nobody tells here may have happened.",
    "What follows is not caused by what came before.",
)


def steps_of(sight: Sight, pair: Pair) -> tuple[Step, ...]:
    """The steps of the pair (at its places, where it names some), by their day; those whose day is not known
    within a month are left out."""
    one, other = sight.members(pair.one), sight.members(pair.other)
    found = []
    for claim in sight.of_kinds(Kind.EVENT, Kind.TALK, Kind.CONTROL):
        form = _form(claim, one, other)
        day, length = claim.days.first_day, claim.days.length
        if not form or day is None or length is None or length > MOST_VAGUE or claim.modality in _NOT_SO:
            continue
        if not pair.places or set(pair.places) & set(claim.values(SlotName.PLACE)):
            found.append(Step(form, day, sight.published(claim), claim.id))
    return tuple(sorted(found, key=lambda step: (step.day, step.claim)))


def _form(claim: Claim, one: frozenset[str], other: frozenset[str]) -> str:
    """Which step between the two a claim tells of; "" for none. A withdrawal is that of either, whoever stays."""
    actors, recipients = set(claim.values(SlotName.ACTOR)), set(claim.values(SlotName.RECIPIENT))
    both = bool((actors | recipients) & one and (actors | recipients) & other)
    if claim.kind is Kind.TALK and both:
        return "agreement" if claim.subtype in _AGREED else "talk" if claim.subtype in _TALKS else ""
    if claim.subtype in ("transferred", "handover") and (actors | recipients) & (one | other):
        return "handover"
    if claim.kind is not Kind.EVENT:
        return ""
    if claim.action is Action.WITHDRAW and actors & (one | other):
        return "withdrawal"
    across = (actors & one and recipients & other) or (actors & other and recipients & one)
    clash = claim.subtype == "clash" and actors & one and actors & other
    return "fight" if claim.action in _FIGHTS and (across or clash) else ""


def bouts_of(steps: Sequence[Step]) -> tuple[Bout, ...]:
    """The steps merged into bouts of one form, in the order of their first days."""
    bouts: list[Bout] = []
    for form in STEPS:
        run: list[Step] = []
        for step in (step for step in steps if step.form == form):
            if run and (step.day - run[-1].day).days > BOUT:
                bouts.append(_bout(run))
                run = []
            run.append(step)
        if run:
            bouts.append(_bout(run))
    return tuple(sorted(bouts, key=lambda bout: (bout.first, STEPS.index(bout.form))))


def _bout(run: Sequence[Step]) -> Bout:
    known = [step.reported.toordinal() for step in run if step.reported]
    first, last = run[0].day.toordinal(), run[-1].day.toordinal()
    return Bout(run[0].form, first, last, min(known, default=1 << 40), tuple(step.claim for step in run))


def follows(bouts: Sequence[Bout], chain: tuple[str, str], soon: int = SOON) -> tuple[int, int]:
    """How many bouts of the first form were followed by one of the second within 60 days of their end, of how many. A
    withdrawal follows a talk only if the talk was reported by the day of the withdrawal."""
    starts = [bout for bout in bouts if bout.form == chain[0]]
    hits = sum(any(_leads(bout, later, chain, soon) for later in bouts if later.form == chain[1]) for bout in starts)
    return hits, len(starts)


def _leads(bout: Bout, later: Bout, chain: tuple[str, str], soon: int) -> bool:
    in_time = bout.first < later.first <= bout.last + soon
    return in_time and (chain != ("talk", "withdrawal") or bout.reported <= later.first)


def triples(bouts: Sequence[Bout]) -> int:
    """Fights followed by a talk that is followed by a withdrawal, each within 60 days of the end of the one before."""
    return int(arrayed(bouts).in_order(np.arange(len(bouts))[None])[0][0])


def arrayed(bouts: Sequence[Bout]) -> Bouts:
    """The bouts (in their order) as arrays, with the runs within which they may change places: that the three come
    together is not at stake, only their order is."""
    first = np.array([bout.first for bout in bouts], np.int64)
    run = np.array([number for number, run in enumerate(_runs(bouts)) for _ in run], np.int64)
    form = np.array([STEPS.index(bout.form) for bout in bouts], np.int64)
    length = np.array([bout.last for bout in bouts], np.int64) - first
    reported = np.array([bout.reported for bout in bouts], np.int64) - first
    return Bouts(first, length, reported, form, _ROLES[form], run, BOUT, SOON)


def against_orders(bouts: Sequence[Bout], draws: int, chance: np.random.Generator) -> tuple[int, Ints, float, float]:
    """The number of triples, that of so many other orders, the p-value of an order as good, and the smallest p-value
    that these bouts could have had."""
    table = arrayed(bouts)
    seen, part = table.in_order(np.arange(len(bouts))[None])
    others, parts = table.in_order(table.drawn(draws, chance))
    ranks = others + parts
    rank = float(seen[0] + part[0])
    every = np.append(ranks, rank)  # whether a test can be had must not depend on which of them was seen
    return int(seen[0]), others, p_above(rank, ranks), float(np.mean(every >= every.max() - 1e-12))


def _runs(bouts: Sequence[Bout]) -> Iterator[list[Bout]]:
    """By starts alone: ends move with the bouts, and runs that no other order would have had favour the one seen."""
    run: list[Bout] = []
    for bout in bouts:
        if run and bout.first > run[-1].first + SOON:
            yield run
            run = []
        run.append(bout)
    if run:
        yield run


def _rows(sight: Sight, pair: Pair, name: str, bouts: Sequence[Bout]) -> Iterator[Measured]:
    window = _window(bouts)
    row = Measured(NAME, None, "triples", window, NULL, name="fight, talk, withdrawal", subject=name, n=len(bouts))
    if len(bouts) < LEAST:
        yield replace(row, verdict=NOT_ENOUGH, note=f"{len(bouts)} bouts, {LEAST} are needed")
        return
    chance = generator(sight.seed, NAME, pair.one, pair.other, *pair.places)
    seen, draws, p, least = against_orders(bouts, sight.declared.draws, chance)
    low, high = between(draws.astype(np.float64))
    row = replace(row, statistic=float(seen), null=float(draws.mean()), low=low, high=high, interval="90 % of the null")
    if least > ALARM:
        yield replace(row, verdict=NOT_ENOUGH, note=f"no other order of these bouts could reach p = {ALARM}")
    else:
        yield replace(row, p_value=p, note=_TIES)
    yield from _shares(bouts, name)


def _shares(bouts: Sequence[Bout], name: str, soon: int = SOON) -> Iterator[Measured]:
    """How often each step was followed by the next of its chain within so many days."""
    for chain in _CHAINS:
        hits, n = follows(bouts, chain, soon)
        if n:
            yield _share(chain, (hits, n, soon), name, _window(bouts))


def _share(chain: tuple[str, str], counted: tuple[int, int, int], name: str, window: Days) -> Measured:
    hits, n, soon = counted
    low, high = binomial_interval(hits, n, 0.9)
    row = Measured(
        NAME, hits / n, "share", window, "", low, high, name=f"{chain[1]} within {soon} days of a {chain[0]}"
    )
    return replace(row, subject=name, interval="90 % of the statistic", n=n, note=f"{hits} of {n}")


def _window(bouts: Sequence[Bout]) -> Days:
    if not bouts:
        return Days()
    return Days(date.fromordinal(bouts[0].first), date.fromordinal(max(bout.last for bout in bouts)))


def _told(bout: Bout, name: str) -> Told:
    first = date.fromordinal(bout.first)
    days = Days(first, first + timedelta(days=bout.last - bout.first))
    claims = f"{len(bout.claims)} claim{'s' if len(bout.claims) > 1 else ''}"
    return Told(f"{bout.form} ({claims})", days, bout.claims, name, bout.form)


def _name(sight: Sight, pair: Pair) -> str:
    ends = [c.name if (c := sight.declared.coalition(end)) else end for end in (pair.one, pair.other)]
    return " and ".join(ends) + (f" at {', '.join(pair.places)}" if pair.places else "")


def _summary(rows: Sequence[Measured]) -> str:
    beyond = [row.subject for row in rows if row.verdict == BEYOND]
    tested = [row for row in rows if row.p_value is not None]
    if not tested:
        return (
            f"No declared pair has bouts of known days enough that their order could be told from chance: {NOT_ENOUGH}."
        )
    if not beyond:
        return (
            f"Fight, talk and withdrawal follow in this order no more often than chance, in any of {len(tested)} pairs."
        )
    return f"Fight, talk and withdrawal follow in this order beyond chance: {'; '.join(beyond)}."


CYCLES = Measure(
    NAME,
    "Do fighting, talking and withdrawing follow one another?",
    "Bouts of steps between two declared parties; how often one followed another; triples against other orders.",
    "triples; share",
    NULL,
    LEAST,
    False,
    "Three of five is five cases: read the interval. Talks count before a withdrawal only if they were public by then.",
    "Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, doi 10.1007/b138696",
    find,
    least="six bouts of a pair, some order of which could reach p = 0.05",
)
