"""The entries of a case folder's files as pydantic models: which keys there are, which are needed, what they hold.
Invariant: each key has a description, which is what its problems say was expected (docs/guide/case-folder.md)."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, field_validator, model_validator

from faultline.case.fields import (
    Address,
    Columns,
    Country,
    Encoding,
    EndOfInterval,
    Interval,
    Language,
    Name,
    Names,
    OneDay,
    Pattern,
    RefusedError,
    Share,
    Slug,
    joined,
)
from faultline.case.marked import MARKS, Marks, Text
from faultline.record.analysis import ExpectationForm
from faultline.record.days import Days
from faultline.record.errors import UsageError
from faultline.record.vocabulary import ActorKind, PlacePrecision, Reliability, SourceKind, TieKind

Level = Literal["exact", "near", "admin2", "admin1", "country"]
Stage = Literal["case", "intake", "coding", "evidence", "resolve", "measure", "model", "forecast", "examine"]
Reader = Literal["ged", "acled", "csv"]


class Row(BaseModel):
    """An entry of a case file that knows its lines."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    stand_ins: ClassVar[Mapping[str, Any]] = {}  # for needed keys: lets the rest be checked where one is wrong
    marks: Annotated[InstanceOf[Marks], Field(alias=MARKS)]

    def where(self, key: str = "") -> str:
        """The "file:line" of that key."""
        return self.marks.where(key)

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys that a file may hold, in the order of the documentation."""
        return tuple(field.alias or name for name, field in cls.model_fields.items() if name != "marks")


class Dated(Row):
    """An entry that holds over an interval of days."""

    first_day: Annotated[EndOfInterval, Field(description="first day, inclusive; absent: open")] = Days()
    last_day: Annotated[EndOfInterval, Field(description="last day, inclusive; absent: open")] = Days()

    @cached_property
    def days(self) -> Days:
        """From the first day of first_day to the last day of last_day, both inclusive."""
        return joined(self.first_day, self.last_day)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        try:
            joined(self.first_day, self.last_day)
        except UsageError:
            raise RefusedError(f"a last_day that is not before {self.first_day.first_day}", key="last_day") from None
        return self


class AliasRow(Dated):
    """A name of an actor over an interval."""

    name: Annotated[Name, Field(description="the name as texts write it")]
    language: Annotated[Language, Field(description="language code of two or three letters")] = ""
    source: Annotated[str, Field(description="id of a source, or an address")] = ""
    ambiguous: Annotated[bool, Field(description="true where another actor has this name too")] = False

    @model_validator(mode="before")
    @classmethod
    def _from_name_alone(cls, raw: Any) -> Any:
        if isinstance(raw, Text):
            file, _, line = raw.where.rpartition(":")
            return {"name": str(raw), MARKS: Marks(file, int(line))}
        return raw


class TieRow(Dated):
    """A dated relation of an actor to another."""

    kind: Annotated[TieKind, Field(description="kind of relation")]
    other: Annotated[str, Field(description="id of the other actor")]
    sources: Annotated[tuple[Name, ...], Field(description="list of source ids or addresses")] = ()
    published: Annotated[Interval, Field(description="when the first source was published")] = Days()
    note: Annotated[str, Field(description="a remark")] = ""


class OfficeRow(Dated):
    """A term of office at an actor."""

    title: Annotated[Name, Field(description="name of the office")]
    holder: Annotated[str, Field(description="id of the actor (a person) who holds it")]
    sources: Annotated[tuple[Name, ...], Field(description="list of source ids or addresses")] = ()
    published: Annotated[Interval, Field(description="when the first source was published")] = Days()


class ActorRow(Row):
    """An entry of actors.yaml."""

    stand_ins = {"kind": "unknown"}
    id: Annotated[Slug, Field(description="id of the actor")]
    name: Annotated[Name, Field(description="the name that pages show")]
    kind: Annotated[ActorKind, Field(description="what the actor is")]
    side: Annotated[str, Field(description="the side it stands on, in your own words")] = ""
    days: Annotated[Interval, Field(description="when it existed, as in 2012-03/2015-05 or 2012-03/..")] = Days()
    note: Annotated[str, Field(description="a remark")] = ""
    aliases: Annotated[tuple[AliasRow, ...], Field(description="list of dated names")] = ()
    ties: Annotated[tuple[TieRow, ...], Field(description="list of dated relations to other actors")] = ()
    metonyms: Annotated[tuple[Name, ...], Field(description="list of places that stand for it where they act")] = ()
    demonyms: Annotated[tuple[Name, ...], Field(description="list of words for its people and things")] = ()
    offices: Annotated[tuple[OfficeRow, ...], Field(description="list of terms of office at this actor")] = ()


class SourceRow(Row):
    """An entry of sources.yaml."""

    id: Annotated[Slug, Field(description="id of the source")]
    name: Annotated[Name, Field(description="name of the source")]
    kind: Annotated[SourceKind, Field(description="what the source is")]
    family: Annotated[str, Field(description="one word for all publishers of one house")] = ""
    country: Annotated[Country, Field(description="country code of two letters")] = ""
    languages: Annotated[tuple[Language, ...], Field(description="list of language codes")] = ()
    side: Annotated[str, Field(description="the party it speaks for, if any")] = ""
    reliability: Annotated[Reliability, Field(description="reliability A to F (Admiralty scale; F: cannot be judged)")]
    reason: Annotated[str, Field(description="one line that defends the letter")] = ""
    laundering: Annotated[bool, Field(description="true for a network that hides where its stories come from")] = False
    note: Annotated[str, Field(description="a remark")] = ""


class PlaceRow(Dated):
    """A row of places.csv."""

    id: Annotated[Slug, Field(description="id of the place")]
    name: Annotated[Name, Field(description="name of the place")]
    variants: Annotated[tuple[Name, ...], Field(description="other spellings, separated by |")] = ()
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, description="degrees north, -90 to 90")]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, description="degrees east, -180 to 180")]
    radius_km: Annotated[float, Field(gt=0, le=20_000, description="how far the thing meant may lie from there")] = 5.0
    feature: Annotated[str, Field(description="GeoNames feature code, as in PPL, ADM1, AIRP")] = ""
    precision: Annotated[PlacePrecision, Field(description="how finely it is known")] = PlacePrecision.EXACT
    admin2: Annotated[str, Field(description="second-order unit")] = ""
    admin1: Annotated[str, Field(description="first-order unit")] = ""
    country: Annotated[Country, Field(description="country code of two letters")] = ""
    source: Annotated[str, Field(description="where the coordinates are from")] = ""
    note: Annotated[str, Field(description="a remark")] = ""

    @field_validator("variants", mode="before")
    @classmethod
    def _separated(cls, raw: Any) -> Any:
        return [part for part in raw.split("|") if part.strip()] if isinstance(raw, str) else raw


class PeriodRow(Dated):
    """The period that the case covers."""


class FrameRow(Dated):
    """What a panel is a sample of."""

    id: Annotated[Slug, Field(description="id of the frame")]
    source: Annotated[str, Field(description="id of a source")]
    unit: Annotated[Name, Field(description="what is counted, as in event or report")]
    systematic: Annotated[bool, Field(description="true only where everything of the unit was collected by a rule")]
    note: Annotated[str, Field(description="a remark")] = ""


class InputRow(Row):
    """What the three kinds of input share."""

    path: Annotated[Name, Field(description="a file or folder inside the case folder")]
    frame: Annotated[str, Field(description="id of a frame of this case")] = ""
    source: Annotated[str, Field(description="id of a source")] = ""
    published: Annotated[Interval, Field(description="when it was published, where the file does not say")] = Days()
    language: Annotated[Language, Field(description="language, where the file does not say")] = ""
    encoding: Annotated[Encoding, Field(description="encoding of the text; absent: found")] = ""


class DocumentsRow(InputRow):
    """An entry of `documents`."""

    retold: Annotated[bool, Field(description="true where the texts retell pages in the case author's words")] = False


class WatchRow(DocumentsRow):
    """An entry of `watch`: documents that keep arriving."""


class FeedRow(Row):
    """An entry of `feeds`."""

    url: Annotated[Address, Field(description="address of an RSS or Atom feed")]
    path: Annotated[Name, Field(description="a folder of `documents` or `watch`, which its pages are put into")]
    source: Annotated[str, Field(description="id of the source that publishes it")] = ""


class TableRow(InputRow):
    """An entry of `tables`: rows are events."""

    source: Annotated[str, Field(description="id of the source that speaks in the rows")]
    reader: Annotated[Reader, Field(description="the form of the table")]
    columns: Annotated[Columns, Field(description="for reader csv: our word to their column")] = {}


class FiguresRow(InputRow):
    """An entry of `figures`: rows are published numbers."""

    source: Annotated[str, Field(description="id of the source that publishes the numbers")]
    columns: Annotated[Columns, Field(description="our word to their column")] = {}


class PolicyRow(Row):
    """Limits and rules of publication."""

    level: Annotated[Level, Field(description="how finely control and talks are shown outside this machine")] = "admin2"
    delay_days: Annotated[int, Field(ge=0, description="days until control and talks are shown outside")] = 90
    mask_names: Annotated[bool, Field(description="whether people who are no actors are masked outside")] = True
    bad_rows: Annotated[Share, Field(description="share of bad rows, 0 to 1, over which a build stops")] = 0.05
    max_bytes: Annotated[int, Field(gt=0, description="bytes over which a file is skipped")] = 2_000_000_000


class ExpectationRow(Row):
    """A dated fact that every build must answer."""

    form: Annotated[ExpectationForm, Field(description="form of the expectation")]
    day: Annotated[OneDay, Field(description="the day on which it is so, YYYY-MM-DD")]
    subject: Annotated[Name, Field(description="id of the place, actor or source that it speaks of")]
    value: Annotated[Name, Field(description="what is expected of the subject")]
    stage: Annotated[Stage, Field(description="the stage that answers it")]
    source: Annotated[Name, Field(description="id of a source, an address, or a file of the case")]
    note: Annotated[str, Field(description="a remark")] = ""
    gap: Annotated[str, Field(description="why it is known to fail; the build shows it and goes on")] = ""


class ConceptRow(Row):
    """A level that texts about this conflict speak of: a node of the system map."""

    id: Annotated[Slug, Field(description="id of the concept; one of Faultline's own replaces that")]
    name: Annotated[Names, Field(description="by language, what the map shows, as in {en: morale}")]
    en: Annotated[tuple[Pattern, ...], Field(description="list of regular expressions over English text")] = ()
    fr: Annotated[tuple[Pattern, ...], Field(description="list of regular expressions over French text")] = ()
    low: Annotated[tuple[Name, ...], Field(description="list of words that speak of it from below")] = ()
    own_fall: Annotated[bool, Field(description="true where a word of fall in it names it, as in withdrawal")] = False


class SensitiveRow(Row):
    """An entry of sensitive.yaml."""

    document: Annotated[str, Field(description="id of a document, as in doc_ and 20 digits")] = ""
    origin: Annotated[str, Field(description="path of a file of the case, as pages show it")] = ""
    words: Annotated[str, Field(description="the words, as the document has them")] = ""
    start: Annotated[int | None, Field(ge=0, description="first code point of the stretch")] = None
    end: Annotated[int | None, Field(ge=1, description="code point after the stretch")] = None
    reason: Annotated[Name, Field(description="why they are withheld, without repeating them")]

    @model_validator(mode="after")
    def _one_stretch_of_one_document(self) -> Self:
        if bool(self.document) == bool(self.origin):
            raise RefusedError("one of document and origin", key="origin")
        if self.document and not re.fullmatch(r"doc_[0-9a-f]{20}", self.document):
            raise RefusedError("doc_ and 20 digits of a document's id", key="document")
        stretch = self.start is not None and self.end is not None and self.start < self.end
        if bool(re.search(r"\w", self.words)) == stretch or (not stretch and (self.start, self.end) != (None, None)):
            raise RefusedError("either words, or start and a later end", key="words")
        return self


class CaseRow(Row):
    """case.yaml."""

    stand_ins = {"schema": "1", "id": "unknown", "title": "?", "languages": ["en"], "countries": ["ZZ"]}
    version: Annotated[Literal["1"], Field(alias="schema", description="schema: 1")]
    id: Annotated[Slug, Field(description="id of the case")]
    title: Annotated[Name, Field(description="title of the case")]
    languages: Annotated[tuple[Language, ...], Field(min_length=1, description="list of language codes, as in [en]")]
    countries: Annotated[tuple[Country, ...], Field(min_length=1, description="list of country codes, as in [KE]")]
    capital: Annotated[str, Field(description="id of a place")] = ""
    period: Annotated[PeriodRow | None, Field(description="first_day and last_day of the period covered")] = None
    documents: Annotated[tuple[DocumentsRow, ...], Field(description="list of files or folders of texts")] = ()
    tables: Annotated[tuple[TableRow, ...], Field(description="list of event tables")] = ()
    figures: Annotated[tuple[FiguresRow, ...], Field(description="list of tables of published numbers")] = ()
    frames: Annotated[tuple[FrameRow, ...], Field(description="list of frames")] = ()
    policy: Annotated[PolicyRow | None, Field(description="limits and rules of publication")] = None
    expectations: Annotated[tuple[ExpectationRow, ...], Field(description="list of dated facts")] = ()
    watch: Annotated[tuple[WatchRow, ...], Field(description="list of folders in which texts keep arriving")] = ()
    feeds: Annotated[tuple[FeedRow, ...], Field(description="list of RSS or Atom feeds")] = ()
    concepts: Annotated[tuple[ConceptRow, ...], Field(description="list of levels of the system map")] = ()
