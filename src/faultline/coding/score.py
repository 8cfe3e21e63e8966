"""Turns claims of a coder and hand-coded claims of the same reports into figures of agreement. Invariant: a function of
its arguments, and the same numbers as the scorer that came with the development gold.

A line, of either kind: {"doc", "kind", "actors": [], "recipients": [], "places": [], "date": {"start", "end"},
"fatalities": {"low", "best", "high"} | null, "attribution": str, "modality": str, "evidence": {"start", "end"}}.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Line = Mapping[str, Any]
NameTable = Mapping[str, str]  # a name as `plain` writes it -> the name that it is compared as
Pair = tuple[Line, Line]  # the gold's, the coder's

LEAST_OVERLAP = 0.5
MISSED, SPURIOUS = "missed", "spurious"
_GROUPS = {"allegation": "allegation+threat", "threat": "allegation+threat", "assessment": "assessment+outlook"}
_GROUPS |= {"prediction": "assessment+outlook", "intent": "assessment+outlook"}
_SAME_KIND = {"threat": "allegation", "intent": "prediction"}
_FACT = frozenset({"asserted", "confirmed"})
_VOICE = frozenset({None, "author", "reporter"})
_NO_NAME = re.compile(
    r"unnamed|unstated|anonym|other sources|many sources|^reports?\b|^sources?\b|security source|witness|resident", re.I
)
_NEXT_NAME = re.compile(r" via |;| and ")


@dataclass(frozen=True, slots=True)
class Scored:
    """One figure, rounded to three places. `value` is F1 where `precision` and `recall` are given, else a share; None
    where there was nothing to count. `n` is what it rests on: gold items for F1, pairs of claims for a share."""

    field: str
    value: float | None
    n: int
    precision: float | None = None
    recall: float | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs (gold, coder), and what is left on either side. Of the gold only what counts as missed: a line marked
    `optional` or `same_as` may be left out by a coder."""

    pairs: tuple[Pair, ...]
    missed: tuple[Line, ...]
    spurious: tuple[Line, ...]


def score(gold: Sequence[Line], predicted: Sequence[Line], names: NameTable) -> tuple[Scored, ...]:
    """Every figure, in this order:

    - `detect GROUP`, `detect all`: F1 of finding the claims of a group of kinds (see `match`);
    - `actors`, `recipients`, `places`: F1 over the names in the matched pairs, compared by `names`;
    - `deaths`: F1 over the set of (document, number) stated as deaths, matched or not;
    - `date exact`, `date overlap`: share of the pairs with a day in the gold where both ends are the same, where the
      two intervals share a day (an open end reaches on);
    - `date invented`: share of the pairs without a day in the gold where the coder has one;
    - `attribution class`: share of the pairs where the speaker is of one class (the text, unnamed, named);
    - `attribution name`: of the pairs with a named speaker in the gold, the share with that speaker;
    - `modality`: share of the pairs with the same modality;
    - `false assertions`: of the pairs that the coder asserts or confirms, the share where the gold does neither, and
      holds no assessment.
    """
    matched = match(gold, predicted)
    slots = [_slot(field, matched.pairs, names) for field in ("actors", "recipients", "places")]
    return (*_detection(matched), *slots, _deaths(gold, predicted), *_days(matched.pairs), *_status(matched, names))


def match(gold: Sequence[Line], predicted: Sequence[Line]) -> Matched:
    """Pairs, one to one, greedy by overlap, of one document and kind whose evidence overlaps by at least one half of
    the shorter (threat counts as allegation, intent as prediction)."""
    return _matched(gold, predicted, lambda a, b: _SAME_KIND.get(a, a) == _SAME_KIND.get(b, b))


def confusions(gold: Sequence[Line], predicted: Sequence[Line]) -> Counter[tuple[str, str]]:
    """How often a kind of the gold was given as which kind; MISSED and SPURIOUS stand for no partner.

    What `match` leaves over is paired again by overlap alone. Optional lines of the gold count only where paired.
    """
    same = match(gold, predicted)
    kept = {id(line) for pair in same.pairs for line in pair}
    rest = [g for g in gold if id(g) not in kept], [p for p in predicted if id(p) not in kept]
    other = pair_by_words(*rest)
    table = Counter((str(g["kind"]), str(p["kind"])) for g, p in (*same.pairs, *other.pairs))
    table.update((str(g["kind"]), MISSED) for g in other.missed)
    table.update((SPURIOUS, str(p["kind"])) for p in other.spurious)
    return table


def pair_by_words(gold: Sequence[Line], predicted: Sequence[Line]) -> Matched:
    """The same by overlap alone, whatever the kinds."""
    return _matched(gold, predicted, lambda a, b: True)


