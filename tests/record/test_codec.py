"""Records to JSON values and back, and their JSON Schema."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.records import record_types, records

from faultline.record.claim import Claim, Slot, Speaker
from faultline.record.codec import decode, encode, json_schema
from faultline.record.days import Days
from faultline.record.envelope import envelope, envelope_schema
from faultline.record.errors import UsageError
from faultline.record.text import Filing, Span
from faultline.record.vocabulary import Kind, SlotName

ALL = pytest.mark.parametrize("kind", record_types(), ids=lambda kind: kind.__name__)
FEWER = settings(max_examples=20)  # of each of some thirty types


@cache
def validator(kind: type) -> jsonschema.Draft202012Validator:
    """Checks against the schema of a record type, which is itself checked."""
    jsonschema.Draft202012Validator.check_schema(json_schema(kind))
    return jsonschema.Draft202012Validator(json_schema(kind))


@ALL
@FEWER
@given(data=st.data())
def test_what_is_decoded_equals_what_was_encoded(kind: type, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    through_text = json.loads(json.dumps(encode(record), allow_nan=False))
    assert decode(kind, through_text) == record


@ALL
@FEWER
@given(data=st.data())
def test_the_schema_of_a_record_accepts_what_encode_gives(kind: type, data: st.DataObject) -> None:
    validator(kind).validate(encode(data.draw(records(kind))))


@ALL
def test_the_schema_of_a_record_refuses_a_field_that_it_has_not(kind: type) -> None:
    assert not validator(kind).is_valid({"no such field": 1})


@given(claims=st.lists(records(Claim), max_size=3), as_of=st.none() | st.dates())
def test_the_schema_of_an_envelope_accepts_the_envelope(claims: list[Claim], as_of: date | None) -> None:
    wrapped = envelope(Claim, "some-case", claims, as_of)
    jsonschema.validate(wrapped, envelope_schema(Claim), jsonschema.Draft202012Validator)
    assert [decode(Claim, row) for row in wrapped["rows"]] == claims


def test_an_envelope_of_one_kind_is_refused_by_the_schema_of_another() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(envelope(Filing, "c", []), envelope_schema(Claim))


def test_fields_that_are_left_out_take_their_default() -> None:
    assert decode(Filing, {"origin": "a.md", "document": "doc_1"}) == Filing("a.md", "doc_1")


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"id": "c", "document": "d", "kind": "event", "span": {"start": 1}}, "Claim.span"),
        ({"id": "c", "document": "d", "kind": "no kind", "span": {"start": 1, "end": 2}}, "Claim.kind"),
        ({"id": 3, "document": "d", "kind": "event", "span": {"start": 1, "end": 2}}, "Claim.id"),
        ({"id": "c", "document": "d", "kind": "event", "span": {"start": True, "end": 2}}, "Claim.span.start"),
        ({"id": "c", "document": "d", "kind": "event", "span": {"start": 3, "end": 2}}, "Claim.span"),
        ({"id": "c", "document": "d", "kind": "event", "span": [], "slots": []}, "Claim.span"),
        ({"id": "c", "document": "d", "kind": "event", "span": {"start": 1, "end": 2}, "colour": 1}, "Claim.colour"),
        ({"slots": [{"name": "actor", "value": "x", "confidence": "high"}]}, "Claim.slots[0].confidence"),
        ({"slots": {"name": "actor"}}, "Claim.slots"),
        ({"days": {"first_day": "2013-02-29"}}, "Claim.days.first_day"),
        ({"days": {"first_day": "2013-02-02", "last_day": "2013-02-01"}}, "Claim.days"),
        ({"slots": [{"name": "actor", "value": "x", "confidence": 10**400}]}, "Claim.slots[0].confidence"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_the_name_of_its_field(value: object, where: str) -> None:
    with pytest.raises(UsageError) as raised:
        decode(Claim, value)
    assert raised.value.where == where


@ALL
@FEWER
@given(value=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), st.lists))
def test_nothing_but_a_usage_error_leaves_decode(kind: type, value: object) -> None:
    with pytest.raises(UsageError):
        decode(kind, value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_json_cannot_write_is_refused(number: float) -> None:
    with pytest.raises(UsageError, match="finite"):
        encode(Slot(SlotName.COUNT, "many", confidence=number))


def test_days_and_enums_are_written_as_their_text() -> None:
    claim = Claim("c", "d", Kind.TALK, Span(0, 4), days=Days(date(2015, 6, 20)), speaker=Speaker(("a", "b")))
    written = encode(claim)
    assert (written["kind"], written["days"]["first_day"], written["days"]["last_day"]) == ("talk", "2015-06-20", None)
    assert written["speaker"]["chain"] == ["a", "b"]


@dataclass(frozen=True)
class Row:
    """Pairs, as rows of tables hold them."""

    pairs: tuple[tuple[str, int], ...] = ()


def test_the_elements_of_a_pair_keep_their_own_types() -> None:
    row = Row((("a", 1), ("b", 2)))
    assert decode(Row, encode(row)) == row
    validator(Row).validate(encode(row))


@pytest.mark.parametrize("pair", [[1, "a"], ["a"], ["a", 1, 2], "ab", []])
def test_a_pair_of_other_types_or_length_is_refused(pair: object) -> None:
    with pytest.raises(UsageError) as raised:
        decode(Row, {"pairs": [["a", 1], pair]})
    assert raised.value.where.startswith("Row.pairs[1]")
    assert not validator(Row).is_valid({"pairs": [pair]})


@dataclass(frozen=True, slots=True)
class Choosing:
    word: Literal["one", "other"] = "one"


def test_word_of_a_few_goes_there_and_back_and_no_other_word_does() -> None:
    assert decode(Choosing, encode(Choosing("other"))) == Choosing("other")
    shape = json_schema(Choosing)["$defs"]["Choosing"]["properties"]["word"]
    assert shape == {"type": "string", "enum": ["one", "other"]}
    with pytest.raises(UsageError, match="one of one, other"):
        decode(Choosing, {"word": "third"})
