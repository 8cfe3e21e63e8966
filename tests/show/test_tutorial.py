"""The tutorial notebook runs from top to bottom, and each cell shows what its text promises."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient


@pytest.fixture(scope="module")
def ran(root: Path) -> Any:
    book = nbformat.read(root / "docs/notebooks/tutorial.ipynb", as_version=4)
    return NotebookClient(book, timeout=120, kernel_name="python3").execute()


def shown(book: Any) -> str:
    """Everything that its cells show as text or HTML."""
    outputs = [output for cell in book.cells for output in cell.get("outputs", ())]
    data = [output.get("data", {}) for output in outputs]
    return "\n".join([*(o.get("text", "") for o in outputs), *(str(d.get(k, "")) for d in data for k in d)])


def test_the_notebook_runs_and_shows_claims_incidents_sources_and_figures(ran: Any) -> None:
    said = shown(ran)
    assert "Varda, as known on 2020-07-01" in said and "unnamed source" in said and "Northern Wire" in said
    assert "<figcaption>" in said and "shape:" in said  # the figure's caption, the polars table


def test_the_notebook_is_kept_without_outputs(root: Path) -> None:
    kept = nbformat.read(root / "docs/notebooks/tutorial.ipynb", as_version=4)
    assert [cell for cell in kept.cells if cell.get("outputs") or cell.get("execution_count")] == []
