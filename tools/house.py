"""Checks source files against the manners of the house that no linter knows: sizes, parameters, rooms that do no I/O,
and words that are not used. Prints what is off, one line each, and the sizes found."""

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE_MEDIAN, FILE_P90, FILE_MOST = 120, 300, 400
FUNCTION_MEDIAN, FUNCTION_P90, FUNCTION_MOST = 10, 30, 60
PARAMETERS_MOST = 5
REASON = "400 lines"  # a longer file says why in its docstring, with these words
PURE_ROOMS = ("record", "coding", "resolve", "measure", "model", "forecast", "examine")
# What reads the world, the clock or chance. importlib.resources stays allowed: package data is part of the code.
OUTSIDE = frozenset(("httpx", "psycopg", "socket", "sqlalchemy", "sqlite3", "subprocess", "tempfile", "urllib"))
CLOCK_AND_CHANCE = frozenset(("random", "secrets", "time", "uuid"))
IMPURE_CALLS = frozenset(("open", "now", "utcnow", "today", "default_rng"))
BANNED_WORDS = ("target",)  # it is a recipient

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A parsed file: where it is, how many lines it has, what is in it."""

    path: Path
    lines: int
    tree: ast.Module

    @property
    def functions(self) -> list[Function]:
        """Every function and method, nested ones included."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 1 where anything under the given folders is off."""
    modules = [read(path) for folder in arguments for path in sorted(Path(folder).rglob("*.py"))]
    problems = [problem for module in modules for problem in problems_of(module)]
    files = [module.lines for module in modules if module.lines > 1]
    functions = [length(function) for module in modules for function in module.functions]
    problems += spread("files", files, (FILE_MEDIAN, FILE_P90))
    problems += spread("functions", functions, (FUNCTION_MEDIAN, FUNCTION_P90))
    print("\n".join([*problems, described("files", files), described("functions", functions)]))
    return 1 if problems else 0


def read(path: Path) -> Module:
    """The file, parsed."""
    text = path.read_text(encoding="utf-8")
    return Module(path, len(text.splitlines()), ast.parse(text, str(path)))


def length(function: Function) -> int:
    """Lines of a function from `def` to its end, docstring included, decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def problems_of(module: Module) -> Iterator[str]:
    """What is off in one file, each as "path:line: what"."""
    docstring = ast.get_docstring(module.tree) or ""
    if module.lines > FILE_MOST and REASON not in " ".join(docstring.split()):
        yield f"{module.path}:1: {module.lines} lines, and no reason on top (say why it is over {REASON})"
    for function in module.functions:
        yield from (f"{module.path}:{function.lineno}: {function.name}: {what}" for what in _of_function(function))
    for line, word in _banned(module.tree):
        yield f"{module.path}:{line}: {word}: a word that the house does not use"
    if any(room in module.path.parts for room in PURE_ROOMS):
        for line, what in _impure(module.tree):
            yield f"{module.path}:{line}: {what}: this room does no I/O and knows no clock and no chance"


def spread(what: str, lengths: Sequence[int], limits: tuple[int, int]) -> list[str]:
    """Problems of the median and of the ninth decile of the lengths."""
    if not lengths:
        return []
    found = (statistics.median(lengths), ninth_decile(lengths))
    names = ("median", "90 %")
    pairs = zip(names, found, limits, strict=True)
    return [f"{what}: {name} is {value:g} lines, over {limit}" for name, value, limit in pairs if value > limit]


def ninth_decile(lengths: Sequence[int]) -> int:
    """The smallest length that at least nine tenths do not exceed."""
    ordered = sorted(lengths)
    return ordered[max(0, -(-len(ordered) * 9 // 10) - 1)]


def described(what: str, lengths: Sequence[int]) -> str:
    """One line of figures."""
    if not lengths:
        return f"{what}: none"
    median, most = statistics.median(lengths), max(lengths)
    return f"{what}: {len(lengths)}, median {median:g}, 90 % within {ninth_decile(lengths)}, longest {most} lines"


def _of_function(function: Function) -> Iterator[str]:
    if length(function) > FUNCTION_MOST:
        yield f"{length(function)} lines, at most {FUNCTION_MOST}"
    signature = function.args
    given = [*signature.posonlyargs, *signature.args, *signature.kwonlyargs]
    count = len([argument for argument in given if argument.arg not in ("self", "cls")])
    if count > PARAMETERS_MOST and not _is_endpoint(function):
        yield f"{count} parameters, at most {PARAMETERS_MOST}: make one frozen options object"
    if signature.kwarg and not function.name.startswith("_"):
        yield f"**{signature.kwarg.arg} in a public signature"


def _is_endpoint(function: Function) -> bool:
    """Whether a framework calls it: the parameters of a command or of a page are its options, one by one."""
    names = ("command", "callback", "get", "post")
    calls = [d.func for d in function.decorator_list if isinstance(d, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in names for call in calls)


def _banned(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        name = _named(node)
        if any(word in name.lower().split("_") for word in BANNED_WORDS):
            yield getattr(node, "lineno", 1), name


def _named(node: ast.AST) -> str:
    """The name that this node gives to something, or ""."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
            return name
    return ""


def _impure(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        for name in _imported(node):
            if name.partition(".")[0] in OUTSIDE | CLOCK_AND_CHANCE:
                yield getattr(node, "lineno", 1), f"import {name}"
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in IMPURE_CALLS:
                yield node.lineno, f"{called}()"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
