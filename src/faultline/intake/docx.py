"""Turns a Word file into its paragraphs and table rows, one a line, cells parted by tabs. Invariant: body text in the
order of the file; headers, footers and comments stay out."""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.table import Table

from faultline.intake.archive import check_archive
from faultline.intake.limits import Limits
from faultline.intake.rendered import Rendered, checked, storable
from faultline.intake.taken import RefusedError


def read_docx(content: bytes, limits: Limits, declared: str = "") -> Rendered:
    """Text, title and language of a Word file. Raises RefusedError: "truncated", "bomb", "broken", "no text", ..."""
    del declared  # XML names its own encoding
    check_archive(content, "word", limits)
    try:
        document = docx.Document(io.BytesIO(content))
        text = "\n".join(_lines(document))
        about = document.core_properties
        return Rendered(checked(text, limits), storable(about.title or "")[:500], (about.language or "")[:20])
    except (ValueError, KeyError, AttributeError, TypeError, SyntaxError, IndexError) as error:
        raise RefusedError("broken", f"docx: {type(error).__name__}: {error}"[:160]) from None


def _lines(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(row.cells)  # a wide cell stands there several times
                yield "\t".join(cell.text for cell in cells)
        else:
            yield block.text
