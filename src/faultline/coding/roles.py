"""Turns a verb or noun of a line into who did it, to whom, where and when. Invariant: a role is filled from the words
of its clause, or from the sentence with the rule named; never by guess."""

from collections.abc import Sequence
from dataclasses import dataclass

from faultline.coding.line import Chunk, Line
from faultline.coding.verbs import VerbGroup

ENTITY = frozenset({"actor", "group", "person", "country", "capital"})
OBJECT = ENTITY | {"asset", "place", "number"}


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens [first, last) between boundaries; `relative` where a relative pronoun opens it."""

    first: int
    last: int
    relative: bool = False
    opener: str = ""


def clauses(line: Line, groups: Sequence[VerbGroup], speech: Sequence[tuple[int, int]]) -> list[Clause]:
    """Clauses of the line. `speech` holds the stretches of speaker and reporting verb, clauses of their own."""
    starts = {0: ""}
    for first, last in speech:
        starts[first] = "said"
        if last < len(line.tokens):
            starts[last] = "content"
    verbs = [g.head for g in groups] + [first for first, _ in speech]
    heads = sorted({g.first for g in groups if g.mood in ("finite", "perfect")} | {first for first, _ in speech})
    for i in range(1, len(line.tokens)):
        low = line.low(i)
        if (line.at[i] >= 0 and line.chunks[line.at[i]].first != i) or (speech and any(a < i < b for a, b in speech)):
            continue
        if low in (";", ":", "—", "–") or (low in "()" and not _short_bracket(line, i)):
            starts[i + 1] = low
        elif low in line.pack.words["subordinators"] and _verb_after(heads, i, line):
            starts[i] = low
        elif low in line.pack.words["sequence"] and i > 2 and any(0 < g.first - i <= 2 for g in groups):
            starts[i] = low  # "before leaving", "avant de prendre"
        elif low in line.pack.words["coordinators"] and _opens_clause(line, i + 1, heads):
            if line.low(i - 1) == "," or any(max(starts) <= h < i for h in verbs):
                starts[i + 1] = low
        elif low == "," and _comma_opens(line, i, heads):
            starts[i + 1] = ","
    cuts = sorted(starts)
    ends = [*cuts[1:], len(line.tokens)]
    return [
        Clause(a, b, starts[a] in line.pack.words["relatives"], starts[a])
        for a, b in zip(cuts, ends, strict=True)
        if b > a
    ]


def _short_bracket(line: Line, i: int) -> bool:
    """ "(FLA)": an abbreviation or a number beside its name opens no clause."""
    near = [n for n in range(max(0, i - 4), min(len(line.tokens), i + 5)) if line.low(n) in "()"]
    return any(0 < abs(n - i) <= 4 and line.low(n) != line.low(i) for n in near)


def clause_of(found: Sequence[Clause], i: int) -> Clause:
    """The clause that holds token i."""
    return next((c for c in found if c.first <= i < c.last), found[-1])


def subject_of(line: Line, group: VerbGroup, found: Sequence[Clause]) -> tuple[list[Chunk], str]:
    """The subject's chunks and the rule that found them."""
    clause = clause_of(found, group.head)
    parsed = _parsed_subject(line, group, found)
    if parsed:
        return parsed, "subject by the parse"
    chunk = _last_free(line, clause.first, group.first)
    if chunk:
        return _listed_back(line, chunk, clause.first), "before its verb"
    if clause.relative and line.low(clause.first - 1) in line.pack.words["those"]:
        return [], ""
    own = _pronoun(line, clause.first + 1, group.first) if clause.relative else ""
    if own:
        return [], f"pronoun {own}"  # "which it had failed to take"
    if clause.relative:
        chunk = _nearest_before(line, clause.first)
        return ([chunk], "antecedent of the relative") if chunk else ([], "")
    pronoun = _pronoun(line, clause.first, group.first)
    if pronoun:
        return [], f"pronoun {pronoun}"
    if group.mood in ("gerund", "perfect") and clause.first == 0:
        return _following(line, group, found)
    if clause.first > 0 and (
        group.mood in ("gerund", "participle")
        or clause.opener in line.pack.words["coordinators"] | line.pack.words["sequence"]
        or clause.opener in (",", "said")
        or (clause.opener == "content" and group.mood == "perfect")
    ):
        return _shared(line, clause, found)
    return [], ""


