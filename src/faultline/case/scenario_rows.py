"""The entries of a scenario file and of model.yaml as pydantic models. Invariant: as in rows.py, each key has a
description, which is what its problems say was expected."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from faultline.case.fields import Name, OneDay, RefusedError, Share
from faultline.case.marked import MARKS
from faultline.case.rows import Row
from faultline.record.days import Days
from faultline.record.scenario import ONE, Range, StepForm


def _range(value: Any) -> Range:
    """From [low, high] or one number."""
    ends = value if isinstance(value, list) else [value, value]
    try:
        low, high = (float(end) for end in ends)
    except (TypeError, ValueError):
        raise RefusedError("two numbers, as in [0.5, 2]") from None
    if not 0 <= low <= high < float("inf"):
        raise RefusedError("two numbers from 0 on, the lower first, as in [0.5, 2]")
    return Range(low, high)


def _weights(value: Any) -> dict[str, float]:
    plain = {k: v for k, v in value.items() if k != MARKS} if isinstance(value, dict) else {}
    try:
        found = {str(name): float(weight) for name, weight in plain.items()}
    except (TypeError, ValueError):
        found = {}
    if not found or min(found.values()) < 0 or sum(found.values()) <= 0:
        raise RefusedError("regions with weights, as in {Kidal: 1, Gao: 2}")
    return found


RangeField = Annotated[Range, PlainValidator(_range)]
Texts = tuple[Name, ...]


class StepRow(Row):
    """One supposition."""

    stand_ins: ClassVar[Mapping[str, Any]] = {"form": "dynamics_persist"}
    form: Annotated[StepForm, Field(description=f"one of {', '.join(StepForm)}")]
    first_day: Annotated[OneDay | None, Field(description="the first day, YYYY-MM-DD")] = None
    last_day: Annotated[OneDay | None, Field(description="the last day, inclusive; absent: it lasts")] = None
    for_days: Annotated[int | None, Field(ge=1, description="how many days, in place of last_day")] = None
    region: Annotated[str, Field(description="a region (first-order unit)")] = ""
    place: Annotated[str, Field(description="id of a place; its region is meant")] = ""
    supporter: Annotated[str, Field(description="id of an actor or a coalition")] = ""
    one: Annotated[str, Field(description="id of an actor or a coalition")] = ""
    other: Annotated[str, Field(description="id of an actor or a coalition")] = ""
    violence: Annotated[RangeField, Field(description="factor on violence, as in [0.5, 2]")] = ONE
    changes_hands: Annotated[RangeField, Field(description="factor on places changing hands, as in [1, 4]")] = ONE
    holds: Annotated[Share, Field(description="chance that it comes about, 0 to 1")] = 1.0
    reason: Annotated[str, Field(description="why these ranges")] = ""

    @model_validator(mode="after")
    def _needs(self) -> Self:
        needed = {
            StepForm.BACKER_LEAVES: ("supporter", "place", "first_day"),
            StepForm.FIGHTING_STOPS: ("one", "other", "first_day"),
            StepForm.CEASEFIRE: ("region", "first_day"),
        }
        for key in needed.get(self.form, ()):
            if not getattr(self, key):
                raise RefusedError(f"a {self.form} step with {key}", key="form")
        if self.last_day and self.first_day and self.last_day < self.first_day:
            raise RefusedError(f"a last_day that is not before {self.first_day}", key="last_day")
        return self

    def until(self) -> date | None:
        """The last day; None where it lasts."""
        if self.first_day and self.for_days:
            return date.fromordinal(self.first_day.toordinal() + self.for_days - 1)
        return self.last_day

    @property
    def days(self) -> Days:
        """From the first day to the last."""
        return Days(self.first_day, self.until())


class ScenarioRow(Row):
    """A scenario file."""

    stand_ins: ClassVar[Mapping[str, Any]] = {"schema": "1", "name": "x", "assumptions": ["x"], "steps": []}
    version: Annotated[Literal["1"], Field(alias="schema", description="schema: 1")]
    name: Annotated[Name, Field(description="what the scenario is called")]
    assumptions: Annotated[Texts, Field(min_length=1, description="list of what is assumed, in words")]
    steps: Annotated[tuple[StepRow, ...], Field(description="list of steps")]


class MarkRateRow(Row):
    """What one mark is assumed to do."""

    name: Annotated[Name, Field(description="name of the mark")]
    a_month: Annotated[RangeField, Field(description="events a month in the country, as in [10, 30]")]
    shares: Annotated[dict[str, float], BeforeValidator(_weights), Field(description="regions with weights")]
    parties: Annotated[Texts, Field(description="list of ids of actors and coalitions that it is between")] = ()
    reason: Annotated[Name, Field(description="where the range comes from")]


class TurnsRow(Row):
    """A chance a week and a length in days."""

    a_week: Annotated[RangeField, Field(description="chance a week, as in [0.001, 0.01]")]
    days: Annotated[RangeField, Field(description="how long it lasts in days, as in [30, 150]")] = ONE
    reason: Annotated[Name, Field(description="where the range comes from")]


class ModelRow(Row):
    """model.yaml."""

    stand_ins: ClassVar[Mapping[str, Any]] = {"schema": "1"}
    version: Annotated[Literal["1"], Field(alias="schema", description="schema: 1")]
    event_marks: Annotated[tuple[MarkRateRow, ...], Field(description="list of marks")] = ()
    own: Annotated[RangeField, Field(description="events that one event brings about")] = Range(0.1, 0.5)
    lag: Annotated[RangeField, Field(description="mean lag in days")] = Range(3.0, 14.0)
    size: Annotated[RangeField, Field(description="size of the counts")] = Range(0.5, 3.0)
    lost: Annotated[TurnsRow | None, Field(description="how often a place held by the state is lost")] = None
    regained: Annotated[TurnsRow | None, Field(description="how often a place is regained")] = None
    unrest: Annotated[RangeField, Field(description="times likelier after violence in the place")] = ONE
    at_place: Annotated[Share, Field(description="share of its region's violence that a followed place has")] = 0.05
    blockade: Annotated[TurnsRow | None, Field(description="how often a place is blockaded, for how long")] = None
    restriction: Annotated[TurnsRow | None, Field(description="how often the capital is put under restrictions")] = None
    reporting: Annotated[
        RangeField | None, Field(description="mean days until an event is in the table, as in [5, 20]")
    ] = None
