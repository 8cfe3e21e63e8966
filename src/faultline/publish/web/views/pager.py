"""Turns a count and a page number into what a pager shows. Invariant: a page past the end says so."""

from dataclasses import dataclass

from faultline.publish.web.query import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a list a page stands: `number` from 1, `total` rows in all."""

    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Number of the first row on the page, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Number of the last row on the page; less than `first` past the end."""
        return min(self.number * self.size, self.total)
