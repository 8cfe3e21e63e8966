"""Which claims are asked for. Invariant: a filter only ever narrows a view."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, or_

from faultline.evidence.schema import stances
from faultline.record.vocabulary import Action, Kind, Modality, SlotName

Order = Literal["text", "first_day", "last_day"]


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Narrows claims; an empty field narrows nothing, several values in one field are alternatives.

    `actors` are ids that lead in an actor or recipient slot, `recipients` in a recipient slot, `places` in a place
    slot. `first_day` and `last_day` (both inclusive) ask for claims whose days overlap the period; a claim of unknown
    day is then left out (`Snapshot.undated` counts them), an open end reaches to infinity; `within` asks for claims
    whose first and last day are both known and lie in the period. `speaker` is the innermost speaker's name or actor
    id, `voice` is "voice", "unnamed" or "named". `words` is a search over the words under the claim. `order` is "text"
    (publication of the document, then place in it), "first_day" or "last_day" (unknown days last). `limit` None means
    all.
    """

    kinds: tuple[Kind, ...] = ()
    actions: tuple[Action, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    within: bool = False
    speaker: str = ""
    voice: str = ""
    modalities: tuple[Modality, ...] = ()
    documents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    words: str = ""
    order: Order = "text"
    limit: int | None = None
    offset: int = 0

    @property
    def period(self) -> bool:
        """Whether a period is asked for."""
        return self.first_day is not None or self.last_day is not None

    def without_period(self) -> "ClaimFilter":
        """The same filter for any day."""
        return replace(self, first_day=None, last_day=None, within=False)


SLOTS = {
    "actors": (SlotName.ACTOR.value, SlotName.RECIPIENT.value),
    "recipients": (SlotName.RECIPIENT.value,),
    "places": (SlotName.PLACE.value,),
}


def narrows(asked: ClaimFilter) -> bool:
    """Whether the filter asks for more than documents, sources and coders."""
    return bool(asked.words or asked.period or in_stance(asked) or any(getattr(asked, field) for field in SLOTS))


def in_stance(asked: ClaimFilter) -> list[ColumnElement[bool]]:
    """What a row of `stances` must fulfil."""
    wanted: list[ColumnElement[bool]] = []
    for name, values in (("kind", asked.kinds), ("action", asked.actions), ("modality", asked.modalities)):
        if values:
            wanted.append(stances.c[name].in_([value.value for value in values]))
    if asked.speaker:
        wanted.append(or_(stances.c.speaker == asked.speaker, stances.c.speaker_actor == asked.speaker))
    if asked.voice:
        wanted.append(stances.c.voice == asked.voice)
    return wanted
