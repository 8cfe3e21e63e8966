"""Which claims are asked for, as SQL conditions with parameters. Invariant: a filter only ever narrows a view."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_, select

from faultline.evidence.backend import CLAIMS, Backend
from faultline.evidence.moments import day_number
from faultline.evidence.schema import claims, slots, stances
from faultline.evidence.visible import View
from faultline.evidence.words import parse_query
from faultline.record.vocabulary import Action, Kind, Modality, SlotName

Order = Literal["text", "first_day", "last_day"]


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Narrows claims; an empty field narrows nothing, several values in one field are alternatives.

    `actors` are ids that lead in an actor or recipient slot, `recipients` in a recipient slot, `places` in a place
    slot. `first_day` and `last_day` (both inclusive) ask for claims whose days overlap the period; a claim of unknown
    day is then left out (`Snapshot.undated` counts them), an open end reaches to infinity. `speaker` is the innermost
    speaker's name or actor id, `voice` is "voice", "unnamed" or "named". `words` is a search over the words under the
    claim. `order` is "text" (publication of the document, then place in it), "first_day" or "last_day" (unknown days
    last). `limit` None means all.
    """

    kinds: tuple[Kind, ...] = ()
    actions: tuple[Action, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
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
        return replace(self, first_day=None, last_day=None)


_SLOTS = {
    "actors": (SlotName.ACTOR.value, SlotName.RECIPIENT.value),
    "recipients": (SlotName.RECIPIENT.value,),
    "places": (SlotName.PLACE.value,),
}


def runs_of(view: View, asked: ClaimFilter) -> list[int]:
    """Keys of the runs in view that the filter's documents, sources and coders leave, by order of publication."""
    place = {document: n for n, document in enumerate(view.documents)}
    kept = [
        key
        for key, run in view.runs.items()
        if (not asked.documents or run.document in asked.documents)
        and (not asked.sources or view.documents[run.document].source in asked.sources)
        and (not asked.coders or run.coder in asked.coders)
    ]
    return sorted(kept, key=lambda key: (place[view.runs[key].document], key))


def conditions(backend: Backend, runs: Iterable[int], asked: ClaimFilter) -> list[ColumnElement[bool]]:
    """What a row of `claims` must fulfil."""
    found = [backend.among(claims.c.run, runs), *_stance(asked), *_slots(asked)]
    if asked.period:
        found.append(in_period(asked))
    if asked.words:
        found.append(claims.c.id.in_(backend.matching(CLAIMS, parse_query(asked.words))))
    return found


def narrows(asked: ClaimFilter) -> bool:
    """Whether the filter asks for more than documents, sources and coders."""
    return bool(asked.words or asked.period or _stance(asked) or _slots(asked))


def in_period(asked: ClaimFilter) -> ColumnElement[bool]:
    """Whether a claim of known day overlaps the period."""
    first, last = claims.c.first_day, claims.c.last_day
    found = [or_(first.is_not(None), last.is_not(None))]
    if asked.last_day is not None:
        found.append(or_(first.is_(None), first <= day_number(asked.last_day)))
    if asked.first_day is not None:
        found.append(or_(last.is_(None), last >= day_number(asked.first_day)))
    return and_(*found)


def _stance(asked: ClaimFilter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    for name, values in (("kind", asked.kinds), ("action", asked.actions), ("modality", asked.modalities)):
        if values:
            wanted.append(stances.c[name].in_([value.value for value in values]))
    if asked.speaker:
        wanted.append(or_(stances.c.speaker == asked.speaker, stances.c.speaker_actor == asked.speaker))
    if asked.voice:
        wanted.append(stances.c.voice == asked.voice)
    return [claims.c.stance.in_(select(stances.c.id).where(*wanted))] if wanted else []


def _slots(asked: ClaimFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for field, names in _SLOTS.items():
        values = getattr(asked, field)
        if values:
            held = (slots.c.leading.in_(values), slots.c.leading != "", slots.c.name.in_(names))
            found.append(claims.c.id.in_(select(slots.c.claim).where(*held)))
    return found
