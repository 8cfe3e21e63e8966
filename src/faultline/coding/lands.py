"""Turns a list of nationalities before or after one force into a force for each. Invariant: a word that belongs to
another chunk is never taken."""

from collections.abc import Sequence

from faultline.coding.known import Known
from faultline.coding.lexicon import Pack
from faultline.coding.line import Chunk
from faultline.coding.tokens import Token

_OF_LANDS = frozenset({"state_force", "force", "security", "official", "government"})


def of_other_lands(chunks: Sequence[Chunk], tokens: Sequence[Token], pack: Pack, known: Known) -> list[Chunk]:
    """ "French and Malian troops", "les forces maliennes, américaines et françaises": each nationality a group."""
    taken = {n for c in chunks for n in range(c.first, c.last)}
    links = pack.words["coordinators"] | {","}
    found = []
    for chunk in chunks:
        step = -1 if pack.language == "en" else 1
        edge = known.demonym(tokens[chunk.first if step < 0 else chunk.last - 1].text)
        force = chunk.group in _OF_LANDS or (chunk.kind == "actor" and "armed" in chunk.classes and bool(edge))
        if not force or not (chunk.country or edge):
            continue
        at = chunk.first - 1 if step < 0 else chunk.last
        while 0 <= at < len(tokens) and tokens[at].low in links:
            at += step
            land = known.demonym(tokens[at].text) if 0 <= at < len(tokens) and at not in taken else ""
            if not land:
                break
            group = chunk.group or "state_force"
            classes = chunk.classes | {"people", group}
            found.append(known.settle(Chunk(at, at + 1, "group", classes=classes, group=group, country=land)))
            at += step
    return found
