"""What is declared, locked and imported agree."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Imported by a library on our behalf: nothing in src names them.
ON_BEHALF = {
    "psycopg": "the driver in postgresql+psycopg addresses",
    "python-multipart": "starlette reads forms and uploads with it",
}


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, object]:
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text()


def test_every_import_of_the_package_is_declared(root: Path, project: dict[str, object]) -> None:
    undeclared = _imported(root / "src") - _declared(project) - _optional(project)
    assert not undeclared, "add to [project] dependencies"


def test_nothing_is_declared_that_the_package_does_not_import(root: Path, project: dict[str, object]) -> None:
    unused = _declared(project) - _imported(root / "src") - set(ON_BEHALF)
    assert not unused, "take out of [project] dependencies, or into the group `dev`"


def test_the_lock_holds_everything_that_is_declared(root: Path, project: dict[str, object], lock: str) -> None:
    groups = tomllib.loads((root / "pyproject.toml").read_text())["dependency-groups"]
    wanted = _declared(project) | {canonicalize_name(Requirement(text).name) for text in groups["dev"]}
    assert wanted <= set(_locked(lock)), "run `make lock`"


def test_what_an_extra_brings_is_there_for_the_tests(root: Path, project: dict[str, object]) -> None:
    groups = tomllib.loads((root / "pyproject.toml").read_text())["dependency-groups"]
    assert _optional(project) <= {canonicalize_name(Requirement(text).name) for text in groups["dev"]}


def test_every_locked_version_satisfies_what_is_declared(project: dict[str, object], lock: str) -> None:
    locked = _locked(lock)
    for text in project["dependencies"]:  # type: ignore[attr-defined]
        requirement = Requirement(text)
        versions = locked[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), "run `make lock`"


def test_every_locked_package_has_hashes_and_no_address(lock: str) -> None:
    entries = re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"^#.*\n", "", lock, flags=re.M))
    assert len(entries) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", lock)


def test_no_lock_of_node_packages_names_a_registry(root: Path) -> None:
    for path in (root / "src").rglob("package-lock.json"):
        if "node_modules" not in path.parts:
            assert '"resolved"' not in path.read_text(), path
            assert '"integrity"' in path.read_text(), path


def test_supported_pythons_are_the_same_everywhere(root: Path, project: dict[str, object]) -> None:
    named = {c.rsplit(" ", 1)[1] for c in project["classifiers"] if re.search(r":: 3\.\d+$", c)}  # type: ignore[attr-defined]
    assert named == {"3.11", "3.12", "3.13"}
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "OLDEST, NEWEST = (3, 11), (3, 13)" in (root / "tools/environment.py").read_text()
    assert all(version in (root / "Makefile").read_text() for version in named)


def _declared(project: dict[str, object]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}  # type: ignore[attr-defined]


def _optional(project: dict[str, object]) -> set[str]:
    """What an extra brings; the code that imports it says so where it is absent."""
    extras = project["optional-dependencies"].values()  # type: ignore[attr-defined]
    return {canonicalize_name(Requirement(text).name) for extra in extras for text in extra}


def _locked(lock: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*])?==([^ ;\\]+)", lock, flags=re.M):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@cache
def _imported(source: Path) -> set[str]:
    """Distributions that the package imports, standard library and own modules left out."""
    own = {*sys.stdlib_module_names, "faultline"}
    modules = {name.partition(".")[0] for path in source.rglob("*.py") for name in _imports_of(path)} - own
    by_module = packages_distributions()
    return {canonicalize_name(by_module[module][0]) for module in modules}


def _imports_of(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    # Without a level: `from . import x` stays inside.
    absolute = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and not n.level]
    return [*plain, *absolute]
