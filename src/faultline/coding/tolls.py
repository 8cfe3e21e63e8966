"""Turns the quantities of a line into casualties: who was harmed, how, how many. Invariant: a number is a toll only
where a word of harm governs it or a toll noun opens it; materiel, ages and times are never people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from faultline.coding.counted import bare_number, gap_before, is_counted
from faultline.coding.counts import Quantity
from faultline.coding.lexicon import load_pack
from faultline.coding.line import Chunk, Line
from faultline.record.claim import Casualties


@dataclass(frozen=True, slots=True)
class Toll:
    """A quantity [first, last) of people with the harm that befell them; `active` where a verb before it did it."""

    first: int
    last: int
    chunk: Chunk
    harm: str
    casualties: Casualties
    word: int
    active: bool
    soft: bool = False
    own: bool = False  # the loss of the subject itself ("lost nine men")


def find_tolls(line: Line) -> list[Toll]:
    """Tolls in the order of the sentence; a bare number in somebody's mouth counts what was counted last ("the rebels
    speak of 150")."""
    found: list[Toll] = []
    toll_noun = _toll_noun(line)
    for chunk in line.chunks:
        quantity = chunk.quantity or _none_quantity(line, chunk)
        if quantity is None or not _counts_people(line, chunk) or _part_of(line, chunk) or _speaks(line, chunk):
            continue
        gap = bool(found) and chunk.kind == "number" and is_counted(line, chunk) and gap_before(line, chunk) >= 0
        harm, word, active = ("", -1, False) if gap else _harm_of(line, chunk, found, toll_noun)
        if not harm and is_counted(line, chunk):
            harm, word, active = (found[-1].harm if found else line.told), chunk.first, False
        if harm == "displaced" and "armed" in chunk.classes:
            continue  # soldiers who cross a border are no refugees
        if harm:
            found.append(_toll(line, chunk, quantity, (harm, word, active)))
    return found


def asked_harm(line: Line) -> str:
    """The harm that a sentence speaks of without a number ("How many dead?", "the toll is not known"), or ""."""
    harms = (harm_word(line, n) for n in range(len(line.tokens)))
    return next((harm for harm in harms if harm), "killed" if _toll_noun(line) >= 0 else "")


def undergone(line: Line, chunk: Chunk, harm: str) -> Toll | None:
    """The toll of a verb of harm in those to whom it was done: their number, one for a person with a name ("the mayor
    was killed"), None for a group without a number."""
    q, first = chunk.quantity, line.low(chunk.first)
    if _part_of(line, chunk):
        return None
    one = "person" in chunk.classes or (first in line.pack.words["one_words"] and "people" in chunk.classes)
    if q is None and one and harm == "killed":
        q = Quantity(chunk.first, chunk.last, 1, 1, 1)
    if q is None or q.vague:
        return None
    casualties = Casualties(harm, q.low, q.best, q.high, group=chunk.label or "people")
    return Toll(chunk.first, chunk.last, chunk, harm, casualties, chunk.first, False)


def _part_of(line: Line, chunk: Chunk) -> bool:
    """ "including two children", "dont deux préfets": a part of a toll, not another."""
    after = [line.low(n) for n in range(chunk.last, chunk.last + 3)]
    if after[:1] and after[0] in line.pack.words["of"] | {"entre"} and set(after[1:]) & line.pack.words["of_them"]:
        return True  # "four of them children"
    n = chunk.first - 1
    while n >= 0 and line.low(n) in line.pack.words["at_least_words"]:
        n -= 1
    before = line.chunk_at(n - 1)
    if line.low(n) in line.pack.words["coordinators"] and before and before.kind in ("group", "number", "person"):
        return _part_of(line, before)  # "among them a woman and two children"
    return line.low(n) in line.pack.words["including"] or line.low(chunk.first) in line.pack.words["including"]


def _speaks(line: Line, chunk: Chunk) -> bool:
    """ "two security sources told", "un élu local rapporte": those who say it are not counted in it."""
    nouns = range(chunk.last, min(chunk.last + 3, len(line.tokens))) if chunk.kind == "number" else ()
    for n in nouns:
        if line.pack.speakers.at(line.tokens, n) and not harm_word(line, n):
            return any(line.low(k) in line.pack.reporting for k in range(n + 1, n + 4))
    tags = {tag for t, _, tail in line.pack.reporting.get(line.low(chunk.last), ()) if not tail for tag in t}
    return chunk.kind != "number" and "fin" in tags and not harm_word(line, chunk.last)


