"""Turns claims into what a reader needs to judge them: the sentence, the document, the source. Invariant: a retelling
of ours is never handed on as a quotation."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.publish.addresses import host_of, safe_url
from faultline.publish.excerpt import REACH, Excerpt, excerpt
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.text import Filing, Source, Span

_KEPT = 32  # documents
_WHOLE = 200_000  # code points of a document that is read whole; of a longer one, only what stands around a claim


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
    """Cites claims of one snapshot. Documents are read once as long as their claims stand near one another."""

    def __init__(self, case: Case, snapshot: Snapshot) -> None:
        self.case, self.snapshot = case, snapshot
        self.document = lru_cache(maxsize=_KEPT)(snapshot.document)
        self._head = lru_cache(maxsize=_KEPT)(lambda id: (snapshot.filing(id), snapshot.length(id)))

    def cite(self, claim: Claim) -> Cited:
        """The claim with its sentence, filing and source. Raises NotFoundError where its document is not in view."""
        filing, length = self._head(claim.document)
        if length <= _WHOLE:
            shown = excerpt(self.document(claim.document)[0].text, claim.span)
        else:
            low = max(0, claim.span.start - REACH - 1)  # one more: whether the sentence goes on is seen too
            near = self.snapshot.stretch(claim.document, Span(low, min(length, claim.span.end + REACH + 1)))
            shown = excerpt(near, Span(claim.span.start - low, claim.span.end - low))
        return Cited(claim, filing, find_source(self.case, filing.source), shown)

    def cite_all(self, claims: Iterable[Claim]) -> tuple[Cited, ...]:
        """Each claim cited, in the given order. Raises NotFoundError."""
        return tuple(self.cite(claim) for claim in claims)


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
