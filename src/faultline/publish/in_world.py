"""Answers the expectations that ask who is on record by what resolve decides: who speaks where a text names nobody, and
what other reports of the incident say. Invariant: a speaker that is decided is told so, with its probability."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from faultline.publish.on_record import NOT_PUT_FORWARD, OnRecord, failed, holds, nowhere, passed
from faultline.publish.worlds import Seen
from faultline.record.analysis import Checked, Expectation
from faultline.record.claim import Claim
from faultline.resolve.speakers import meant

_MOST_TOLD = 5  # claims of the subject that a failure shows


@dataclass(frozen=True)
class InWorld:
    """The world of a snapshot, made when the first expectation asks for it."""

    on_record: OnRecord

    def says(self, asked: Expectation) -> Checked:
        """Whether a claim of an incident that the named documents tell of holds the value, the subject being decided to
        make it; the first published answers."""
        documents = self.on_record.documents(asked)
        said: list[str] = []
        for claim in self._claims({held.document_id for held in documents}):
            told = self._made_by(asked, claim)
            if not told:
                continue
            world = self._seen.world
            if holds(asked.value, claim, world.text(claim)):
                return passed(asked, world.reports[claim.document].filing, f"{claim.id}, {told}: {world.text(claim)}")
            said.append(world.text(claim))
        if said:
            return failed(asked, f"{asked.subject} with: {' | '.join(said[:_MOST_TOLD])}")
        return failed(asked, f"no claim that {asked.subject} makes" if documents else nowhere(asked))

    def _claims(self, documents: set[str]) -> Iterator[Claim]:
        """Claims of the incidents that these documents tell of, each incident in order of publication."""
        world = self._seen.world
        for incident in world.incidents:
            claims = [world.claims[id] for id in incident.claims]
            if any(claim.document in documents for claim in claims):
                yield from claims

    def _made_by(self, asked: Expectation, claim: Claim) -> str:
        """How the subject is held to make the claim; "" where it is not."""
        filing = self._seen.world.reports[claim.document].filing
        if claim.modality in NOT_PUT_FORWARD:
            return ""
        if asked.subject == filing.source:
            return f"published by {filing.source}"
        likeliest = next(iter(meant(self._seen.world, claim)), None)
        if likeliest is None or likeliest.id not in self.on_record.voices(asked):
            return ""
        return f"said by {likeliest.id} ({likeliest.probability:.2f}, {likeliest.reason})"

    @cached_property
    def _seen(self) -> Seen:
        return Seen(self.on_record.case, self.on_record.snapshot)
