"""Turns the words around a reporting verb into its speaker. Invariant: a speaker has a voice (named, unnamed, or a
pronoun to be resolved); a place never speaks, its government does."""

from dataclasses import dataclass, replace

from faultline.coding.line import Chunk, Line
from faultline.coding.roles import is_article
from faultline.coding.sayer_words import (
    alone_at,
    apposed,
    capitals,
    joins_names,
    listed_from,
    of_phrase,
    one_of,
    phrase_start,
    somebody,
    speaker_noun,
    them_of,
    to_article,
    words_of,
)
from faultline.record.claim import UNNAMED

_SAYERS = frozenset({"actor", "group", "person", "country", "capital"})
_OFFICES = frozenset({"official", "worker", "people", "civilians", "police"})  # "a hospital technician said"
_UNNAMED_GROUPS = frozenset({"civilians", "hostage", "refugees"})


@dataclass(frozen=True, slots=True)
class Sayer:
    """Who speaks: `name` as shown, `ids` the actors it may be; tokens [first, last); `group` the class of a group."""

    name: str
    ids: tuple[str, ...]
    voice: str
    first: int
    last: int
    group: str = ""
    pronoun: str = ""
    chunk: Chunk | None = None


def subject_sayer(line: Line, i: int, floor: int) -> Sayer | None:
    """The subject of a reporting verb at token i: the nearest noun group before it that no preposition governs."""
    n, steps, verbs, only_small = _before_relative(line, i, floor), 0, 0, True
    small = line.pack.words["subject_gap"] | line.pack.words["particles"] | line.pack.words["adjectives"]
    while n >= floor and steps < 14:
        low, chunk = line.low(n), line.chunk_at(n)
        if (
            low in (";", ":")
            or (line.pack.language == "fr" and low in line.pack.words["that"])
            or (low in line.pack.words["coordinators"] and steps > 0 and chunk is None and not joins_names(line, n))
        ):
            return None
        if (steps == 0 and alone_at(line, n)) or them_of(line, n):
            return Sayer(UNNAMED, (), "unnamed", n, n + 1)
        if chunk and chunk.group == "people" and line.low(chunk.last - 1) in line.pack.words["counted_words"]:
            return None
        if chunk and chunk.kind == "asset" and speaker_noun(line, chunk.last - 1) and not _governed(line, chunk, floor):
            return Sayer(words_of(line, chunk.first, chunk.last), (), "named", chunk.first, chunk.last)
        if chunk and chunk.kind in _SAYERS:
            if _governed(line, chunk, floor) and not _whole_speaker(line, chunk) and not _antecedent(line, chunk, i):
                n, steps = chunk.first - 1, steps + 1
                continue
            return _from_chunk(line, chunk, floor)
        if chunk:
            n, steps = chunk.first - 1, steps + 1
            continue
        if low in line.pack.words["pronouns"]:
            return Sayer("", (), "pronoun", n, n + 1, pronoun=low)
        if (
            not verbs
            and only_small
            and _proper(line, n, small)
            and not _governed_at(line, capitals(line, n, floor), floor)
        ):
            first = capitals(line, n, floor)
            if first - 2 >= floor and line.low(first - 1) in line.pack.words["coordinators"]:
                other = line.chunk_at(first - 2)  # "Al Jazeera and AFP"
                first = (
                    other.first
                    if other
                    else capitals(line, first - 1, floor)
                    if joins_names(line, first - 1)
                    else first
                )
            return Sayer(words_of(line, first, n + 1), (), "named", to_article(line, first, floor), n + 1)
        voice = speaker_noun(line, n)
        if voice and not _governed_at(line, n, floor):
            person = line.chunk_at(n - 2) if line.low(n - 1) == "," else None
            if person and "person" in person.classes:
                return _from_chunk(line, person, floor)
            first = phrase_start(line, n, floor)
            return _from_noun(line, listed_from(line, first, floor), n + 1, voice)
        helps = low in line.pack.auxiliaries or low in line.pack.words["helpers"]
        if low in line.pack.verbs and low not in small and not helps:
            verbs += 1
            if not (_in_relative(line, n) or line.low(n - 1) == "," or _reduced(line, n)):
                return None
        only_small = only_small and low in small | line.pack.words["adverbs"]
        n, steps = n - 1, steps + 1
    return None


