"""Turns the shared filter into its parts, each in words and each removable. Invariant: a part says what it narrows, so
that nobody takes a narrowed view for the whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from faultline.case import Case
from faultline.publish.names import actor_name, find_actor, find_place, place_name
from faultline.publish.web.query import Look
from faultline.record.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Part:
    """One condition: `name` of its field, `value` as a reader reads it ("" where the name says all), `without` the
    fields of the query that lift it."""

    name: str
    value: str
    without: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Chip:
    """A part with the address of the page without it."""

    name: str
    value: str
    url: str


def parts_of(case: Case, query: Look) -> Iterator[Part]:
    """The parts of the filter, the period first."""
    if query.first_day or query.last_day:
        value = f"{query.first_day or '…'} – {query.last_day or '…'}"
        yield Part("period", value, {"first_day": "", "last_day": ""})
    named = {"actor": _actor, "place": _place, "source": _source}
    for field in ("actor", "place", "source", "kind", "modality"):
        for one in getattr(query, field):
            rest = [other for other in getattr(query, field) if other != one]
            yield Part(field, named[field](case, one) if field in named else str(one.value), {field: rest})
    if query.actor and query.lineage:
        yield Part("with their lineage", "", {"lineage": ""})
    if query.side:
        yield Part("side", _actor(case, query.side), {"side": ""})
    if query.voices > 1:
        yield Part("independent voices at least", str(query.voices), {"voices": ""})
    if query.standing:
        yield Part("standing", query.standing, {"standing": ""})


def _actor(case: Case, text: str) -> str:
    return actor_name(case, find_actor(case, text))


def _place(case: Case, text: str) -> str:
    return place_name(case, find_place(case, text))


def _source(case: Case, id: str) -> str:
    try:
        return case.source(id).name
    except NotFoundError:
        return id