def name_table(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """A table for `score` from each name to its other names. What stands in brackets behind a name is no part of it; a
    name that is given twice means what it was given last."""
    table = {}
    for name, others in names.items():
        shown = _without_bracket(name)
        for other in (name, shown, *others):
            table[plain(other)] = plain(shown)
    return table


def plain(text: str) -> str:
    """A name for comparison: small letters without accents, digits and spaces, nothing else."""
    letters = unicodedata.normalize("NFD", text.lower())
    return re.sub(r"[^a-z0-9 ]", "", "".join(c for c in letters if unicodedata.category(c) != "Mn")).strip()


def _matched(gold: Sequence[Line], predicted: Sequence[Line], fits: Callable[[str, str], bool]) -> Matched:
    by_document: dict[str, list[int]] = {}
    for j, line in enumerate(predicted):
        by_document.setdefault(str(line.get("doc")), []).append(j)
    candidates = [
        (_overlap(g["evidence"], predicted[j]["evidence"]), i, j)
        for i, g in enumerate(gold)
        for j in by_document.get(str(g.get("doc")), ())
        if fits(g["kind"], predicted[j]["kind"])
    ]
    used: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for overlap, i, j in sorted(candidates, reverse=True):
        if overlap >= LEAST_OVERLAP and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((gold[i], predicted[j]))
    missed = [g for i, g in enumerate(gold) if i not in used[0] and not (g.get("optional") or g.get("same_as"))]
    return Matched(tuple(pairs), tuple(missed), tuple(p for j, p in enumerate(predicted) if j not in used[1]))


def _overlap(a: Mapping[str, int], b: Mapping[str, int]) -> float:
    shared = max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))
    return shared / max(1, min(a["end"] - a["start"], b["end"] - b["start"]))


def _detection(matched: Matched) -> list[Scored]:
    hits = Counter(_group(g) for g, _ in matched.pairs)
    missed, spurious = Counter(map(_group, matched.missed)), Counter(map(_group, matched.spurious))
    groups = sorted(hits.keys() | missed.keys() | spurious.keys())
    rows = [_f1(f"detect {g}", hits[g], spurious[g], missed[g]) for g in groups]
    return [*rows, _f1("detect all", hits.total(), spurious.total(), missed.total())]


def _group(line: Line) -> str:
    return _GROUPS.get(line["kind"], str(line["kind"]))


def _slot(field: str, pairs: Iterable[Pair], names: NameTable) -> Scored:
    both = [
        ({compared_name(x, names) for x in g.get(field) or ()}, {compared_name(x, names) for x in p.get(field) or ()})
        for g, p in pairs
    ]
    return _f1(
        field,
        *(
            sum(map(len, sets))
            for sets in ([a & b for a, b in both], [b - a for a, b in both], [a - b for a, b in both])
        ),
    )


def _deaths(gold: Iterable[Line], predicted: Iterable[Line]) -> Scored:
    stated, found = (
        {(str(x.get("doc")), number) for x in lines for number in _killed(x)} for lines in (gold, predicted)
    )
    return _f1("deaths", len(stated & found), len(found - stated), len(stated - found))


def _killed(line: Line) -> set[int]:
    toll = line.get("fatalities") or {}
    if not toll and (line.get("count") or {}).get("unit") == "fatalities":
        toll = line["count"]
    return {toll[k] for k in ("low", "best", "high") if toll.get(k) is not None}


def _days(pairs: Sequence[Pair]) -> list[Scored]:
    days = [(_ends(g), _ends(p)) for g, p in pairs]
    dated = [(a, b) for a, b in days if a[0]]
    return [
        _share("date exact", [a == b for a, b in dated]),
        _share("date overlap", [_share_a_day(a, b) for a, b in dated]),
        _share("date invented", [bool(b[0]) for a, b in days if not a[0]]),
    ]


def _ends(line: Line) -> tuple[str, str]:
    days = line.get("date") or {}
    return days.get("start") or "", days.get("end") or ""


def shares_a_day(gold: Line, line: Line) -> bool:
    """Whether both have days and share one; an open end reaches on."""
    return bool(_ends(gold)[0]) and _share_a_day(_ends(gold), _ends(line))


def _share_a_day(a: tuple[str, str], b: tuple[str, str]) -> bool:
    return bool(b[0]) and max(a[0], b[0]) <= min(a[1] or "9", b[1] or "9")


def _status(matched: Matched, names: NameTable) -> list[Scored]:
    said = [(said_by(g, names), said_by(p, names)) for g, p in matched.pairs]
    stances = [(g.get("modality"), p.get("modality")) for g, p in matched.pairs]
    return [
        _share("attribution class", [a[0] == b[0] for a, b in said]),
        _share("attribution name", [a == b for a, b in said if a[0] == "named"]),
        _share("modality", [a == b for a, b in stances]),
        _share("false assertions", [a not in _FACT | {"assessment"} for a, b in stances if b in _FACT]),
    ]


def said_by(line: Line, names: NameTable) -> tuple[str, str]:
    """Class ("voice" of the text, "unnamed", "named") and name of who says it; only the first of several."""
    said = line.get("attribution")
    said = said.get("source") if isinstance(said, dict) else said
    if said in _VOICE:
        return "voice", ""
    if _NO_NAME.search(str(said)):
        return "unnamed", ""
    return "named", compared_name(_NEXT_NAME.split(str(said))[0], names)


def compared_name(value: str | Mapping[str, str], names: NameTable) -> str:
    """The name that a name is compared as."""
    written = plain(_without_bracket(value if isinstance(value, str) else value["name"]))
    return names.get(written, written)


def _without_bracket(name: str) -> str:
    return name.split(" (")[0]


def _f1(field: str, hits: int, spurious: int, missed: int) -> Scored:
    precision = hits / (hits + spurious) if hits + spurious else 0.0
    recall = hits / (hits + missed) if hits + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return Scored(field, round(f1, 3), hits + missed, round(precision, 3), round(recall, 3))


def _share(field: str, held: Sequence[bool]) -> Scored:
    return Scored(field, round(sum(held) / len(held), 3) if held else None, len(held))
