"""Turns claims into what a reader needs to judge them: the sentence, the document, the source. Invariant: a retelling
of ours is never handed on as a quotation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from faultline.case import Case
from faultline.evidence import Sheet, Snapshot
from faultline.publish.addresses import host_of, safe_url
from faultline.publish.excerpt import REACH, Excerpt, excerpt
from faultline.record.claim import Claim
from faultline.record.errors import NotFoundError
from faultline.record.text import Filing, Source, Span

_KEPT = 32  # documents, and claims cited at once
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
    """Cites claims of one snapshot. Documents are read several at a time, and once as long as their claims stand near
    one another."""

    def __init__(self, case: Case, snapshot: Snapshot) -> None:
        self.case, self.snapshot = case, snapshot
        self.document = lru_cache(maxsize=_KEPT)(snapshot.document)
        self._sheets: dict[str, Sheet] = {}

    def cite(self, claim: Claim) -> Cited:
        """The claim with its sentence, filing and source. Raises NotFoundError where its document is not in view."""
        return next(self._cited((claim,)))

    def cite_all(self, claims: Iterable[Claim]) -> tuple[Cited, ...]:
        """Each claim cited, in the given order. Raises NotFoundError."""
        found: list[Cited] = []
        left = iter(claims)
        while some := tuple(islice(left, _KEPT)):
            found += self._cited(some)
        return tuple(found)

    def words(self, claim: Claim) -> str:
        """The words under the claim's span. Raises NotFoundError."""
        self._read({claim.document})
        text = self._sheets[claim.document].text
        return self.snapshot.words(claim) if text is None else claim.span.of(text)

    def _cited(self, claims: Sequence[Claim]) -> Iterator[Cited]:
        self._read({claim.document for claim in claims})
        for claim in claims:
            sheet = self._sheets[claim.document]
            shown = excerpt(sheet.text, claim.span) if sheet.text is not None else self._near(claim, sheet.length)
            yield Cited(claim, sheet.filing, find_source(self.case, sheet.filing.source), shown)

    def _read(self, wanted: set[str]) -> None:
        missing = wanted - self._sheets.keys()
        if missing:
            kept = dict(list(self._sheets.items())[-_KEPT:])
            held = {id: sheet for id, sheet in self._sheets.items() if id in wanted}
            self._sheets = {**kept, **held, **self.snapshot.sheets(missing, _WHOLE)}

    def _near(self, claim: Claim, length: int) -> Excerpt:
        """The sentence of a claim in a text that is too long to read whole."""
        low = max(0, claim.span.start - REACH - 1)  # one more: whether the sentence goes on is seen too
        near = self.snapshot.stretch(claim.document, Span(low, min(length, claim.span.end + REACH + 1)))
        return excerpt(near, Span(claim.span.start - low, claim.span.end - low))


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
