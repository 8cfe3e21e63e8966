"""Turns the commands of docs/three-analyses.md into today's answers: each console block holds one command and the first
lines that it prints. Invariant: an answer is what the command prints on the case of this repository, never edited.

`python -m tools.three_analyses` names the answers that are out of date, `--write` renews them.
"""

import argparse
import re
import shlex
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from typer.testing import CliRunner

from faultline import desk
from faultline.case import load_case
from faultline.cli.commands import app
from faultline.desk import opened
from tools.docs_pages import command_line

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/three-analyses.md"
CASE = "cases/mali"
LINES = 10  # of an answer that the page shows
MEASURED = 24  # of one that says what a measure is before its rows
WIDTH = 130  # columns of the terminal

_BLOCK = re.compile(r"(?ms)^```console\n\$ (?P<command>[^\n]+)\n(?P<answer>.*?)^```$")


@dataclass(frozen=True)
class Block:
    """A command of the page and the answer that stands under it."""

    command: str
    answer: str


def main(arguments: list[str]) -> int:
    """Exit code: 1 where an answer is out of date and nothing was written."""
    parser = argparse.ArgumentParser(description="Answers of docs/three-analyses.md")
    parser.add_argument("--write", action="store_true", help="write today's answers")
    parser.add_argument("--store", default="", help="a store that is built already; else one is built for this")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.store or built(Path(folder))
        page = PAGE.read_text(encoding="utf-8")
        new = refreshed(page, asking(url))
    if chosen.write:
        PAGE.write_text(new, encoding="utf-8")
        return 0
    stale = [old.command for old, now in zip(blocks(page), blocks(new), strict=True) if old != now]
    print("\n".join([f"{len(stale)} answers out of date", *stale]))
    return int(bool(stale))


def built(folder: Path) -> str:
    """Builds the case into a store in that folder; its URL."""
    url = f"sqlite:///{folder / 'store.sqlite'}"
    desk.build(desk.open_desk(ROOT / CASE, url))
    return url


def blocks(page: str) -> list[Block]:
    """Every command of the page with its answer, in order."""
    return [Block(found["command"], found["answer"].rstrip("\n")) for found in _BLOCK.finditer(page)]


def refreshed(page: str, ask: Callable[[str], str]) -> str:
    """The page with the answers that `ask` gives."""

    def block(found: re.Match[str]) -> str:
        return f"```console\n$ {found['command']}\n{ask(found['command'])}\n```"

    return _BLOCK.sub(block, page)


def asking(store: str) -> Callable[[str], str]:
    """A function from a command line as the page shows it to the first lines of its answer.

    It raises ValueError for a command that is none of ours or fails.
    """
    load = cache(load_case)  # a hundred commands read one case: once is enough
    examined, measured = _once(desk.examined), _once(desk.measured)
    takes_store = {
        name for name, command in command_line().commands.items() if any("--store" in p.opts for p in command.params)
    }

    def ask(line: str) -> str:
        program, name, *rest = shlex.split(line)
        if program != "faultline" or rest[:1] != [CASE]:
            raise ValueError(f"not a command on {CASE}: {line}")
        options = [*rest[1:], *(["--store", store] if name in takes_store else [])]
        options = [str(ROOT / word) if word.startswith(f"{CASE}/") else word for word in options]
        with (
            patch.object(opened, "load_case", load),
            patch.object(desk, "examined", examined),
            patch.object(desk, "measured", measured),
        ):
            found = CliRunner().invoke(app, [name, str(ROOT / CASE), *options], env={"COLUMNS": str(WIDTH)})
        if found.exit_code:
            raise ValueError(f"{line}: {found.exception}")
        return shown(found.stdout, MEASURED if name == "measure" else LINES)

    return ask


def _once(work: Callable[..., object]) -> Callable[..., object]:
    """The same work, done once for each day and question: an examination takes a minute and stands behind many
    commands."""
    known: dict[str, object] = {}

    def ask(asked: desk.Desk, *question: object) -> object:
        key = repr([getattr(part, "bounds", part) for part in question])
        if key not in known:
            known[key] = work(asked, *question)
        return known[key]

    return ask


def shown(text: str, most: int = LINES) -> str:
    """The first lines of an answer, without the blanks that a table ends its lines with, and "…" where more follow."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n".join([*lines[:most], *(["…"] if len(lines) > most else [])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
