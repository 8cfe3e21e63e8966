"""What becomes of an article that is examined: its assertions, what the evidence says of each, its slips. Invariant:
each verdict names the day of its evidence and keeps the sentences on both sides."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.text import Span
from faultline.record.vocabulary import Verdict


class AssertionForm(StrEnum):
    """What kind of thing an article asserts."""

    FACT = "fact"  # something happened, is held, is in force, stands in a relation
    MECHANISM = "mechanism"  # how the conflict works
    ARROW = "arrow"  # one thing acts on another
    COMPARISON = "comparison"  # the largest, more than ever
    PREDICTION = "prediction"


@dataclass(frozen=True, slots=True)
class Tested:
    """What the evidence of a day says of one assertion.

    `why` is one sentence; `numbers` the measured rows that it rests on; `supporting` and `against` ids of claims;
    `voices` the number of independent lineages that support; `would_change` what would change the verdict.
    """

    verdict: Verdict
    as_of: date
    why: str
    measures: tuple[str, ...] = ()
    numbers: tuple[Measured, ...] = ()
    supporting: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    voices: int = 0
    would_change: str = ""


@dataclass(frozen=True, slots=True)
class Asserted:
    """One assertion of the article, with what was known when it came out and what is known now. `claim` is the id of
    the claim that carries it, `sentence` what stands around its words, `levels` the nodes of the system map that it
    speaks of."""

    claim: str
    form: AssertionForm
    span: Span
    words: str
    levels: tuple[str, ...]
    then: Tested
    now: Tested
    sentence: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether today's evidence says what that of the day of publication said, in the same words."""
        return replace(self.then, as_of=self.now.as_of) == self.now


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of fact or of form in the article itself: `kind` as in docs/guide/examine.md, `claims` what shows it."""

    kind: str
    span: Span
    words: str
    why: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """An article with its assertions in the order of its text, and its slips. `published` is when it came out."""

    title: str
    published: Days
    document: str
    asserted: tuple[Asserted, ...] = ()
    slips: tuple[Slip, ...] = ()