def _toll(line: Line, chunk: Chunk, q: Quantity, harmed: tuple[str, int, bool]) -> Toll:
    harm, word, active = harmed
    low, best, high = q.low, q.best, q.high
    soft = line.low(word) in line.pack.words["soft_killed"]
    if soft and harm == "killed" and line.low(word).startswith("neutral"):
        low = 0 if low is not None else None
    if (
        chunk.kind == "number"
        and active
        and (before := line.chunk_at(word - 1))
        and before.classes & {"people"}
        and before.kind != "number"
    ):
        chunk = replace(before, quantity=q, last=chunk.last)
    elif chunk.kind == "number" and word > chunk.last and (before := _number_of(line, chunk, word)):
        chunk = replace(before, quantity=q, first=chunk.first)
    casualties = Casualties(harm, low, best, high, group=chunk.label or "people")
    first = min(chunk.first, word) if word >= 0 else chunk.first
    return Toll(
        min(first, chunk.first),
        max(chunk.last, word + 1),
        chunk,
        harm,
        casualties,
        word,
        active,
        soft,
        line.low(word) in line.pack.words["loss_words"],
    )


def _number_of(line: Line, chunk: Chunk, word: int) -> Chunk | None:
    """Whom a number given for "the number of X killed" counts ("put at 42 the number of soldiers killed")."""
    people = line.chunk_at(word - 1)
    between = range(chunk.last, word - 1)
    number = any(line.low(n) in line.pack.words["number_nouns"] for n in between)
    return people if people is not None and number and "people" in people.classes else None


def _none_quantity(line: Line, chunk: Chunk) -> Quantity | None:
    lost = any(line.low(n) in line.pack.words["loss_words"] for n in range(max(0, chunk.first - 2), chunk.first))
    people = chunk.group == "people" or (lost and "people" in chunk.classes)
    if line.low(chunk.first) in line.pack.words["none_words"] and people:
        return Quantity(chunk.first, chunk.first + 1, 0, 0, 0)
    return None


def _counts_people(line: Line, chunk: Chunk) -> bool:
    q = chunk.quantity
    if chunk.kind == "asset" or chunk.kind == "day" or (q and q.vague):
        return False
    if chunk.kind == "number":
        following = line.low(chunk.last)
        if following in line.pack.words["of"] and line.pack.language == "fr":
            following = line.low(chunk.last + 1)
        if following in line.pack.words["not_people"] or line.low(chunk.first - 1) in (
            "$",
            "€",
            "article",
            "resolution",
            "résolution",
        ):
            return False
        if (
            line.low(chunk.last + 1) in line.pack.words["not_people"]
            and line.low(chunk.last) in line.pack.words["adjectives"]
        ):
            return False
        if q and q.last - q.first == 1 and line.low(q.first) in line.pack.words["one_words"]:
            return harm_word(line, chunk.last) != ""
    return True


def harm_word(line: Line, i: int) -> str:
    """The harm that the word at token i speaks of, or ""."""
    return _harms(line.pack.language).get(line.low(i), "")


@lru_cache(maxsize=4)
def _harms(language: str) -> Mapping[str, str]:
    """The harm that each word of a language speaks of; of two the first in the order of the file."""
    table: dict[str, str] = {}
    for harm, entry in load_pack(language).counts["harm"].items():
        for word in entry["words"]:
            table.setdefault(word, harm)
    return table


def _acting(line: Line, chunk: Chunk, found: Sequence[Toll]) -> bool:
    """ "Two captives describe ...": people held who do something are no toll."""
    return (
        chunk.group == "hostage"
        and not found
        and line.low(chunk.last)[:1].isalpha()
        and (line.low(chunk.last) not in line.pack.words["prepositions"] | line.pack.words["coordinators"])
    )


