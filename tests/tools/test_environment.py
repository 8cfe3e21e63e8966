"""Set-up of a clone, with the commands recorded and not run."""

import sys
from pathlib import Path

import pytest

from tools import environment


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that set-up would run in an empty clone, in their order."""
    for name in environment.KEYED_ON:
        (tmp_path / name).write_text("1")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    python = tmp_path / ".venv/bin/python"
    commands: list[str] = []

    def run(*command: str | Path) -> None:
        commands.append(" ".join(str(part) for part in command))
        if "venv" in command:
            python.symlink_to(sys.executable)

    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv/faultline.stamp")
    monkeypatch.setattr(environment, "_run", run)
    return commands


def test_a_fresh_clone_gets_an_environment_from_the_hashes_of_the_lock(ran: list[str]) -> None:
    assert environment.main() == 0
    venv, lock, project, front_end = ran
    assert "-m venv" in venv
    assert "--require-hashes" in lock and "requirements.lock" in lock
    assert "--no-build-isolation --no-deps --editable" in project
    assert "hatch_build.py" in front_end


def test_an_environment_that_fits_is_left_as_it_is(ran: list[str]) -> None:
    environment.main()
    ran.clear()
    assert environment.main() == 0
    assert [command for command in ran if "hatch_build.py" not in command] == []


@pytest.mark.parametrize("name", environment.KEYED_ON)
def test_a_changed_lock_project_or_hook_is_installed_again(ran: list[str], name: str) -> None:
    environment.main()
    ran.clear()
    (environment.ROOT / name).write_text("2")
    environment.main()
    assert any("--require-hashes" in command for command in ran)
    assert not any("-m venv" in command for command in ran)


def test_an_interrupted_installation_is_begun_again(ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    environment.main()
    (environment.ROOT / "requirements.lock").write_text("2")

    def killed(*command: str | Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(environment, "_run", killed)
        with pytest.raises(KeyboardInterrupt):
            environment.main()
    (environment.ROOT / "requirements.lock").write_text("1")
    ran.clear()
    environment.main()
    assert any("--require-hashes" in command for command in ran)


def test_another_python_than_the_supported_ones_is_refused_with_the_way_out(
    ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "NEWEST", (3, 10))
    assert environment.main() == 1
    assert ran == []
    assert "PYTHON=python3.12" in capsys.readouterr().err
