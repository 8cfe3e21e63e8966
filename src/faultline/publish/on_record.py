"""Answers the expectations that ask who is on record with what. Invariant: what is retold by somebody else, denied or
merely supposed puts nobody on record.

The expectation's `source` says where to look: that file of the case, that address, or every document of that source, if
published on the expectation's day, later, or on an unknown day. There the subject says something where

- stage `evidence`, subject a source: the text of a document of the subject holds the value;
- stage `coding`: a claim holds the value that the subject makes. A source makes every claim of its documents; an actor
  those that it vouches for as speaker, itself or by who holds an office at it that day. A claim that is denied,
  negated, superseded or hypothetical does not count;
- stage `resolve`: so does a claim of any report of the incidents that those documents tell of, where the speaker is
  decided, not read (`resolve.speakers`).

A number is held where it is one of a claim's casualty figures, anything else where the words follow one another; case
and accents do not count. In a text a number is a word like others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from faultline.case import Case
from faultline.evidence import ClaimFilter, Held, Snapshot
from faultline.evidence.words import fold
from faultline.record.analysis import Checked, CheckState, Expectation, ExpectationForm
from faultline.record.claim import Claim
from faultline.record.text import Filing
from faultline.record.vocabulary import Modality

NOT_PUT_FORWARD = frozenset({Modality.DENIED, Modality.NEGATED, Modality.SUPERSEDED, Modality.HYPOTHETICAL})
_MOST_TOLD = 5  # claims of the subject that a failure shows


@dataclass(frozen=True)
class OnRecord:
    """A snapshot asked who says what."""

    case: Case
    snapshot: Snapshot

    def in_text(self, asked: Expectation) -> Checked:
        """Whether a document of the subject, a source, holds the words."""
        seen = [held for held in self.documents(asked) if asked.subject == held.filing.source]
        for held in seen:
            if _words_hold(asked.value, self.snapshot.document(held.document_id)[0].text):
                return passed(asked, held.filing, f"the text of {held.document_id}")
        return failed(asked, f"not in {len(seen)} documents" if seen else nowhere(asked))

    def in_claims(self, asked: Expectation) -> Checked:
        """Whether a claim that the subject makes holds the value; the first in the order of publication answers."""
        said: list[str] = []
        documents = self.documents(asked)
        for held in documents:
            for claim in self.snapshot.claims(ClaimFilter(documents=(held.document_id,))):
                if not self._makes(asked, held.filing, claim):
                    continue
                words = self.snapshot.words(claim)
                if holds(asked.value, claim, words):
                    return passed(asked, held.filing, f"{claim.id}: {words}")
                said.append(words)
        if said:
            return failed(asked, f"{asked.subject} with: {' | '.join(said[:_MOST_TOLD])}")
        return failed(asked, f"no claim that {asked.subject} makes" if documents else nowhere(asked))

    def documents(self, asked: Expectation) -> tuple[Held, ...]:
        """The documents of the expectation's source that were not published before its day."""
        return tuple(held for held in self._named.get(asked.source, ()) if _not_before(held.filing, asked))

    @cached_property
    def _named(self) -> Mapping[str, tuple[Held, ...]]:
        """Documents in view by the sources that expectations of this form name."""
        found: dict[str, tuple[Held, ...]] = {}
        wanted = {e.source for e in self.case.expectations if e.form is ExpectationForm.SAYS}
        for held in self.snapshot.documents() if wanted else ():
            for name in wanted.intersection(_names(held)):
                found[name] = (*found.get(name, ()), held)
        return found

    def _makes(self, asked: Expectation, filing: Filing, claim: Claim) -> bool:
        if claim.modality in NOT_PUT_FORWARD:
            return False
        return asked.subject == filing.source or claim.speaker.actor in self.voices(asked)

    def voices(self, asked: Expectation) -> set[str]:
        """The subject, if it is an actor, and who holds an office at it on the expectation's day."""
        actors = [actor for actor in self.case.actors if actor.id == asked.subject]
        offices = (office for actor in actors for office in actor.offices)
        return {actor.id for actor in actors} | {office.holder for office in offices if office.days.covers(asked.day)}


def _names(held: Held) -> Iterator[str]:
    for filing in (held.filing, *held.also):
        yield from (filing.origin, filing.url, filing.retold_from, filing.source)


def _not_before(filing: Filing, asked: Expectation) -> bool:
    last_day = filing.published.last_day
    return last_day is None or last_day >= asked.day


def holds(value: str, claim: Claim, words: str) -> bool:
    """Whether a claim on these words has the value: a number as a figure of it, anything else as words in a row."""
    # a number in the words may be the one that is rejected: "35, not 95"
    if value.isdecimal():
        return any(int(value) in (c.low, c.best, c.high) for c in claim.casualties)
    return _words_hold(value, words)


def _words_hold(value: str, words: str) -> bool:
    return f" {fold(value)} " in f" {fold(words)} "


def nowhere(asked: Expectation) -> str:
    """Says that nothing can be asked."""
    return f"no document of {asked.source} in view, published on {asked.day} or later"


def passed(asked: Expectation, filing: Filing, got: str) -> Checked:
    """The expectation is met by what this filing published."""
    return Checked(asked, CheckState.PASSED, got, known_from=filing.published.last_day)


def failed(asked: Expectation, got: str) -> Checked:
    """The expectation is not met."""
    expected = f"{asked.subject} on record with {asked.value!r}"
    way_out = f"Read {asked.source}: correct the expectation, or report the sentence that is misread."
    return Checked(asked, CheckState.FAILED, got, expected, way_out)
