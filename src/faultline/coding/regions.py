"""Turns "the north", "le nord du Mali", "around the country" and "the capital" into places. Invariant: a part of a
country keeps the country's candidates; without a country it is one of the case's first country."""

from collections.abc import Sequence
from dataclasses import replace

from faultline.coding.known import Known
from faultline.coding.lexicon import Pack, load_pack
from faultline.coding.line import Chunk
from faultline.coding.tokens import Token, tokenize

_LANDS = frozenset({"country", "capital"})
_REGION = frozenset({"place", "region"})


def with_regions(chunks: Sequence[Chunk], tokens: Sequence[Token], pack: Pack, known: Known) -> list[Chunk]:
    """The chunks, in order, with parts of countries, the country and the capital as places of their own."""
    found: list[Chunk] = []
    for n, token in enumerate(tokens):
        chunk = None
        if token.low in pack.names["directions"]:
            chunk = _region(n, chunks, tokens, pack, known)
        elif token.low in pack.words["country_words"] | pack.words["capital_words"]:
            chunk = _home(n, tokens, pack, known)
        if chunk and not (found and chunk.first < found[-1].last):
            found.append(chunk)
    taken = {n for c in found for n in range(c.first, c.last)}
    kept = [c for c in chunks if not any(n in taken for n in range(c.first, c.last))]
    return sorted([*kept, *found], key=lambda c: c.first)


def region_name(text: str, known: Known) -> str:
    """The English name of a part of a country ("le nord du Mali": northern Mali) or of "the country"; "" for any other
    text."""
    tokens = tokenize(text)
    for language in ("en", "fr"):
        pack = load_pack(language)
        directions, lands = pack.names["directions"], pack.words["country_words"]
        parts = [directions[t.low] for t in tokens if t.low in directions]
        small = pack.words["of"] | pack.words["determiners"] | pack.words["place_prepositions"] | lands
        rest = [t.text for t in tokens if t.low not in small and t.low not in directions]
        code = known.land(" ".join(rest)) if rest else known.home
        if parts and code:
            return f"{_joined(parts)} {known.land_label(code)}"
        if not parts and not rest and any(t.low in lands for t in tokens):
            return known.land_label(known.home)
    return ""


def _joined(parts: Sequence[str]) -> str:
    """ "northern" and "eastern": north-eastern."""
    return "-".join([*(part.removesuffix("ern") for part in parts[:-1]), parts[-1]])


def _region(n: int, chunks: Sequence[Chunk], tokens: Sequence[Token], pack: Pack, known: Known) -> Chunk | None:
    """The region that a word of direction at n begins: "northern Mali", "north of the country", "le Nord"."""
    before = tokens[n - 1].low if n else ""
    if before in pack.names["directions"]:
        return None
    at = _past(n + 1, tokens, frozenset(pack.names["directions"]))
    end = _past(at, tokens, pack.words["of"] | pack.words["determiners"])
    land = next((c for c in chunks if c.first <= end < c.last and c.kind in _LANDS), None)
    adjective = tokens[n].low in pack.words["adjectives"]
    if land and land.kind == "country" and (end > at) != adjective:
        return replace(land, first=n, last=max(land.last, end + 1), kind="place", classes=_REGION)
    if end > at and end < len(tokens) and tokens[end].low in pack.words["country_words"]:
        return _of_home(n, end + 1, known)
    named = any(c.first <= n < c.last and c.kind in ("place", *_LANDS) for c in chunks)
    if end > at or adjective or named or before not in pack.words["definite"] | {"au", "du"}:
        return None
    return _of_home(n, at, known) if pack.language == "en" or tokens[n].is_capital else None


def _past(n: int, tokens: Sequence[Token], words: frozenset[str]) -> int:
    """The first token from n on that is none of the words."""
    while n < len(tokens) and tokens[n].low in words:
        n += 1
    return n


def _of_home(first: int, last: int, known: Known) -> Chunk:
    return Chunk(first, last, "place", known.land_label(known.home), classes=_REGION, country=known.home)


def _home(n: int, tokens: Sequence[Token], pack: Pack, known: Known) -> Chunk | None:
    """ "around the country", "dans la capitale": the case's first country or its capital, after a word of place."""
    words, after = pack.words, tokens[n + 1] if n + 1 < len(tokens) else None
    placed = n > 1 and tokens[n - 1].low in words["definite"] and tokens[n - 2].low in words["place_prepositions"]
    more = after is not None and (after.is_capital or after.low in words["of"] | words["adjectives"] | {"'"})
    if not placed or more:
        return None
    if tokens[n].low in words["country_words"] and known.home:
        return _of_home(n - 1, n + 1, known)
    if tokens[n].low in words["capital_words"] and known.capital in known.places and (not after or after.low != ","):
        label = known.places[known.capital].name
        return Chunk(n - 1, n + 1, "place", label, (known.capital,), frozenset({"place"}))
    return None
