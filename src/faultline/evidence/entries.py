"""What goes into the store and what the store answers of it. Invariant: an entry is one version of one origin with
everything that was read from it; it is appended whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from faultline.record.analysis import Figure
from faultline.record.claim import Coded
from faultline.record.codec import encode
from faultline.record.ids import content_id
from faultline.record.text import Document, Filing


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of what stands at one origin: its bytes as received, its text, what is said about it from outside,
    and what one coder made of it. `coded` may be empty: the document is kept, shown and counted all the same.
    `withheld` are words of the bytes that stand in nothing else here and may leave by no way; the store keeps them as
    salted hashes."""

    content: bytes
    document: Document
    filing: Filing
    coder: str = ""
    coder_version: str = ""
    coded: Coded = Coded()
    figures: tuple[Figure, ...] = ()
    withheld: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Appended:
    """What one append added; all zero where everything stood already. `runs` counts coder runs whose reading is now
    the standing one, `claims` the claims that were written for them. `refused` holds the ids of documents that a purge
    keeps out for good."""

    documents: int = 0
    filings: int = 0
    runs: int = 0
    claims: int = 0
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at an origin now: the document, the fingerprint of its filing, and the newest version of each coder
    that read it."""

    document: str
    fingerprint: str
    coders: Mapping[str, str]

    def same(self, document: str, filing: Filing) -> bool:
        """Whether this very document stands there, filed in these very words."""
        return self.document == document and self.fingerprint == filing_fingerprint(filing)


def filing_fingerprint(filing: Filing) -> str:
    """`fil_` and 20 hexadecimal digits over every field of the filing; equal fingerprints add no new filing."""
    return content_id("fil", *_flat(encode(filing)))


def _flat(value: object) -> list[object]:
    if isinstance(value, dict):
        return [part for key in sorted(value) for part in (key, *_flat(value[key]))]
    return [value]
