"""Turns the subject and object of a frame whose words put its parties elsewhere into who does it and to whom: "the
attack bears the mark of X", "X has the backing of Y". Invariant: only chunks of the line are named."""

from collections.abc import Sequence

from faultline.coding.known import Known
from faultline.coding.lexicon import Frame
from faultline.coding.line import Chunk, Line
from faultline.coding.misread import Parts
from faultline.coding.roles import ENTITY, after_preposition, listed
from faultline.record.vocabulary import Kind


def sides_by_frame(
    line: Line, parts: Parts, actors: list[Chunk], recipients: list[Chunk]
) -> tuple[list[Chunk], list[Chunk]]:
    """(who does it, to whom), as found or, for some frames, where their words put them."""
    frame, group, last = parts.verb.frame.id, parts.group, parts.clause.last
    if frame == "identified":
        named = line.chunk_at(group.head)
        return [named] if named else [], []
    if frame == "hallmark":
        return recipients or after_preposition(line, group.last - 1, last, line.pack.words["of"], ENTITY), []
    if frame == "backed_by":
        return after_preposition(line, group.last - 1, last, line.pack.words["of"] | {"from"}, ENTITY), recipients
    if frame == "supply":
        return actors, after_preposition(line, group.last, last, line.pack.words["to"], ENTITY)
    if frame == "demand":
        return actors, recipients or asked_in(line, group.head + 1, last)
    if frame == "not_allowed":
        return [], [c for c in actors if c.kind in ENTITY]
    return actors, recipients


_ASKED = ENTITY | {"capital", "country"}
_NEAR = 4  # tokens between a word and whom it leads to


def asked_in(line: Line, first: int, last: int) -> list[Chunk]:
    """Of whom something is demanded within [first, last): "demande à X de", "demanded that X leave", "called for the
    withdrawal of X"; [] where unsaid."""
    words = line.pack.words
    if line.low(first) in words["to"] and (
        asked := after_preposition(line, first, min(len(line.tokens), first + _NEAR), words["to"], _ASKED)
    ):
        return asked
    for n in range(first, max(last, min(first + _NEAR, len(line.tokens)))):
        if line.low(n) in words["that"]:
            following = next((c for c in line.chunks if n < c.first <= n + _NEAR), None)
            found = following is not None and following.kind in _ASKED
            return listed(line, following, len(line.tokens)) if following is not None and found else []
        if line.low(n) in words["leaving"]:
            return after_preposition(line, n + 1, min(last, n + _NEAR), words["of"], _ASKED)
    return []


_ADDRESSED = frozenset({Kind.TALK, Kind.ALLEGATION})


def spoken_to(line: Line, known: Known, chunks: Sequence[Chunk], frame: Frame) -> Sequence[Chunk]:
    """The chunks, a capital that is spoken to as its government; "the talks of X" were held there."""
    if frame.kind not in _ADDRESSED or frame.id == "visit":
        return chunks
    of = line.pack.words["of"]
    there = [bool({line.low(c.first), line.low(c.first - 1)} & of) for c in chunks]
    return [known.acting(c) if c.kind == "capital" and not at else c for c, at in zip(chunks, there, strict=True)]
