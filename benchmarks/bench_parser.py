"""Parsers: whole held-out treebanks against the cards, sentences a second of one core, start-up, size. Turns the
treebanks in the shared folder into one table; a figure that leaves its card by more than 0.1 is marked."""

import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from recipes.scores import score_raw
from recipes.treebank import Tree, read_trees
from tests.parts import find_shared

from faultline.coding.parser import MODELS, Parser, load_parser

_START = "import time; from faultline.coding.parser import load_parser; {}; print(time.process_time())"


def main() -> str:
    """The table as text. Raises FileNotFoundError where there are no treebanks."""
    shared = find_shared(Path(__file__).resolve().parents[1])
    if shared is None:
        raise FileNotFoundError("no shared folder with treebanks")
    lines = ["treebank                 UPOS    UAS    LAS   card  sentences/core-s  words/core-s"]
    for language in ("en", "fr"):
        parser = load_parser(language)
        assert parser is not None
        card = json.loads((MODELS / f"{language}_ud" / "card.json").read_text(encoding="utf-8"))
        for name in card["held_out"]:
            trees = list(read_trees(shared / "treebanks" / f"{name}.conllu"))
            lines.append(_row(parser, name, trees, card["raw"][name]["las"]))
        lines.append(f"{language}: {card['bytes'] / 1e6:.2f} MB")
    lines.append(f"start-up, both languages, a fresh process: {_start_up():.2f} s of one core")
    return "\n".join(lines)


def _row(parser: Parser, name: str, trees: list[Tree], card_las: float) -> str:
    scores = score_raw(parser, trees)
    texts = [tree.text for tree in trees]
    best = min(_seconds(parser, texts) for _ in range(5))
    mark = "" if abs(scores.las - card_las) <= 0.1 else "  <- not as the card says"
    return (
        f"{name:22} {scores.upos:6.2f} {scores.uas:6.2f} {scores.las:6.2f} {card_las:6.2f}"
        f" {len(trees) / best:17.0f} {scores.words / best:13.0f}{mark}"
    )


def _seconds(parser: Parser, texts: list[str]) -> float:
    """Seconds of processor time, of all threads: what one core needs, whatever else the machine does."""
    begun = time.process_time()
    parser.parse(texts)
    return time.process_time() - begun


def _start_up() -> float:
    """Best of three fresh processes, from the start of Python to both parsers loaded, in processor time."""
    code = _START.format("load_parser('en'); load_parser('fr')")
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(3)]
    return min(float(run.stdout) for run in runs)


if __name__ == "__main__":
    print(main())
