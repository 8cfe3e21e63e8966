"""Tests what an article foretells, once later evidence is there. Invariant: nothing of the day of publication tests a
prediction; without a day or a number only a direction is tested, by the months or the places since."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from faultline.examine.facts import fact_tested
from faultline.examine.grounds import Grounds
from faultline.measure.control import follow
from faultline.measure.escalation.series import Series, series_of
from faultline.record.claim import Claim
from faultline.record.examination import Tested
from faultline.record.vocabulary import Verdict

LEAST_MONTHS = 3  # after publication, before a direction is told
BEFORE = 12  # months that they are compared with
CLEAR = 1.25  # ratio from which a series has gone up (its inverse: down); between them it is level
LEAST_PLACES = 3
_RATES, _PLACES = frozenset({"violence", "instability", "insurgency", "military_pressure"}), frozenset({"control"})
_DAY = "a day and a threshold in the prediction"


def prediction_tested(grounds: Grounds, claim: Claim, levels: Sequence[str]) -> Tested:
    """Not testable by the day of publication; later by the reports of what was foretold for a day, else by the
    direction that its levels took."""
    last = grounds.article.filing.published.last_day
    if last is None or grounds.as_of <= last:
        why = "it speaks of what had not happened by then"
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, would_change="its outcome, by a day that it names")
    if claim.days.first_day is not None:
        return fact_tested(grounds, claim)
    tested = [one for one in (_rates(grounds, levels, last), _places(grounds, levels, last)) if one is not None]
    if not tested:
        why = "it names no day and no number by which it would have come true"
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, would_change=_DAY)
    why = "; ".join(one.why for one in tested)
    verdicts = {one.verdict for one in tested}
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.MIXED
    if Verdict.NOT_TESTABLE in {one.verdict for one in tested} and verdict is Verdict.MIXED:
        verdict = next(one.verdict for one in tested if one.verdict is not Verdict.NOT_TESTABLE)
    claims = tuple(dict.fromkeys(c for one in tested for c in one.supporting))
    against = tuple(dict.fromkeys(c for one in tested for c in one.against))
    names = tuple(name for one in tested for name in one.measures)
    return Tested(verdict, grounds.as_of, why, names, (), claims, against, would_change=_DAY)


def _rates(grounds: Grounds, levels: Sequence[str], last: date) -> Tested | None:
    """Violence that is foretold to grow: the months since against the year before, series by series."""
    if not _RATES & set(levels):
        return None
    ratios = [(series, ratio) for series in series_of(grounds.since) if (ratio := _ratio(series, last)) is not None]
    names = ("escalation",)
    if not ratios:
        why = f"fewer than {LEAST_MONTHS} months of figures since"
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, names)
    up = sum(ratio >= CLEAR for _, ratio in ratios)
    down = sum(ratio <= 1 / CLEAR for _, ratio in ratios)
    said = ", ".join(f"{series.name} times {ratio:.2f}" for series, ratio in ratios[:4])
    why = f"the months since against the {BEFORE} before: {said}"
    return Tested(_by_counts(up, down), grounds.as_of, why, names)


def _ratio(series: Series, last: date) -> float | None:
    month = last.year * 12 + last.month - 1
    after = series.counts[series.months > month]
    before = series.counts[(series.months <= month) & (series.months > month - BEFORE)]
    if len(after) < LEAST_MONTHS or not before.sum():
        return None
    return float(np.mean(after) / np.mean(before))


def _places(grounds: Grounds, levels: Sequence[str], last: date) -> Tested | None:
    """Control that is foretold to erode: places that the defender held and lost since, against those it won back."""
    defender = grounds.sight.declared.defender
    if not _PLACES & set(levels) or not defender:
        return None
    followed = follow(grounds.since)
    lost: list[str] = []
    won: list[str] = []
    claims: list[str] = []
    back: list[str] = []
    for unit in followed.units:
        then, now = followed.on(unit, last), followed.on(unit, min(followed.last, grounds.as_of - timedelta(days=1)))
        if not (then.informed and now.informed) or then.holder == now.holder:
            continue
        if then.holder == defender:
            lost.append(unit)
            claims += now.claims
        elif now.holder == defender:
            won.append(unit)
            back += now.claims
    if len(lost) + len(won) < LEAST_PLACES:
        why = (
            f"places lost since by reports: {', '.join(lost) or 'none'}; won back: {', '.join(won) or 'none'}: too few"
        )
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, ("control",))
    why = f"places lost since by reports: {', '.join(lost) or 'none'}; won back: {', '.join(won) or 'none'}"
    if won and not lost and grounds.since.events is None:
        why += ": what nobody reported lost may be lost all the same, so reports chosen by hand contradict nothing here"
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, ("control",), (), (), tuple(back))
    verdict = _by_counts(len(lost), len(won))
    return Tested(verdict, grounds.as_of, why, ("control",), (), tuple(claims), tuple(back))


def _by_counts(yes: int, no: int) -> Verdict:
    if yes and no:
        return Verdict.MIXED
    return Verdict.SUPPORTED if yes else Verdict.CONTRADICTED if no else Verdict.CHANCE
