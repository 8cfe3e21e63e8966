"""Turns the question in an address into a typed query, and a query back into an address. Invariant: everything a page
shows follows from its address, so that a view can be shared."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from faultline.case import Case
from faultline.evidence import ClaimFilter
from faultline.evidence.counts import By
from faultline.evidence.filters import Order
from faultline.publish.names import find_actor, find_place
from faultline.publish.question import Question
from faultline.record.days import Days
from faultline.record.errors import UsageError
from faultline.record.vocabulary import Kind, Modality
from faultline.resolve.actors_line import Asked, Relation, line
from faultline.resolve.profiles import Profile


def _written_out(value: object) -> object:
    """A day as it has to be written. A bare number would be read as seconds since 1970. Raises ValueError."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Day = Annotated[date, BeforeValidator(_written_out)]
PAGE_SIZE = 25
Words = Annotated[str, Field(max_length=300)]
_VALUES = 40  # of one field; of a vocabulary fewer
_MOST = {"kind": 20, "modality": 20}
Several = Annotated[tuple[Words, ...], Field(max_length=_VALUES)]
Standing = Literal["", "provisional", "settled"]
_LISTS = frozenset({"actor", "place", "source", "kind", "modality"})
_LINEAGE = (Relation.CAME_FROM, Relation.BECAME, Relation.MEMBER)


class Look(BaseModel):
    """The state that all views share: the day of the question, the language, the period, the filter, the profile. Every
    field narrows, an absent one does not; the values of one field are alternatives."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    as_of: Day | None = Field(default=None, description="What was known on this day (inclusive); today where absent.")
    undated: bool = Field(default=False, description="Let in documents whose day of publication is unknown.")
    lang: Literal["", "en", "fr"] = Field(default="", description="Language of the pages; the browser's where absent.")
    first_day: Day | None = Field(default=None, description="Happened on this day or later.")
    last_day: Day | None = Field(default=None, description="Happened on this day or earlier.")
    actor: Several = Field(default=(), description="Ids or names of actors.")
    lineage: bool = Field(default=False, description="With what the actors came from, became, and have as members.")
    kind: Annotated[tuple[Kind, ...], Field(max_length=_MOST["kind"])] = ()
    place: Several = Field(default=(), description="Ids or names of places.")
    source: Several = Field(default=(), description="Ids of sources.")
    side: Words = Field(default="", description="Id or name of the party that the speaker speaks for.")
    modality: Annotated[tuple[Modality, ...], Field(max_length=_MOST["modality"])] = ()
    voices: int = Field(default=0, ge=0, le=99, description="In an incident with at least so many independent voices.")
    standing: Standing = Field(default="", description="In an incident that rests on an unreviewed merge, or in none.")
    profile: Profile = Field(default=Profile.REPRESENTATIVE, description="How a best estimate of deaths is chosen.")

    @model_validator(mode="before")
    @classmethod
    def drop_empty(cls, values: Any) -> Any:
        """A form sends its empty fields too: an empty field is an absent one. A lone value is a list of one."""
        if not isinstance(values, dict):
            return values
        for name in _LISTS & values.keys():
            if isinstance(values[name], (list, tuple)) and len(values[name]) > _MOST.get(name, _VALUES):
                raise ValueError(f"{name}: more than {_MOST.get(name, _VALUES)} values, empty ones among them")
        kept = {k: [x for x in v if x != ""] if isinstance(v, (list, tuple)) else v for k, v in values.items()}
        kept = {k: v for k, v in kept.items() if v not in ("", [], None)}
        return {k: [v] if k in _LISTS and not isinstance(v, list) else v for k, v in kept.items()}

    @property
    def period(self) -> Days:
        """The period asked for. Raises UsageError where it ends before it begins."""
        if self.first_day and self.last_day and self.last_day < self.first_day:
            asked = f"{self.first_day} to {self.last_day}"
            raise UsageError("period", asked, "first day <= last day", "Swap the two.")
        return Days(self.first_day, self.last_day)


class Paged(Look):
    """A question whose answer comes in pages, numbered from 1."""

    page: int = Field(default=1, ge=1, le=1_000_000)


class ClaimQuery(Paged):
    """Which claims: every field narrows, an absent one does not."""

    within: bool = Field(default=False, description="Only claims whose days lie wholly inside the period.")
    speaker: Words = Field(default="", description="Name of the innermost speaker, or id of its actor.")
    document: Words = Field(default="", description="Id of a document.")
    words: Words = Field(default="", description="Words in the text of the claim.")
    order: Order = Field(default="text", description="By publication, first day or last day.")


class DocumentQuery(Paged):
    """Which documents: every field narrows, an absent one does not."""

    language: Words = Field(default="", description="ISO 639-1 code.")
    words: Words = Field(default="", description="Words in the text of one of its claims.")
    silent: bool = Field(default=False, description="Only documents without a coded claim.")


class SourceQuery(Paged):
    """Which sources: those with that in their name, id, country or kind."""

    named: Words = Field(default="", description="A part of a name, an id, a country or a kind.")
    spoken: bool = Field(default=False, description="Only sources with a claim in view.")


class IncidentQuery(Paged):
    """Which incidents, and in which order: the latest first, or the most disputed."""

    order: Literal["latest", "disputed", "deaths"] = "latest"


class DoneQuery(Look):
    """A page to which a decision leads back: `done` is its id."""

    done: Annotated[str, Field(max_length=80)] = ""


class ReadingQuery(DoneQuery):
    """Which part of a document: the one that begins at a code point, or the one that holds a claim."""

    at: int = Field(default=0, ge=0, le=10**10)
    claim: Words = ""


class SearchQuery(Look):
    """Words to look for in documents and claims."""

    q: Words = Field(default="", description='Words, "phrases" and beginnings*.')


class CountQuery(ClaimQuery):
    """Which claims to count, and by what."""

    by: By = "kind"


def question_of(case: Case, query: Look, page_size: int | None = PAGE_SIZE) -> Question:
    """The question for the ledger, with the page's limit and offset; `side`, `voices` and `standing` are not the
    ledger's to answer (see `selecting`).

    Names of actors and places become ids where the case knows exactly one reading. Raises UsageError for a period that
    ends before it begins.
    """
    period = query.period
    asked = query if isinstance(query, ClaimQuery) else ClaimQuery()
    chosen = ClaimFilter(
        kinds=query.kind,
        actors=actors_of(case, query),
        places=tuple(find_place(case, place) for place in query.place),
        first_day=period.first_day,
        last_day=period.last_day,
        within=asked.within,
        speaker=find_actor(case, asked.speaker),
        modalities=query.modality,
        documents=(asked.document,) if asked.document else (),
        sources=query.source,
        words=asked.words,
        order=asked.order,
        limit=page_size,
        offset=(asked.page - 1) * (page_size or 0),
    )
    return Question(chosen)


def actors_of(case: Case, query: Look) -> tuple[str, ...]:
    """The ids of the actors asked for; with `lineage`, also of what they came from, became, and have as members."""
    found = [find_actor(case, actor) for actor in query.actor]
    known = {actor.id for actor in case.actors}
    followed = [id for id in found if query.lineage and id in known]
    more = (other for id in followed for other in line(case, id, Asked(as_of=query.as_of)).actors(*_LINEAGE))
    return tuple(dict.fromkeys((*found, *more)))
