"""Which words of a document may leave by no way. Invariant: the words are kept as salted hashes alone, and the newest
marks on a document stand, also for what was recorded before them: a person's safety outranks a replay."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from faultline.evidence.blank import Blanker, Name, seal
from faultline.evidence.schema import claims, coder_runs, tombstones
from faultline.record.decision import Decision
from faultline.record.ids import content_id
from faultline.record.vocabulary import DecisionKind

Row = tuple[Any, ...]
KIND = "withheld"  # of a tombstone; its `why` is the id of the document, and one set of marks shares its salt


def read_withheld(connection: Connection) -> dict[str, Blanker]:
    """By document that was ever marked, what blacks out the words that are marked now (none where the marks were taken
    back)."""
    columns = (tombstones.c.why, tombstones.c.hash, tombstones.c.salt, tombstones.c.hint, tombstones.c.words)
    found: dict[str, list[Name]] = {}
    for document, *row in connection.execute(
        select(*columns).where(tombstones.c.kind == KIND).order_by(tombstones.c.id)
    ):
        name, held = Name(*row), found.setdefault(document, [])
        if held and held[0].salt != name.salt:
            held.clear()
        held.append(name)
    return {document: Blanker(name for name in held if name.words) for document, held in found.items()}


def rows_withheld(connection: Connection, document: str, given: Iterable[str], stands: Blanker | None) -> list[Row]:
    """The rows of a document's new set of marks, by its words; none where the set that stands is the same."""
    words = [each for each in given if re.search(r"[^\W_]", each)]
    held = stands.names if stands else ()
    if {seal(each, name.salt).hash for name in held[:1] for each in words} == {name.hash for name in held} and (
        held or not words
    ):
        return []
    salt = secrets.token_hex(8)
    names = [seal(each, salt) for each in words] or [Name(secrets.token_hex(32), salt, "", 0)]
    key = connection.scalar(select(func.max(tombstones.c.id))) or 0
    moment = connection.scalar(select(func.max(coder_runs.c.recorded))) or 0
    rows = []
    for number, name in enumerate({name.hash: name for name in names}.values(), start=key + 1):
        said = (KIND, name.hash, name.salt, name.hint, document, name.words)
        rows.append((number, *said, content_id("row", *said), moment))
    return rows


def cover_decisions(connection: Connection, decided: list[Decision], withheld: Mapping[str, Blanker]) -> list[Decision]:
    """The decisions with marked words blacked out in the words of claims that they carry."""
    marked = [document for document, blanker in withheld.items() if blanker.names]
    if not marked or not decided:
        return decided
    query = select(claims.c.claim, coder_runs.c.document).join_from(claims, coder_runs, claims.c.run == coder_runs.c.id)
    home = dict(connection.execute(query.where(coder_runs.c.document.in_(marked))).all())
    return [_covered(one, {home.get(one.subject), home.get(one.object), one.subject}, withheld) for one in decided]


def _covered(one: Decision, homes: set[str | None], withheld: Mapping[str, Blanker]) -> Decision:
    for blanker in (withheld[home] for home in homes if home and home in withheld):
        value = one.value if one.kind is DecisionKind.WITHHOLD else blanker.text(one.value)
        one = replace(one, quote=blanker.text(one.quote), value=value, why=blanker.text(one.why))
    return one
