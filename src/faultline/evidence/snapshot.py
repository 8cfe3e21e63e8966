"""What was known on a day, by what the store held at a moment: the only way out of the ledger. Invariant: a snapshot
never changes, whatever is appended after it was taken (only a purge takes things out of it)."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import pyarrow
from sqlalchemy import Connection, func, select

from faultline.evidence.backend import Backend
from faultline.evidence.beside import firsts_of_several
from faultline.evidence.columns import read_columns
from faultline.evidence.counts import By, by_document, count_by
from faultline.evidence.failures import as_store_errors
from faultline.evidence.filters import ClaimFilter, narrows
from faultline.evidence.keys import claim_keys
from faultline.evidence.matching import left
from faultline.evidence.moments import moment_of
from faultline.evidence.others import read_decisions, read_figures, read_filings, read_mentions
from faultline.evidence.packed import ABSENT
from faultline.evidence.read import read_claims
from faultline.evidence.schema import claims, documents, text_blocks, texts, tombstones
from faultline.evidence.search import Hit, search
from faultline.evidence.texts import read_stretch, read_text, read_texts, words_of
from faultline.evidence.visible import Bounds, Seen, View
from faultline.record.analysis import Figure
from faultline.record.claim import Claim
from faultline.record.decision import Decision
from faultline.record.errors import NotFoundError
from faultline.record.text import Document, Filing, Mention, Span

EVERY = ClaimFilter()
_ASKED = 500  # parameters a query: older builds of SQLite take 999 at most


@dataclass(frozen=True, slots=True)
class Held:
    """A document in view: its filing (the first published where several origins hold the same bytes; the others are in
    `also`), and how many of its claims the filter leaves."""

    document_id: str
    filing: Filing
    claims: int
    also: tuple[Filing, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is needed to cite from a document: its filing, the length of its text in code points, and the text unless it
    was too long to read whole."""

    filing: Filing
    length: int
    text: str | None


