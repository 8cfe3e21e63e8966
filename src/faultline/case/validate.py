"""Turns raw entries into rows. Invariant: one wrong value never hides another: what is wrong is noted and left out (or
a stand-in takes its place), and the rest of the entry is read and checked further."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from faultline.case.fields import RefusedError
from faultline.case.marked import MARKS, Marks, Text
from faultline.case.problem import Problems, nearest, shown
from faultline.case.rows import Row

R = TypeVar("R", bound=Row)
Location = tuple[int | str, ...]
_EXPECTED = {
    "tuple_type": "a list, as in [a, b]",
    "model_type": "keys and values, as in {key: value}",
    "dict_type": "keys and values, as in {key: value}",
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "too_short": "at least one entry",
}
_WAY_OUT = {"float_parsing": "Write it with a point and without unit, as in 16.27."}


def read_row(model: type[R], raw: Any, where: str, problems: Problems) -> R | None:
    """The row in a raw dictionary, without the parts that are wrong; None where nothing usable remains.

    `where` is the place of a raw value that is no dictionary. `raw` is changed: wrong parts are taken out.
    """
    first = True
    while True:
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            found: list[dict[str, Any]] = [dict(details) for details in error.errors(include_url=False)]
        for details in found:
            if not _is_consequence(details, first):
                _note(model, raw, details, where, problems)
        first = False
        if not _mend(model, raw, found):
            return None


def _is_consequence(details: dict[str, Any], first: bool) -> bool:
    """Whether the error stems from another one: an entry that was refused or taken out is missing elsewhere."""
    if details["type"] == "too_short":
        return not first or bool(details["input"])
    return details["type"] == "missing" and not first


def _note(model: type[Row], raw: Any, details: dict[str, Any], where: str, problems: Problems) -> None:
    location: Location = details["loc"]
    refused = details.get("ctx", {}).get("error")
    if isinstance(refused, RefusedError):
        place = _place(raw, (*location, refused.key) if refused.key else location, where)
        problems.add(place, _got(location, refused.key, details["input"]), refused.expected, refused.way_out)
        return
    place, key = _place(raw, location, where), str(location[-1]) if location else ""
    if details["type"] == "missing":
        problems.add(place, f"no {key}", f"{key}: {_description(model, location)}", "Add the key.")
    elif details["type"] == "extra_forbidden":
        known = _model_at(model, location[:-1]).keys()
        problems.add(place, f"the unknown key {shown(key)}", f"one of {', '.join(known)}", nearest(key, known))
    else:
        expected = _EXPECTED.get(details["type"], str(details["msg"]).removeprefix("Input should be "))
        problems.add(place, _got(location, "", details["input"]), expected, _way_out(details))


def _got(location: Location, key: str, value: Any) -> str:
    name = key or next((step for step in reversed(location) if isinstance(step, str)), "")
    if isinstance(value, dict):
        return f"{name} {shown(value[key])}" if key in value else f"keys and values for {name}"
    return f"a list for {name}" if isinstance(value, list) else f"{name} {shown(value or '')}".strip()


def _way_out(details: dict[str, Any]) -> str:
    if details["type"] in ("enum", "literal_error"):
        return nearest(str(details["input"]), re.findall(r"'([^']*)'", details["ctx"]["expected"]))
    return _WAY_OUT.get(details["type"], "")


def _place(raw: Any, location: Location, where: str) -> str:
    """The finest place that is known on the way to `location`."""
    node = raw
    for step in location:
        if isinstance(node, dict) and isinstance(node.get(MARKS), Marks):
            where = node[MARKS].where(str(step))
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
            where = node.where if isinstance(node, Text) else where
        else:
            break
    return node[MARKS].where() if isinstance(node, dict) and MARKS in node else where


def _model_at(model: type[Row], location: Location) -> type[Row]:
    for step in location:
        if isinstance(step, str):
            model = next(iter(_rows_in(model.model_fields[step].annotation)), model)
    return model


def _rows_in(annotation: Any) -> Iterable[type[Row]]:
    if isinstance(annotation, type) and issubclass(annotation, Row):
        yield annotation
    for inner in get_args(annotation):
        yield from _rows_in(inner)


def _description(model: type[Row], location: Location) -> str:
    fields = _model_at(model, location[:-1]).model_fields
    return next((f.description or "" for name, f in fields.items() if location[-1] in (name, f.alias)), "")


def _mend(model: type[Row], raw: Any, found: list[dict[str, Any]]) -> bool:
    """Takes out what is wrong, or puts a stand-in there; False where the whole entry would have to go."""
    wrong = []
    for details in found:
        location = details["loc"]
        if details["type"] != "missing":
            wrong.append(location)
        elif len(location) == 1 and location[0] in model.stand_ins:
            raw[location[0]] = model.stand_ins[location[0]]
        else:
            wrong.append(location[:-1])
    return _take_out(raw, wrong)


def _take_out(raw: Any, locations: list[Location]) -> bool:
    """Deletes what stands at the locations, the last of a list first; False where the whole entry would have to go."""
    deepest = sorted({_existing(raw, loc) for loc in locations}, key=_order, reverse=True)
    for location in deepest:
        if not location:
            return False
        parent = raw
        for step in location[:-1]:
            parent = parent[step]
        del parent[location[-1]]
    return True


def _existing(raw: Any, location: Location) -> Location:
    """The longest beginning of `location` that leads to something in `raw`."""
    node = raw
    for n, step in enumerate(location):
        inside_list = isinstance(node, list) and isinstance(step, int) and step < len(node)
        if not (inside_list or (isinstance(node, dict) and step in node)):
            return location[:n]
        node = node[step]
    return location


def _order(location: Location) -> tuple[Any, ...]:
    return len(location), [(0, step, "") if isinstance(step, int) else (1, 0, step) for step in location]
