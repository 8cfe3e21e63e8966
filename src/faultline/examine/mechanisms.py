"""Tests what an article says of how the conflict works against measures. Invariant: a measure that cannot be told
from its null says so, one that refuses says what is missing, and an arrow between two levels is never read from two
levels alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from faultline.examine.grounds import Grounds
from faultline.record.analysis import Measured
from faultline.record.claim import Claim
from faultline.record.examination import AssertionForm, Tested
from faultline.record.finding import Finding, Told
from faultline.record.vocabulary import SlotName, Verdict

LEVEL = 0.05  # p-values are corrected inside each measure
NEAR = timedelta(days=365)  # what is told of the year before the evidence bears on a present tense
_MOST = 12  # claims named on one side
ARROW_DATA = (
    "daily counts of both from a systematic event table; for slow levels, dated and sourced causal claims of both kinds"
)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What one measure has to say: rows with a p-value found beyond or not, rows that refuse, described things near."""

    finding: Finding
    beyond: tuple[Measured, ...]
    chance: tuple[Measured, ...]
    refused: tuple[Measured, ...]
    told: tuple[Told, ...]


def mechanism_tested(grounds: Grounds, claim: Claim, form: AssertionForm, levels: Sequence[str]) -> Tested:
    """The verdict on an assessment, an arrow, a comparison or a prediction, by the measures of its levels."""
    names = measures_of(levels, form)
    if not names:
        wanted = "; ".join(missing()[level] for level in levels if level in missing())
        why = f"no measure speaks of {', '.join(levels)}" if levels else "it names no level that a measure speaks of"
        change = wanted or "a level that can be counted, with its unit and its window"
        return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, would_change=change)
    later = form is AssertionForm.PREDICTION
    spoken = [_spoken(grounds, claim, grounds.finding(name, later)) for name in names]
    if form is AssertionForm.ARROW:
        return _arrow(grounds, spoken)
    if form is AssertionForm.PREDICTION:
        return _prediction(grounds, spoken)
    return _judged(grounds, spoken)


def measures_of(levels: Sequence[str], form: AssertionForm) -> tuple[str, ...]:
    """The measures of the levels, each once; for a comparison also that of escalation, for an arrow that of
    feedback."""
    found = [name for level in levels for name in measures().get(level, ())]
    if form is AssertionForm.COMPARISON and not found:
        found.append("escalation")
    if form is AssertionForm.ARROW and found:
        found.append("feedback")
    return tuple(dict.fromkeys(found))


def _spoken(grounds: Grounds, claim: Claim, finding: Finding) -> _Spoken:
    rows = _about(grounds, claim, finding.rows)
    tested = [row for row in rows if row.p_value is not None]
    return _Spoken(
        finding,
        tuple(row for row in tested if (row.p_value or 0) <= LEVEL),
        tuple(row for row in tested if (row.p_value or 0) > LEVEL),
        tuple(row for row in rows if row.p_value is None and row.statistic is None),
        _near(grounds, finding.told),
    )


def _about(grounds: Grounds, claim: Claim, rows: Sequence[Measured]) -> tuple[Measured, ...]:
    """The rows of the parties that the claim names, where it names any of theirs; else all."""
    actors = {*claim.values(SlotName.ACTOR), *claim.values(SlotName.RECIPIENT)}
    names = {c.name for c in grounds.sight.declared.coalitions if actors & set(c.members)}
    mine = tuple(row for row in rows if any(name in row.subject for name in names))
    return mine or tuple(rows)


def _near(grounds: Grounds, told: Sequence[Told]) -> tuple[Told, ...]:
    """What is described of the year before the evidence."""
    since = grounds.evidence.as_of - NEAR
    return tuple(one for one in told if (one.days.last_day or one.days.first_day or date.min) >= since)


