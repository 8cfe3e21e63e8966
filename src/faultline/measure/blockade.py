"""Turns reports of sieges and blockades into what was cut where, since when, lifted how, at what prices. Invariant: a
price is a claim with its words and day, never a series; a blockade whose end nobody tells of is not over.

Follows Kaplan & Meier (1958), J. Am. Stat. Assoc. 53:457, doi 10.1080/01621459.1958.10501452.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from faultline.measure.force import Interval, ledger
from faultline.measure.force.ledger import OPEN
from faultline.measure.force.lexicon import pattern
from faultline.measure.form import NOT_ENOUGH, Measure
from faultline.measure.lengths import Survival, kaplan_meier
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.finding import Curve, Finding, Told
from faultline.record.packaged import packaged
from faultline.record.vocabulary import SlotName

_NAME = "blockade"
_QUESTION = "Which places are cut off from what, since when, and how does it end?"
_FAMILY = "blockade"
_MARGIN = timedelta(days=31)  # around an interval within which a report of its place is taken to be about it
_AMOUNT = re.compile(r"\d")


@dataclass(frozen=True)
class Cut:
    """One siege or blockade: the interval, what its reports say is cut, how it ended ("" unknown), its price claims."""

    interval: Interval
    things: tuple[str, ...]
    lifted: str
    prices: tuple[Claim, ...]


def find(sight: Sight) -> Finding:
    """Told rows: one a blockade, one a price. Rows: how long they last, and those that go on."""
    cuts = blockades(sight)
    if len(cuts) < BLOCKADE.minimal:
        return BLOCKADE.refuse(NOT_ENOUGH, f"{len(cuts)} sieges and blockades are told of")
    curve = survival(cuts)
    return Finding(
        _NAME,
        _QUESTION,
        _summary(cuts, curve),
        (_median_row(sight, cuts, curve), *_ways_rows(sight, cuts)),
        tuple(told for cut in cuts for told in _told(sight, cut)),
        (),
        (_curve(curve),),
        ("reports are chosen by hand: long blockades are told of more, so that lengths are too long",),
    )


def blockades(sight: Sight) -> tuple[Cut, ...]:
    """Every siege or blockade of a place, by first day."""
    found = sorted((i for i in ledger(sight).intervals if i.family == _FAMILY), key=lambda i: (i.first_day, i.place))
    claims = {claim.id: claim for claim in sight.claims}
    by_place: dict[str, list[Claim]] = {}
    for claim in sight.claims:
        for place in set(claim.values(SlotName.PLACE)):
            by_place.setdefault(place, []).append(claim)
    return tuple(_cut(sight, interval, claims, by_place.get(interval.place, [])) for interval in found)


def survival(cuts: Iterable[Cut]) -> Survival:
    """How long they last; one without a known end counts until it was last said to go on."""
    known = [cut.interval for cut in cuts if cut.interval.began]
    seen = [float(i.length or max(1, ((i.confirmed or i.first_day) - i.first_day).days + 1)) for i in known]
    return kaplan_meier(seen, [i.how != OPEN for i in known])


def _cut(sight: Sight, interval: Interval, claims: Mapping[str, Claim], nearby: list[Claim]) -> Cut:
    texts = [_text(sight, claims[id]) for id in interval.claims]
    things = tuple(name for name, words in _words()["cut"].items() if _any(words, texts))
    ends = [_text(sight, claims[id]) for id in interval.ends]
    lifted = next((name for name, words in _words()["lifted"].items() if _any(words, ends)), "")
    return Cut(
        interval, things, lifted, tuple(c for c in nearby if _is_price(sight, c) and _during(sight, interval, c))
    )


def _told(sight: Sight, cut: Cut) -> Iterator[Told]:
    interval = cut.interval
    place = sight.case.place(interval.place, interval.first_day).name
    what = f"cut: {', '.join(cut.things)}" if cut.things else "what is cut is not said"
    by = f" by {sight.case.actor(interval.imposer).name}" if interval.imposer else ""
    if interval.last_day is None:
        end = f"no end known, last said to go on on {interval.confirmed}"
    else:
        end = f"{'at the latest ' if interval.earliest else ''}until {interval.last_day}"
        end += f", lifted {cut.lifted}" if cut.lifted else ", how it ended is not said"
    text = f"{place}: {interval.kinds[0]}{by} since {interval.first_day}, {end}; {what}"
    days = Days(interval.first_day, interval.last_day)
    yield Told(text, days, interval.claims, place, "blockade")
    for claim in cut.prices:
        words = " ".join(sight.words(claim).split())
        yield Told(f"{place}, price: {words}", claim.days, (claim.id,), place, "price")


def _median_row(sight: Sight, cuts: Iterable[Cut], curve: Survival) -> Measured:
    low, high = curve.median_bounds()
    return Measured(
        _NAME,
        curve.median,
        BLOCKADE.unit,
        _window(cuts, sight.as_of),
        claims=tuple(dict.fromkeys(claim for cut in cuts for claim in cut.interval.claims)),
        low=low,
        high=high,
        verdict="" if curve.median is not None else NOT_ENOUGH,
        name="median length",
        subject="sieges and blockades",
        interval="90 % of the statistic",
        n=curve.n,
        note=f"{curve.ended} of {curve.n} have a known end",
    )


def _ways_rows(sight: Sight, cuts: Iterable[Cut]) -> Iterator[Measured]:
    """How those with a known end were lifted."""
    ended = [cut for cut in cuts if cut.interval.ends]
    for way in (*_words()["lifted"], ""):
        chosen = [cut for cut in ended if cut.lifted == way]
        if chosen:
            claims = tuple(dict.fromkeys(claim for cut in chosen for claim in cut.interval.ends))
            name = f"lifted {way}" if way else "lifted, how is not said"
            unit = "blockades"
            yield Measured(
                _NAME, float(len(chosen)), unit, _window(cuts, sight.as_of), claims=claims, name=name, n=len(ended)
            )


def _curve(curve: Survival) -> Curve:
    """Share that goes on beyond each length, with its interval."""
    times = tuple(str(int(t)) for t in curve.times)
    low, high = (tuple(float(v) for v in bound) for bound in (curve.low, curve.high))
    return Curve("share that goes on", "step", times, tuple(float(s) for s in curve.share), "share", low, high)


def _summary(cuts: tuple[Cut, ...], curve: Survival) -> str:
    places = len({cut.interval.place for cut in cuts})
    open_ended = sum(cut.interval.last_day is None for cut in cuts)
    lasted = f"the median length is {curve.median:.0f} days" if curve.median is not None else "a median cannot be given"
    return (
        f"{len(cuts)} sieges and blockades of {places} places are told of; of {open_ended} no end is known; {lasted} "
        f"({curve.ended} of {curve.n} with a known end)."
    )


def _is_price(sight: Sight, claim: Claim) -> bool:
    words = sight.words(claim)
    return bool(_AMOUNT.search(words)) and _any(_words()["price"], [words])


def _during(sight: Sight, interval: Interval, claim: Claim) -> bool:
    day = claim.days.last_day or sight.published(claim)
    last = interval.last_day or interval.confirmed or interval.first_day
    return day is not None and interval.first_day - _MARGIN <= day <= last + _MARGIN


def _text(sight: Sight, claim: Claim) -> str:
    """The claim's words with what stands around them."""
    return sight.text_of(claim.document)[max(0, claim.span.start - 200) : claim.span.end + 300]


def _any(words: Iterable[str], texts: Iterable[str]) -> bool:
    found = pattern(tuple(words))
    return any(found.search(text) for text in texts)


def _window(cuts: Iterable[Cut], as_of: date) -> Days:
    return Days(min((cut.interval.first_day for cut in cuts), default=as_of), as_of)


@cache
def _words() -> Mapping[str, Any]:
    found: dict[str, Any] = packaged("faultline.measure", "blockade.yaml")
    return found


BLOCKADE = Measure(
    name=_NAME,
    question=_QUESTION,
    definition="Sieges and blockades of places as intervals, with what reports say is cut, how they were lifted, "
    "prices as claims, and their lengths with those that go on counted as not over.",
    unit="days",
    null_model="none: it describes",
    minimal=1,
    systematic=False,
    misread="as a count of blockades, or the median as that of all blockades: famous ones are told of more",
    reference="Kaplan & Meier (1958), J. Am. Stat. Assoc. 53:457, doi 10.1080/01621459.1958.10501452",
    find=find,
    least="one siege or blockade that is told of",
)
