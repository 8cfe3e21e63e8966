"""Turns a noun of a speaker into the words that belong to it: article, adjectives, whom it speaks for, a name beside
it. Invariant: tokens in, tokens out; nothing here decides who speaks."""

from faultline.coding.line import Chunk, Line


def capitals(line: Line, n: int, floor: int) -> int:
    """Where the capitalised words that end at token n begin."""
    first = n
    while first > floor and line.chunk_at(first - 1) is None and line.tokens[first - 1].is_capital:
        first -= 1
    return first


def joins_names(line: Line, n: int) -> bool:
    """ "published on X and Facebook, claims": the conjunction stands between two names."""
    return 0 < n < len(line.tokens) - 1 and line.tokens[n - 1].is_capital and line.tokens[n + 1].is_capital


def speaker_noun(line: Line, n: int) -> str:
    """named or unnamed where a noun of the pack's speakers ends at token n, else ""."""
    for i in (n - 2, n - 1, n):
        if i >= 0:
            found = line.pack.speakers.at(line.tokens, i)
            if found and found.last == n + 1:
                return found.value
    return ""


def phrase_start(line: Line, n: int, floor: int) -> int:
    """Where the noun phrase that ends at token n begins."""
    first = n
    small = (
        line.pack.words["adjectives"]
        | line.pack.words["determiners"]
        | line.pack.words["of"]
        | line.pack.words["titles"]
    )
    while first - 1 >= floor and first > n - 7:
        chunk = line.chunk_at(first - 1)
        if not (
            line.low(first - 1) in small
            or (chunk is not None and chunk.kind not in ("day", "number"))
            or speaker_noun(line, first - 1)
        ):
            break
        first = chunk.first if chunk else first - 1
    number = line.chunk_at(first - 1) if first > floor else None
    if number and number.kind == "number":
        return number.first  # "two security sources"
    return first if line.low(first) in line.pack.words["determiners"] else to_article(line, first, floor)


def to_article(line: Line, first: int, floor: int) -> int:
    """ "a machine-written digest", ", military and diplomatic sources": unknown words before the noun belong to it,
    back to an article or a comma."""
    for n in range(first - 1, max(floor - 1, first - 5), -1):
        low = line.low(n)
        if low in ("a", "an", "the", "un", "une", "le", "la", "l'"):
            return n
        if low == "," and n + 1 < first:
            return n + 1
        if (
            (line.at[n] >= 0 and line.chunks[line.at[n]].kind not in ("group", "asset"))
            or low in line.pack.words["prepositions"]
            or low in line.pack.auxiliaries
            or low in line.pack.verbs
            or not low[:1].isalpha()
        ):
            break
    return first


def of_phrase(line: Line, n: int) -> int:
    """Past "of X", "for X", "de la région" after a speaker's noun."""
    if line.low(n) in line.pack.words["of"] | {"for"}:
        at = n + 1
        while line.low(at) in line.pack.words["determiners"] | line.pack.words["adjectives"]:
            at += 1
        chunk = line.chunk_at(at)
        return chunk.last if chunk and chunk.kind not in ("number", "day") else n
    while n < len(line.tokens) and line.low(n) in line.pack.words["adjectives"]:
        n += 1
    return n


def somebody(line: Line, first: int, chunk: Chunk) -> bool:
    """ "a local official", "un élu": one of whom the words say only what he is, not who."""
    one = {line.low(first), line.low(chunk.first)} & line.pack.words["singular"]
    return bool(one) and (chunk.quantity is None or chunk.quantity.best == 1) and apposed(line, chunk.last) is None


def apposed(line: Line, n: int) -> Chunk | None:
    """ "the minister of defence, X": the person named beside the office."""
    small = (
        line.pack.words["of"]
        | line.pack.words["determiners"]
        | line.pack.words["adjectives"]
        | line.pack.words["titles"]
        | {","}
    )
    for k in range(n, min(n + 6, len(line.tokens))):
        chunk = line.chunk_at(k)
        if chunk and (chunk.kind == "person" or "person" in chunk.classes):
            return chunk
        if not (
            line.low(k) in small or line.tokens[k].is_capital or (chunk and chunk.kind in ("group", "country", "place"))
        ):
            return None
    return None


def listed_from(line: Line, first: int, floor: int) -> int:
    """ "X and Y said", "rebel and military sources said": the list begins with X."""
    if line.low(first - 1) not in line.pack.words["coordinators"] or first - 2 < floor:
        return first
    before = line.chunk_at(first - 2)
    while before and before.kind in ("place", "asset") and before.first - 2 > floor:
        before = line.chunk_at(before.first - 2)  # "officials in the town and a resident said"
    if before and before.kind in ("actor", "group", "country", "capital", "person"):
        return to_article(line, before.first, floor)
    if line.low(first - 2) in line.pack.words["adjectives"] or speaker_noun(line, first - 2):
        return phrase_start(line, first - 2, floor)
    return first


def words_of(line: Line, first: int, last: int) -> str:
    """Tokens [first, last) as text, without the articles before them; hyphens stay."""
    while first < last and line.low(first) in line.pack.words["determiners"]:
        first += 1
    out, end = "", 0
    for token in line.tokens[first:last]:
        out += ("-" if token.joined and out else " " if out and token.start > end else "") + token.text
        end = token.end
    return out


def alone_at(line: Line, n: int) -> bool:
    """Whether "others", "another" or "certains" stands at token n with nobody beside it: ", another said"."""
    first = n - (line.low(n - 1) in line.pack.words["determiners"])
    return line.low(n) in line.pack.words["alone"] and line.low(first - 1) in (",", ";", "«", "“", '"', "")


def one_of(line: Line, i: int) -> int:
    """Past "one of them", "l'un des habitants", "another"; 0 where nobody is singled out."""
    at = i + (line.low(i) in ("l'", "d'"))
    if line.low(at) not in line.pack.words["singled"] or (
        line.at[at] >= 0 and line.chunks[line.at[at]].kind != "number"
    ):
        return 0
    n = at + 1 + (line.low(at + 1) in line.pack.words["alone"])
    if line.low(n) not in line.pack.words["of"] | {"entre", "parmi", "among"}:
        return (
            n if n == len(line.tokens) or not line.tokens[n].is_word or line.low(at) in line.pack.words["alone"] else 0
        )
    while n < at + 5 and line.low(n) in line.pack.words["of"] | line.pack.words["determiners"] | {
        "entre",
        "parmi",
        "among",
    }:
        n += 1
    chunk = line.chunk_at(n)
    return chunk.last if chunk else n + 1


def them_of(line: Line, n: int) -> bool:
    """ "one of them said": the pronoun of those of whom one speaks."""
    return line.low(n) in line.pack.words["of_them"] and any(
        line.low(k) in line.pack.words["singled"] for k in range(max(0, n - 3), n)
    )
