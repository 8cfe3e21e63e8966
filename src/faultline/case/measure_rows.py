"""The entries of measures.yaml as pydantic models. Invariant: as in rows.py, each key has a description, which is what
its problems say was expected."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from faultline.case.fields import Interval, Name, OneDay, Slug
from faultline.case.rows import Dated, Row
from faultline.record.declared import Standing

Whole = Annotated[int, Field(ge=1)]


class CoalitionRow(Dated):
    """Parties that count as one."""

    id: Annotated[Slug, Field(description="id of the coalition")]
    name: Annotated[Name, Field(description="name of the coalition")]
    members: Annotated[tuple[Name, ...], Field(min_length=1, description="list of ids of actors")]
    reason: Annotated[str, Field(description="why they count as one")] = ""


class NamedDayRow(Row):
    """A day whose surprise is asked for."""

    name: Annotated[Name, Field(description="what the day is called")]
    days: Annotated[Interval, Field(description="the day, or first/last")]
    coalition: Annotated[Name, Field(description="id of a coalition of this file")]
    standing: Annotated[Standing, Field(description="declared or placebo")] = Standing.DECLARED
    source: Annotated[str, Field(description="id of a source, an address, or a file of the case")] = ""


class DepartureRow(Row):
    """A supporter that left."""

    supporter: Annotated[Name, Field(description="id of an actor")]
    supported: Annotated[Name, Field(description="id of an actor")]
    days: Annotated[Interval, Field(description="the day of the departure, or first/last")]
    name: Annotated[str, Field(description="what the departure is called")] = ""
    placebos: Annotated[tuple[OneDay, ...], Field(description="list of days on which nobody left")] = ()
    source: Annotated[str, Field(description="id of a source, an address, or a file of the case")] = ""


class PairRow(Row):
    """Two parties that fight and talk."""

    one: Annotated[Name, Field(description="id of an actor or a coalition")]
    other: Annotated[Name, Field(description="id of an actor or a coalition")]
    places: Annotated[tuple[Name, ...], Field(description="list of ids of places; absent: anywhere")] = ()


class ShockRow(Row):
    """A day after which the return to normal is timed."""

    name: Annotated[Name, Field(description="what the shock is called")]
    day: Annotated[OneDay, Field(description="the day, YYYY-MM-DD")]
    place: Annotated[str, Field(description="id of a place; absent: the country")] = ""
    source: Annotated[str, Field(description="id of a source, an address, or a file of the case")] = ""


class MarkRow(Row):
    """A mark of the event model."""

    name: Annotated[Slug, Field(description="name of the mark")]
    coalition: Annotated[str, Field(description="id of a coalition that acts")] = ""
    roots: Annotated[tuple[Name, ...], Field(description="list of actions, as in assault")] = ()
    recipients: Annotated[tuple[Name, ...], Field(description="list of ids or sides acted upon")] = ()


class DeclaredRow(Row):
    """measures.yaml."""

    stand_ins: ClassVar[Mapping[str, Any]] = {"schema": "1"}
    version: Annotated[Literal["1"], Field(alias="schema", description="schema: 1")]
    declared_on: Annotated[OneDay | None, Field(description="the day of this declaration, YYYY-MM-DD")] = None
    defender: Annotated[str, Field(description="id of a coalition of this file")] = ""
    windows: Annotated[tuple[Whole, ...], Field(description="list of whole days, as in [1, 2, 3, 7]")] = (1, 2, 3, 7)
    bins: Annotated[tuple[Whole, ...], Field(description="list of whole days, as in [7, 14, 28]")] = (7, 14, 28)
    front_km: Annotated[float, Field(gt=0, description="kilometres between two fronts")] = 50.0
    rings_km: Annotated[tuple[Whole, ...], Field(description="list of kilometres to the capital")] = (50, 100, 300)
    coalitions: Annotated[tuple[CoalitionRow, ...], Field(description="list of coalitions")] = ()
    days: Annotated[tuple[NamedDayRow, ...], Field(description="list of named days")] = ()
    departures: Annotated[tuple[DepartureRow, ...], Field(description="list of departures")] = ()
    pairs: Annotated[tuple[PairRow, ...], Field(description="list of pairs")] = ()
    shocks: Annotated[tuple[ShockRow, ...], Field(description="list of shocks")] = ()
    event_marks: Annotated[tuple[MarkRow, ...], Field(description="list of marks of the event model")] = ()
    places: Annotated[tuple[Name, ...], Field(description="list of ids of places whose control is followed")] = ()
    draws: Annotated[int, Field(ge=99, le=99_999, description="draws from a null model, 99 to 99999")] = 999
    seed: Annotated[int, Field(ge=0, description="a whole number")] = 20120117
