"""Joins what one report says of one happening: its act, its toll, who is blamed, who denies. Invariant: two claims of a
report stand in one telling only if their places, days, parties and kinds of act can be one; what says nothing of these
joins what it stands next to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from typing import Any

from faultline.record.days import Days
from faultline.record.packaged import packaged
from faultline.record.place import great_circle_km
from faultline.record.vocabulary import Kind
from faultline.resolve.happening import Happening, Spot
from faultline.resolve.judged import Judged, pair
from faultline.resolve.lexicon import any_of, folded
from faultline.resolve.report import Report

_WIDE_KM = 40.0  # wider than this is a region or a country, never a town or a place known by its district
_NEAR = 400  # code points between claims that still stand next to one another


@dataclass
class Telling:
    """A report's telling of one happening, growing claim by claim."""

    parts: list[Happening] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where the last claim that joined ends in the text."""
        return self.parts[-1].end


Told = tuple[Happening, ...]


def tellings(reports: Iterable[Report], found: Iterable[Happening], judged: Judged) -> tuple[Told, ...]:
    """The happenings of each report in groups that are one happening, in the order of the reports and texts; every row
    of a table is a group of its own. What a person held apart is never in one group, what he held together always is.
    """
    by_document = {report.document: report for report in reports}
    result: list[Told] = []
    for document, run in groupby(found, key=lambda h: h.document):
        report = by_document[document]
        if report.table:
            result += [(happening,) for happening in run]
        else:
            result += _of_document(report.text, sorted(run, key=lambda h: (h.start, h.end, h.id)), judged)
    return tuple(result)


def as_one(parts: Sequence[Happening]) -> Happening:
    """One comparable view of a telling, under the id of its first act: the narrowest days, the finest places, everybody
    who is named."""
    lead = next((h for h in parts if h.kind == Kind.EVENT.value), parts[0])
    if len(parts) == 1:
        return lead
    placed = [h for h in parts if h.places]
    finest = min((_width(h.spots) for h in placed), default=0.0)
    fine = [h for h in placed if _width(h.spots) <= max(finest, 25.0)]
    return replace(
        lead,
        country=lead.country or next((h.country for h in parts if h.country), ""),
        days=_narrowest([h.days for h in parts]),
        places=_union(h.places for h in fine),
        spots=_union(h.spots for h in fine),
        actors=_union(h.actors for h in parts),
        recipients=_union(h.recipients for h in parts),
        unknown_actor=any(h.unknown_actor for h in parts),
        unknown_recipient=any(h.unknown_recipient for h in parts),
        kin=tuple(sorted(_union(h.kin for h in parts))),
        sides=tuple(sorted(_union(h.sides for h in parts))),
        actions=_union(h.actions for h in parts),
        roots=_union(h.roots for h in parts),
        counts=_union(h.counts for h in parts),
        where=tuple(sorted(_union(h.where for h in parts))),
        words=tuple(sorted(_union(h.words for h in parts))),
    )


def can_be_one(one: Happening, other: Happening) -> bool:
    """Whether two claims of one report can speak of one happening."""
    return _families_fit(one, other) and _places_fit(one, other) and _days_fit(one, other) and _parties_fit(one, other)


def at_one_time_and_place(one: Happening, other: Happening) -> bool:
    """Whether the places and the days of two claims or views of one report can be one."""
    return _places_fit(one, other) and _days_fit(one, other)


def says_another(text: str, claim: Happening) -> bool:
    """Whether the sentence up to a claim says that it speaks of another happening than the one just told."""
    start = max(text.rfind(". ", 0, claim.start) + 1, text.rfind("\n", 0, claim.start) + 1)
    return bool(_another().search(folded(text[start : claim.end])))


def families(happening: Happening) -> frozenset[str]:
    """The families of acts that a claim may belong to, its own subtype where it has none; empty where it only
    follows."""
    if not happening.actions or happening.kind in lists()["follows"]:
        return frozenset()
    return frozenset().union(*(_families().get(act, frozenset({act})) for act in happening.actions))


def kilometres(a: Spot, b: Spot) -> float:
    """Great-circle distance of two spots in kilometres."""
    return great_circle_km(a[:2], b[:2])


def _of_document(text: str, claims: list[Happening], judged: Judged) -> list[Told]:
    made: list[Telling] = []
    for claim in claims:
        home = _home(text, claim, made, judged)
        if home is None:
            made.append(Telling([claim]))
        else:
            home.parts.append(claim)
    return [tuple(telling.parts) for telling in made]


def _home(text: str, claim: Happening, made: list[Telling], judged: Judged) -> Telling | None:
    free = [t for t in made if not any(pair(claim.id, p.id) in judged.apart for p in t.parts)]
    bound = [t for t in free if any(pair(claim.id, p.id) in judged.same for p in t.parts)]
    if bound:
        return bound[0]
    if claim.kind == Kind.EVENT.value and says_another(text, claim):
        return None
    fitting = [t for t in free if all(can_be_one(claim, part) for part in t.parts)]
    if not families(claim) and not (claim.places or claim.days.known):
        near = [t for t in fitting if claim.start - t.end <= _NEAR]
        return near[-1] if near else None
    return max(fitting, key=lambda t: (_ties(claim, t), t.end), default=None)


def _ties(claim: Happening, telling: Telling) -> int:
    """How much binds a claim to a telling beyond not clashing: a place, days, parties in common."""
    parts = telling.parts
    shared = any(set(claim.places) & set(p.places) for p in parts)
    dated = any(claim.days.known and p.days.known for p in parts)
    parties = any(set(claim.kin) & set(p.kin) for p in parts)
    return shared + dated + parties


def _families_fit(one: Happening, other: Happening) -> bool:
    a, b = families(one), families(other)
    return not a or not b or bool(a & b)


def _days_fit(one: Happening, other: Happening) -> bool:
    return not (one.days.known and other.days.known) or one.days.overlaps(other.days)


def _parties_fit(one: Happening, other: Happening) -> bool:
    """Parties clash only where both claims say who acted, and nobody of one line or side is on both."""
    if not one.actors or not other.actors:
        return True
    parties = {*other.actors, *other.recipients}
    return bool({*one.actors, *one.kin} & parties or set(one.kin) & set(other.kin) or set(one.sides) & set(other.sides))


def _places_fit(one: Happening, other: Happening) -> bool:
    """One place, or one that lies in the other by their radii; what is said of several countries lies nowhere."""
    if not one.places or not other.places or set(one.places) & set(other.places):
        return True
    if _sweeping(one) or _sweeping(other):
        return False
    return any(kilometres(a, b) <= max(a[2], b[2]) for a in one.spots for b in other.spots)


def _sweeping(one: Happening) -> bool:
    return len(one.spots) > 1 and _width(one.spots) > _WIDE_KM


def _width(spots: tuple[Spot, ...]) -> float:
    return min((spot[2] for spot in spots), default=float("inf"))


def _narrowest(days: list[Days]) -> Days:
    known = [d for d in days if d.length is not None] or [d for d in days if d.known]
    return min(known, key=lambda d: d.length or 10**6, default=Days())


def _union(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for part in parts for item in part))


@cache
def lists() -> Mapping[str, Any]:
    """Every list of telling.yaml by its name."""
    found: Mapping[str, Any] = packaged("faultline.resolve", "telling.yaml")
    return found


@cache
def _families() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, listed in lists()["families"].items():
        for subtype in listed:
            found.setdefault(subtype, set()).add(name)
    return {subtype: frozenset(names) for subtype, names in found.items()}


@cache
def _another() -> Any:
    return any_of(lists()["another"])
