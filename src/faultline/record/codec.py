"""Turns records into JSON values and back, and into JSON Schema. Invariant: `decode(type, encode(x)) == x` for every
record."""

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from math import isfinite
from typing import Any, Literal, TypeVar, Union

from faultline.record.errors import UsageError

JSON = Any  # what json.loads gives: None, bool, int, float, str, list, dict
T = TypeVar("T")


def encode(value: object) -> JSON:
    """A JSON value: dataclasses become objects with every field, enums their value, days ISO text, tuples arrays.

    Raises UsageError for a number that JSON cannot write (NaN, infinity): None says that there is none.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [encode(v) for v in value]
    if isinstance(value, dict):
        return {str(k): encode(v) for k, v in value.items()}
    if isinstance(value, float) and not isfinite(value):
        raise UsageError("number", str(value), "a finite number", "Where there is no number, None says so.")
    return value


def decode(kind: type[T], value: JSON, where: str = "") -> T:
    """The record of that type from a JSON value; missing fields take their default.

    Raises UsageError, naming the field, where a value does not fit the type or a field is unknown.
    """
    return typing.cast(T, _decode(kind, value, where or kind.__name__))


def json_schema(kind: type) -> dict[str, JSON]:
    """JSON Schema (draft 2020-12) of a record type, with definitions of the records inside it."""
    definitions: dict[str, JSON] = {}
    schema = _schema(kind, definitions)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "$defs": definitions}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decode(kind: Any, value: JSON, where: str) -> object:
    origin = typing.get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        inner = [k for k in typing.get_args(kind) if k is not type(None)]
        return _decode(inner[0], value, where)
    if origin is tuple:
        return _decode_tuple(kind, value, where)
    if isinstance(kind, type) and is_dataclass(kind):
        return _decode_record(kind, value, where)
    if origin is Literal:
        return _decode_word(typing.get_args(kind), value, where)
    try:
        return _decode_scalar(kind, value)
    except (TypeError, ValueError, OverflowError):
        raise UsageError(where, repr(value)[:80], getattr(kind, "__name__", str(kind))) from None


def _decode_word(words: tuple[str, ...], value: JSON, where: str) -> str:
    if value not in words:
        raise UsageError(where, repr(value)[:80], f"one of {', '.join(words)}")
    return str(value)


def _decode_scalar(kind: Any, value: JSON) -> object:
    if issubclass(kind, Enum):
        return kind(value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise TypeError
    return value


def _decode_tuple(kind: Any, value: JSON, where: str) -> tuple[object, ...]:
    inner = typing.get_args(kind)
    if not isinstance(value, list):
        raise UsageError(where, repr(value)[:80], "a list")
    if inner[-1] is ...:
        inner = inner[:1] * len(value)
    if len(inner) != len(value):
        raise UsageError(where, f"{len(value)} elements", f"{len(inner)}")
    return tuple(_decode(k, v, f"{where}[{n}]") for n, (k, v) in enumerate(zip(inner, value, strict=True)))


def _decode_record(kind: type, value: JSON, where: str) -> object:
    if not isinstance(value, dict):
        raise UsageError(where, repr(value)[:80], "an object")
    hints = _hints(kind)
    unknown = sorted(set(value) - set(hints))
    if unknown:
        raise UsageError(f"{where}.{unknown[0]}", "a field that is not there", f"one of {', '.join(hints)}")
    arguments = {name: _decode(hints[name], v, f"{where}.{name}") for name, v in value.items()}
    try:
        return kind(**arguments)
    except UsageError as error:  # the record's own invariant; it does not know where it stands
        raise UsageError(where, error.got, error.expected, error.way_out) from None
    except TypeError as error:
        raise UsageError(where, str(error)) from None


_SCALARS: dict[type, dict[str, JSON]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def _schema(kind: Any, definitions: dict[str, JSON]) -> dict[str, JSON]:
    origin = typing.get_origin(kind)
    if origin in (Union, types.UnionType):
        return {
            "anyOf": [
                _schema(k, definitions) if k is not type(None) else {"type": "null"} for k in typing.get_args(kind)
            ]
        }
    if origin is tuple:
        return _tuple_schema(typing.get_args(kind), definitions)
    if origin is Literal:
        return {"type": "string", "enum": list(typing.get_args(kind))}
    if kind in _SCALARS:
        return dict(_SCALARS[kind])
    if issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # placed first, so that a record may hold itself
        definitions[kind.__name__] = _record_schema(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _tuple_schema(inner: tuple[Any, ...], definitions: dict[str, JSON]) -> dict[str, JSON]:
    if inner[-1] is ...:
        return {"type": "array", "items": _schema(inner[0], definitions)}
    items = [_schema(kind, definitions) for kind in inner]
    return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}


def _record_schema(kind: type, definitions: dict[str, JSON]) -> dict[str, JSON]:
    hints = _hints(kind)
    required = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
    properties = {name: _schema(hint, definitions) for name, hint in hints.items()}
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
