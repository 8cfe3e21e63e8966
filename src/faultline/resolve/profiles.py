"""Turns stated figures into low, best and high by a named profile. Invariant: figures that may not count never enter, a
voice counts once with the last it said, and where nothing counts there is None, never zero.

The profiles: `conservative` takes the smallest figure of a source that is not called unreliable; `representative` the
median of the figures, each voice weighing by the reliability of its source (of two middles the lower one);
`informative` the latest figure of the best-sourced voice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from faultline.record.vocabulary import Reliability
from faultline.resolve.lexicon import folded, words
from faultline.resolve.stated import Stated

Groups = Callable[[Sequence[str]], tuple[tuple[str, ...], ...]]  # claim ids -> those of one independent voice together


class Profile(StrEnum):
    """How a best estimate is chosen among stated figures."""

    CONSERVATIVE = "conservative"
    REPRESENTATIVE = "representative"
    INFORMATIVE = "informative"


@dataclass(frozen=True, slots=True)
class Toll:
    """How many were harmed, by one profile: all of them (`group` ""), or those of one group. `best` is None where
    nobody but an enemy, or nobody at all, gives a number; `high` is None where the highest figure is open above.
    `voices` independent ones stand behind it, `claims` are theirs; `why` says how `best` was chosen, or why not."""

    harm: str
    group: str
    low: int | None
    best: int | None
    high: int | None
    profile: Profile
    voices: int
    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the profiles need beside the figures: the reliability of each source by its id, and who repeats whom."""

    profile: Profile = Profile.REPRESENTATIVE
    reliability: Mapping[str, Reliability] = field(default_factory=dict)
    groups: Groups = lambda claims: tuple((claim,) for claim in claims)


@dataclass(frozen=True, slots=True)
class _Voice:
    """The last total of one independent voice."""

    low: int | None
    best: int
    high: int | None
    day: date
    letter: Reliability
    claims: tuple[str, ...]

    @property
    def weight(self) -> float:
        return float(words()["weights"][self.letter.value])


def tolls(stated: Sequence[Stated], weighing: Weighing) -> tuple[Toll, ...]:
    """The toll of each harm, then of each group that is named in it, in the order in which they are first stated."""
    found = []
    for harm in dict.fromkeys(s.harm for s in stated):
        of_harm = [s for s in stated if s.harm == harm and s.scope != "running total"]
        if not of_harm:
            continue
        found.append(_toll(harm, "", of_harm, weighing))
        for group in dict.fromkeys(_key(s) for s in of_harm if not s.everybody):
            found.append(_toll(harm, group, [s for s in of_harm if not s.everybody and _key(s) == group], weighing))
    return tuple(found)


def _toll(harm: str, group: str, stated: list[Stated], weighing: Weighing) -> Toll:
    counted = [s for s in stated if (s.counts or (group and s.scope == "part" and s.stands != "enemy"))]
    voices = _voices([s for s in counted if s.value is not None], weighing)
    if not voices:
        return Toll(harm, group, None, None, None, weighing.profile, 0, (), _silence(stated))
    chosen, why = _CHOICES[weighing.profile](voices)
    lows = [v.low for v in voices if v.low is not None]
    claims = tuple(dict.fromkeys(claim for voice in voices for claim in voice.claims))
    return Toll(
        harm, group, min(lows, default=None), chosen.best, _high(voices), weighing.profile, len(voices), claims, why
    )


def _silence(stated: Iterable[Stated]) -> str:
    reasons = dict.fromkeys(s.why or "no number" for s in stated)
    return f"none: {'; '.join(reasons)}"


def _voices(stated: list[Stated], weighing: Weighing) -> list[_Voice]:
    by_claim: dict[str, list[Stated]] = {}
    for one in stated:
        by_claim.setdefault(one.claim, []).append(one)
    found = []
    for group in weighing.groups(tuple(by_claim)):
        said = [one for claim in group for one in by_claim[claim]]
        last = max((said_on(one) for one in said), default=date.min)
        by_document: dict[str, list[Stated]] = {}
        for one in said:
            if said_on(one) == last:
                by_document.setdefault(one.document, []).append(one)
        totals = [_total(figures, weighing) for figures in by_document.values()]
        found.append(max(totals, key=lambda v: (v.best, v.claims)))
    return sorted(found, key=lambda v: (v.best, v.day, v.claims))


def _total(figures: list[Stated], weighing: Weighing) -> _Voice:
    """What one voice says in one document: the larger of its figure for everybody and the sum over the groups."""
    in_company = {s.claim for s in figures if not s.everybody}
    groups: dict[str, Stated] = {}
    whole: Stated | None = None
    for one in figures:
        if one.everybody and one.claim not in in_company:
            whole = max(whole or one, one, key=_value)
        else:
            key = _key(one)
            groups[key] = max(groups.get(key, one), one, key=_value)
    parts = list(groups.values())
    chosen = [whole] if whole and _value(whole) >= sum(map(_value, parts)) else parts
    letter = weighing.reliability.get(figures[0].source, Reliability.F)
    return _Voice(
        low=_sum([s.low for s in chosen]),
        best=sum(map(_value, chosen)),
        high=_sum([s.high for s in chosen]),
        day=said_on(figures[0]),
        letter=letter,
        claims=tuple(dict.fromkeys(s.claim for s in chosen)),
    )


def _sum(numbers: list[int | None]) -> int | None:
    known = [n for n in numbers if n is not None]
    return sum(known) if len(known) == len(numbers) else None


def _high(voices: list[_Voice]) -> int | None:
    """The highest end; None where a voice that reaches it is open above."""
    top = max(v.high if v.high is not None else v.best for v in voices)
    return None if any(v.high is None and v.best >= top for v in voices) else top


def _conservative(voices: list[_Voice]) -> tuple[_Voice, str]:
    credible = [v for v in voices if v.letter is not Reliability.E] or voices
    return credible[0], f"smallest of {len(credible)} credible"


def _representative(voices: list[_Voice]) -> tuple[_Voice, str]:
    half, seen = sum(v.weight for v in voices) / 2, 0.0
    for voice in voices:
        seen += voice.weight
        if seen >= half - 1e-9:
            return voice, f"weighted median of {len(voices)}"
    return voices[-1], f"weighted median of {len(voices)}"


def _informative(voices: list[_Voice]) -> tuple[_Voice, str]:
    best = max(voices, key=lambda v: (v.weight, v.day, v.best))
    return best, f"latest of the best-sourced ({best.letter.value}) of {len(voices)}"


_CHOICES = {
    Profile.CONSERVATIVE: _conservative,
    Profile.REPRESENTATIVE: _representative,
    Profile.INFORMATIVE: _informative,
}


def _key(stated: Stated) -> str:
    return stated.group_id or folded(stated.group)


def _value(stated: Stated) -> int:
    return stated.value or 0


def said_on(stated: Stated) -> date:
    """The last day on which a figure may have been published; the first of all days where nothing is known."""
    return stated.published.last_day or stated.published.first_day or date.min