def joined_sayer(line: Line, i: int, floor: int) -> Sayer | None:
    """ "residents of X gathered and said": who opens the sentence, where the verb of saying is joined to another."""
    n = i - 1
    while n > floor and (line.low(n) in line.pack.words["particles"] or line.low(n) in line.pack.auxiliaries):
        n -= 1
    if line.low(n) not in line.pack.words["coordinators"]:
        return None
    first = next((c for c in line.chunks if c.first >= floor and c.kind not in ("day", "number")), None)
    if first is None or first.last >= n or first.first - floor > 3 or first.kind not in _SAYERS:
        return None
    if _governed(line, first, floor):
        return None
    return replace(_from_chunk(line, first, floor), first=i, last=i + 1)


def _before_relative(line: Line, i: int, floor: int) -> int:
    """Where to look for the subject: right before the verb, or before ", who chairs the alliance," that ends there."""
    if line.low(i - 1) == ",":
        for n in range(i - 2, max(floor, i - 20), -1):
            if line.low(n) in line.pack.words["relatives"] and line.low(n - 1) == ",":
                return n - 2
            if line.low(n) in (";", ":"):
                break
    return i - 1


def _reduced(line: Line, n: int) -> bool:
    """ "residents reached by telephone said", "fighters on both sides said": a participle after its noun, a noun."""
    before = line.low(n - 1)
    if before in line.pack.words["determiners"] | line.pack.words["adjectives"]:
        return True
    tags = {tag for t, _ in line.pack.verbs.get(line.low(n), ()) for tag in t}
    noun = line.chunk_at(n - 1) is not None or speaker_noun(line, n - 1) != ""
    return noun and "pp" in tags and line.low(n + 1) in line.pack.words["prepositions"] | line.pack.words["by"]


def _proper(line: Line, n: int, small: frozenset[str]) -> bool:
    """A capitalised word right before its verb that is nothing else: a firm or a paper outside the case."""
    low = line.low(n)
    other = (
        small
        | line.pack.words["nobody_words"]
        | line.pack.words["conjunctions"]
        | line.pack.words["prepositions"]
        | line.pack.words["determiners"]
    )
    known = line.pack.toll_nouns.at(line.tokens, n) or line.pack.nouns.at(line.tokens, n)
    return line.tokens[n].is_capital and low not in other and known is None


def following_sayer(line: Line, i: int, opener: str) -> Sayer | None:
    """The speaker that begins at token i ("according to X", "said X", "selon X")."""
    if opener in ("source", "sources"):
        end = i
        while end < len(line.tokens) and line.low(end) in line.pack.words["adjectives"]:
            end += 1
        return Sayer(UNNAMED, (), "unnamed", i - 1, end)
    if opener and line.low(i) in line.pack.words["relatives"]:
        return Sayer(UNNAMED, (), "unnamed", i, i + 1)  # "according to which"
    if opener and line.low(i) in line.pack.words["pronouns"] | line.pack.words["oblique"]:
        return Sayer("", (), "pronoun", i, i + 1, pronoun=line.low(i))
    some = one_of(line, i)
    found = Sayer(UNNAMED, (), "unnamed", i, some) if some else _known_sayer(line, i)
    return found or (_unknown_body(line, i) if opener else None)


def following_name(line: Line, i: int) -> Sayer | None:
    """A proper name that nothing knows, right after a verb of saying (", avance Yeclo")."""
    end = i
    while end < min(i + 4, len(line.tokens)) and line.tokens[end].is_capital and line.chunk_at(end) is None:
        end += 1
    ends = end == len(line.tokens) or not line.tokens[end].is_word or line.low(end) in line.pack.words["prepositions"]
    return Sayer(words_of(line, i, end), (), "named", i, end) if end > i and ends else None


