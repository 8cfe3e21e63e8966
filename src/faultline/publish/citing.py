"""Turns claims into what a reader needs to judge them: the sentence, the document, the source. Invariant: a retelling
of ours is never handed on as a quotation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from faultline.case import Case
from faultline.evidence import ClaimFilter, Snapshot
from faultline.publish.addresses import host_of, safe_url
from faultline.publish.excerpt import REACH, Excerpt, excerpt
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.text import Filing, Source, Span


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim with its sentence and where it stands; `source` is None where the case does not describe it."""

    claim: Claim
    filing: Filing
    source: Source | None
    excerpt: Excerpt

    @property
    def source_name(self) -> str:
        """Name of the source; its id where the case does not describe it."""
        return source_name(self.source, self.filing)

    @property
    def retold(self) -> bool:
        """Whether the words are ours, retelling a page."""
        return bool(self.filing.retold_from)


class Citer:
    """Cites claims of one snapshot, reading no more of a document than the sentences shown."""

    def __init__(self, case: Case, snapshot: Snapshot) -> None:
        self.case, self.snapshot = case, snapshot
        self._filings: dict[str, Filing] = {}

    def cite(self, claim: Claim) -> Cited:
        """The claim with its sentence, filing and source. Raises NotFoundError."""
        return self.cite_all([claim])[0]

    def cite_all(self, claims: Iterable[Claim]) -> tuple[Cited, ...]:
        """Each claim cited, in the given order. Raises NotFoundError where a document is not in view."""
        wanted = tuple(claims)
        self._read_filings({claim.document for claim in wanted})
        return tuple(self._cited(claim) for claim in wanted)

    def filing(self, document: str) -> Filing:
        """The filing of a document that stands. Raises NotFoundError."""
        self._read_filings({document})
        return self._filings[document]

    def _cited(self, claim: Claim) -> Cited:
        filing = self._filings[claim.document]
        # One code point more than an excerpt looks at tells it whether it had to cut.
        low = max(0, claim.span.start - REACH - 1)
        near = self.snapshot.words(replace(claim, span=Span(low, claim.span.end + REACH + 1)))
        here = Span(claim.span.start - low, claim.span.end - low)
        return Cited(claim, filing, find_source(self.case, filing.source), excerpt(near, here))

    def _read_filings(self, documents: set[str]) -> None:
        missing = sorted(documents - set(self._filings))
        if not missing:
            return
        self._filings |= {
            held.document_id: held.filing for held in self.snapshot.documents(ClaimFilter(documents=tuple(missing)))
        }
        for document in missing:
            if document not in self._filings:
                raise NotFoundError(f"document {document}", "nothing in view", "a document known on that day")


def find_source(case: Case, source: str) -> Source | None:
    """The source of that id; None where the case does not describe it."""
    try:
        return case.source(source)
    except NotFoundError:
        return None


def source_name(source: Source | None, filing: Filing) -> str:
    """What to call the source of a filing: its name, its id, the host of its page, or "source not named"."""
    if source:
        return source.name
    return filing.source or host_of(filing.url) or "source not named"


def page_url(filing: Filing) -> str:
    """The address of the page that a filing is or retells, if a reader may follow it; else ""."""
    return safe_url(filing.retold_from) or safe_url(filing.url)
