"""Loads what one call needs: the module of the command that is asked for and no other. Invariant: HOLDERS names every
command (a test compares it with the root that has them all)."""

from collections.abc import Mapping, Sequence
from importlib import import_module

import typer

HOLDERS: Mapping[str, str] = {
    "actors": "actors",
    "watch": "arriving",
    "fetch": "arriving",
    "benchmark": "benchmarks",
    "new": "cases",
    "sandbox": "cases",
    "check": "cases",
    "build": "cases",
    "expect": "cases",
    "add": "cases",
    "examine": "examine",
    "export": "exporting",
    "report": "exporting",
    "backtest": "forecasting",
    "forecast": "forecasting",
    "scoreboard": "forecasting",
    "train": "forecasting",
    "measure": "measure",
    "rate": "rate",
    "search": "record",
    "show": "record",
    "explain": "record",
    "claims": "record",
    "serve": "record",
    "verify": "record",
    "purge": "record",
    "incidents": "resolve",
    "disputes": "resolve",
    "review": "resolve",
    "decide": "resolve",
    "simulate": "simulate",
    "system": "system",
    "code": "texts",
    "map": "texts",
    "evaluate": "texts",
}


def root_for(words: Sequence[str]) -> typer.Typer:
    """The root with the command that the words begin with, or with all of them where they begin with none (help,
    completion, a slip, an option of the root before a command)."""
    module = "root" if list(words) == ["--version"] else HOLDERS.get(words[0] if words else "", "commands")
    import_module(f"faultline.cli.{module}")
    app: typer.Typer = import_module("faultline.cli.root").app
    return app