def _unknown_body(line: Line, i: int) -> Sayer | None:
    """ "according to the monitoring service X": words up to the next mark, where one is a proper name."""
    end = i
    while (
        end < min(i + 8, len(line.tokens))
        and line.tokens[end].is_word
        and line.low(end) not in line.pack.auxiliaries
        and line.low(end) not in line.pack.words["subordinators"]
    ):
        end += 1
    if end == i or line.low(i) in line.pack.words["pronouns"]:
        return None
    return Sayer(words_of(line, i, end), (), "named", i, end)


def noun_sayer(line: Line, first: int, last: int) -> Sayer | None:
    """The speaker whose noun stands in tokens [first, last), whatever describes it ("a diplomatic source")."""
    for n in range(first, last):
        found = line.pack.speakers.at(line.tokens, n)
        if found and found.last <= last:
            return _from_noun(line, first, found.last, found.value)
    return None


def _known_sayer(line: Line, i: int) -> Sayer | None:
    for n in range(i, min(i + 7, len(line.tokens))):
        chunk = line.chunk_at(n)
        voice = line.pack.speakers.at(line.tokens, n)
        if voice and (chunk is None or chunk.kind == "asset" or (chunk.kind == "group" and voice.value == "unnamed")):
            person = apposed(line, voice.last)
            if person and voice.value == "named":
                return _from_chunk(line, person, i)
            end = of_phrase(line, voice.last)
            return Sayer(words_of(line, i, end), (), voice.value, i, end)
        if chunk and chunk.kind in _SAYERS:
            unnamed = _unnamed_noun(line, chunk)
            if unnamed:
                return Sayer(words_of(line, i, unnamed), (), "unnamed", i, unnamed)
            nxt = apposed(line, chunk.last)
            if chunk.group == "official" and nxt:
                return _from_chunk(line, nxt, i)
            return _from_chunk(line, chunk, i)
        small = line.pack.words["determiners"] | line.pack.words["adjectives"] | line.pack.words["of"]
        if not (
            line.low(n) in small or (chunk and chunk.kind in ("number", "place", "asset")) or line.tokens[n].is_capital
        ):
            return None
    return None


def _unnamed_noun(line: Line, chunk: Chunk) -> int:
    """The end of a source that a party or its people only describe ("military sources", "source militaire"), else 0."""
    at = chunk.last
    while line.low(at) in line.pack.words["adjectives"]:
        at += 1
    after = line.pack.speakers.at(line.tokens, at) if at < len(line.tokens) and line.pack.language == "en" else None
    if after and after.value == "unnamed" and chunk.kind in ("group", "actor"):
        return after.last
    before = line.low(chunk.first) not in line.pack.words["determiners"] and speaker_noun(line, chunk.first - 1)
    return chunk.last if before == "unnamed" and chunk.kind == "group" else 0


