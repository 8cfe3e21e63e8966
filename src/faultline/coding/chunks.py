"""Turns the tokens of a sentence into chunks: names, groups of people, places, days, things. Invariant: chunks are in
order and never overlap; a group that names no party stays unspecified, with what it may be as candidates only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from faultline.coding.counts import Quantity, find_quantities
from faultline.coding.days import find_days
from faultline.coding.known import Known
from faultline.coding.lands import of_other_lands
from faultline.coding.lexicon import Group, Pack
from faultline.coding.line import Chunk, Line, Setting
from faultline.coding.regions import with_regions
from faultline.coding.tokens import Token

PEOPLE = frozenset({"people", "armed", "party", "person"})


def read_line(tokens: tuple[Token, ...], pack: Pack, known: Known, setting: Setting) -> Line:
    """The chunks of a sentence."""
    taken = [False] * len(tokens)
    chunks: list[Chunk] = []
    for chunk in _named(tokens, known, setting, pack):
        _take(taken, chunk, chunks)
    for mark in find_days(tokens, pack, setting.published, setting.story):
        if not any(taken[mark.first : mark.last]):
            _take(taken, Chunk(mark.first, mark.last, "day", day=mark), chunks)
    quantities = find_quantities(tokens, pack, taken)
    spans = {n: q for q in quantities for n in range(q.first, q.last)}
    for chunk in _nouns(tokens, pack, known, taken):
        _take(taken, chunk, chunks)
    for chunk in _people_by_name(tokens, taken, pack, known):
        _take(taken, chunk, chunks)
    merged = _merged(sorted(chunks, key=lambda c: c.first), tokens, pack, known, spans)
    merged += [
        Chunk(_definite(tokens, q), q.last, "number", classes=frozenset({"people"}), quantity=q)
        for q in quantities
        if not _covered(q, merged) and not _mere_article(tokens, q, pack)
    ]
    merged += of_other_lands(merged, tokens, pack, known)
    merged = with_regions(sorted(merged, key=lambda c: c.first), tokens, pack, known)
    at = [-1] * len(tokens)
    for n, chunk in enumerate(merged):
        for i in range(chunk.first, chunk.last):
            at[i] = n
    return Line(tokens, tuple(merged), tuple(at), pack)


def _mere_article(tokens: Sequence[Token], q: Quantity, pack: Pack) -> bool:
    """ "un accord": an article counts people only before a word of harm ("un blessé")."""
    after = tokens[q.last].low if q.last < len(tokens) else ""
    return (
        q.last - q.first == 1
        and tokens[q.first].low in pack.words["one_words"]
        and after not in pack.words["harm_words"]
    )


def _definite(tokens: Sequence[Token], q: Quantity) -> int:
    """ "the three" begins with its article."""
    return q.first - 1 if q.first > 0 and tokens[q.first - 1].low in ("the", "les") else q.first


def _take(taken: list[bool], chunk: Chunk, chunks: list[Chunk]) -> None:
    if not any(taken[chunk.first : chunk.last]):
        chunks.append(chunk)
        taken[chunk.first : chunk.last] = [True] * (chunk.last - chunk.first)


def _covered(q: Quantity, chunks: Sequence[Chunk]) -> bool:
    return any(c.first < q.last and q.first < c.last for c in chunks)


def _named(tokens: Sequence[Token], known: Known, setting: Setting, pack: Pack) -> list[Chunk]:
    chunks = []
    for i, token in enumerate(tokens):
        name = setting.names.get(token.start)
        if name is None:
            continue
        last = i + 1
        while last < len(tokens) and tokens[last].start < name.end:
            last += 1
        if last == i + 1 and token.low in pack.words["guarded"] and (i == 0 or not token.is_capital):
            continue
        chunk = known.chunk(name, i, last)
        if chunk.kind in ("place", "capital", "country") and _part_of_longer(tokens, i, last, setting):
            continue
        chunks.append(chunk)
    return chunks


def _part_of_longer(tokens: Sequence[Token], first: int, last: int, setting: Setting) -> bool:
    """ "New York Times", "Paris Match": a place inside a longer proper name is none."""
    after = tokens[last] if last < len(tokens) else None
    return (
        after is not None
        and after.is_capital
        and after.is_word
        and after.start not in setting.names
        and after.start == tokens[last - 1].end + 1
        and len(after.text) > 2
        and after.low not in _REGION_WORDS
    )


_REGION_WORDS = frozenset("region region's province district cercle state city airport camp est ouest nord sud".split())


def _nouns(tokens: Sequence[Token], pack: Pack, known: Known, taken: Sequence[bool]) -> list[Chunk]:
    chunks: list[Chunk] = []
    i = 0
    while i < len(tokens):
        happening = pack.nouns.at(tokens, i) if tokens[i].low in pack.nouns.index else None
        if happening and happening.last > i + 1:
            i = happening.last  # "state of emergency" is no state
            continue
        chunk = None if taken[i] else _noun_at(tokens, i, pack, known)
        if chunk and not any(taken[i : chunk.last]):
            chunks.append(chunk)
            i = chunk.last
        else:
            i += 1
    return chunks


def _noun_at(tokens: Sequence[Token], i: int, pack: Pack, known: Known) -> Chunk | None:
    country = known.demonym(tokens[i].text)
    if country and (i + 1 >= len(tokens) or not _starts_noun(tokens, i + 1, pack, known)):
        if (
            pack.language == "en"
            and not tokens[i].low.endswith("s")
            and tokens[i].low == tokens[i].text.lower()
            and not _plural_like(tokens, i, pack)
        ):
            return None
        if tokens[i].is_capital:
            return Chunk(
                i,
                i + 1,
                "group",
                label=known.country_label(country),
                classes=frozenset({"people"}),
                group="nationals",
                country=country,
            )
        return None
    if tokens[i].joined and pack.language == "en":
        return None
    if tokens[i].low in pack.words["anaphors"] and _refers_back(tokens, i, pack, known):
        return Chunk(i, i + 1, "group", classes=frozenset({"people", "party", "anaphor"}), group="anaphor")
    low = tokens[i].low  # looked up here, since most words begin neither
    group = pack.groups.at(tokens, i) if low in pack.groups.index else None
    asset = pack.assets.at(tokens, i) if low in pack.assets.index else None
    if group and (asset is None or group.last >= asset.last):
        return Chunk(i, group.last, "group", group.value.label, classes=_classes(group.value), group=group.value.name)
    if asset:
        around = {t.low for t in tokens[max(0, i - 1) : asset.last + 1]}
        military = {"military"} if around & pack.words["military"] else set()
        own = {t.low for t in tokens[i : asset.last + 1]}  # "presidential palace", "poste de police"
        if asset.value in ("site", "settlement") and own & (pack.words["house_words"] | pack.words["state_houses"]):
            military = {"police"} if own & pack.words["house_words"] else {"government"}
        return Chunk(
            i,
            asset.last,
            "asset",
            classes=frozenset({asset.value, "thing", *(("site",) if asset.value == "settlement" else ())} | military),
            group=asset.value,
        )
    return None


def _refers_back(tokens: Sequence[Token], i: int, pack: Pack, known: Known) -> bool:
    """ "the group", "the two movements": a bare noun with its article; "the armed group of X" says which."""
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    bare = after is None or not (known.demonym(after.text) or after.low in pack.words["adjectives"] | pack.words["of"])
    return bare and (before in pack.words["definite"] or before in pack.counts["units"])


def _plural_like(tokens: Sequence[Token], i: int, pack: Pack) -> bool:
    return i > 0 and (tokens[i - 1].is_number or tokens[i - 1].low in pack.counts["units"])


def _starts_noun(tokens: Sequence[Token], i: int, pack: Pack, known: Known) -> bool:
    return pack.language == "en" and (
        tokens[i].low not in pack.words["prepositions"]
        and tokens[i].is_word
        and tokens[i].low not in pack.auxiliaries
        and pack.groups.at(tokens, i) is not None
    )


_ARMED = frozenset(
    "state_force force police security jihadist rebel attacker gunman militant bomber mercenary militia mutineer "
    "peacekeeper".split()
)


def _classes(group: Group) -> frozenset[str]:
    extra = {"armed"} if group.name in _ARMED else {"hostage"} if group.name == "hostage" else set()
    party = {"party"} if group.name in ("government", "junta", "state_force", "rebel") else set()
    return frozenset({"people", group.name} | extra | party)


def _people_by_name(tokens: Sequence[Token], taken: Sequence[bool], pack: Pack, known: Known) -> list[Chunk]:
    """Two or more capitalised words that nothing else has claimed: a person or an organisation outside the case."""
    chunks = []
    i = 0
    while i < len(tokens):
        last = i
        while last < len(tokens) and not taken[last] and _name_part(tokens, last, i):
            last += 1
        while last > i and not tokens[last - 1].is_capital:
            last -= 1
        if last - i >= 2 or (last - i == 1 and i > 0 and _titled(tokens, i, pack)):
            start = i + 1 if i == 0 and tokens[0].low in pack.words["determiners"] | pack.words["prepositions"] else i
            if any(known.demonym(t.text) or t.low in pack.words["not_names"] for t in tokens[start:last]):
                i = last
                continue
            chunks.append(Chunk(start, last, "person", classes=frozenset({"person", "people", "party"})))
            i = last
        else:
            i = max(last, i + 1)
    return chunks


_PARTICLES = frozenset("ag ould al el de du ben bin von van le la d' n' abu abou ibn ba walid".split())


def _name_part(tokens: Sequence[Token], i: int, first: int) -> bool:
    token = tokens[i]
    return (
        token.is_word and ((token.is_capital and len(token.text) > 1) or (i > first and token.low in _PARTICLES))
    ) or (i > first and token.text == "." and len(tokens[i - 1].text) == 1)


def _titled(tokens: Sequence[Token], i: int, pack: Pack) -> bool:
    return tokens[i].is_capital and tokens[i - 1].low.rstrip(".") in pack.words["titles"]


def _merged(
    chunks: list[Chunk], tokens: Sequence[Token], pack: Pack, known: Known, quantities: Mapping[int, Quantity]
) -> list[Chunk]:
    """Determiners, adjectives, demonyms, numbers and the names of parties drawn to the noun they belong to."""
    result: list[Chunk] = []
    for n, chunk in enumerate(chunks):
        if result and chunk.first < result[-1].last:
            continue
        after = chunks[n + 1] if n + 1 < len(chunks) else None
        chunk = _with_neighbours(chunk, after, result, tokens, pack)
        if chunk.kind in ("group", "asset", "person", "actor", "country"):
            limits = (result[-1].last if result else 0, after.first if after else len(tokens))
            chunk = _grown(chunk, tokens, known, quantities, _Room(pack, *limits))
        if chunk.kind == "group":
            chunk = known.settle(_at_home(chunk, tokens, pack, known))
        if result and "person" in chunk.classes and result[-1].group == "official" and result[-1].last == chunk.first:
            chunk = replace(chunk, first=result.pop().first)  # "President X"
        result.append(chunk)
    return result


def _at_home(chunk: Chunk, tokens: Sequence[Token], pack: Pack, known: Known) -> Chunk:
    """ "the minister", "le gouverneur": an office of the state without a country is one of the case's first country;
    "the president of the association" is none of the state's."""
    former = any(tokens[n].low in pack.words["former"] for n in range(chunk.first, chunk.last))
    if chunk.group == "official" and former:
        return replace(chunk, country="")
    around = {t.low for t in tokens[max(0, chunk.first - 1) : chunk.last + 3]}
    if chunk.group == "official" and around & pack.words["opposed"]:
        return replace(chunk, country="", ids=())  # "opposition lawmakers" are no government
    held = chunk.group == "official" and not chunk.country
    if not held or not any(tokens[n].low in pack.words["offices"] for n in range(chunk.first, chunk.last)):
        return chunk
    after = tokens[chunk.last].low if chunk.last < len(tokens) else ""
    if after in pack.words["of"] and not any(
        t.low in pack.words["of_the_state"] for t in tokens[chunk.last : chunk.last + 4]
    ):
        return chunk
    return replace(chunk, country=known.home)


