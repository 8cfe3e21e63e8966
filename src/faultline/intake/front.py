"""Turns the front matter of a report, or a .yaml file beside it, into a mapping. Invariant: words stay words (a day, a
number or "no" is never converted), and an alias that would unfold into a giant is refused."""

import re
from collections import Counter
from typing import Any

import yaml

from faultline.intake.taken import RefusedError

_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LONGEST = 65_536  # characters; nobody writes more by hand
_DEEPEST = 20


def split_front(text: str) -> tuple[dict[str, Any], str]:
    """The mapping at the head of a text between two `---` lines, and the text after it; ({}, text) where there is none.

    Raises RefusedError("front matter") for YAML that cannot be read.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end(), _LONGEST) if opening else None
    if opening is None or closing is None:
        return {}, text
    return read_mapping(text[opening.end() : closing.start()]), text[closing.end() :]


def read_mapping(text: str) -> dict[str, Any]:
    """The YAML mapping in a text; {} for nothing. Raises RefusedError("front matter")."""
    if len(text) > _LONGEST:
        raise RefusedError("front matter", f"{len(text)} characters", f"at most {_LONGEST}")
    try:
        found = yaml.load(text, _WordLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RefusedError("front matter", _first_line(error)) from None
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise RefusedError("front matter", "not a mapping of keys to values")
    return found


class _WordLoader(yaml.SafeLoader):
    """Reads true, false and null; everything else is text. No aliases, no key twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own form)
    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias (*name): write the value out")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise yaml.YAMLError("too deep")
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        if keys and keys.most_common(1)[0][1] > 1:
            raise yaml.YAMLError(f"the key {keys.most_common(1)[0][0]!r} stands twice")
        return super().construct_mapping(node, deep)


_WordLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false|True|False)\Z"), list("tfTF"))
_WordLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|)\Z"), ["~", "n", "N", ""])


def _first_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error) or type(error).__name__
    return f"line {mark.line + 1}: {what}" if mark else str(what).partition("\n")[0]
