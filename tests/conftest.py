"""What tests share: the outside material, a browser, a PostgreSQL of our own. Invariant: what is missing is skipped
with its reason on a desk and is a failure in CI (CI=true)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from faultline import desk
from tests.parts import PrivateCluster, find_chromium, find_postgres_tools, find_shared, missing

# No unseeded chance and no timed tests: the same examples on every run, no deadline.
settings.register_profile("faultline", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("faultline")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of outside material: $FAULTLINE_SHARED or ../shared beside the repository."""
    folder = find_shared(ROOT)
    if folder is None:
        missing("no outside material: neither $FAULTLINE_SHARED nor ../shared is a folder")
    return folder


@pytest.fixture(scope="session")
def mali_store(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL of a store of the whole Mali case, built once a run and read by everybody."""
    url = f"sqlite:///{tmp_path_factory.mktemp('mali') / 'store.sqlite'}"
    desk.build(desk.open_desk(root / "cases/mali", url))
    return url


@pytest.fixture(scope="session")
def chromium() -> Path:
    """A Chromium or Chrome executable; $FAULTLINE_CHROMIUM comes first, the PATH second."""
    found = find_chromium()
    if found is None:
        missing("no chromium, chromium-browser or google-chrome on the PATH ($FAULTLINE_CHROMIUM names another)")
    return found


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateCluster]:
    """A private PostgreSQL cluster of this test run, on a free loopback port, gone when the run ends."""
    tools = find_postgres_tools()
    if tools is None:
        missing("no PostgreSQL server: initdb is neither on the PATH nor in /usr/lib/postgresql")
    with PrivateCluster(tools) as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres_server: PrivateCluster) -> Iterator[str]:
    """SQLAlchemy address of an empty database of this test, dropped afterwards."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)
