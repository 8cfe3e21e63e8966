"""Tests how often a thing happens and which party does most, on an event table. Invariant: without a systematic table
neither is tested, for how often a thing is told is no rate."""

from datetime import date

import numpy as np

from faultline.examine.asks import Asked
from faultline.examine.grounds import Grounds
from faultline.examine.sentences import Named
from faultline.measure.chance import binomial_interval
from faultline.measure.events import Events
from faultline.measure.feedback.marks import coarse
from faultline.measure.parties import parties_of
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.examination import Tested
from faultline.record.vocabulary import Verdict

NAME = "escalation"
WEEKS, MOST_DAYS = 26, 182  # looked back on
MANY, FEW = 0.75, 0.5  # share of weeks (or days) from which "weekly" holds, and below which it does not
YEAR = 365  # days over which parties are compared
_TABLE = "an event table by the day"
_MOST = 12


def often_tested(grounds: Grounds, asked: Asked, named: Named) -> Tested:
    """By the share of the last 26 weeks (or of their days) with an event of the parties that are named; which party
    attacks most, by its events of the last year."""
    events = grounds.evidence.events
    if events is None:
        why = "how often a thing happens is a rate: the case holds no event table by the day"
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, (NAME,), would_change=_TABLE)
    why = coarse(events)
    if why:
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, (NAME,), would_change=_TABLE)
    parties = frozenset(part for actor in named.actors for part in grounds.sight.members(actor))
    if "often" in asked.also:
        return _often(grounds, events, parties, "daily" in asked.also)
    return _most(grounds, events, parties)


def _often(grounds: Grounds, events: Events, parties: frozenset[str], daily: bool) -> Tested:
    last = int(events.first.max())
    rows = events.involving(parties) if parties else np.ones(len(events), np.bool_)
    rows = np.asarray(
        rows & events.exact_day & (events.root == "assault") & (events.first > last - MOST_DAYS), np.bool_
    )
    step = 1 if daily else 7
    n, hits = MOST_DAYS // step, len(np.unique((last - events.first[rows]) // step))
    low, high = binomial_interval(hits, n, 0.9)
    share, unit = hits / n, "days" if daily else "weeks"
    verdict = Verdict.SUPPORTED if low >= FEW and share >= MANY else Verdict.MIXED
    verdict = Verdict.CONTRADICTED if high < FEW else verdict
    window = Days(date.fromordinal(last - MOST_DAYS + 1), date.fromordinal(last))
    row = Measured(NAME, share, f"share of {unit}", window, low=low, high=high, interval="90 % of the statistic", n=n)
    why = f"{hits} of the last {n} {unit} of the table have an attack"
    why += " of the parties that it names" if parties else ""
    claims = tuple(str(c) for c in events.claim[rows][-_MOST:])
    return Tested(verdict, grounds.as_of, why, (NAME,), (row,), claims, would_change="later or other data")


def _most(grounds: Grounds, events: Events, parties: frozenset[str]) -> Tested:
    last = int(events.first.max())
    recent = np.asarray((events.root == "assault") & (events.first > last - YEAR), np.bool_)
    counts = {
        p.name: (int((p.acts(events) & recent).sum()), bool(p.ids & parties))
        for p in parties_of(grounds.evidence, events)
    }
    ranked = sorted(counts, key=lambda name: -counts[name][0])
    mine = [name for name in ranked if counts[name][1]]
    listed = ", ".join(f"{name} {counts[name][0]}" for name in ranked[:4])
    why = f"attacks of the last year of the table, by party: {listed}"
    if not mine or len(ranked) < 2:
        why = f"it names none of the parties that are counted; {why}"
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, (NAME,), would_change="the party by its name")
    best, other = counts[mine[0]][0], max(counts[name][0] for name in ranked if name != mine[0])
    low, high = binomial_interval(best, best + other, 0.9) if best + other else (0.0, 1.0)
    verdict = Verdict.SUPPORTED if low > 0.5 else Verdict.CONTRADICTED if high < 0.5 else Verdict.MIXED
    return Tested(verdict, grounds.as_of, why, (NAME,), (), would_change="later or other data")
