"""What benchmarks of measures share: pages with tables between markers. Run nothing here."""

from collections.abc import Sequence
from pathlib import Path

from faultline.evaluate.tables import Grid, markdown
from faultline.measure.chance import binomial_interval

PAGES = Path(__file__).resolve().parents[1] / "docs/guide/measures"
MARKERS = "<!-- recovery: begin -->", "<!-- recovery: end -->"


def write_page(name: str, text: str) -> None:
    """Puts the text between the markers of docs/guide/measures/NAME.md. Raises ValueError where they are not there."""
    path = PAGES / f"{name}.md"
    page = path.read_text(encoding="utf-8")
    head, begin, rest = page.partition(MARKERS[0])
    _, end, tail = rest.partition(MARKERS[1])
    if not begin or not end:
        raise ValueError(f"{path.name}: expected {' and '.join(MARKERS)}")
    path.write_text(f"{head}{begin}\n\n{text.strip()}\n\n{end}{tail}", encoding="utf-8")


def share(hits: int, n: int) -> str:
    """A share of worlds with its 95 % binomial interval, as "0.048 [0.039 to 0.058]"; "not taken" without a world."""
    if not n:
        return "not taken"
    low, high = binomial_interval(hits, n)
    return f"{hits / n:.3f} [{low:.3f} to {high:.3f}]"


def grid(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> str:
    """A Markdown table."""
    return markdown(Grid(title, tuple(columns), tuple(tuple(row) for row in rows), note))
