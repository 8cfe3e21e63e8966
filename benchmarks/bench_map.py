"""Arrows of the system map against paragraphs read by hand: turns tests/coding/system/paragraphs.yaml into precision
and recall, for those that the rules were made or mended by and those kept for judging; then sentences a second.

`python -m benchmarks.bench_map USE` prints what is missed and too much in those of that use ("dev", "seen", "judge").
"""

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from faultline.coding.parser import load_parser
from faultline.coding.split import sentences
from faultline.coding.system.assess import AssessOptions, assess
from faultline.coding.system.concepts import built_in
from faultline.coding.system.read import read_system
from faultline.coding.system.tree import Tree
from faultline.coding.tokens import fold
from faultline.model.system import map_of
from faultline.record.system import Arrow, ArrowStatus, read_arrow
from faultline.record.text import Document

PARAGRAPHS = Path(__file__).resolve().parents[1] / "tests" / "coding" / "system" / "paragraphs.yaml"
_CONCEPTS = frozenset(concept.id for concept in built_in())


@dataclass(frozen=True)
class Compared:
    """What was expected and what came: pairs found, and the rest of both sides."""

    expected: tuple[str, ...]
    missed: tuple[str, ...]
    emitted: tuple[Arrow, ...]
    wrong: tuple[Arrow, ...]

    @property
    def recall(self) -> float:
        """Share of the expected arrows that came, with their sign and, where denied, as denied."""
        return 1 - len(self.missed) / len(self.expected)

    @property
    def precision(self) -> float:
        """Share of the arrows that came which were expected."""
        return 1 - len(self.wrong) / len(self.emitted) if self.emitted else float("nan")


def main(arguments: Iterable[str] = ()) -> str:
    """The table as text."""
    chosen = list(arguments)
    lines = ["half   language  paragraphs  expected  found  recall  emitted  held  precision"]
    for use in ("dev", "seen", "judge"):
        for language in ("en", "fr", "both"):
            entries = [e for e in paragraphs() if e["use"] == use and language in (e["language"], "both")]
            lines.append(_row(use, language, [compare_text(e["text"], e["language"], e["arrows"]) for e in entries]))
    for entry in paragraphs():
        if entry["use"] in chosen:
            found = compare_text(entry["text"], entry["language"], entry["arrows"])
            lines += [
                entry["id"],
                *(f"  missed {m}" for m in found.missed),
                *(f"  wrong  {shown(a)}" for a in found.wrong),
            ]
    return "\n".join([*lines, "", speed()])


def paragraphs() -> list[dict]:  # type: ignore[type-arg]
    """The paragraphs with their expected arrows."""
    return yaml.safe_load(PARAGRAPHS.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def compare_text(text: str, language: str, expected: Iterable[str], also: Iterable[str] = ()) -> Compared:
    """Reads the text and compares; `also` are arrows that are held when they come, and not asked for."""
    document = Document("doc", "", "text/plain", text)
    emitted = {
        (a.cause.node, a.effect.node, a.sign, a.status): a
        for a in map_of(read_system(document, language).claims).arrows
    }
    return compare(tuple(emitted.values()), tuple(expected), tuple(also))


def compare(emitted: tuple[Arrow, ...], expected: tuple[str, ...], also: tuple[str, ...] = ()) -> Compared:
    """Which expected arrows came, and which came that are neither expected nor allowed."""
    missed = tuple(e for e in expected if not any(holds(e, a) for a in emitted))
    wrong = tuple(a for a in emitted if not any(holds(e, a) for e in (*expected, *also)))
    return Compared(expected, missed, emitted, wrong)


def holds(expected: str, arrow: Arrow) -> bool:
    """Whether the arrow is the expected one: both ends, the sign, and denied only where that was expected."""
    cause, effect, status = read_arrow(expected)
    sign = cause.direction * effect.direction
    denied = status == ArrowStatus.DENIED
    return (
        _names(cause.node, arrow.cause.node)
        and _names(effect.node, arrow.effect.node)
        and sign in (0, arrow.sign)
        and denied == (arrow.status == ArrowStatus.DENIED)
    )


def _names(alternatives: str, node: str) -> bool:
    words = set(fold(node).replace("'", "' ").split())
    return any(
        alternative == node
        or (alternative not in _CONCEPTS and set(fold(alternative).replace("'", "' ").split()) <= words)
        for alternative in alternatives.split("/")
    )


def shown(arrow: Arrow) -> str:
    """The arrow with its status and words."""
    return f"{arrow.cause} > {arrow.effect} ({arrow.status})"


def _row(use: str, language: str, found: list[Compared]) -> str:
    expected, missed = sum(len(f.expected) for f in found), sum(len(f.missed) for f in found)
    emitted, wrong = sum(len(f.emitted) for f in found), sum(len(f.wrong) for f in found)
    recall, precision = 1 - missed / expected, 1 - wrong / emitted if emitted else float("nan")
    return (
        f"{use:6} {language:8} {len(found):11} {expected:9} {expected - missed:6} {recall:7.2f}"
        f" {emitted:8} {emitted - wrong:5} {precision:10.2f}"
    )


def speed() -> str:
    """Sentences a second of processor time, the parse and the rules apart."""
    parser = load_parser("en")
    assert parser is not None
    text = "\n\n".join(e["text"] for e in paragraphs() if e["language"] == "en") * 20
    said = sentences(text, "en")
    texts = [s.span.of(text) for s in said]
    begun = time.process_time()
    parsed = parser.parse(texts)
    middle = time.process_time()
    assess("doc", [(s, Tree(t, p)) for s, t, p in zip(said, texts, parsed, strict=True)], AssessOptions(free=True))
    ended = time.process_time()
    return (
        f"{len(said)} sentences of analysis: parse {len(said) / (middle - begun):.0f} a second,"
        f" rules {len(said) / (ended - middle):.0f} a second"
    )


if __name__ == "__main__":
    print(main(sys.argv[1:]))
