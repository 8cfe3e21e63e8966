"""Turns the subject and object of a frame whose words put its parties elsewhere into who does it and to whom: "the
attack bears the mark of X", "X has the backing of Y". Invariant: only chunks of the line are named."""

from faultline.coding.line import Chunk, Line
from faultline.coding.misread import Parts
from faultline.coding.roles import ENTITY, after_preposition


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
    if frame == "not_allowed":
        return [], [c for c in actors if c.kind in ENTITY]
    return actors, recipients
