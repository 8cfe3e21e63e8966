"""Tests what an article says of how the conflict works against measures. Invariant: only a row that answers what the
words ask decides; a measure that cannot be told from its null says so, one that refuses says what is missing, and being
told of is never a rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from faultline.examine.arrows import arrow_tested
from faultline.examine.asks import Asked, Asks, asked_by
from faultline.examine.described import Matched, fronts_tested, lacking, matched, there
from faultline.examine.earlier import earlier_tested, in_turn
from faultline.examine.grounds import Grounds
from faultline.examine.holding import loosened_in
from faultline.examine.levels import forms_of, in_order, measures, missing, tests
from faultline.examine.often import often_tested
from faultline.examine.outlook import prediction_tested
from faultline.examine.sentences import Named, named_in, sentence_span
from faultline.examine.together import together_tested
from faultline.examine.trends import largest_tested, month_meant, rising_tested
from faultline.measure.form import NOT_A_SAMPLE, NOT_ENOUGH
from faultline.record.analysis import Measured
from faultline.record.claim import Claim
from faultline.record.days import DayPrecision, Days
from faultline.record.examination import AssertionForm, Tested
from faultline.record.vocabulary import Verdict

LEVEL = 0.05  # p-values are corrected inside each measure
_MOST = 12  # rows named
_UNCOUNTED = "a level that can be counted, with its unit and its window"


@dataclass(frozen=True, slots=True)
class _Assertion:
    """A claim with the levels it speaks of, what its words ask, what its sentence names, and the day it speaks of."""

    claim: Claim
    levels: tuple[str, ...]
    asked: Asked
    named: Named
    day: date
    days: Days


def mechanism_tested(grounds: Grounds, claim: Claim, form: AssertionForm, levels: Sequence[str]) -> Tested:
    """The verdict on an assessment, an arrow, a comparison or a prediction, by what its words ask."""
    if form is AssertionForm.PREDICTION:
        return prediction_tested(grounds, claim, levels)
    one = _assertion(grounds, claim, levels)
    held = loosened_in(grounds, claim, levels)
    if held:
        return held
    if "often" in one.asked.also:
        return often_tested(grounds, one.asked, one.named)
    if form is AssertionForm.ARROW:
        vague = one.asked.what is Asks.MEANING and any(level not in measures() for level in levels)
        return _meaning(grounds, ()) if vague else arrow_tested(grounds, claim, measures_of(levels, form))
    if one.asked.what is Asks.LARGEST:
        return largest_tested(grounds, one.asked, one.day)
    if one.asked.what is Asks.RISING:
        return rising_tested(grounds, one.asked, grounds.article.filing.published.first_day or one.day)
    if "most" in one.asked.also:
        return often_tested(grounds, one.asked, one.named)
    fronts = fronts_tested(grounds, one.days) if one.asked.what is Asks.FRONTS else None
    return fronts or _by_measures(grounds, one)


def measures_of(levels: Sequence[str], form: AssertionForm) -> tuple[str, ...]:
    """The measures of the levels, each once; for a comparison also that of escalation, for an arrow that of
    feedback."""
    found = [name for level in levels for name in measures().get(level, ())]
    if form is AssertionForm.COMPARISON and not found:
        found.append("escalation")
    if form is AssertionForm.ARROW and found:
        found.append("feedback")
    return tuple(dict.fromkeys(found))


def _assertion(grounds: Grounds, claim: Claim, levels: Sequence[str]) -> _Assertion:
    text = grounds.article.text
    published = grounds.article.filing.published
    last = published.last_day or grounds.as_of
    sentence = sentence_span(text, claim.span)
    around = [c.days for c in grounds.article.claims if sentence_span(text, c.span) == sentence]
    near = [c.days for c in grounds.article.claims if _just_before(c, claim)]
    day = month_meant([*around, *near], published.first_day or last)
    days = next((d for d in (*around, *near) if d.first_day and (d.length or 99) <= 31), Days())
    if not days.known:
        days = Days(published.first_day, last, DayPrecision.INTERVAL)
    words = text[sentence.start : sentence.end]
    asked = asked_by(claim.span.of(text), day)
    return _Assertion(claim, tuple(levels), asked, named_in(grounds.sight.case, words), day, days)


def _just_before(one: Claim, claim: Claim) -> bool:
    return one.span.start <= claim.span.start <= one.span.end + 400


def _by_measures(grounds: Grounds, one: _Assertion) -> Tested:
    names = measures_of(one.levels, AssertionForm.MECHANISM)
    if one.asked.what is Asks.MEANING:
        return _meaning(grounds, names)
    if not names:
        wanted = "; ".join(missing()[level] for level in one.levels if level in missing())
        listed = ", ".join(level.replace("_", " ") for level in one.levels)
        why = f"no measure speaks of {listed}" if listed else "it names no level that a measure speaks of"
        return _untested(grounds, why, (), wanted or _UNCOUNTED)
    tested = _by_rows(grounds, one)
    if tested:
        return tested
    if one.asked.also & {"first", "rare"}:
        return earlier_tested(grounds, one.asked, one.named, one.levels)
    if one.asked.order and set(one.levels) & set(in_order()):
        return in_turn(grounds, one.named)
    together = "together" in one.asked.also and one.asked.what is Asks.THERE and not one.asked.infers
    both = together_tested(grounds, one.named, one.days) if together else None
    if both:
        return both
    found = matched(grounds, forms_of(one.levels), one.asked, one.named)
    if found.told and one.asked.what is not Asks.CHANGE:
        return there(grounds, found, one.asked, lacking(grounds, (one.asked, one.named), one.levels))
    return _silent(grounds, one, names, found)


def _meaning(grounds: Grounds, names: tuple[str, ...]) -> Tested:
    return _untested(grounds, "a judgement of what it means: nothing in it can be counted or seen", names, _UNCOUNTED)


def _by_rows(grounds: Grounds, one: _Assertion) -> Tested | None:
    """By the tests that answer the assertion; None where no measure could take one."""
    rows = [row for name, starts in _answers(one) for row in _about(grounds, one, name, starts)]
    names = tuple(dict.fromkeys(row.measure for row in rows))
    beyond = [row for row in rows if (row.p_value or 0) <= LEVEL]
    if not rows:
        return None
    numbers = tuple([*beyond, *(row for row in rows if row not in beyond)][:_MOST])
    if not beyond:
        why = f"{len(rows)} tests, none beyond its null; the smallest rests on {min(row.n for row in rows)} events"
        change = "more events of the same kind, or a larger effect"
        return Tested(Verdict.CHANCE, grounds.as_of, why, names, numbers, would_change=change)
    verdict = Verdict.SUPPORTED if 2 * len(beyond) > len(rows) else Verdict.MIXED
    why = f"{len(beyond)} of {len(rows)} tests lie beyond their null: {_listed(beyond)}"
    change = "the same measure on later or other data"
    return Tested(verdict, grounds.as_of, why, names, numbers, would_change=change)


def _answers(one: _Assertion) -> list[tuple[str, tuple[str, ...]]]:
    """The measures, with the beginnings of the names of those of their rows that answer the assertion."""
    tables = [tests(), *([in_order()] if one.asked.order else [])]
    found = [pair for table in tables for level in one.levels for pair in table.get(level, {}).items()]
    return [(name, tuple(starts)) for name, starts in found]


def _about(grounds: Grounds, one: _Assertion, name: str, starts: tuple[str, ...]) -> tuple[Measured, ...]:
    """The tests among the rows of a measure, of the coalitions that the sentence names where it names any."""
    rows = [r for r in grounds.finding(name).rows if r.p_value is not None and r.name.startswith(starts)]
    names = {c.name for c in grounds.sight.declared.coalitions if one.named.actors & set(c.members)}
    mine = tuple(row for row in rows if any(name in row.subject for name in names))
    return mine or tuple(rows)


def _silent(grounds: Grounds, one: _Assertion, names: tuple[str, ...], found: Matched) -> Tested:
    """Nothing that answers: what is told of is said, and why it is no answer."""
    refused = [row for name in names for row in grounds.finding(name).rows if row.statistic is None and row.verdict]
    change = one.asked.what is Asks.CHANGE
    why = _REFUSED.get(refused[0].verdict, refused[0].verdict) if refused else "nothing on record"
    if change and found.told:
        why = f"a change is a rate: {why}; told of in the year before: {found.counted}"
    elif not found.told and (one.named.actors or one.named.places):
        why = f"nothing of the parties and places that it names in the year before; {why}"
    wanted = "; ".join(dict.fromkeys(row.note for row in refused if row.note)) if not refused or not change else ""
    wanted = f"an event table by the day that counts {_plain(one.levels)}" if change and refused else wanted
    return _untested(grounds, why, names, wanted or "reports of it from the year before")


_REFUSED = {
    NOT_A_SAMPLE: "no rate can be had of reports chosen by hand",
    NOT_ENOUGH: "too little is on record for a test",
}


def _plain(levels: Sequence[str]) -> str:
    return " and ".join(level.replace("_", " ") for level in levels)


def _untested(grounds: Grounds, why: str, names: tuple[str, ...], change: str) -> Tested:
    return Tested(Verdict.NOT_TESTABLE, grounds.as_of, why, names, would_change=change)


def _listed(rows: Sequence[Measured]) -> str:
    return "; ".join(f"{row.subject}: {row.name or row.measure} (p = {row.p_value:.3g})" for row in rows[:4])
