"""Checks that what an entry refers to exists. Invariant: nothing is said about ids of a file that could not be read."""

from collections.abc import Collection, Iterable
from pathlib import Path

from faultline.case.problem import Problems, nearest, shown
from faultline.case.rows import Row


class References:
    """Looks up what rows refer to and notes what is not there."""

    def __init__(self, folder: Path, sources: Collection[str] | None, problems: Problems) -> None:
        self.folder, self.sources, self.problems = folder.resolve(), sources, problems

    def check_id(self, row: Row, key: str, value: str, known: Collection[str] | None, file: str) -> None:
        """Notes an error where `value` is given and is no id of that file."""
        if value and known is not None and value not in known:
            way_out = nearest(value, known) or f"Add it to {file} or correct the id."
            self.problems.add(row.where(key), f"{key} {shown(value)}", f"an id of {file}", way_out)

    def check_source(self, row: Row, key: str, value: str) -> None:
        """Notes an error where `value` is neither an id of sources.yaml nor an address."""
        if not is_address(value):
            self.check_id(row, key, value, self.sources, "sources.yaml")

    def check_sources(self, row: Row, values: Iterable[str]) -> None:
        """`check_source` for each entry of a list under `sources`."""
        for value in values:
            self.check_source(row, "sources", value)

    def check_path(self, row: Row, key: str, value: str) -> None:
        """Notes an error where no file or folder of that name lies inside the case folder."""
        path = self.inside(value)
        if path is None or path == self.folder:
            way_out = "Copy the file into the case folder: a case can be moved as a whole."
            self.problems.add(row.where(key), f"{key} {shown(value)}", "a path inside the case folder", way_out)
        elif not _exists(path):
            way_out = nearest(value, (p.name for p in self.folder.iterdir())) or "Create it or correct the path."
            self.problems.add(row.where(key), f"{key} {shown(value)}", "a file or folder that exists", way_out)

    def inside(self, value: str) -> Path | None:
        """The resolved path, None where it leads out of the case folder."""
        try:
            path = (self.folder / value).resolve()
        except (OSError, ValueError, RuntimeError):
            return None
        return path if path.is_relative_to(self.folder) else None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than the system allows
        return False


def is_address(value: str) -> bool:
    """Whether the text is a web address."""
    return value.startswith(("https://", "http://"))
