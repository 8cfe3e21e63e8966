"""Turns YAML text into dictionaries, lists and texts that know their lines. Invariant: no value is interpreted ("NO"
and "2012-03" stay texts), nothing is constructed from tags, and the result is never larger than the text."""

from collections.abc import Iterator
from typing import Any

import yaml

from faultline.case.problem import Problems, shown
from faultline.record.packaged import LOADER

MARKS = "\0marks"  # the key under which every dictionary keeps its Marks; no YAML or CSV text can overwrite it
_MAX_DEPTH = 12
_NULLS = ("~", "null", "Null", "NULL")


class Marks:
    """Where a dictionary and its keys stand: the file, the line of the dictionary (from 1), the line of each key."""

    __slots__ = ("file", "keys", "line")

    def __init__(self, file: str, line: int, keys: dict[str, int] | None = None) -> None:
        self.file, self.line, self.keys = file, line, keys or {}

    def where(self, key: str = "") -> str:
        """The "file:line" of that key, of the dictionary itself where it has no such key."""
        return f"{self.file}:{self.keys.get(key, self.line)}"


class Text(str):
    """A text of a YAML list that knows where it stands."""

    where: str


class _UnreadableError(Exception):
    """The rest of the text cannot be read; the problem is noted."""


def read_yaml(text: str, file: str, problems: Problems) -> Any:
    """The value in the text: dict (with Marks under MARKS), list, str, or None for an empty text. Keys without a value
    (nothing, null, ~ or "") are absent.

    Notes a problem for broken syntax, duplicate keys, tags, anchors used as aliases, a second document, and nesting
    beyond 12 levels; None where the text cannot be read to its end.
    """
    builder = _Builder(file, problems)
    try:
        return builder.document(yaml.parse(text, Loader=LOADER))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else _line_of_byte(text, getattr(error, "position", 0) or 0)
        got = " ".join(str(getattr(error, "problem", "") or getattr(error, "reason", "") or "broken text").split())
        problems.add(f"{file}:{line}", got, "YAML", "Look at the indentation and the quotes around this line.")
    except _UnreadableError:
        pass
    return None


def _line_of_byte(text: str, position: int) -> int:
    return text.encode("utf-8", "replace")[:position].count(b"\n") + 1


class _Builder:
    """Builds the value from the parser's events: flat memory, no tags, no aliases."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file, self.problems = file, problems

    def document(self, events: Iterator[Any]) -> Any:
        self.events = events
        value, documents = None, 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._note(event, "a second document (---)", "one document in a file", "Delete the line with ---.")
                    raise _UnreadableError
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, 0)
        return value

    def _value(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            self._note(event, f"the alias *{event.anchor}", "the value itself", "Write the value out.")
            return None
        if event.tag is not None and event.tag != "!":
            self._note(event, f"the tag {shown(event.tag)}", "a value without tag", "Delete the tag.")
        if isinstance(event, yaml.ScalarEvent):
            absent = not event.value or (event.style is None and event.value in _NULLS)
            return None if absent else event.value
        if depth == _MAX_DEPTH:
            self._note(event, "deeper nesting", f"at most {_MAX_DEPTH} levels", "Look at the brackets in this line.")
            raise _UnreadableError
        return self._list(depth) if isinstance(event, yaml.SequenceStartEvent) else self._dict(event, depth)

    def _list(self, depth: int) -> list[Any]:
        items = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            item = self._value(event, depth + 1)
            if isinstance(item, str):
                item = Text(item)
                item.where = self._where(event)
            items.append(item)
        return items

    def _dict(self, start: Any, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        marks = Marks(self.file, start.start_mark.line + 1)
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._value(event, depth + 1)
            value = self._value(next(self.events), depth + 1)
            if self._is_new_key(event, key, marks) and value is not None:
                result[key] = value
        result[MARKS] = marks
        return result

    def _is_new_key(self, event: Any, key: Any, marks: Marks) -> bool:
        if not isinstance(key, str):
            self._note(event, "a key that is no text", "a word before the colon", "Put the key in quotes.")
            return False
        if key in marks.keys:
            got = f"the key {shown(key)} again (first in line {marks.keys[key]})"
            self._note(event, got, "each key once", "Delete one of the two or put them together.")
            return False
        marks.keys[key] = event.start_mark.line + 1
        return True

    def _where(self, event: Any) -> str:
        return f"{self.file}:{event.start_mark.line + 1}"

    def _note(self, event: Any, got: str, expected: str, way_out: str) -> None:
        self.problems.add(self._where(event), got, expected, way_out)
