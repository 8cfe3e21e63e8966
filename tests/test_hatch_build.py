"""The build hook of the front end, on a tiny app without dependencies."""

import importlib.util
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

HOOK = Path(__file__).resolve().parents[1] / "hatch_build.py"
BUILD = "const fs = require('fs'); fs.writeFileSync('../static/page.js', fs.readFileSync('page.ts'))"


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", HOOK)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["hatch_build"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Path:
    """A package with a front end, built as ours is."""
    package = tmp_path / "src/faultline"
    app = package / "publish/web/app"
    app.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "words.yaml").write_text("a: 1\n")
    about = {"name": "app", "version": "1.0.0", "private": True}
    scripts = {"build": "node build.js", "check": "node check.js"}
    (app / "package.json").write_text(json.dumps(about | {"scripts": scripts}))
    (app / "package-lock.json").write_text(
        json.dumps(about | {"lockfileVersion": 3, "packages": {"": {"name": "app", "version": "1.0.0"}}})
    )
    (app / "build.js").write_text(BUILD)
    (app / "check.js").write_text("process.exit(0)")
    (app / "page.ts").write_text("1;")
    for name in ("pyproject.toml", "hatch_build.py", "LICENSE", "NOTICE", "README.md"):
        shutil.copy(root / name, tmp_path / name)
    return tmp_path


def test_the_same_sources_are_built_once(hook: ModuleType, project: Path) -> None:
    web = hook.front_end(project)
    assert [web.build(), web.build()] == [True, False]
    (web.app / "page.ts").write_text("2;")
    assert web.build()
    assert (web.static / "page.js").read_text() == "2;"


def test_what_npm_installs_is_no_source(hook: ModuleType, project: Path) -> None:
    web = hook.front_end(project)
    before = web.sources_hash()
    (web.app / "node_modules/x").mkdir(parents=True)
    (web.app / "node_modules/x/index.js").write_text("")
    assert web.sources_hash() == before


def test_a_renamed_source_is_another_source(hook: ModuleType, project: Path) -> None:
    web = hook.front_end(project)
    before = web.sources_hash()
    (web.app / "page.ts").rename(web.app / "other.ts")
    assert web.sources_hash() != before


def test_a_failed_build_keeps_the_former_output_and_is_not_tried_again_unasked(hook: ModuleType, project: Path) -> None:
    web = hook.front_end(project)
    web.build()
    (web.app / "build.js").write_text("process.stderr.write('broken on purpose'); process.exit(3)")
    with pytest.raises(hook.FrontEndError, match="broken on purpose"):
        web.build()
    assert (web.static / "page.js").read_text() == "1;"
    assert web.stamped(hook.FAILED) and not web.stamped(hook.STAMP)
    (web.app / "build.js").write_text(BUILD)
    assert not web.stamped(hook.FAILED)


def test_checking_demands_the_types(hook: ModuleType, project: Path) -> None:
    web = hook.front_end(project)
    web.check()
    assert web.stamped(hook.STAMP)
    (web.app / "check.js").write_text("process.exit(2)")
    with pytest.raises(hook.FrontEndError):
        web.check()


def test_without_a_front_end_there_is_nothing_to_build(hook: ModuleType, tmp_path: Path) -> None:
    web = hook.front_end(tmp_path)
    web.check()
    assert not web.build()


def test_a_wheel_holds_the_built_pages_and_data_but_no_sources_of_the_front_end(project: Path) -> None:
    names = _names_in(_wheel_of(project))
    assert {"faultline/publish/web/static/page.js", "faultline/words.yaml"} <= names
    assert not [name for name in names if "/web/app/" in name]


def test_a_front_end_that_cannot_be_built_does_not_stop_the_wheel(project: Path) -> None:
    (project / "src/faultline/publish/web/app/build.js").write_text("process.exit(3)")
    done = _hatchling(project)
    assert done.returncode == 0
    assert "front end was not built" in done.stdout + done.stderr
    names = _names_in(_only_wheel(project))
    assert "faultline/__init__.py" in names


def _wheel_of(project: Path) -> Path:
    done = _hatchling(project)
    assert done.returncode == 0, done.stderr
    return _only_wheel(project)


def _only_wheel(project: Path) -> Path:
    (wheel,) = (project / "dist").glob("*.whl")
    return wheel


def _hatchling(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def _names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())
