"""A call loads the module of its command and no other."""

import subprocess
import sys

import pytest

from faultline.cli import commands
from faultline.cli.loading import HOLDERS


def test_every_command_has_its_holder() -> None:
    held = {
        info.name or info.callback.__name__: info.callback.__module__.rpartition(".")[2]
        for info in commands.app.registered_commands
        if info.callback
    }
    assert held == {name: module for name, module in HOLDERS.items() if name != "--version"}


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        ("'--version'", ["numpy", "sqlalchemy", "spacy", "fastapi", "rich.console"]),
        ("'actors', '--help'", ["spacy", "fastapi", "lightgbm", "faultline.coding.coder"]),
        ("'forecast', '--help'", ["spacy", "fastapi", "faultline.measure.synchrony"]),
    ],
)
def test_a_call_spares_what_it_does_not_need(words: str, spared: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['faultline', {words}]\n"
        "from faultline.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set({spared!r}) & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "[]"