_BODIES = frozenset({"rebel", "jihadist", "militia", "protester"})


_OF_A_LAND = frozenset({"state_force", "government", "police", "force", "junta", "security"})


def _with_neighbours(
    chunk: Chunk, after: Chunk | None, result: list[Chunk], tokens: Sequence[Token], pack: Pack
) -> Chunk:
    """ "JNIM fighters" and "fighters of JNIM", "les rebelles du MNLA" are the party; what it takes leaves `result`."""
    before = result[-1] if result else None
    owned = (
        before is not None
        and before.kind == "country"
        and [t.low for t in tokens[before.last : chunk.first]] == ["'", "s"]
    )
    if chunk.group in _OF_A_LAND and before and owned:
        return replace(chunk, first=result.pop().first, country=before.country)  # "Chad's army"
    if (
        chunk.group in _OF_A_LAND
        and after
        and after.kind == "country"
        and _of_link(tokens, chunk.last, after.first, pack)
    ):
        return replace(chunk, last=after.last, country=after.country)  # "l'armée du Tchad"
    members = pack.words["members"]
    if chunk.kind != "group" or not {tokens[chunk.last - 1].low, tokens[chunk.first].low} & members:
        return chunk
    holds = before is not None and (before.group in _OF_A_LAND | _BODIES or before.kind == "actor")
    possessed = before is not None and [t.low for t in tokens[before.last : chunk.first]] == ["'", "s"]
    if before and holds and possessed and "person" not in before.classes:
        result.pop()
        return replace(before, last=chunk.last)  # "the army's commanders"
    if after and after.group in _OF_A_LAND | _BODIES and _of_link(tokens, chunk.last, after.first, pack):
        return replace(after, first=chunk.first)  # "chefs de l'armée", "members of the government"
    beside = before is not None and before.last == chunk.first and pack.language == "en"
    if before and beside and before.group in _OF_A_LAND | _BODIES:
        result.pop()
        return replace(before, last=chunk.last)  # "government officials", "army commanders"
    party = before is not None and before.kind == "actor" and pack.language == "en" and "party" in before.classes
    if before and party and _only_adjectives(tokens, before.last, chunk.first, pack):
        result.pop()
        return replace(before, last=chunk.last, classes=before.classes | chunk.classes)
    if (
        after
        and after.kind == "actor"
        and "person" not in after.classes
        and _of_link(tokens, chunk.last, after.first, pack)
    ):
        return replace(after, first=chunk.first, classes=after.classes | chunk.classes)
    return chunk


