"""Says what the record holds of the two ends of an asserted arrow. Invariant: that both ends are told of is never read
as the arrow; an end that no measure speaks of names what it would take."""

from collections.abc import Iterable, Iterator

from faultline.examine.asks import asked_by
from faultline.examine.described import matched
from faultline.examine.grounds import Grounds
from faultline.examine.levels import forms_of, measures, missing
from faultline.examine.sentences import Named, named_in, sentence_span
from faultline.record.claim import Claim
from faultline.record.system import read_arrow
from faultline.record.vocabulary import SlotName

SOON, FEW = 60, 3  # days within which the second follows; of each end, below which no order is told
VAGUE = 31  # days
COUNTED = "daily counts of {} from a systematic event table"
SLOW = "dated and sourced reports of {}"
COUNTABLE = "a level of it that can be counted"
SAY_SO = "and reports that say why, from voices of both sides"
_DAILY = frozenset({"violence", "insurgency", "instability", "military_pressure", "coordinated_attacks", "talks"})


def ends_of(claim: Claim) -> tuple[str, ...]:
    """The nodes that the arrows of a claim join, causes before effects, each once."""
    arrows = [read_arrow(slot.value) for slot in claim.slots if slot.name is SlotName.ARROW]
    ends = (*(cause.node for cause, _, _ in arrows), *(effect.node for _, effect, _ in arrows))
    return tuple(dict.fromkeys(ends))


def told_of_ends(grounds: Grounds, claim: Claim) -> str:
    """What is told of each end in the year before the evidence, as one clause; "" where nothing is."""
    sentence = sentence_span(grounds.article.text, claim.span)
    named = named_in(grounds.sight.case, sentence.of(grounds.article.text))
    said = [f"{_plain(end)}: {found}" for end in ends_of(claim) if (found := _told(grounds, claim, (end, named)))]
    return f"told of in the year before, which is no test: {'; '.join(said)}" if said else ""


def order_told(grounds: Grounds, ends: tuple[str, str]) -> str:
    """How often what is told of the second end begins soon after the first, and soon before it; "" where fewer than
    three of either are told. Reports chosen by hand are no sample: it decides nothing."""
    first, then = (_begins(grounds, end) for end in ends)
    if set(forms_of(ends[:1])) & set(forms_of(ends[1:])):
        return ""  # both are told of by the same things
    if min(len(first), len(then)) < FEW:
        return ""
    after = sum(any(0 < day - one <= SOON for one in first) for day in then)
    before = sum(any(0 < one - day <= SOON for one in first) for day in then)
    said = f"as told, {after} of {len(then)} x {_plain(ends[1])} began within {SOON} days after {_plain(ends[0])}"
    return f"{said} and {before} within {SOON} days before it"


def _begins(grounds: Grounds, end: str) -> tuple[int, ...]:
    """First days of what is told of an end, each once, where the day is known within a month."""
    wanted = set(forms_of((end,)))
    told = ((name, one) for name in dict.fromkeys(name for name, _ in wanted) for one in grounds.finding(name).told)
    days = (one.days for name, one in told if (name, one.form) in wanted and (one.days.length or 0) <= VAGUE)
    return tuple(sorted({day.first_day.toordinal() for day in days if day.first_day}))


def wanted_for(ends: Iterable[str]) -> str:
    """The data that would show an arrow between such ends: counts where they are daily happenings, else what it takes
    to follow each of them."""
    listed = tuple(ends)
    if listed and all(end in _DAILY for end in listed):
        return COUNTED.format(" and ".join(map(_plain, listed)))
    return "; ".join((*dict.fromkeys(_data(listed)), SAY_SO)) if listed else SAY_SO.removeprefix("and ")


def _data(ends: Iterable[str]) -> Iterator[str]:
    for end in ends:
        if end in _DAILY:
            yield COUNTED.format(_plain(end))
        elif end in measures():
            yield SLOW.format(_plain(end))
        else:
            yield f"{_plain(end)}: {missing().get(end, COUNTABLE)}"


def _told(grounds: Grounds, claim: Claim, one: tuple[str, Named]) -> str:
    end, named = one
    asked = asked_by(claim.span.of(grounds.article.text), grounds.as_of)
    return matched(grounds, forms_of((end,)), asked, named).counted


def _plain(end: str) -> str:
    return end.replace("_", " ")