def _from_chunk(line: Line, chunk: Chunk, floor: int) -> Sayer:
    first = listed_from(line, _start(line, chunk, floor), floor)
    unnamed = _unnamed_noun(line, chunk)
    if unnamed:
        return Sayer(words_of(line, first, unnamed), (), "unnamed", first, unnamed)
    if (
        chunk.group in ("government", "official")
        and {line.low(n) for n in range(first, chunk.last)} & line.pack.words["local"]
    ):
        voice = "unnamed" if somebody(line, first, chunk) else "named"
        return Sayer(words_of(line, first, chunk.last), (), voice, first, chunk.last, chunk=chunk)  # no government's
    if chunk.kind in ("country", "capital"):
        return Sayer(chunk.actor_label, chunk.acting, "named", first, chunk.last, "government", chunk=chunk)
    voice = speaker_noun(line, chunk.last - 1)
    if chunk.kind == "group" and chunk.group == "anaphor":
        return Sayer("", (), "pronoun", first, chunk.last, pronoun="group", chunk=chunk)
    if (chunk.kind == "group" and chunk.group in _UNNAMED_GROUPS) or voice == "unnamed":
        return Sayer(words_of(line, first, chunk.last), (), "unnamed", first, chunk.last, chunk.group, chunk=chunk)
    if chunk.kind == "group" and chunk.group in ("official", "people", "worker"):
        named = line.chunk_at(chunk.first - 2) if line.low(chunk.first - 1) == "," else None
        if named and "person" in named.classes and chunk.group == "official":
            return Sayer(_name(line, named), named.ids, "named", named.first, chunk.last, chunk.group, chunk=named)
        whose = _spoken_for(line, chunk) if chunk.group == "official" else None
        if whose:
            return Sayer(whose.label, whose.ids, "named", first, whose.last, whose.group, chunk=whose)
        person = apposed(line, chunk.last)
        if person and chunk.group == "official":
            return Sayer(_name(line, person), person.ids, "named", first, person.last, chunk.group, chunk=person)
        if somebody(line, first, chunk):
            return Sayer(words_of(line, first, chunk.last), (), "unnamed", first, chunk.last, chunk.group, chunk=chunk)
        rules = {line.low(n) for n in range(first, chunk.last)} & line.pack.words["ruling"]
        group = "government" if rules and chunk.group == "official" else chunk.group
        return Sayer(words_of(line, first, chunk.last), (), "named", first, chunk.last, group, chunk=chunk)
    if chunk.kind == "person":
        house = _house(line, first, chunk.first)
        if house:
            return Sayer(house.label, house.ids, "named", first, chunk.last, chunk=house)
        return Sayer(_name(line, chunk), (), "named", first, chunk.last, _party_of(line, first, chunk), chunk=chunk)
    if "person" in chunk.classes:
        return Sayer(chunk.label, chunk.ids, "named", first, chunk.last, _party_of(line, first, chunk), chunk=chunk)
    name = chunk.label or words_of(line, first, chunk.last)
    return Sayer(name, chunk.ids, "named", first, chunk.last, chunk.group, chunk=chunk)


def _from_noun(line: Line, first: int, last: int, voice: str) -> Sayer:
    inner = next((c for c in line.chunks if first <= c.first and c.last <= last and _is_house(c)), None)
    if inner and (voice == "named" or line.low(last - 1) in line.pack.words["writings"]):
        return Sayer(inner.label, inner.ids, "named", first, last, inner.group, chunk=inner)
    return Sayer(words_of(line, first, last), (), voice, first, last)


def _is_house(chunk: Chunk) -> bool:
    """Whether a chunk is a party whose statement or spokesman may speak: an actor, a government or force with an id."""
    if chunk.kind == "group":
        return bool(chunk.ids) and chunk.group in _SIDES
    return chunk.kind == "actor" and "person" not in chunk.classes


def _spoken_for(line: Line, chunk: Chunk) -> Chunk | None:
    """ "a spokesman for the army": the party that speaks so, where no name of a person follows."""
    end = of_phrase(line, chunk.last)
    whose = line.chunk_at(end - 1) if end > chunk.last else None
    speaks = line.low(chunk.last - 1) in line.pack.words["spokesmen"]
    return whose if whose and speaks and _is_house(whose) and not apposed(line, end) else None


def _start(line: Line, chunk: Chunk, floor: int) -> int:
    """Where the speaker's words begin: "a French military spokesman, Col. X", "the minister of defence X"."""
    n = chunk.first - 1
    titles = line.pack.words["titles"]
    while n > floor and (line.low(n) in titles or (line.low(n) == "." and line.low(n - 1) in titles)):
        n -= 1
    if line.low(n) == "," and n - 1 >= floor and (chunk.kind == "person" or "person" in chunk.classes):
        before = line.chunk_at(n - 1)
        if (before and before.kind in ("group", "actor")) or speaker_noun(line, n - 1):
            return phrase_start(line, n - 1, floor) if before is None else before.first
    before = line.chunk_at(n)
    if n + 1 < chunk.first and before and before.kind in ("actor", "group", "country") and n >= floor:
        return before.first  # "French military spokesman Col. X"
    if line.low(n) in line.pack.words["of"]:
        return phrase_start(line, n, floor)
    return to_article(line, n + 1, floor) if chunk.group in _OFFICES else n + 1