GROUND = frozenset({"place", "capital"})


def objects_of(line: Line, group: VerbGroup, clause_end: int) -> list[Chunk]:
    """The chunks of the direct object: what follows the verb with nothing but small words between."""
    parsed = _parsed_object(line, group)
    if parsed:
        return parsed
    apart = next((c for c in line.chunks if group.head < c.first and c.last < group.last and _apart(line, c)), None)
    if apart:
        return listed(line, apart, group.last)
    n, steps = group.last, 0
    while n < clause_end and steps < 5:
        chunk = line.chunk_at(n)
        if chunk and chunk.kind in OBJECT:
            return listed(line, chunk, clause_end)
        if chunk and chunk.kind == "day":
            n = chunk.last
            continue
        low, beyond = line.low(n), line.chunk_at(n + 1)
        if chunk is None and low in line.pack.words["place_prepositions"] and beyond and beyond.kind in GROUND:
            if line.low(beyond.last) not in line.pack.words["determiners"]:
                return []
            n = beyond.last  # "a reçu à X le chef du Y"
            continue
        if low in (line.pack.words["prepositions"] | line.pack.words["that"]) - {"de", "du", "des", "d'"}:
            return []
        if low in (",", ";", "."):
            return []
        n, steps = n + 1, steps + 1
    return []


def antecedent_object(line: Line, group: VerbGroup, clause: Clause, rule: str) -> list[Chunk]:
    """Whom or what an object relative says it of: "the town that rebels took", "des soldats que X a tués"."""
    opens = line.low(clause.first) in line.pack.words["object_relatives"]
    if not clause.relative or not opens or group.voice == "passive" or not rule or rule.startswith("antecedent"):
        return []
    chunk = line.chunk_at(clause.first - 1 - (line.low(clause.first - 1) == ","))
    return [chunk] if chunk is not None and chunk.kind in OBJECT else []


def object_pronoun(line: Line, group: VerbGroup) -> str:
    """The pronoun that is the object of a verb, "" where there is none."""
    words = line.pack.words["object_pronouns"]
    if line.pack.language == "en":
        return line.low(group.last) if line.low(group.last) in words else ""
    return next((line.low(n) for n in range(group.first, group.head) if line.low(n) in words), "")


def _apart(line: Line, chunk: Chunk) -> bool:
    """ "took the traders hostage": the object between a verb and what belongs to it."""
    life = line.low(chunk.last - 1) in line.pack.words["counted_words"]  # "coûter la vie à six soldats"
    whose = line.chunk_at(chunk.last + 1) if line.low(chunk.last) in line.pack.words["of"] else None
    after = whose.last if whose else chunk.last
    number = line.chunk_at(after)
    after = number.last if number and number.kind == "number" else after + line.low(after).isdigit()  # "them 48 hours"
    return chunk.kind in OBJECT - {"number"} and line.low(after) in line.pack.words["apart"] and not life


def _parsed_subject(line: Line, group: VerbGroup, found: Sequence[Clause]) -> list[Chunk]:
    token = line.syntax.subject(group.head) if line.syntax else -1
    chunk = line.chunk_at(token) if token >= 0 else None
    if chunk is None or chunk.kind not in OBJECT or _backs(line, chunk):
        return []
    if (own := clause_of(found, chunk.first)) != clause_of(found, group.head) and _aside(line, own):
        return []
    told = group.voice == "active" and group.mood == "finite" and not clause_of(found, group.head).relative
    if told and chunk.first >= group.last and not any(line.low(n) == "," for n in range(group.last, chunk.first)):
        return []  # what stands behind its verb undergoes it, but for "la ville qu'ont prise les rebelles"
    if chunk.last > group.first:
        return [chunk]
    joined = any(line.low(n) in line.pack.words["coordinators"] for n in (chunk.first - 1, chunk.first - 2))
    before = _listed_back(line, chunk, clause_of(found, chunk.first).first)[:-1] if joined else []
    return [*before, *listed(line, chunk, group.first)]


def _backs(line: Line, chunk: Chunk) -> bool:
    """ "soldiers backed by X fought": X, before the verb, only helps who is its subject."""
    by = chunk.first - (line.low(chunk.first) not in line.pack.words["by"])
    return line.low(by) in line.pack.words["by"] and line.low(by - 1) in line.pack.words["backed"]