def _judged(grounds: Grounds, spoken: Sequence[_Spoken]) -> Tested:
    beyond = [row for one in spoken for row in one.beyond]
    chance = [row for one in spoken for row in one.chance]
    told = [t for one in spoken for t in one.told if t.claims]
    names = tuple(one.finding.measure for one in spoken)
    claims = tuple(dict.fromkeys(c for t in told for c in t.claims if c.startswith("clm_")))[:_MOST]
    numbers = tuple([*beyond, *chance][:_MOST])
    if beyond and chance:
        why = f"{len(beyond)} of {len(beyond) + len(chance)} tests lie beyond their null: {_named(beyond)}"
        return _tested(
            grounds, Verdict.MIXED if len(chance) > len(beyond) else Verdict.SUPPORTED, (why, names, numbers, claims)
        )
    if beyond:
        return _tested(grounds, Verdict.SUPPORTED, (f"beyond its null: {_named(beyond)}", names, numbers, claims))
    if chance:
        n = min(row.n for row in chance)
        why = f"{len(chance)} tests, none beyond its null; the smallest rests on {n} events"
        return _tested(grounds, Verdict.CHANCE, (why, names, numbers, claims))
    if told:
        forms = ", ".join(f"{n} x {form}" for form, n in _counted(told))
        why = f"described, not measured: {forms} in the year before; reports chosen by hand, so no rate"
        return _tested(grounds, Verdict.SUPPORTED, (why, names, (), claims))
    refused = [row for one in spoken for row in one.refused]
    why = "; ".join(dict.fromkeys(f"{row.measure}: {row.verdict}" for row in refused)) or "nothing on record"
    wanted = "; ".join(dict.fromkeys(row.note for row in refused if row.note))
    tested = Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, names)
    return _with_change(tested, wanted or "reports of it from the year before")


def _arrow(grounds: Grounds, spoken: Sequence[_Spoken]) -> Tested:
    """An arrow stands where a cross term of the event model was admitted; else what each end shows is said, and that
    it is no test of the arrow."""
    names = tuple(one.finding.measure for one in spoken)
    feedback = next((one for one in spoken if one.finding.measure == "feedback"), None)
    if feedback and feedback.beyond:
        return _tested(
            grounds, Verdict.SUPPORTED, (f"cross terms: {_named(feedback.beyond)}", names, feedback.beyond, ())
        )
    if feedback and feedback.chance:
        why = "the cross terms between the marks cannot be told from none"
        return _tested(grounds, Verdict.CHANCE, (why, names, feedback.chance[:_MOST], ()))
    ends = "; ".join(one.finding.summary.rstrip(".") for one in spoken if one.finding.measure != "feedback")
    why = f"timing cannot show it here; of its ends: {ends[:400]}"
    return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, names, would_change=ARROW_DATA)


def _prediction(grounds: Grounds, spoken: Sequence[_Spoken]) -> Tested:
    """What is foretold is not tested by what was known when it was said; later it is, where it names what will be
    seen."""
    names = tuple(one.finding.measure for one in spoken)
    last = grounds.article.filing.published.last_day
    if last is None or grounds.as_of <= last:
        why = "it speaks of what had not happened by then"
        return Tested(
            Verdict.NOT_TESTABLE, grounds.as_of, why, names, would_change="its outcome, by a day that it names"
        )
    said = "; ".join(one.finding.summary.rstrip(".") for one in spoken)
    why = f"it names no day and no number by which it would have come true; since then: {said[:400]}"
    return Tested(
        Verdict.NOT_TESTABLE, grounds.as_of, why, names, would_change="a day and a threshold in the prediction"
    )


def _tested(
    grounds: Grounds, verdict: Verdict, found: tuple[str, tuple[str, ...], tuple[Measured, ...], tuple[str, ...]]
) -> Tested:
    why, names, numbers, claims = found
    change = {
        Verdict.CHANCE: "more events of the same kind, or a larger effect",
        Verdict.MIXED: "which of the tests was meant, said beforehand",
    }.get(verdict, "the same measure on later or other data")
    return Tested(verdict, grounds.as_of, why, names, numbers, supporting=claims, would_change=change)


def _with_change(tested: Tested, change: str) -> Tested:
    return Tested(tested.verdict, tested.as_of, tested.why, tested.measures, would_change=change)


def _named(rows: Sequence[Measured]) -> str:
    return "; ".join(f"{row.subject}: {row.name or row.measure} (p = {row.p_value:.3g})" for row in rows[:4])


def _counted(told: Sequence[Told]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for one in told:
        counts[one.form or "report"] = counts.get(one.form or "report", 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


@cache
def measures() -> Mapping[str, Sequence[str]]:
    """The measures of each level."""
    found: Mapping[str, Sequence[str]] = _table()["measures"]
    return found


@cache
def missing() -> Mapping[str, str]:
    """What it would take to measure a level that no measure speaks of."""
    found: Mapping[str, str] = _table()["missing"]
    return found


def _table() -> dict[str, Any]:
    raw = files("faultline.examine").joinpath("levels.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(raw)
    return found
