"""Filings, mentions, figures and decisions in view. Invariant: nothing outside the bounds comes out."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, or_, select

from faultline.evidence.backend import Backend
from faultline.evidence.moments import day_number
from faultline.evidence.rows import decision_from, figure_from, filing_from, mention_from
from faultline.evidence.schema import decisions, figures, filings, mentions
from faultline.evidence.visible import Bounds, View
from faultline.evidence.withheld import cover_decisions, read_withheld
from faultline.record.analysis import Figure
from faultline.record.decision import Decision, standing
from faultline.record.text import Filing, Mention

_BATCH = 1_000
_FILING = ("source", "title", "url", "language", "first_day", "last_day", "precision", "anchor", "frame", "retold_from")
_FILING_COLUMNS = [filings.c[name] for name in (*_FILING, "note", "extra")]
_DECISION_COLUMNS = [column for column in decisions.c if column.name not in ("id", "fingerprint", "recorded")]
_FIGURE_COLUMNS = [column for column in figures.c if column.name not in ("run", "recorded")]
_MENTION_COLUMNS = [column for column in mentions.c if column.name not in ("run", "recorded")]


def read_filings(
    connection: Connection, backend: Backend, view: View, wanted: Sequence[str]
) -> Iterator[tuple[str, list[Filing]]]:
    """Each document with its filings in view."""
    for start in range(0, len(wanted), _BATCH):
        batch = {document: view.documents[document].filings for document in wanted[start : start + _BATCH]}
        keys = [key for held in batch.values() for key in held]
        query = select(filings.c.id, filings.c.origin, filings.c.document, *_FILING_COLUMNS)
        rows = connection.execute(query.where(backend.among(filings.c.id, keys)))
        found = {key: filing_from(origin, document, tuple(rest)) for key, origin, document, *rest in rows}
        for document, held in batch.items():
            covered = view.withheld.get(document)
            yield document, [covered.record(found[key]) if covered else found[key] for key in held]


def read_mentions(connection: Connection, view: View, document: str) -> tuple[Mention, ...]:
    """Mentions in a document by every reading in view."""
    runs = [key for key, run in view.runs.items() if run.document == document]
    query = select(*_MENTION_COLUMNS).where(mentions.c.run.in_(runs))
    rows = connection.execute(query.order_by(mentions.c.start, mentions.c.stop, mentions.c.run, mentions.c.n))
    return tuple(mention_from(document, tuple(row)) for row in rows)


def read_figures(
    connection: Connection, backend: Backend, view: View, bounds: Bounds, series: str | None
) -> tuple[Figure, ...]:
    """Figures of the readings in view that were public by the day; one without a day is as public as its document."""
    last = figures.c.published_last_day
    query = select(*_FIGURE_COLUMNS).where(backend.among(figures.c.run, list(view.runs)))
    query = query.where(or_(last.is_(None), last <= day_number(bounds.as_of)))
    if series is not None:
        query = query.where(figures.c.series == series)
    order = ("series", "unit", "first_day", "last_day", "run", "n")
    nulls_first = [func.coalesce(figures.c[name], -(2**31)) if "day" in name else figures.c[name] for name in order]
    return tuple(figure_from(tuple(row)) for row in connection.execute(query.order_by(*nulls_first)))


def read_decisions(connection: Connection, bounds: Bounds, with_undone: bool) -> tuple[Decision, ...]:
    """Decisions in the order of recording, without words that are withheld."""
    seen = (decisions.c.recorded <= bounds.recorded_by) & (decisions.c.id <= bounds.decision)
    rows = connection.execute(select(*_DECISION_COLUMNS).where(seen).order_by(decisions.c.id))
    found = [decision_from(tuple(row)) for row in rows]
    found = cover_decisions(connection, found, read_withheld(connection))
    return tuple(found) if with_undone else standing(found)