def _parsed_object(line: Line, group: VerbGroup) -> list[Chunk]:
    token = line.syntax.object(group.head) if line.syntax else -1
    chunk = line.chunk_at(token) if token >= group.last else None
    return listed(line, chunk, len(line.tokens)) if chunk is not None and chunk.kind in OBJECT else []


def agents_of(line: Line, group: VerbGroup) -> list[Chunk]:
    """The chunks that the parse makes the agent of a passive."""
    token = line.syntax.agent(group.head) if line.syntax else -1
    chunk = line.chunk_at(token) if token > group.head else None
    return listed(line, chunk, len(line.tokens)) if chunk is not None and chunk.kind in ENTITY else []


def after_preposition(line: Line, first: int, last: int, words: frozenset[str], kinds: frozenset[str]) -> list[Chunk]:
    """Chunks of the given kinds that follow one of the prepositions within [first, last)."""
    for n in range(first, last):
        if line.low(n) in words and line.at[n] < 0:
            at = n + 1
            while at < last and at - n <= _BEFORE_NOUN and line.chunk_at(at) is None and _modifier(line, at):
                at += 1
            chunk = line.chunk_at(at) if at < last else None
            if chunk and chunk.kind in kinds:
                return listed(line, chunk, last)
        elif line.at[n] >= 0 and line.low(n) in words and line.chunks[line.at[n]].first == n:
            chunk = line.chunks[line.at[n]]
            if chunk.kind in kinds:
                return listed(line, chunk, last)
    return []


_BEFORE_NOUN = 4  # words between a preposition and its noun


def _modifier(line: Line, n: int) -> bool:
    """An article, an adjective, or a part of a compound ("stone-throwing")."""
    small = line.pack.words["determiners"] | line.pack.words["adjectives"]
    joined = n + 1 < len(line.tokens) and line.tokens[n + 1].joined
    return line.low(n) in small or line.tokens[n].joined or joined


def _verb_after(heads: Sequence[int], i: int, line: Line) -> bool:
    return any(i < h <= i + 25 for h in heads) or any(
        line.low(n) in line.pack.auxiliaries for n in range(i + 1, min(i + 12, len(line.tokens)))
    )


def _opens_clause(line: Line, i: int, heads: Sequence[int]) -> bool:
    """After "and": a verb at once, or a noun group and then a verb before the next mark."""
    n = i
    while n < len(line.tokens) and n - i < 6 and line.low(n) in line.pack.words["particles"] and line.at[n] < 0:
        n += 1
    if n in heads or any(h == n for h in heads):
        return True
    chunk = line.chunk_at(n)
    if chunk is None and line.low(n) in line.pack.words["determiners"]:
        chunk = line.chunk_at(n + 1)
    if chunk is None or chunk.kind not in OBJECT:
        return line.low(n) in line.pack.words["pronouns"]
    return any(chunk.last <= h <= chunk.last + 2 for h in heads)


def _comma_opens(line: Line, i: int, heads: Sequence[int]) -> bool:
    return _opens_clause(line, i + 1, heads)


def _last_free(line: Line, first: int, last: int) -> Chunk | None:
    """The last chunk before a verb that no preposition governs; else none."""
    for chunk in reversed(line.chunks):
        if chunk.last > last or chunk.first < first or chunk.kind not in OBJECT:
            continue
        if not _governed(line, chunk, first):
            return chunk
    return None


def _governed(line: Line, chunk: Chunk, floor: int) -> bool:
    """Whether a preposition governs the chunk; "des", "du", "de" may be articles, after a verb or at a beginning."""
    n = chunk.first
    counted = chunk.quantity is not None and chunk.quantity.first == n
    if counted or line.low(n) not in line.pack.words["prepositions"]:
        n -= 1
        skip = line.pack.words["adjectives"] | line.pack.words["determiners"] - line.pack.words["of"]
        while n >= floor and line.chunk_at(n) is None and line.low(n) in skip:
            n -= 1
    if line.low(n) in line.pack.words["coordinators"] and chunk.kind in ("place", "capital", "country"):
        before = line.chunk_at(n - 1)
        return before is not None and before.kind in ("place", "capital") and _governed(line, before, floor)
    if n < floor or line.low(n) not in line.pack.words["prepositions"]:
        return False
    return not (line.pack.language == "fr" and line.low(n) in line.pack.words["of"] and is_article(line, n, floor))


