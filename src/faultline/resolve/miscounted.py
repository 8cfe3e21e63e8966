"""Finds numbers that were read as a toll and count no people: shares, names that end in a number, attacks, villages,
those who were handed over. Invariant: a number beside which nothing says so is left alone."""

import re
from functools import cache

from faultline.record.text import Span
from faultline.resolve.lexicon import any_of, folded, holds, words

_BESIDE = 40  # code points
_STOPS = re.compile(r"[.;:!?()«»\n]")
_NAME = re.compile(r"[^\W\d_]-?$")  # "SU-25", "A4"


def counts_no_people(text: str, number: Span, harm: str) -> bool:
    """Whether what stands right beside the number says that it counts something else than people to whom this was
    done."""
    before = text[max(0, number.start - _BESIDE) : number.start]
    after = folded(_STOPS.split(text[number.end : number.end + _BESIDE])[0])
    if _NAME.search(before) or _share().match(after) or _hundred_of_a_share(before, number.of(text)):
        return True
    living = _alive().match(after) or (holds("alive", number.of(text)) and _taken().search(folded(before)))
    return bool(_things().match(after)) or (harm == "killed" and bool(living))


def _hundred_of_a_share(before: str, number: str) -> bool:
    """Whether the number is the "cent" of "pour cent"."""
    return folded(number).split()[:1] == ["cent"] and folded(before).split()[-1:] == ["pour"]


@cache
def _share() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:%|{any_of(words()['share']).pattern})")


@cache
def _things() -> re.Pattern[str]:
    """ "Three recent revenge attacks", but not "three in attacks"."""
    between = rf"(?:(?!{any_of(words()['between']).pattern})[\w-]+\s+){{0,2}}"
    return re.compile(rf"\W*{between}{any_of(words()['things']).pattern}")


@cache
def _taken() -> re.Pattern[str]:
    """What stands right before "two prisoners" who were taken or let go: hostages may also be killed."""
    return re.compile(rf"{any_of(words()['taken']).pattern}$")


@cache
def _alive() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:(?:de|d|of)\s+)?{any_of(words()['alive']).pattern}")
