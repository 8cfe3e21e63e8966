"""faultline watch: builds when texts arrive, each whole; time passes as the test says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.desk_case import AMBUSH, MARKET, make_case

from faultline import desk
from faultline.desk.watching import Watching, watch
from faultline.record.errors import CaseError, StoreError, UsageError

FAST = desk.BuildOptions(parser=False)


class StopError(Exception):
    """The test has seen enough."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = make_case(tmp_path / "varda")
    path = made / "case.yaml"
    text = path.read_text("utf-8")
    path.write_text(text + "\nwatch:\n  - path: inbox\n    source: northern-wire\n", encoding="utf-8")
    (made / "inbox").mkdir()
    return made


def run(folder: Path, *steps: Callable[[], object]) -> list[str]:
    """The lines that a watch says; before each look but the first two the next step is taken."""
    said: list[str] = []
    waiting = iter(steps)

    def wait(seconds: float) -> None:
        if not any("built" in line for line in said):
            return
        step = next(waiting, None)
        if step is None:
            raise StopError
        step()

    with pytest.raises(StopError):
        watch(folder, lambda line: said.append(line[9:]), Watching(every=1.0, build=FAST, wait=wait))
    return said


def nothing() -> None:
    pass


def arrived(folder: Path, text: str = MARKET, name: str = "new") -> Path:
    path = folder / "inbox" / f"{name}.md"
    path.write_text(f"---\npublished: 2020-06-21\nlanguage: en\n---\n{text}\n", encoding="utf-8")
    return path


def origins(folder: Path) -> set[str]:
    opened = desk.open_desk(folder)
    found = {held.filing.origin for held in opened.snapshot(include_undated=True).documents()}
    opened.store.close()
    return found


def test_a_text_that_arrives_is_built_and_in_view(folder: Path) -> None:
    said = run(folder, lambda: arrived(folder), nothing, nothing, nothing, nothing)
    assert said[0] == "watching inbox (Ctrl-C stops)" and said[1].startswith("0 files there; building")
    assert said[3] == "1 new or changed (inbox/new.md); building" and "1 of" in said[4]
    assert len(said) == 5 and "inbox/new.md" in origins(folder)


def test_a_file_that_still_grows_is_not_read(folder: Path) -> None:
    grow = [lambda n=n: arrived(folder, MARKET * n) for n in range(1, 6)]  # type: ignore[misc]
    assert len(run(folder, *grow)) == 3
    assert "inbox/new.md" not in origins(folder)


def test_a_hidden_part_of_a_page_is_no_arrival(folder: Path) -> None:
    part = folder / "inbox" / ".page.html.part"
    assert len(run(folder, lambda: part.write_text("x"), nothing, nothing, nothing)) == 3


def test_what_is_taken_away_is_retracted(folder: Path) -> None:
    path = arrived(folder)
    said = run(folder, path.unlink, nothing, nothing, nothing, nothing)
    assert said[3] == "1 gone; building" and "inbox/new.md" not in origins(folder)


def test_a_build_that_fails_is_said_and_the_watch_goes_on(folder: Path) -> None:
    sensitive = folder / "sensitive.yaml"

    def spoil() -> None:
        sensitive.write_text("- nonsense\n", encoding="utf-8")
        arrived(folder)

    def mend() -> None:
        sensitive.unlink()
        arrived(folder, AMBUSH)

    said = run(folder, spoil, nothing, nothing, nothing, mend, nothing, nothing, nothing, nothing, nothing)
    assert [line.startswith("not built: ") for line in said].count(True) == 1
    assert said[-1].startswith("built in") and "inbox/new.md" in origins(folder)


def test_once_builds_and_stops_and_raises_what_is_wrong(folder: Path) -> None:
    arrived(folder)
    said: list[str] = []
    once = Watching(once=True, build=FAST, wait=lambda seconds: None)
    watch(folder, said.append, once)
    assert len(said) == 3 and "inbox/new.md" in origins(folder)
    (folder / "case.yaml").write_text("nonsense", encoding="utf-8")
    with pytest.raises(CaseError):
        watch(folder, said.append, once)


def test_one_process_watches_a_case_at_a_time(folder: Path) -> None:
    def second(seconds: float) -> None:
        with pytest.raises(StoreError, match="watches it already"):
            watch(folder, print, Watching(once=True, build=FAST, wait=lambda seconds: None))
        raise StopError

    with pytest.raises(StopError):
        watch(folder, lambda line: None, Watching(build=FAST, wait=second))


def test_a_case_that_watches_nothing_says_how_to(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"watch: \[\{path: inbox\}\]"):
        watch(make_case(tmp_path / "varda"), print)
