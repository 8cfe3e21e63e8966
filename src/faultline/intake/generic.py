"""Turns the column mapping of a case (our word: their column) into the list of words of a reader. Invariant: a mapping
that names a word we do not have, or a column for two words, is refused rather than half used."""

from collections.abc import Mapping
from typing import Any

from faultline.intake.taken import RefusedError

_IGNORE = "ignore"


def mapped_words(words: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """The words of csv.yaml with the columns of one table. Raises RefusedError("mapping")."""
    parts: dict[str, str] = {}
    for word, column in columns.items():
        if word == _IGNORE:
            continue
        if word not in words["words"]:
            raise RefusedError("mapping", f"columns: {word}", f"one of {', '.join((*words['words'], _IGNORE))}")
        if column in parts:
            raise RefusedError("mapping", f"columns: {word}: {column}", "each column for one word")
        parts[column] = words["words"][word]
    ignored = [name.strip() for name in columns.get(_IGNORE, "").split(",")]
    return {**words, "columns": parts, "ignored": {name: "named in case.yaml" for name in ignored if name}}
