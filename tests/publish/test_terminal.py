"""Tables on a narrow terminal."""

import io

from rich.console import Console

from faultline.publish.terminal import Sheet, add_row, table

ID = "clm_0123456789abcdef0123"


def printed(title: str, *columns: str, row: tuple[str, ...] = (), width: int = 60) -> list[str]:
    out = io.StringIO()
    made = table(title, *columns)
    if row:
        add_row(made, *row)
    Sheet(Console(file=out, width=width)).show(made)
    return out.getvalue().splitlines()


def test_title_is_one_line_however_narrow_its_table() -> None:
    assert printed("a case with a long path: 0 errors, 0 warnings", "where", "got")[0] == (
        "a case with a long path: 0 errors, 0 warnings"
    )


def test_id_is_never_broken_so_that_it_can_be_copied() -> None:
    row = (ID, "event", "2020-05-04", "a source with a long name", "words " * 30)
    assert any(ID in line for line in printed("t", "claim", "kind", "day", "says", "words", row=row))


def test_title_is_no_markup() -> None:
    assert printed("[bold]x[/bold]", "a")[0] == "[bold]x[/bold]"
