"""Turns what stands beside a chunk into whose it is and who was with it: "a camp of X", "X's convoy", "X, backed by Y",
"X, head of Y". Invariant: an owner or a companion is named by the words of the same clause."""

from collections.abc import Sequence
from dataclasses import replace

from faultline.coding.line import Chunk, Line
from faultline.coding.roles import ENTITY, listed

_S = ("'", "s")
_PARTIES = frozenset({"actor", "group"})
_GAP = 4  # tokens between a word of company or rank and the party that it names


def owners_of(line: Line, chunk: Chunk) -> list[Chunk]:
    """Whose convoy, camp or position it is: "a camp of X", "positions of X and Y", "X's convoy", "an X convoy"; []
    where unsaid."""
    if chunk.kind != "asset" and chunk.group != "settlement":
        return []
    n = chunk.last
    if line.low(n) in line.pack.words["of"]:
        small = line.pack.words["of"] | line.pack.words["determiners"]
        while line.chunk_at(n) is None and n < chunk.last + 3 and line.low(n) in small:
            n += 1
        owner = line.chunk_at(n)
        if owner is None or owner.kind not in _PARTIES or owner.first > n:
            return []
        return [c for c in listed(line, owner, len(line.tokens)) if c.kind in _PARTIES]
    possessed = (line.low(chunk.first - 2), line.low(chunk.first - 1)) == _S
    before = line.chunk_at(chunk.first - (3 if possessed else 1))
    beside = before is not None and before.last == chunk.first and _sends(before)
    if before is None or before.kind not in _PARTIES or not (possessed or (beside and line.pack.language == "en")):
        return []
    return [before]


def _sends(chunk: Chunk) -> bool:
    """Whether somebody's name before a thing says whose it is: an armed party, or a body ("UN helicopters")."""
    return "armed" in chunk.classes or (chunk.kind == "actor" and not chunk.classes & {"person", "civilians"})


def soldiers_of(owner: Chunk, thing: Chunk) -> Chunk:
    """Those of an owner who are with a thing: in its aircraft, camps and convoys they are its soldiers."""
    crewed = thing.kind == "asset" and thing.group in ("aircraft", "vehicle", "site") and owner.kind == "actor"
    return replace(owner, classes=owner.classes | {"manned"}) if crewed else owner


def companions_of(line: Line, chunks: Sequence[Chunk], last: int) -> list[Chunk]:
    """Those who act with the chunks, up to token `last`: "X, backed by Y", "X accompagné de Y", "X together with Y"."""
    if not chunks:
        return []
    words, start = line.pack.words, chunks[-1].last
    for n in range(start, min(last, start + _GAP)):
        if line.low(n) in words["company"]:
            chunk = _party_after(line, n + 1, last)
            return [c for c in listed(line, chunk, last) if c.kind in _PARTIES] if chunk else []
        if line.low(n)[:1].isalpha() and line.low(n) not in words["particles"] | words["prepositions"]:
            return []
    return []


def helpers_in(line: Line, first: int, last: int) -> list[Chunk]:
    """Those with whose help something is done within [first, last): "with the support of Y", "avec l'appui de Y"."""
    words = line.pack.words
    for n in range(first + 1, last):
        if line.low(n) in words["help_nouns"] and words["with"] & {line.low(n - 1), line.low(n - 2)}:
            chunk = _party_after(line, n + 1, last)
            return [chunk] if chunk else []
    return []


def house_of(line: Line, person: Chunk) -> list[Chunk]:
    """The party that somebody who is named leads or serves: "X, head of Y", "X, numéro deux du Y"; [] where unsaid."""
    if "person" not in person.classes or line.low(person.last) != ",":
        return []
    words = line.pack.words
    for n in range(person.last + 1, min(person.last + 2 + _GAP, len(line.tokens))):
        chunk = line.chunk_at(n)
        if line.low(n) in words["of"] and not (chunk and chunk.first == n):
            party = _party_after(line, n, len(line.tokens))
            return [party] if party and party.kind == "actor" and "person" not in party.classes else []
        if chunk is not None and chunk.kind == "actor" and "person" not in chunk.classes:
            return [chunk] if line.low(chunk.first) in words["of"] or chunk.first > person.last + 1 else []
        if line.low(n) in (",", ";", ":"):
            return []
    return []


def person_named(line: Line, chunk: Chunk) -> Chunk | None:
    """The name that says who holds an office: "the governor of Bassira, General Oru, ..."; None where there is none."""
    if chunk.group not in ("official", "worker") or chunk.quantity is not None or "person" in chunk.classes:
        return None
    n = chunk.last
    while n < min(chunk.last + _GAP, len(line.tokens)) and line.low(n) != ",":
        n += 1
    small = line.pack.words["determiners"] | line.pack.words["titles"]
    at = n + 1
    while line.low(n) == "," and at < n + _GAP and line.chunk_at(at) is None and line.low(at) in small:
        at += 1
    named = line.chunk_at(at) if line.low(n) == "," else None
    closed = named is not None and (line.low(named.last) == "," or named.last >= len(line.tokens) - 1)
    return named if named is not None and closed and "person" in named.classes else None


def mainly_of(line: Line, chunk: Chunk, last: int) -> Chunk | None:
    """Of whom a group mostly is: "around 100 men, most of them herders", "des hommes armés, pour la plupart des X";
    None where unsaid."""
    words = line.pack.words
    if line.low(chunk.last) not in (",", "("):
        return None
    for n in range(chunk.last + 1, min(last, chunk.last + _GAP)):
        if line.low(n) in words["mostly"]:
            at = n + 1
            while at < min(last, n + _GAP) and line.chunk_at(at) is None:
                at += 1
            found = line.chunk_at(at) if at < last else None
            return found if found is not None and found.kind in _PARTIES and found.group != "people" else None
    return None


def _party_after(line: Line, first: int, last: int) -> Chunk | None:
    """The first chunk from a token on, behind small words only, if it is a party or a group."""
    n = first
    small = line.pack.words["prepositions"] | line.pack.words["determiners"] | line.pack.words["adjectives"]
    while n < min(last, first + _GAP) and line.chunk_at(n) is None and line.low(n) in small:
        n += 1
    chunk = line.chunk_at(n) if n < last else None
    return chunk if chunk is not None and chunk.kind in ENTITY and chunk.kind != "person" else None
