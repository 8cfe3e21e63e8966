"""What resolve is given of one document: its filing, its text and the claims that the snapshot sees. Invariant: every
span of the claims lies in the text."""

from dataclasses import dataclass

from faultline.record.claim import Claim
from faultline.record.text import Filing


@dataclass(frozen=True, slots=True)
class Report:
    """One document as a snapshot sees it. `filing` is the first published where several origins hold the same bytes,
    and `also` the others; `claims` are in the order of the text. In a `table` each claim is a row that stands alone."""

    filing: Filing
    text: str
    claims: tuple[Claim, ...]
    also: tuple[Filing, ...] = ()
    table: bool = False

    @property
    def document(self) -> str:
        """Id of the document."""
        return self.filing.document
