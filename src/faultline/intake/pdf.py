"""Turns a PDF into the text of its pages, a form feed between two. Invariant: pages, text and unpacked streams are
bounded; a page that cannot be read refuses the document, for half a report would look like a whole one."""

import io
import logging

import pypdf
from pypdf.errors import PyPdfError

from faultline.intake.limits import Limits
from faultline.intake.rendered import Rendered, checked, storable
from faultline.intake.taken import RefusedError

_PAGE_BREAK = "\n\f\n"


def read_pdf(content: bytes, limits: Limits, declared: str = "") -> Rendered:
    """Text and title of a PDF; its day of making is not a day of publication.

    Raises RefusedError: "encrypted", "no text" (a scan), "broken", "too large".
    """
    del declared  # a PDF declares the encoding of each font itself
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedError("encrypted")
        text = _pages(reader, limits)
        return Rendered(checked(text, limits), _title(reader))
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise RefusedError("broken", f"pdf: {type(error).__name__}: {error}"[:160]) from None


def _pages(reader: pypdf.PdfReader, limits: Limits) -> str:
    number = len(reader.pages)
    if number > limits.pages:
        raise RefusedError("too large", f"{number} pages", f"at most {limits.pages}")
    texts: list[str] = []
    length = 0
    for page in reader.pages:
        texts.append(page.extract_text())
        length += len(texts[-1])
        if length > limits.characters:
            raise RefusedError("too large", f"more than {limits.characters} characters")
    return _PAGE_BREAK.join(texts) if any(text.strip() for text in texts) else ""


def _title(reader: pypdf.PdfReader) -> str:
    title = reader.metadata.title if reader.metadata else None
    return storable(" ".join(title.split()))[:500] if isinstance(title, str) else ""