def _only_adjectives(tokens: Sequence[Token], a: int, b: int, pack: Pack) -> bool:
    return all(tokens[i].low in pack.words["adjectives"] or tokens[i].low in "'s" for i in range(a, b))


def _of_link(tokens: Sequence[Token], a: int, b: int, pack: Pack) -> bool:
    between = [tokens[i].low for i in range(a, b)]
    of = pack.words["of"] | pack.words["determiners"]
    return (
        len(between) <= 3
        and all(w in of or w in pack.words["adjectives"] for w in between)
        and (not between or between[0] in pack.words["of"] or between[-1] in pack.words["adjectives"])
    )


@dataclass(frozen=True, slots=True)
class _Room:
    """How far a noun group may grow: tokens [floor, ceiling)."""

    pack: Pack
    floor: int
    ceiling: int


def _grown(
    chunk: Chunk, tokens: Sequence[Token], known: Known, quantities: Mapping[int, Quantity], room: _Room
) -> Chunk:
    first, last, country, quantity = chunk.first, chunk.last, chunk.country, chunk.quantity
    while first > room.floor:
        before = tokens[first - 1]
        if quantity is None and first - 1 in quantities and chunk.kind != "person":
            quantity = quantities[first - 1]
            first = max(room.floor, quantity.first)
        elif quantity is not None and first == quantity.first:
            if before.low not in room.pack.words["definite"] - room.pack.words["that"]:
                break
            first -= 1
        elif known.demonym(before.text):
            country, first = country or known.demonym(before.text), first - 1
        elif _belongs(before, chunk, room.pack) or (
            quantity is None
            and before.low in room.pack.words["of"]
            and first - 2 in quantities
            and chunk.kind != "person"
        ):
            first -= 1
        else:
            break
    armed = chunk.kind == "actor" and "armed" in chunk.classes  # "Casques bleus tchadiens"
    while last < room.ceiling and (chunk.kind == "group" or armed) and room.pack.language == "fr":
        after = tokens[last]
        if known.demonym(after.text) and not after.is_capital:
            country = country or known.demonym(after.text)
        elif armed or after.low not in room.pack.words["adjectives"]:
            break
        last += 1
    return replace(chunk, first=first, last=last, country=country, quantity=quantity)


def _belongs(before: Token, chunk: Chunk, pack: Pack) -> bool:
    """Whether the word before a noun group is its adjective, article or title."""
    if before.low in pack.words["adjectives"] or (
        before.low in pack.words["determiners"] and before.low not in pack.words["of"] | pack.words["that"]
    ):
        return True
    return before.low in pack.words["titles"] and chunk.kind in ("person", "actor")
