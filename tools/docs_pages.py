"""Turns the code into pages of the documentation (vocabularies, commands, one page a room) and orders pages.

A hook of mkdocs: the pages exist only in the built site, so that none of them can fall behind the code.
"""

import ast
import importlib
import re
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/faultline"
# The way of one sentence.
ROOMS = ("record", "case", "intake", "coding", "resolve", "evidence", "measure", "model", "forecast", "examine")
ROOMS += ("publish", "sandbox", "desk", "evaluate", "show", "cli")
# Modules of record/ with enums.
VOCABULARIES = ("vocabulary", "days", "analysis", "system", "declared", "examination", "scenario")
SECTIONS = {"guide": "Guide", "reference": "Reference", "decisions": "Decisions"}
FIRST = {
    "guide": [
        "getting-started",
        "case-folder",
        "sources",
        "intake",
        "ledger",
        "incidents",
        "lineages",
        "mali-case",
        "contributing",
    ],
    "reference": ["commands", "vocabulary", *ROOMS],
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The order of pages: by hand where FIRST names them, by name after that."""
    docs = Path(config.docs_dir)
    start = [{"Start": "index.md"}, {"The three analyses": "three-analyses.md"}]
    config.nav = [*start, *({SECTIONS[name]: _section(docs, name)} for name in SECTIONS)]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are made from the code."""
    for path, text in generated().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """Raises PluginError where a page would load anything from elsewhere: the site has to work without a network."""
    loads = re.compile(r"""<(?:script|img|iframe)[^>]*\ssrc="?https?://|<link[^>]*rel="?stylesheet[^>]*https?://""")
    outside = [path.name for path in Path(config.site_dir).rglob("*.html") if loads.search(path.read_text("utf-8"))]
    if outside:
        raise PluginError(f"pages that load from elsewhere: {', '.join(sorted(outside))}")


def generated() -> dict[str, str]:
    """Path below docs/ and text of each page that is made from the code."""
    pages = {f"reference/{room}.md": room_page(room) for room in rooms()}
    return {
        "reference/vocabulary.md": vocabulary_page(),
        "reference/commands.md": commands_page(),
        **pages,
    }


def rooms() -> list[str]:
    """Rooms and single modules of the package that exist, in the order in which a sentence passes them."""
    return [room for room in ROOMS if (SOURCE / room / "__init__.py").exists() or (SOURCE / f"{room}.py").exists()]


def vocabulary_page() -> str:
    """Every enum of record/ with its words and what the code says of them."""
    lines = ["# Vocabulary", "", "Words of a controlled vocabulary have one meaning each and are never reused.", ""]
    for name in VOCABULARIES:
        module = importlib.import_module(f"faultline.record.{name}")
        remarks = _remarks(module)
        for kind in _enums(module):
            told = {word.value: remarks.get((kind.__name__, word.name), "") for word in kind}
            lines += [f"## {kind.__name__}", "", kind.__doc__ or "", "", *_word_lines(told), ""]
    return "\n".join(lines)


def commands_page() -> str:
    """Every command with its arguments and options, as `--help` tells them."""
    root = command_line()
    lines = ["# Commands", "", _prose(root), "", "Exit codes: " + exit_codes() + ".", ""]
    for name, command in sorted(root.commands.items()):
        if not command.hidden:
            lines += _command_lines(name, command)
    return "\n".join(lines)


def command_line() -> Any:
    """The command line as a group of click, the one that typer carries inside."""
    typer = importlib.import_module("typer.main")
    return typer.get_command(importlib.import_module("faultline.cli.commands").app)


def exit_codes() -> str:
    """Each exit code with the first sentence of the error that returns it."""
    module = importlib.import_module("faultline.record.errors")
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    told = {kind.exit_code: _first_sentence(kind.__doc__ or "") for kind in reversed(kinds)}
    told[module.FaultlineError.exit_code] = "another failure"
    return "; ".join(["0 done", *(f"{code} {told[code]}" for code in sorted(told))])


def room_page(room: str) -> str:
    """The page of one room: what its package says, then each of its public modules."""
    lines = [f"# {room}", "", f"::: faultline.{room}", "    options:", "      show_root_heading: false", ""]
    folder = SOURCE / room
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else []:
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if path.name != "__init__.py" and not any(part.startswith("_") for part in parts):
            lines += [f"::: faultline.{'.'.join(parts)}", ""]
    return "\n".join(lines)


def _section(docs: Path, name: str) -> list[str]:
    made = [Path(path).stem for path in generated() if path.startswith(f"{name}/")]
    written = [path.stem for path in sorted((docs / name).glob("*.md"))]
    first = [stem for stem in FIRST.get(name, []) if stem in (*made, *written)]
    return [f"{name}/{stem}.md" for stem in dict.fromkeys([*first, *written, *made])]


def _enums(module: ModuleType) -> list[type[Enum]]:
    found = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Enum)]
    return [kind for kind in found if kind.__module__ == module.__name__]


def _word_lines(told: dict[str, str]) -> list[str]:
    """A sentence where no word has a remark, else a list."""
    if not any(told.values()):
        return [", ".join(f"`{word}`" for word in told) + "."]
    return [f"- `{word}`" + (f": {remark}" if remark else "") for word, remark in told.items()]


def _remarks(module: ModuleType) -> dict[tuple[str, str], str]:
    """The comment that stands behind a word in the source, by enum and member."""
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    lines = text.splitlines()
    found = {}
    for kind in [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]:
        for node in [n for n in kind.body if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)]:
            remark = re.search(r"#\s*(.*)$", lines[(node.end_lineno or node.lineno) - 1][node.end_col_offset or 0 :])
            found[kind.name, ast.unparse(node.targets[0])] = remark[1] if remark else ""
    return found


def _command_lines(name: str, command: Any) -> list[str]:
    context = command.context_class(command, info_name=f"faultline {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"## {name}", "", _prose(command), "", "```", f"faultline {name} {usage}", "```", ""]
    records = filter(None, (parameter.get_help_record(context) for parameter in command.params))
    rows = [f"| `{_cell(label)}` | {_cell(told)} |" for label, told in records]
    if rows:
        lines += ["| argument or option | |", "|---|---|", *rows, ""]
    return lines


def _prose(command: Any) -> str:
    return re.sub(r"[ \t]*\n[ \t]*(?=\S)", "\n", (command.help or "").strip())


def _first_sentence(text: str) -> str:
    sentence = " ".join(text.split()).split(". ")[0].rstrip(".")
    return sentence[:1].lower() + sentence[1:]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