def is_article(line: Line, n: int, floor: int) -> bool:
    """Whether French "des", "du", "de" at n is an article: at a beginning, after a verb or a small word."""
    before = line.low(n - 1)
    small = (
        line.pack.words["coordinators"]
        | line.pack.words["subordinators"]
        | line.pack.words["prepositions"]
        | line.pack.auxiliaries.keys()
    )
    if n <= floor or not before[:1].isalpha() or before in small:
        return True
    return before in line.pack.verbs and line.chunk_at(n - 1) is None and line.pack.nouns.at(line.tokens, n - 1) is None


def _nearest_before(line: Line, at: int) -> Chunk | None:
    found = [c for c in line.chunks if c.last <= at and c.kind in OBJECT]
    return found[-1] if found and at - found[-1].last <= 6 else None


def _pronoun(line: Line, first: int, last: int) -> str:
    for n in range(first, last):
        if line.low(n) in line.pack.words["pronouns"]:
            return line.low(n)
    return ""


def _following(line: Line, group: VerbGroup, found: Sequence[Clause]) -> tuple[list[Chunk], str]:
    """ "Having taken the town, the rebels ...", "Après avoir occupé X, le Y a ...": who acts in what follows."""
    comma = next((n for n in range(group.last, len(line.tokens)) if line.low(n) == ","), -1)
    chunk = next((c for c in line.chunks if c.first > comma and c.kind in OBJECT), None) if comma >= 0 else None
    if chunk is None or chunk.first - comma > 4 or _governed(line, chunk, comma):
        return [], ""
    return listed(line, chunk, len(line.tokens)), "subject of what follows"


def _shared(line: Line, clause: Clause, found: Sequence[Clause]) -> tuple[list[Chunk], str]:
    for earlier in reversed([c for c in found if c.last <= clause.first and not (c.relative or _aside(line, c))]):
        chunk = next(
            (
                c
                for c in line.chunks
                if c.first >= earlier.first
                and c.last <= earlier.last
                and c.kind in OBJECT
                and not _governed(line, c, earlier.first)
            ),
            None,
        )
        if chunk:
            return listed(line, chunk, earlier.last), "shared subject"
    return [], ""


def _aside(line: Line, clause: Clause) -> bool:
    """ "L'attaque, que l'armée attribue à X, a fait": what is told of a noun between commas lends no subject."""
    return clause.opener in line.pack.words["object_relatives"] and line.low(clause.first - 1) == ","


def listed(line: Line, chunk: Chunk, end: int) -> list[Chunk]:
    """The chunk and those listed after it ("A, B and C")."""
    result = [chunk]
    for following in line.chunks:
        if following.first < result[-1].last or following.kind not in OBJECT or following.last > end:
            continue
        between = [line.low(n) for n in range(result[-1].last, following.first)]
        link = line.pack.words["coordinators"] | {",", "well", "as", "que", "qu'", "ainsi"}
        small = line.pack.words["determiners"] | line.pack.words["adjectives"] | line.pack.words["of"]
        if (
            not between
            or not all(w in link or w in small for w in between)
            or not any(w in link - {"que", "qu'", "as"} for w in between)
        ):
            break
        result.append(following)
    return result


def _listed_back(line: Line, chunk: Chunk, floor: int) -> list[Chunk]:
    result = [chunk]
    for earlier in reversed(line.chunks):
        if earlier.last > result[0].first or earlier.first < floor or earlier.kind not in OBJECT:
            continue
        between = [line.low(n) for n in range(earlier.last, result[0].first)]
        if (
            not between
            or not all(
                w in line.pack.words["coordinators"] or w == "," or w in line.pack.words["determiners"] for w in between
            )
            or not any(w in line.pack.words["coordinators"] or w == "," for w in between)
        ):
            break
        result.insert(0, earlier)
    return result


def without_apposition(line: Line, chunks: Sequence[Chunk]) -> list[Chunk]:
    """ "the defence minister, X", "X, chief of the army": one, and the name says who."""
    persons = [c for c in chunks if "person" in c.classes]

    def named(chunk: Chunk) -> bool:
        near = [p for p in persons if p.first == chunk.last + 1 or chunk.first == p.last + 1]
        comma = any(line.low(min(p.last, chunk.last)) == "," for p in near)
        return comma and chunk.group in ("official", "government", "worker") and chunk.quantity is None

    return [c for c in chunks if "person" in c.classes or not named(c)]
