"""Turns the steps of a build into a line on the terminal: how many documents, how fast, how long still. Invariant: it
goes to stderr, and to nothing but a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from faultline import desk


class _Rate(ProgressColumn):
    """Documents a second over the last half minute."""

    def render(self, task: Task) -> Text:
        """The rate, as long as there is one."""
        per_file = task.fields["documents"] / task.completed if task.completed else 1.0
        return Text(f"{task.speed * per_file:,.0f}/s" if task.speed else "", style="progress.data.speed")


@contextmanager
def building_bar() -> Iterator[desk.Progress]:
    """What a build calls after each document; the line goes when the build ends. Time left is reckoned by files, from
    the pace of the last half minute, so that what was stored before and is only looked at does not count long."""
    read, at = TextColumn("{task.fields[documents]:,} read"), TextColumn("{task.description}")
    columns = (
        read,
        _Rate(),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        at,
    )
    err = Console(stderr=True)
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=None, documents=0)

        def progress(step: desk.Step) -> None:
            bar.update(
                task, total=step.of_files, completed=step.files, documents=step.documents, description=step.origin
            )

        yield progress