@dataclass(frozen=True)
class Snapshot:
    """A lazy query. `as_of` is compared with the last possible day of publication, `recorded_by` (None: all that the
    store held when the snapshot was taken) with the moment of recording."""

    backend: Backend
    bounds: Bounds

    @property
    def as_of(self) -> date:
        """The day of the question, inclusive."""
        return self.bounds.as_of

    @property
    def recorded_by(self) -> datetime:
        """The moment of the store's own history that is replayed, inclusive."""
        return moment_of(self.bounds.recorded_by)

    @property
    def include_undated(self) -> bool:
        """Whether documents whose last possible day of publication is unknown are in view."""
        return self.bounds.include_undated

    @cached_property
    def left_out(self) -> int:
        """How many documents are out of view only because the last day of their publication is unknown."""
        with self._reading() as connection:
            return self.backend.views.undated(connection, self.bounds)

    @property
    def purges(self) -> int:
        """How often something was taken out of the store for good, until this very moment: whoever keeps what a
        snapshot said must throw it away where this number has grown."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(tombstones)) or 0

    def documents(self, asked: ClaimFilter = EVERY) -> Iterator[Held]:
        """Documents in view by day of publication (unknown last), each with the number of its claims that the filter
        leaves; one that asks for more than documents and sources leaves out documents without any such claim."""
        numbers = self._claims_by_document(asked)
        kept = [
            document
            for document, seen in self._view.documents.items()
            if (numbers[document] or not narrows(asked))
            and (not asked.documents or document in asked.documents)
            and (not asked.sources or seen.source in asked.sources)
        ]
        end = None if asked.limit is None else asked.offset + asked.limit
        with self._reading() as connection:
            for document, found in read_filings(connection, self.backend, self._view, kept[asked.offset : end]):
                yield Held(document, found[0], numbers[document], tuple(found[1:]))

    def document(self, document_id: str) -> tuple[Document, Filing]:
        """The document and its filing. Raises NotFoundError where it is not in view."""
        seen = self._seen(document_id)
        with self._reading() as connection:
            query = select(documents.c.hash, documents.c.media_type).where(documents.c.id == document_id)
            row = connection.execute(query).one()
            [(_, filed)] = read_filings(connection, self.backend, self._view, [document_id])
            text = read_text(connection, seen.text)
        return Document(document_id, row.hash, row.media_type, text), filed[0]

    def filing(self, document_id: str) -> Filing:
        """What is said from outside about a document. Raises NotFoundError where it is not in view."""
        self._seen(document_id)
        with self._reading() as connection:
            [(_, filed)] = read_filings(connection, self.backend, self._view, [document_id])
        return filed[0]

    def sheets(self, document_ids: Collection[str], whole: int) -> dict[str, Sheet]:
        """Several documents at once, each with its text where that has `whole` code points or fewer. Raises
        NotFoundError where one is not in view."""
        keys = {document: self._seen(document).text for document in document_ids}
        with self._reading() as connection:
            sizes = select(texts.c.id, texts.c.length).where(self.backend.among(texts.c.id, keys.values()))
            lengths = dict(connection.execute(sizes).all())
            short = self.backend.among(text_blocks.c.text, [key for key, size in lengths.items() if size <= whole])
            bodies = read_texts(connection, short)
            filed = dict(read_filings(connection, self.backend, self._view, list(keys)))
        return {id: Sheet(filed[id][0], lengths[key], bodies.get(key)) for id, key in keys.items()}

    def stretch(self, document_id: str, span: Span) -> str:
        """The words under a span of a document in view, reading only the blocks that hold them."""
        seen = self._seen(document_id)
        with self._reading() as connection:
            return read_stretch(connection, seen.text, span)

    def words(self, claim: Claim) -> str:
        """The words under a claim's span, without reading the whole document."""
        self._seen(claim.document)
        with self._reading() as connection:
            found = words_of(connection, claims.c.claim == claim.id)
        return found[max(found)]

    def claims(self, asked: ClaimFilter = EVERY) -> Iterator[Claim]:
        """Whole claims in a stable order (see ClaimFilter.order)."""
        with self._reading() as connection:
            keys = claim_keys(connection, self.backend, self._view, asked).tolist()
            yield from read_claims(connection, self.backend, self._view, keys)

    def claim(self, claim_id: str) -> Claim:
        """The claim of that id, by the newest reading where several coders have it. Raises NotFoundError."""
        with self._reading() as connection:
            query = select(claims.c.id, claims.c.run).where(claims.c.claim == claim_id).order_by(claims.c.id.desc())
            for key, run in connection.execute(query).all():
                if run in self._view.runs:
                    return next(read_claims(connection, self.backend, self._view, [key]))
        raise self._not_found("claim", claim_id)

    def known(self, claim_ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that are of claims in view."""
        found: set[str] = set()
        ids = sorted(set(claim_ids))
        with self._reading() as connection:
            for n in range(0, len(ids), _ASKED):
                query = select(claims.c.claim, claims.c.run).where(claims.c.claim.in_(ids[n : n + _ASKED]))
                found.update(claim for claim, run in connection.execute(query) if run in self._view.runs)
        return frozenset(found)

    def count(self, asked: ClaimFilter = EVERY) -> int:
        """How many claims the filter leaves, limit and offset aside."""
        with self._reading() as connection:
            return len(left(connection, self.backend, self._view, asked).keys)

    def counts(self, by: By, asked: ClaimFilter = EVERY) -> dict[str, int]:
        """Claims by kind, action, modality, speaker, voice, month, year, document, source, coder, actor, recipient,
        party (either) or place, most first; "" holds the days that are unknown or longer than the period. Raises
        UsageError."""
        with self._reading() as connection:
            return count_by(connection, self.backend, self._view, by, asked)

    def undated(self, asked: ClaimFilter) -> int:
        """How many claims a filter with a period leaves out because nothing is known of their day."""
        with self._reading() as connection:
            keys = left(connection, self.backend, self._view, asked.without_period()).keys
            heads = self.backend.memory.heads(connection)
            return int(((heads.first[keys] == ABSENT) & (heads.last[keys] == ABSENT)).sum())

    def columns(self, asked: ClaimFilter = EVERY) -> pyarrow.Table:
        """The head columns of the claims as an Arrow table, in the order of `claims`: id, document, source, coder,
        kind, action, subtype, modality, speaker, chain, speaker_actor, voice, start, stop, ordinal, first_day, last_day
        (date32, null where unknown), precision, confidence. Repeated words are dictionary-encoded."""
        with self._reading() as connection:
            keys = claim_keys(connection, self.backend, self._view, asked)
            return read_columns(connection, self.backend, self._view, keys)

    def search(self, words: str, limit: int = 20) -> tuple[Hit, ...]:
        """Claims, then documents, that hold the words, up to `limit` of each, with spans of what to show and mark.

        Words, "phrases" and beginnings* may be mixed. The latest published come first, of very many the latest filed.
        Raises UsageError where there is nothing to look for.
        """
        with self._reading() as connection:
            return search(connection, self.backend, self._view, words, limit)

    def mentions(self, document_id: str) -> tuple[Mention, ...]:
        """Names in a document in view, in the order of the text. Raises NotFoundError."""
        self._seen(document_id)
        with self._reading() as connection:
            return read_mentions(connection, self._view, document_id)

    def figures(self, series: str | None = None) -> tuple[Figure, ...]:
        """Published figures in view (of one series), by series, unit and period."""
        with self._reading() as connection:
            return read_figures(connection, self.backend, self._view, self.bounds, series)

    def decisions(self, with_undone: bool = False) -> tuple[Decision, ...]:
        """Decisions recorded by then in the order of recording; those taken back by a later one only on request."""
        with self._reading() as connection:
            return read_decisions(connection, self.bounds, with_undone)

    def firsts(self, claim_ids: Collection[str]) -> frozenset[str]:
        """Those of the ids of claims that were the first of several of their kind on their words (`beside`)."""
        ids = sorted(set(claim_ids))
        with self._reading() as connection:
            parts = [firsts_of_several(connection, ids[n : n + _ASKED]) for n in range(0, len(ids), _ASKED)]
        return frozenset().union(*parts)

    @cached_property
    def _view(self) -> View:
        with self._reading() as connection:
            return self.backend.views.read(connection, self.bounds)

    def _claims_by_document(self, asked: ClaimFilter) -> Counter[str]:
        with self._reading() as connection:
            found = left(connection, self.backend, self._view, asked)
        return by_document(self._view, found)

    def _seen(self, document_id: str) -> Seen:
        seen = self._view.documents.get(document_id)
        if seen is None:
            raise self._not_found("document", document_id)
        return seen

    def _not_found(self, noun: str, number: str) -> NotFoundError:
        expected = f"a {noun} in view as of {self.as_of}"
        return NotFoundError(f"{noun} {number}", "nothing", expected, "Try another day, or take undated documents in.")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with as_store_errors(self.backend.where), self.backend.engine.connect() as connection:
            yield connection
