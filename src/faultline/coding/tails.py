"""Where the words that a verb asks for stand ("took [six people] hostage"): small words, days and objects may come
between. Invariant: a tail stands whole and in its order, or it does not stand."""

from collections.abc import Sequence, Set

from faultline.coding.lexicon import Entry, Pack, Verb
from faultline.coding.line import Line

PEOPLE_OR_THING = frozenset({"actor", "group", "person", "asset", "country", "capital", "place", "number"})
_CONTRACTED = {
    "de": ("d'", "du", "des", "de"),
    "à": ("au", "aux"),
    "le": ("l'", "la", "les"),
    "un": ("une",),
    "d'": ("de", "du", "des"),
}


def within_reach(pack: Pack, form: str, ahead: Set[str]) -> list[Entry]:
    """The verbs of a form whose tails may stand among the words ahead, in the pack's order."""
    if form not in pack.needing:
        pack.needing[form] = _needing(pack.verbs[form])
    needing = pack.needing[form]
    found = [entry for word in needing.keys() & ahead for entry in needing[word]]
    return [entry for _, entry in sorted([*needing.get("", ()), *found], key=_order)]


def _needing(entries: Sequence[Entry]) -> dict[str, list[tuple[int, Entry]]]:
    """Entries with their order, by a word that their tail cannot do without; "" where every word of it may stand
    unseen, as a part of another ("du" for "de")."""
    found: dict[str, list[tuple[int, Entry]]] = {}
    for order, entry in enumerate(entries):
        whole = [word for word in entry[1].tail if word not in _CONTRACTED]
        found.setdefault(max(whole, key=len, default=""), []).append((order, entry))
    return found


def _order(entry: tuple[int, Entry]) -> int:
    return entry[0]


def tail_end(line: Line, i: int, verb: Verb) -> int:
    """The token after the verb at i and the words that it asks for."""
    return i + 1 + max(0, tail_size(line, i, verb))


def tail_size(line: Line, i: int, verb: Verb) -> int:
    """Tokens that the tail takes, small words and days let through before its first word; -1 where it does not fit."""
    at, skipped, jumped = i + 1, 0, False
    for n, word in enumerate(verb.tail):
        while not _same(line, at, word):
            chunk = line.chunk_at(at)
            if (n == 0 or word in line.pack.words["prepositions"]) and (past := _past_day(line, at)):
                at = past  # "ont mis fin, dimanche 3 juillet, aux sanctions"
                continue
            if chunk and n == 0 and chunk.quantity and _same(line, chunk.last - 1, word):
                at = chunk.last - 1  # "found several dozen bodies"
                continue
            if n == 0 and (chunk is None or chunk.kind == "number") and (past := _past_number(line, at, word)):
                at = past  # "gave them 48 hours": hours are counted by no number of people
                continue
            if jumped and n == 0 and (owner := _owner(line, at)):
                at = owner  # "soumettre la ville de X à", "gave the people of X three days"
                continue
            if chunk and n == 0 and not jumped and word in line.pack.words["apart"] and chunk.kind in PEOPLE_OR_THING:
                at, jumped = chunk.last, True  # "took six people hostage", "a pris le convoi en embuscade"
                continue
            bare = verb.lemma in line.pack.auxiliaries and word in line.pack.words["infinitive_marks"]
            if skipped >= 6 or bare or not _passes(line, at, n, len(verb.tail)):
                return -1  # "are to leave", but not "are alleged to have left"
            at, skipped = at + 1, skipped + 1
        at += 1
    return at - i - 1


def _past_number(line: Line, at: int, word: str) -> int:
    """The token after a number at `at` that counts the word; else 0."""
    chunk = line.chunk_at(at)
    if chunk and (chunk.quantity is None or chunk.quantity.vague):
        return 0  # "were most likely"
    after = chunk.last if chunk else at + 1 if line.low(at).isdigit() else at
    return after if after > at and _same(line, after, word) else 0


def _owner(line: Line, at: int) -> int:
    """The token after "of X" or "in X" at `at`, behind an object between a verb and its tail; else 0."""
    if line.low(at) in line.pack.words["of"] | line.pack.words["place_prepositions"] and line.at[at] < 0:
        at += 1
    elif line.chunk_at(at) is None or line.low(line.chunks[line.at[at]].first) not in line.pack.words["of"]:
        return 0
    whose = line.chunk_at(at)
    return whose.last if whose and whose.kind in PEOPLE_OR_THING else 0


def _past_day(line: Line, at: int) -> int:
    """The token after a day at `at`, after its preposition ("vers 15 heures") or after a comma beside it; else 0."""
    if chunk := line.chunk_at(at):
        return chunk.last if chunk.kind == "day" else 0
    if line.low(at) in line.pack.words["prepositions"]:
        after = line.chunk_at(at + 1)
        return after.last if after and after.kind == "day" else 0
    return at + 1 if _around_day(line, at) else 0


def _around_day(line: Line, at: int) -> bool:
    """ "ont déposé, vendredi 13 juin, une motion": a comma before or after a day."""
    if line.low(at) != ",":
        return False
    near = [c for c in (line.chunk_at(at - 1), line.chunk_at(at + 1)) if c is not None]
    return any(c.kind == "day" for c in near)


def _passes(line: Line, at: int, n: int, size: int) -> bool:
    """Whether a word may stand between a verb and its tail."""
    low = line.low(at)
    if not low or not low[0].isalpha() or (line.chunk_at(at) is not None and line.chunks[line.at[at]].kind != "number"):
        return False
    if (
        low in line.pack.words["determiners"]
        or low in line.pack.words["particles"]
        or low in line.pack.words["adjectives"]
    ):
        return True
    return n == 0 and (low in line.pack.words["tail_gap"] or low.endswith(("ment", "ly")))


def _same(line: Line, at: int, word: str) -> bool:
    low = line.low(at)
    return low == word or (line.pack.language == "fr" and low in _CONTRACTED.get(word, ()))
