"""Whether armed parties draw together: the ladder from non-aggression to merger with the evidence of each rung, their
mutual fighting, their hits on the same fronts and days, their common enemies. Invariant: no rung without a claim or a
dated tie, and hits together never raise a pair on the ladder.

Follows Amarasingham et al. 2012, doi 10.1152/jn.00633.2011 (jitter); Christia 2012, Alliance Formation in Civil Wars.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import numpy as np
import scipy

from faultline.measure.chance import between, generator, p_above
from faultline.measure.events import Events, Floats
from faultline.measure.form import NOT_A_SAMPLE, NOT_ENOUGH, Measure, corrected, window_of
from faultline.measure.parties import Party, parties_of
from faultline.measure.sight import Sight
from faultline.measure.synchrony.fronts import fronts_of
from faultline.measure.synchrony.jitter import hits
from faultline.record.analysis import Measured
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.finding import Finding, Told
from faultline.record.vocabulary import Action, Kind, Modality, SlotName, TieKind

NAME = "convergence"
LEAST = 30  # front-days of each of the two
LEAST_FIGHTS = 10  # mutual events, before and after together
BLOCK, LATE = 28, 13  # days of a block; blocks that are the last year
_LITTLE = 0.02  # events a block: where there were none, a mean to divide by
_EVEN = 0.1  # least scatter over that of Poisson counts; a floor of 1 widens the half that comes out below by chance
_NO_CHANGE = "one rate in both periods, blocks as uneven as they are"
WINDOW, BIN = 3, 14
_OTHERS, _FEW = ((1, 14), (3, 28), (7, 28)), 199  # windows and bins that hits together are sensitive to; draws of each
NULL = "each front's hits of one of the two moved together within bins of 14 days"
RUNGS = ("non-aggression", "local pact", "coordination", "joint operation", "alliance", "merger")
_RUNG_OF = {  # what a claim's subtype says; ties speak for themselves
    "ceasefire": "non-aggression",
    "agreement": "local pact",
    "coordination": "coordination",
    "affiliation": "alliance",
    "alliance": "alliance",
    "membership": "merger",
    "merger": "merger",
}
_TIE_RUNG = {TieKind.ALLIANCE: "alliance", TieKind.MERGER: "merger", TieKind.MEMBER: "merger"}
_APART = frozenset({"split", "dissociation", "rivalry", "agreement_ended"})
_NOT_SO = frozenset({Modality.DENIED, Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PLANNED, Modality.THREATENED})


@dataclass(frozen=True)
class _Pair:
    one: Party
    other: Party

    @property
    def name(self) -> str:
        return f"{self.one.name} and {self.other.name}"


def find(sight: Sight) -> Finding:
    """For each pair of armed coalitions the rungs with their evidence; on a systematic table also mutual fighting, hits
    together beyond jitter, and common enemies."""
    events = sight.events
    pairs = _pairs(sight, events)
    told = tuple(one for pair in pairs for one in _ladder(sight, pair))
    if events is None:
        rows = [
            CONVERGENCE.refuse(NOT_A_SAMPLE, "fighting and hits together are rates: they need an event table").rows[0]
        ]
    else:
        rows = corrected([row for pair in pairs for row in _of_pair(sight, events, pair)], "beyond chance")
    return Finding(
        NAME,
        CONVERGENCE.question,
        _summary(told, rows),
        tuple(rows),
        told,
        tuple(r for pair in pairs for r in _other_settings(sight, events, pair)) if events else (),
        warnings=("Hits on the same fronts and days never prove coordination: one opportunity draws both.",),
        frame=events.frame.id if events else "",
    )


def _pairs(sight: Sight, events: Events | None) -> list[_Pair]:
    """Pairs of declared coalitions without the defender and without parties in common; without declarations the busiest
    parties of the table."""
    if sight.declared.coalitions:
        parties = [Party(c.id, c.name, sight.members(c.id), c.days) for c in sight.declared.coalitions]
    else:
        parties = list(parties_of(sight, events)) if events else []
    armed = [party for party in parties if party.id != sight.declared.defender]
    return [_Pair(a, b) for a, b in combinations(armed, 2) if not a.ids & b.ids]


def _ladder(sight: Sight, pair: _Pair) -> Iterator[Told]:
    """The rungs that claims or public ties speak of, in the order of their days, and what drew the two apart."""
    found = [*_tie_rungs(sight, pair), *_claim_rungs(sight, pair)]
    yield from sorted(found, key=lambda told: (told.days.first_day or told.days.last_day or date.max, told.text))


def _tie_rungs(sight: Sight, pair: _Pair) -> Iterator[Told]:
    """Ties with a rung that were public by then; one that is listed from both ends is told once."""
    seen = set()
    for actor in sight.case.actors:
        for tie in actor.ties:
            ends = {tie.actor, tie.other}
            rung = _TIE_RUNG.get(tie.kind)
            known = tie.published.last_day or tie.published.first_day
            if (
                rung
                and (rung, tie.days, frozenset(ends)) not in seen
                and ends & pair.one.ids
                and ends & pair.other.ids
                and (known or date.min) <= sight.as_of
            ):
                seen.add((rung, tie.days, frozenset(ends)))
                yield Told(f"{rung}: {tie.actor} and {tie.other}", tie.days, tie.sources, pair.name, rung)


def _claim_rungs(sight: Sight, pair: _Pair) -> Iterator[Told]:
    for claim in sight.of_kinds(Kind.RELATION, Kind.TALK, Kind.EVENT):
        if not _between(claim, pair) or claim.modality in _NOT_SO:
            continue
        rung = _RUNG_OF.get(claim.subtype) or ("apart" if claim.subtype in _APART else "")
        if claim.kind is Kind.EVENT and _together(claim, pair):
            rung = "joint operation"
        if rung:
            who = f"{claim.speaker.innermost}: " if claim.speaker.voice == "named" else ""
            yield Told(f"{rung}: {who}“{sight.quoted(claim)}”", claim.days, (claim.id,), pair.name, rung)


def _between(claim: Claim, pair: _Pair) -> bool:
    who = {*claim.values(SlotName.ACTOR), *claim.values(SlotName.RECIPIENT)}
    return bool(who & pair.one.ids and who & pair.other.ids)


def _together(claim: Claim, pair: _Pair) -> bool:
    """Whether the two act side by side, on somebody else: those who clash stand side by side in the text only."""
    actors, others = set(claim.values(SlotName.ACTOR)), set(claim.values(SlotName.RECIPIENT))
    return bool(
        claim.action is Action.ASSAULT
        and claim.subtype not in ("clash", "killing")  # two killers of one list need not have been together
        and actors & pair.one.ids
        and actors & pair.other.ids
        and others - pair.one.ids - pair.other.ids
    )


def _of_pair(sight: Sight, events: Events, pair: _Pair) -> Iterator[Measured]:
    yield _fighting(events, pair)
    yield _co_action(sight, events, pair)
    yield _enemies(events, pair)


def rate_change(blocks: Floats, late: int) -> tuple[float, tuple[float, float], float]:
    """Events a block in the last `late` blocks over those before: ratio (NaN without an event before), its 90 %
    interval, and the two-sided p-value of no change. Blocks are uneven: their scatter about the two means widens both
    (quasi-Poisson, t of the blocks less two; McCullagh & Nelder 1989, section 6.2, doi 10.1007/978-1-4899-3242-6)."""
    before, after = blocks[:-late], blocks[-late:]
    means = np.repeat([max(before.mean(), _LITTLE), max(after.mean(), _LITTLE)], [len(before), late])
    scatter = max(_EVEN, float(((blocks - means) ** 2 / means).sum() / max(len(blocks) - 2, 1)))
    # Half an event on either side keeps the logarithm finite and its error small where counts are.
    log = float(np.log((after.sum() + 0.5) / late) - np.log((before.sum() + 0.5) / len(before)))
    spread = float(np.sqrt(scatter * (1 / (after.sum() + 0.5) + 1 / (before.sum() + 0.5))))
    law = scipy.stats.t(max(len(blocks) - 2, 1))
    reach = float(law.ppf(0.95)) * spread
    ratio = float(after.mean() / before.mean()) if before.sum() else float("nan")
    return ratio, (float(np.exp(log - reach)), float(np.exp(log + reach))), float(2 * law.sf(abs(log) / spread))


def _fighting(events: Events, pair: _Pair, late: int = LATE) -> Measured:
    """Rate of mutual events in the last year over that of the years before, by blocks of four weeks."""
    mutual = (events.by(pair.one.ids) & events.on(pair.other.ids)) | (
        events.by(pair.other.ids) & events.on(pair.one.ids)
    )
    last, first = int(events.first.max()), int(events.first.min())
    whole = (last - first + 1) // BLOCK
    back = (last - events.first[mutual]) // BLOCK
    blocks = np.bincount(back[back < whole], minlength=whole)[::-1].astype(np.float64)
    turn = last - late * BLOCK + 1
    row = Measured(NAME, None, "ratio of rates", Days(date.fromordinal(turn), date.fromordinal(last)), _NO_CHANGE)
    row = replace(row, name="mutual fighting, last year over before", subject=pair.name, n=int(blocks.sum()))
    row = replace(row, frame=events.frame.id, settings=f"block={BLOCK} days")
    if blocks.sum() < LEAST_FIGHTS or whole < 2 * late:
        note = f"{row.n} mutual events, {LEAST_FIGHTS} are needed, over two years"
        return replace(row, verdict=NOT_ENOUGH, note=note)
    ratio, (low, high), p = rate_change(blocks, late)
    note = f"{blocks[-late:].sum():.0f} in {late * BLOCK} days, {blocks[:-late].sum():.0f} in "
    note += f"{(whole - late) * BLOCK} days before"
    row = replace(row, statistic=None if np.isnan(ratio) else ratio, null=1.0, low=low, high=high, p_value=p)
    return replace(row, interval="90 % of the statistic", note=note)


def _other_settings(sight: Sight, events: Events, pair: _Pair) -> Iterator[Measured]:
    """Hits together with other windows and bins, and mutual fighting with two years as the late ones; uncorrected."""
    for window, width in _OTHERS:
        row = _co_action(sight, events, pair, (window, width, _FEW))
        if row.statistic is not None:
            yield replace(row, name=f"hits on one front within {window} days")
    row = _fighting(events, pair, 2 * LATE)
    if row.statistic is not None:
        yield replace(row, name="mutual fighting, last two years over before")


def _co_action(sight: Sight, events: Events, pair: _Pair, setting: tuple[int, int, int] | None = None) -> Measured:
    """Pairs of hits of the two on one front within three days, against those of the second moved; `setting` gives
    another window, bin and number of draws."""
    exact = events.only(events.exact_day)
    fronts, _ = fronts_of(exact, sight.declared.front_km)
    origin, length = int(exact.first.min()), int(exact.first.max() - exact.first.min()) + 1
    mutual = pair.one.rows(exact) & pair.other.rows(exact)  # fighting each other is no acting together
    found = [hits(np.where(p.rows(exact) & ~mutual, fronts, -1), exact.first - origin) for p in (pair.one, pair.other)]
    row = Measured(NAME, None, "pairs of hits", window_of(exact), NULL, name="hits on one front within 3 days")
    row = replace(row, subject=pair.name, n=min(len(found[0][1]), len(found[1][1])), frame=events.frame.id)
    if min(len(days) for _, days in found) < LEAST:
        return replace(row, verdict=NOT_ENOUGH, note=f"{row.n} front-days of one of the two, {LEAST} are needed")
    window, width, count = setting or (WINDOW, BIN, sight.declared.draws)
    seen = together(found[0], found[1], length, window)
    chance = generator(sight.seed, NAME, pair.one.id, pair.other.id, *((window, width) if setting else ()))
    draws = together_by_chance(found, width, length, (count, chance), window)
    low, high = between(draws)
    row = replace(row, statistic=float(seen), null=float(draws.mean()), low=low, high=high, interval="90 % of the null")
    return replace(row, p_value=p_above(seen, draws), settings=f"window={window} days; bin={width} days")


_Hits = tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]


def together_by_chance(
    found: Sequence[_Hits], width: int, length: int, how: tuple[int, np.random.Generator], window: int = WINDOW
) -> Floats:
    """Hits together with those of the second moved, in bins of `width` days of a table of `length` days: so many draws,
    by that generator. All hits of a front in one bin move by as many days, round the end of the bin: hits come in
    clumps, and hits that were moved one by one would lie apart.

    Harrison & Geman (2009), Neural Computation 21:1244-1258, doi 10.1162/neco.2008.03-08-730.
    """
    (one, (fronts, days)), (draws, chance) = found, how
    bins = days // width
    _, group = np.unique(fronts * (length // width + 1) + bins, return_inverse=True)
    whole, inside = np.minimum(width, length - bins * width), days - bins * width
    moved = (chance.integers(0, width, int(group.max(initial=0)) + 1)[group] for _ in range(draws))
    return np.array([together(one, (fronts, bins * width + (inside + by) % whole), length, window) for by in moved])


def together(one: _Hits, other: _Hits, length: int, window: int = WINDOW) -> float:
    """Pairs of a front-day of the first and one of the second on that front, three days (`window`) apart or less.

    Front-days of the one near any of the other would be fewer where the other's come in clumps, and so would tell how
    clumped they are."""
    wide = length + 2 * window + 1
    size = (max(int(one[0].max(initial=0)), int(other[0].max(initial=0))) + 1) * wide
    until = np.cumsum(np.bincount(other[0] * wide + other[1] + window + 1, minlength=size))
    at = one[0] * wide + one[1] + window + 1
    return float((until[at + window] - until[at - window - 1]).sum())


def _enemies(events: Events, pair: _Pair) -> Measured:
    """How alike the shares of whom the two fight are: 1 the same enemies in the same shares, 0 none in common."""
    shares = []
    for party in (pair.one, pair.other):
        acts, suffers = events.by(party.ids), events.on(party.ids)
        against = events.suffered[acts].sum(axis=0) + events.acted[suffers].sum(axis=0)
        against = np.where([p in party.ids for p in events.parties], 0, against)
        shares.append(against / max(1, against.sum()))
    overlap = float(np.minimum(*shares).sum())
    row = Measured(NAME, overlap, "overlap of shares, 0 to 1", window_of(events), name="common enemies")
    n = int(min(pair.one.rows(events).sum(), pair.other.rows(events).sum()))
    row = replace(row, subject=pair.name, n=n, frame=events.frame.id)
    return row if n >= LEAST else replace(row, statistic=None, verdict=NOT_ENOUGH)


def _summary(told: tuple[Told, ...], rows: list[Measured]) -> str:
    highest: dict[str, str] = {}
    for one in told:
        if one.form in RUNGS and (
            one.subject not in highest or RUNGS.index(one.form) > RUNGS.index(highest[one.subject])
        ):
            highest[one.subject] = one.form
    reports = {
        pair: {c for one in told if (one.subject, one.form) == (pair, rung) for c in one.claims or (one.text,)}
        for pair, rung in highest.items()
    }
    said = (f"{pair}: {rung}{' (one report)' * (len(reports[pair]) < 2)}" for pair, rung in sorted(highest.items()))
    ladder = "; ".join(said) or "no pair on any rung"
    beyond = [f"{row.subject} ({row.name})" for row in rows if row.verdict == "beyond chance"]
    return f"Highest rung that anybody reports: {ladder}. Beyond chance: {', '.join(beyond) or 'nothing'}."


CONVERGENCE = Measure(
    NAME,
    "Do armed parties draw together?",
    "The highest rung from non-aggression to merger with its evidence; mutual fighting; hits together; common enemies.",
    "pairs of hits; ratio of rates",
    NULL,
    0,
    False,
    "A rung is what somebody reports, not what holds. Less fighting between two parties can be distance between them.",
    "Amarasingham et al. 2012, doi 10.1152/jn.00633.2011 (jitter); Christia 2012, Alliance Formation in Civil Wars",
    find,
    least="for rates a table with 30 front-days of either party, or ten mutual events over two years",
)