def _party_of(line: Line, first: int, person: Chunk) -> str:
    """The class of those for whom a person speaks, where the words beside the name say so: "rebel leader X", "a
    spokesman for the attackers, X", "the defence minister, X"."""
    near = [c for c in line.chunks if first - 1 <= c.first < person.last + 3 and c.kind == "group"]
    titles = {line.low(n) for n in range(max(0, first - 2), person.last)}
    if titles & line.pack.words["ruling"]:
        return "government"
    return next((c.group for c in near if c.group in _SIDES), "")


_SIDES = frozenset({"rebel", "jihadist", "attacker", "militant", "state_force", "government", "junta", "militia"})


def _house(line: Line, first: int, last: int) -> Chunk | None:
    """The party whose spokesman or officer a person is, where the words before the name say so."""
    near = [c for c in line.chunks if first <= c.first < last and "person" not in c.classes]
    speaks = {line.low(n) for n in range(first, last)} & line.pack.words["spokesmen"]
    return next((c for c in near if c.kind == "actor" or (speaks and _is_house(c))), None)


def _name(line: Line, chunk: Chunk) -> str:
    if chunk.ids:
        return chunk.label
    first = chunk.first
    while first < chunk.last - 1 and (line.low(first) in line.pack.words["titles"] or line.low(first) == "."):
        first += 1
    return words_of(line, first, chunk.last)


def _governed(line: Line, chunk: Chunk, floor: int) -> bool:
    return _governed_at(line, chunk.first, floor)


def _governed_at(line: Line, first: int, floor: int) -> bool:
    low = line.low(first)
    if low in line.pack.words["prepositions"] and low not in ("des", "de", "du", "d'"):
        return True
    n = first - 1
    skip = line.pack.words["adjectives"] | line.pack.words["determiners"] - line.pack.words["of"]
    while n >= floor and line.chunk_at(n) is None and line.low(n) in skip:
        n -= 1
    if (
        n >= floor
        and line.pack.language == "fr"
        and line.low(n) in line.pack.words["of"]
        and is_article(line, n, floor)
    ):
        return False
    return n >= floor and line.low(n) in line.pack.words["prepositions"]


def _whole_speaker(line: Line, chunk: Chunk) -> bool:
    """ "a spokesman for X said", "un porte-parole du X a dit": X speaks by its spokesman; "a source in X" does not."""
    if chunk.kind == "capital":
        return False  # "a site of Bamako"
    n = chunk.first - 1 if line.low(chunk.first) not in line.pack.words["of"] else chunk.first
    while line.low(n) in line.pack.words["determiners"] - line.pack.words["of"]:
        n -= 1
    if line.low(n) not in line.pack.words["of"] | {"for", "to"}:
        return False
    while line.low(n) in line.pack.words["determiners"] | line.pack.words["of"] | {"for", "to"}:
        n -= 1
    return speaker_noun(line, n) == "named" or ((c := line.chunk_at(n)) is not None and c.group == "official")


def _antecedent(line: Line, chunk: Chunk, i: int) -> bool:
    """ "by X, who says": the relative pronoun right after X makes it the subject."""
    n = chunk.last + (line.low(chunk.last) == ",")
    return line.low(n) in line.pack.words["relatives"] and n < i <= n + 4


def _in_relative(line: Line, n: int) -> bool:
    """Whether a verb passed over on the way to the subject stands in a relative clause ("X, who leads Y, said")."""
    return any(line.low(k) in line.pack.words["relatives"] for k in range(max(0, n - 6), n))
