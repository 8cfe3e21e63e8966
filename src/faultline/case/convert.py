"""Turns checked rows into records. Invariant: nothing is checked here and nothing is lost."""

import hashlib
import json

from faultline.case.case import Case, Columns, Feed, Input, InputKind, Policy
from faultline.case.declare import to_declared
from faultline.case.folder import Rows
from faultline.case.rows import (
    ActorRow,
    AliasRow,
    CaseRow,
    ConceptRow,
    DocumentsRow,
    ExpectationRow,
    FiguresRow,
    FrameRow,
    InputRow,
    OfficeRow,
    PlaceRow,
    SourceRow,
    TableRow,
    TieRow,
)
from faultline.case.sensitive import to_sensitive
from faultline.record.actor import Actor, Alias, Office, Tie
from faultline.record.analysis import Expectation, Frame
from faultline.record.codec import JSON, encode
from faultline.record.days import Days
from faultline.record.place import Place
from faultline.record.system import Concept
from faultline.record.text import Source

_REMARKS = ("note", "reason")  # for people; no coder reads them


def to_case(rows: Rows, case: CaseRow) -> Case:
    """The case that the rows describe; `rows.folder` is absolute."""
    actors = tuple(_actor(row) for row in rows.actors.rows)
    places = tuple(_place(row) for row in rows.places.rows)
    sources = tuple(_source(row) for row in rows.sources.rows)
    concepts = tuple(_concept(row) for row in case.concepts)
    return Case(
        folder=rows.folder,
        id=case.id,
        title=case.title,
        languages=case.languages,
        countries=case.countries,
        capital=case.capital,
        period=case.period.days if case.period else Days(),
        actors=actors,
        places=places,
        sources=sources,
        frames=tuple(_frame(row) for row in case.frames),
        inputs=_inputs(rows, case),
        policy=Policy(**case.policy.model_dump(exclude={"marks"})) if case.policy else Policy(),
        expectations=tuple(_expectation(row) for row in case.expectations),
        fingerprint=fingerprint(actors, places, sources, (*case.languages, *case.countries, case.capital), concepts),
        concepts=concepts,
        declared=to_declared(rows.declared),
        sensitive=to_sensitive(rows.folder, rows.sensitive),
        watched=tuple(rows.folder / row.path for row in case.watch),
        feeds=tuple(Feed(row.url, rows.folder / row.path, row.source) for row in case.feeds),
    )


def fingerprint(*parts: object) -> str:
    """`case_` and 20 hexadecimal digits of the SHA-256 of the parts as JSON: the same content with other remarks,
    comments, line ends or another order of keys has the same fingerprint."""
    text = json.dumps(_without_remarks([encode(part) for part in parts]), sort_keys=True, separators=(",", ":"))
    return f"case_{hashlib.sha256(text.encode()).hexdigest()[:20]}"


def _without_remarks(value: JSON) -> JSON:
    if isinstance(value, dict):
        return {key: _without_remarks(inner) for key, inner in value.items() if key not in _REMARKS}
    return [_without_remarks(inner) for inner in value] if isinstance(value, list) else value


def _actor(row: ActorRow) -> Actor:
    return Actor(
        row.id,
        row.name,
        row.kind,
        aliases=tuple(_alias(alias) for alias in row.aliases),
        ties=tuple(_tie(row.id, tie) for tie in row.ties),
        offices=tuple(_office(row.id, office) for office in row.offices),
        days=row.days,
        side=row.side,
        note=row.note,
        metonyms=row.metonyms,
        demonyms=row.demonyms,
    )


def _alias(row: AliasRow) -> Alias:
    return Alias(row.name, row.language, row.days, row.source)


def _tie(actor: str, row: TieRow) -> Tie:
    return Tie(actor, row.kind, row.other, row.days, row.sources, row.published, row.note)


def _office(actor: str, row: OfficeRow) -> Office:
    return Office(actor, row.title, row.holder, row.days, row.sources, row.published)


def _source(row: SourceRow) -> Source:
    return Source(**row.model_dump(exclude={"marks"}))


def _place(row: PlaceRow) -> Place:
    return Place(**row.model_dump(exclude={"marks", "first_day", "last_day"}), days=row.days)


def _concept(row: ConceptRow) -> Concept:
    patterns = tuple((spoken, p) for spoken, said in (("en", row.en), ("fr", row.fr)) for p in said)
    return Concept(row.id, tuple(row.name.items()), patterns, row.low, row.own_fall)


def _frame(row: FrameRow) -> Frame:
    return Frame(row.id, row.source, row.unit, row.days, row.systematic, row.note)


def _expectation(row: ExpectationRow) -> Expectation:
    return Expectation(**row.model_dump(exclude={"marks"}), where=row.where("form"))


def _inputs(rows: Rows, case: CaseRow) -> tuple[Input, ...]:
    kinds: tuple[tuple[InputKind, tuple[InputRow, ...]], ...] = (
        ("documents", (*case.documents, *case.watch)),
        ("tables", case.tables),
        ("figures", case.figures),
    )
    return tuple(_input(rows, kind, row) for kind, entries in kinds for row in entries)


def _input(rows: Rows, kind: InputKind, row: InputRow) -> Input:
    return Input(
        kind=kind,
        path=rows.folder / row.path,
        reader=row.reader if isinstance(row, TableRow) else "",
        source=row.source,
        frame=row.frame,
        published=row.published,
        language=row.language,
        retold=isinstance(row, DocumentsRow) and row.retold,
        columns=Columns(tuple(row.columns.items())) if isinstance(row, (TableRow, FiguresRow)) else Columns(),
        encoding=row.encoding,
    )
