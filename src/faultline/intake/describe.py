"""Turns what a document says of itself into its filing. Invariant: every key is used or kept in `extra` as JSON;
nothing is dropped in silence, and a publication day that is no day refuses the document rather than turn unknown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from faultline.intake.language import detect, normal
from faultline.intake.taken import RefusedError
from faultline.record.days import Days, parse_days
from faultline.record.errors import UsageError
from faultline.record.text import Filing

_USED = ("source", "title", "url", "published", "language", "note")
_LONGEST_EXTRA = 65_536


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a document: `keys` by its author (they outrank the case's input), `hints` by its format (they
    fill what stays empty), `encoding` how its bytes were read where that had to be guessed."""

    keys: Mapping[str, Any] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""


def describe(filing: Filing, document: str, text: str, said: Said) -> Filing:
    """The filing of a document, completed from what is said of it; its language is detected where nothing names it.

    Raises RefusedError: "bad date", "front matter".
    """
    words = {key: _text(key, said.keys.get(key)) for key in _USED if key != "published"}
    extra = {key: value for key, value in said.keys.items() if key not in _USED}
    if said.encoding:
        extra["encoding"] = said.encoding
    url = words["url"] or filing.url or said.hints.get("url", "")
    return replace(
        filing,
        document=document,
        source=words["source"] or filing.source,
        title=words["title"] or filing.title or said.hints.get("title", ""),
        url=url,
        language=_language(words["language"], filing.language, text, said.hints.get("language", "")),
        published=_published(filing.published, said),
        retold_from=(url or filing.origin) if filing.retold_from else "",
        note=words["note"] or filing.note,
        extra=_as_json(extra),
    )


def _language(named: str, of_input: str, text: str, hint: str) -> str:
    """A template's `lang` is often wrong, so the format's hint only breaks a tie."""
    given = normal(named) or normal(of_input)
    if given:
        return given
    found = detect(text)
    return (normal(hint) or found) if found == "und" else found


def _published(of_input: Days, said: Said) -> Days:
    written = said.keys.get("published")
    if written is not None and not isinstance(written, (str, int)):
        raise RefusedError("bad date", f"published: {written!r}"[:80], "one day or interval")
    own = parsed_days(str(written)) if written is not None else Days()
    if own.known:
        return own
    if of_input.known:
        return of_input
    try:
        return parse_days(said.hints.get("published", ""))
    except UsageError:
        return Days()  # a page's own markup is only a hint


def parsed_days(text: str) -> Days:
    """Days from ISO 8601 or EDTF; raises RefusedError("bad date")."""
    try:
        return parse_days(text, "published")
    except UsageError as error:
        raise RefusedError("bad date", f"published: {text!r}"[:80], error.expected) from None


def _text(key: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (str, int, float)):
        return str(value).strip()
    raise RefusedError("front matter", f"{key}: {value!r}"[:80], "text")


def _as_json(extra: Mapping[str, Any]) -> str:
    if not extra:
        return ""
    written = json.dumps(extra, ensure_ascii=False, sort_keys=True)
    if len(written) > _LONGEST_EXTRA:
        raise RefusedError("front matter", f"{len(written)} characters of other keys", f"at most {_LONGEST_EXTRA}")
    return written