def _harm_of(line: Line, chunk: Chunk, found: Sequence[Toll], toll_noun: int) -> tuple[str, int, bool]:
    """(harm, token of its word, whether an active verb before) of a quantity."""
    for n in range(chunk.quantity.last if chunk.quantity else chunk.first, chunk.last):
        harm = harm_word(line, n)
        noun = chunk.group in ("people", "hostage", "refugees", "") and not _acting(line, chunk, found)
        if harm and (noun or (harm in ("killed", "wounded", "missing") and chunk.kind != "asset")):
            return harm_word(line, n), n, False
    lost = next(
        (
            n
            for n in range(chunk.first - 1, max(-1, chunk.first - 4), -1)
            if line.low(n) in line.pack.words["loss_words"]
        ),
        -1,
    )
    if lost >= 0 and _adjacent(line, lost, chunk):
        return "killed", lost, False
    left = _left(line, chunk)
    right = _right(line, chunk)
    if left >= 0 and _adjacent(line, left, chunk):
        return harm_word(line, left), left, True
    if right >= 0:
        return harm_word(line, right), right, False
    previous = found[-1] if found else None
    if previous and _coordinated(line, previous, chunk):
        return previous.harm, previous.word, previous.active
    if left >= 0:
        return harm_word(line, left), left, True
    if toll_noun >= 0 and chunk.kind == "number" and bare_number(line, chunk):
        return "killed", toll_noun, False
    if chunk.group == "people" and line.low(chunk.last - 1) in ("casualties", "victims", "victimes", "victime"):
        return "killed", chunk.last - 1, False
    return "", -1, False


_STOPS = frozenset({";", ".", "(", ")", ":", "«", "»"})


def _right(line: Line, chunk: Chunk) -> int:
    """The next word of harm to the right, before another quantity or a mark."""
    parts = line.low(chunk.last) == "," and line.low(chunk.last + 1) in line.pack.words["including"]
    for n in range(chunk.last, min(chunk.last + (18 if parts else 9), len(line.tokens))):
        other = line.chunk_at(n)
        if line.low(n) in _STOPS or (line.low(n) == "," and n > chunk.last + 5 and not parts):
            return -1
        counted = other is not None and other.quantity is not None and not other.quantity.vague
        if other is not None and other is not chunk and counted and not _part_of(line, other):
            return n if harm_word(line, n) and other.first == n else _shared_right(line, chunk, other)
        held = line.low(n) in line.pack.words["held_words"] and line.low(n - 1) not in line.pack.auxiliaries
        if harm_word(line, n) and not held and not (other and other.kind == "day"):
            return n
        if n > chunk.last and line.low(n) in line.pack.words["subordinators"]:
            return -1
    return -1


def _shared_right(line: Line, chunk: Chunk, other: Chunk) -> int:
    """ "46 X and 24 Y dead", "84 X and 47 Y died": the word after the second quantity is of both."""
    between = [line.low(n) for n in range(chunk.last, other.first)]
    if not between or between[-1] not in line.pack.words["coordinators"] or len(between) > 3:
        return -1
    after = range(other.last, min(other.last + 3, len(line.tokens)))
    inside = [n for n in range(other.first, other.last) if harm_word(line, n)]
    hit = next((n for n in after if harm_word(line, n)), -1)
    return -1 if inside else hit


def _left(line: Line, chunk: Chunk) -> int:
    """The next word of harm to the left, before a mark or a verb that does something else."""
    for n in range(chunk.first - 1, max(-1, chunk.first - 7), -1):
        heads = line.low(n) == ":" and n == chunk.first - 1 and chunk.kind == "number" and bare_number(line, chunk)
        if line.low(n) in _STOPS and not heads:
            return -1
        if harm_word(line, n):
            other = line.chunk_at(n)
            return -1 if other is not None and other.quantity is not None else n
        if line.pack.language == "fr" and line.low(n) in ("perdu", "perdant"):
            return n
    return -1


def _adjacent(line: Line, word: int, chunk: Chunk) -> bool:
    return all(
        line.low(n) in line.pack.words["determiners"] | line.pack.words["adjectives"] | line.pack.words["particles"]
        for n in range(word + 1, chunk.first)
    )


def _coordinated(line: Line, previous: Toll, chunk: Chunk) -> bool:
    between = [line.low(n) for n in range(previous.chunk.last, chunk.first)]
    links = line.pack.words["coordinators"] | {","}
    small = links | line.pack.words["determiners"] | line.pack.words["adjectives"] | line.pack.words["at_least_words"]
    return (
        bool(between)
        and len(between) <= 3
        and any(w in links for w in between)
        and all(w in small for w in between)  # "killed 18 attackers and held 611 people" are two harms
        and previous.active
    )


def _toll_noun(line: Line) -> int:
    found = line.pack.toll_nouns.first(line.tokens)
    return found.last - 1 if found else -1
