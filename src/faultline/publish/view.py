"""What publish asks of a desk and of its build. Invariant: pages see a case and snapshots, never the store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.record.decision import Decision


class DeskView(Protocol):
    """A case and its snapshots: all that a page or a report reads."""

    @property
    def case(self) -> Case:
        """The case that the pages show."""
        ...

    def snapshot(self, as_of: date | None = None, include_undated: bool = False) -> Snapshot:
        """What was known on `as_of` (inclusive; today where None)."""
        ...


Task = tuple[Callable[..., Any], tuple[object, ...]]  # a function of a module that takes `report` first, and the rest


@dataclass(frozen=True, slots=True)
class Paper:
    """An article to examine: its bytes, the ending that says their form, when it came out, its title ("" for none)."""

    content: bytes
    ending: str
    published: date
    title: str = ""


class Hands(Protocol):
    """What a page may do beside reading: all that it asks of the desk."""

    @property
    def author(self) -> str:
        """Who decides where the page does not ask; "" for nobody."""
        ...

    def decide(self, made: Sequence[Decision]) -> tuple[Decision, ...]:
        """Keeps decisions, in the case and in the store, dated now; returns them as kept. Raises StoreError."""
        ...

    def taken_back(self, id: str, by: str, why: str) -> Decision:
        """What takes the decision of that id back, not kept yet. Raises NotFoundError, UsageError."""
        ...

    def measuring(self, as_of: date | None, undated: bool) -> Task:
        """The work whose result are the findings of all measures as of a day."""
        ...

    def coupling(self, as_of: date | None, undated: bool) -> Task:
        """The work whose result is the coupled system as of a day."""
        ...

    def examining(self, paper: Paper) -> Task:
        """The work whose result is the examination of an article, and its text."""
        ...


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the last build could not take in: `skipped` by reason, `not_coded` documents by language."""

    skipped: tuple[tuple[str, int], ...] = ()
    not_coded: tuple[tuple[str, int], ...] = ()
