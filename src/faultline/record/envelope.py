"""Wraps rows for every `--json` and every API answer: {schema, case, as_of, recorded_by, rows}. Invariant: the shape of
a row is the JSON Schema generated from its record."""

from collections.abc import Iterable
from datetime import date, datetime

from faultline.record.codec import JSON, encode, json_schema

SCHEMA_VERSION = 1


def schema_name(kind: type) -> str:
    """Name of a row type in an envelope: "faultline/claim/1"."""
    return f"faultline/{kind.__name__.lower()}/{SCHEMA_VERSION}"


def envelope(
    kind: type, case: str, rows: Iterable[object], as_of: date | None = None, recorded_by: datetime | None = None
) -> dict[str, JSON]:
    """The JSON object that carries rows of one record type; `as_of` and `recorded_by` are null where no snapshot was
    read."""
    return {
        "schema": schema_name(kind),
        "case": case,
        "as_of": encode(as_of),
        "recorded_by": encode(recorded_by),
        "rows": [encode(row) for row in rows],
    }


def envelope_schema(kind: type) -> dict[str, JSON]:
    """JSON Schema (draft 2020-12) of an envelope of rows of that record type."""
    row = json_schema(kind)
    moment = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    return {
        "$schema": row["$schema"],
        "type": "object",
        "properties": {
            "schema": {"const": schema_name(kind)},
            "case": {"type": "string"},
            "as_of": moment,
            "recorded_by": moment,
            "rows": {"type": "array", "items": {"$ref": row["$ref"]}},
        },
        "required": ["schema", "case", "as_of", "recorded_by", "rows"],
        "additionalProperties": False,
        "$defs": row["$defs"],
    }
