"""Turns content into ids. Invariant: the same content always gives the same id, and an id never depends on
the machine, the moment or the order of arrival."""

import hashlib

_SEPARATOR, _ESCAPE = "\x1f", "\x1e"


def content_id(prefix: str, *parts: object) -> str:
    """`prefix_` and 20 hexadecimal digits of the SHA-256 of the parts, joined by the unit separator.

    Parts are compared by their text: 3 and "3" are one. None is the empty string. A separator inside a part is escaped:
    what moves from one part to the next changes the id. 80 bits keep the chance of one collision among ten million ids
    under 1e-10.
    """
    text = _SEPARATOR.join("" if part is None else _escaped(str(part)) for part in parts)
    return f"{prefix}_{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def document_id(content: bytes) -> str:
    """`doc_` and 20 hexadecimal digits of the SHA-256 of a document's bytes as they were received."""
    return f"doc_{hashlib.sha256(content).hexdigest()[:20]}"


def bytes_hash(content: bytes) -> str:
    """The whole SHA-256 of the bytes, 64 hexadecimal digits: what `verify` compares."""
    return hashlib.sha256(content).hexdigest()


def claim_id(document: str, kind: str, start: int, end: int, ordinal: int) -> str:
    """Id of a claim from its document, kind, span (code points, end exclusive) and ordinal among claims of the same
    kind at the same span (0 for the first). Slots are not part of it: a better reading of a span keeps its id."""
    return content_id("clm", document, kind, start, end, ordinal)


def _escaped(part: str) -> str:
    return part.replace(_ESCAPE, _ESCAPE + "0").replace(_SEPARATOR, _ESCAPE + "1")
