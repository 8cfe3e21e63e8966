"""The few words that a figure says of its own, by language. Invariant: signs and statuses have one wording in picture,
page and table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from faultline.record.packaged import packaged
from faultline.record.system import ArrowStatus, SystemMap
from faultline.record.vocabulary import ArrowKind


@dataclass(frozen=True)
class Wording:
    """Words for signs (1, -1, 0), statuses, and the headings of a page, in one language."""

    language: str = "en"
    texts: Mapping[str, str] = field(default_factory=lambda: _texts("en"))

    @property
    def signs(self) -> dict[int, str]:
        """What each sign says of cause and effect."""
        return {1: self.texts["more"], -1: self.texts["less"], 0: self.texts["open"]}

    @property
    def statuses(self) -> dict[ArrowStatus, str]:
        """How far the text commits itself."""
        return {status: self.texts[status.value] for status in ArrowStatus}

    @property
    def kinds(self) -> dict[ArrowKind, str]:
        """How an arrow is known."""
        return {kind: self.texts[kind.value] for kind in ArrowKind}


def wording_of(language: str) -> Wording:
    """The words of a language; English where there are none."""
    found = language if language in _table() else "en"
    return Wording(found, _texts(found))


def said_of(system: SystemMap, wording: Wording) -> str:
    """How many levels and arrows the map has, and who asserts them."""
    kinds = [arrow.kind for arrow in system.arrows]
    if set(kinds) - {ArrowKind.ASSERTED}:
        counted = ", ".join(f"{kinds.count(kind)} {wording.kinds[kind]}" for kind in ArrowKind if kind in kinds)
        return f"{counted} · {wording.texts['loops'].lower()}: {len(system.loops)}"
    numbers = {"nodes": len(system.nodes), "arrows": len(system.arrows), "loops": len(system.loops)}
    return wording.texts["summary"].format(**numbers)


@cache
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = packaged("faultline.publish.figure", "wording.yaml")
    return found


def _texts(language: str) -> dict[str, str]:
    return _table()[language]
