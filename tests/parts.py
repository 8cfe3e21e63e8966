"""Finds the parts that some tests need, and runs a PostgreSQL of its own. Invariant: nothing outside a temporary
folder is touched, and what was started is stopped."""

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

import psycopg
import pytest

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_POSTGRES_HOME = Path("/usr/lib/postgresql")  # where Debian keeps server programs, off the PATH
_POSTGRES_USER = "postgres"


def missing(reason: str) -> NoReturn:
    """Skips the test with the reason; under CI=true it fails with it. The only way in which a test asks for a part."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI has to have it: {reason}", pytrace=False)
    pytest.skip(reason)


def find_shared(root: Path) -> Path | None:
    """The folder that $FAULTLINE_SHARED names, else ../shared beside the repository; None where there is none."""
    named = os.environ.get("FAULTLINE_SHARED")
    folder = Path(named) if named else root.parent / "shared"
    return folder.resolve() if folder.is_dir() else None


def find_chromium() -> Path | None:
    """The browser that $FAULTLINE_CHROMIUM names, else the first on the PATH; None where there is none."""
    named = os.environ.get("FAULTLINE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _BROWSERS)), None)
    return Path(found) if found else None


def find_postgres_tools() -> Path | None:
    """The folder that holds initdb and pg_ctl, newest version first; None where there is none."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = sorted(_POSTGRES_HOME.glob("*/bin/initdb"), key=lambda p: _number(p.parts[-3]), reverse=True)
    return versions[0].parent if versions else None


def free_port() -> int:
    """A TCP port of the loopback interface that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PrivateCluster:
    """A PostgreSQL cluster in a temporary folder, listening on the loopback interface only."""

    def __init__(self, tools: Path) -> None:
        self.tools = tools
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="faultline-postgres-"))
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(self.folder, _POSTGRES_USER)
        data = str(self.folder / "data")
        try:
            self._run(["initdb", "-D", data, "-U", _POSTGRES_USER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"])
            settings = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=off -c full_page_writes=off"
            self._run(["pg_ctl", "-D", data, "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", settings, "start"])
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._run(["pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", "immediate", "stop"])
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://{_POSTGRES_USER}@127.0.0.1:{self.port}/{database}"

    def create_database(self) -> str:
        """Name of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}"')
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, closing what is still connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        address = f"postgresql://{_POSTGRES_USER}@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, command: Sequence[str]) -> None:
        program = [str(self.tools / command[0]), *command[1:]]
        user = _POSTGRES_USER if os.geteuid() == 0 else None
        # The output goes to a file: a started server would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                program, stdout=said, stderr=subprocess.STDOUT, cwd=self.folder, user=user, check=False
            )
            if done.returncode:
                said.seek(0)
                raise RuntimeError(f"{command[0]} failed: {said.read()[-2000:]}")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
