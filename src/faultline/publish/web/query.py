"""Turns the question in an address into a typed query, and a query back into an address. Invariant: everything a page
shows follows from its address, so that a view can be shared."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from faultline.case import Case
from faultline.evidence import ClaimFilter
from faultline.evidence.counts import By
from faultline.evidence.filters import Order
from faultline.publish.names import find_actor, find_place
from faultline.publish.question import Question
from faultline.record.errors import UsageError
from faultline.record.vocabulary import Kind, Modality

PAGE_SIZE = 25
Words = Annotated[str, Field(max_length=300)]


class Look(BaseModel):
    """What every page takes: the day of the question, and whether undated documents are let in."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    as_of: date | None = Field(default=None, description="What was known on this day (inclusive); today where absent.")
    undated: bool = Field(default=False, description="Let in documents whose day of publication is unknown.")

    @model_validator(mode="before")
    @classmethod
    def drop_empty(cls, values: Any) -> Any:
        """A form sends its empty fields too: an empty field is an absent one."""
        if not isinstance(values, dict):
            return values
        kept = {k: [x for x in v if x != ""] if isinstance(v, list) else v for k, v in values.items()}
        return {k: v for k, v in kept.items() if v not in ("", [])}


class Paged(Look):
    """A question whose answer comes in pages, numbered from 1."""

    page: int = Field(default=1, ge=1, le=1_000_000)


class ClaimQuery(Paged):
    """Which claims: every field narrows, an absent one does not."""

    kind: list[Kind] = []
    modality: list[Modality] = []
    actor: Words = Field(default="", description="Id or name of an actor.")
    place: Words = Field(default="", description="Id or name of a place.")
    first_day: date | None = Field(default=None, description="Happened on this day or later.")
    last_day: date | None = Field(default=None, description="Happened on this day or earlier.")
    within: bool = Field(default=False, description="Only claims whose days lie wholly inside the period.")
    speaker: Words = Field(default="", description="Name of the innermost speaker, or id of its actor.")
    source: Words = Field(default="", description="Id of a source.")
    document: Words = Field(default="", description="Id of a document.")
    words: Words = Field(default="", description="Words in the text of the claim.")
    order: Order = Field(default="text", description="By publication, first day or last day.")


class DocumentQuery(Paged):
    """Which documents: every field narrows, an absent one does not."""

    source: Words = Field(default="", description="Id of a source.")
    language: Words = Field(default="", description="ISO 639-1 code.")
    words: Words = Field(default="", description="Words in the text of one of its claims.")
    silent: bool = Field(default=False, description="Only documents without a coded claim.")


class IncidentQuery(Paged):
    """Which incidents: every field narrows, an absent one does not."""

    actor: Words = Field(default="", description="Id or name of an actor.")
    place: Words = Field(default="", description="Id or name of a place.")
    first_day: date | None = Field(default=None, description="May have happened on this day or later.")
    last_day: date | None = Field(default=None, description="May have happened on this day or earlier.")


class ReadingQuery(Look):
    """Which part of a document: the one that begins at a code point, or the one that holds a claim."""

    at: int = Field(default=0, ge=0, le=10**10)
    claim: Words = ""


class SearchQuery(Look):
    """Words to look for in documents and claims."""

    q: Words = Field(default="", description='Words, "phrases" and beginnings*.')


class CountQuery(ClaimQuery):
    """Which claims to count, and by what."""

    by: By = "kind"


def question_of(case: Case, query: ClaimQuery, page_size: int = PAGE_SIZE) -> Question:
    """The question for the ledger, with the page's limit and offset.

    Names of actors and places become ids where the case knows exactly one reading. Raises UsageError for a period that
    ends before it begins.
    """
    if query.first_day and query.last_day and query.last_day < query.first_day:
        raise UsageError("period", f"{query.first_day} to {query.last_day}", "first day <= last day", "Swap the two.")
    actor, place = find_actor(case, query.actor), find_place(case, query.place)
    speaker = find_actor(case, query.speaker)
    chosen = ClaimFilter(
        kinds=tuple(query.kind),
        actors=(actor,) if actor else (),
        places=(place,) if place else (),
        first_day=query.first_day,
        last_day=query.last_day,
        speaker=speaker,
        modalities=tuple(query.modality),
        documents=(query.document,) if query.document else (),
        sources=(query.source,) if query.source else (),
        words=query.words,
        order=query.order,
        limit=page_size,
        offset=(query.page - 1) * page_size,
    )
    return Question(chosen, query.within)
