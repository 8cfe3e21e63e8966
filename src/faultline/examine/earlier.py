"""Tests a first time, a rarity, and one thing after another, by what measures describe. Invariant: one earlier instance
denies a first time; a rarity is a rate, and silence of reports chosen by hand is no first."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from faultline.examine.asks import Asked
from faultline.examine.described import MOST, Matched, matched
from faultline.examine.grounds import Grounds
from faultline.examine.levels import forms_of
from faultline.examine.sentences import Named
from faultline.record.examination import Tested
from faultline.record.vocabulary import Verdict

RECENT = timedelta(days=60)  # before the evidence: what is meant itself
_ALL = timedelta(days=365 * 200)
_CHAIN = "fight, talk, withdrawal"
_TWICE = 2  # times in this order from which there is a cycle


def earlier_tested(grounds: Grounds, asked: Asked, named: Named, levels: Sequence[str]) -> Tested:
    """Whether there was one before: a first time is contradicted by two voices that tell of an earlier one, of the same
    parties; how rare a thing is cannot be told without a rate."""
    every = matched(grounds, forms_of(levels), asked, named, _ALL)
    until = grounds.evidence.as_of - RECENT
    before = Matched(tuple((m, t) for m, t in every.told if (t.days.last_day or t.days.first_day or date.max) < until))
    names = tuple(dict.fromkeys(name for name, _ in before.told))
    claims = before.claims[:MOST]
    voices = grounds.voices(claims) if claims else 0
    said = f"told of before: {before.counted}" if before.told else "none before is on record"
    if before.told:
        first = min(before.told, key=lambda pair: pair[1].days.first_day or date.max)[1]
        said += f"; the earliest: {first.text[:120]}, {first.days}"
    if "first" in asked.also and voices > 1 and named.actors:
        change = "a reason why the earlier ones are of another kind"
        return Tested(Verdict.CONTRADICTED, grounds.as_of, said, names, (), (), claims, would_change=change)
    why = f"how rare a thing is, is a rate: the reports were chosen by hand; {said}"
    if "first" in asked.also:
        why = f"reports chosen by hand cannot show that there was none before; {said}"
    wanted = "a complete record of them over the years before"
    return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, names, (), (), claims, would_change=wanted)


def in_turn(grounds: Grounds, named: Named) -> Tested:
    """How often fights, talks and withdrawals of the declared pairs followed one another in this order: supported from
    two times on."""
    finding = grounds.finding("cycles")
    pairs = {row.subject: row for row in finding.rows if row.name == _CHAIN and row.statistic is not None}
    names = {c.name for c in grounds.sight.declared.coalitions if named.actors & set(c.members)}
    pairs = {pair: row for pair, row in pairs.items() if not names or any(name in pair for name in names)}
    times = int(max((row.statistic or 0.0 for row in pairs.values()), default=0.0))
    told = Counter(one.form for one in finding.told if one.form)
    listed = ", ".join(f"{n} x {form}" for form, n in told.most_common()) or "nothing"
    how_often = {0: "never", 1: "once"}.get(times, f"{times} times")
    why = f"fight, talk and withdrawal are {how_often} told in this order for one pair ({listed} in all)"
    verdict = Verdict.SUPPORTED if times >= _TWICE else Verdict.MIXED if times else Verdict.NOT_TESTABLE
    change = "dated reports of talks and withdrawals of one pair of parties"
    return Tested(verdict, grounds.as_of, why, ("cycles",), tuple(pairs.values())[:MOST], would_change=change)
