"""Turns bytes into text. Invariant: nothing is normalised; the text holds exactly the characters that were encoded
(CRLF, combining marks and all), except a byte-order mark at the start. An encoding that had to be guessed is marked."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from faultline.intake.taken import RefusedError

_MARKS = (  # the longer first: UTF-32 LE begins like UTF-16 LE
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 100_000  # bytes from which an encoding is guessed
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")  # control characters that break no line
_BROKEN = re.compile("[\udc80-\udcff]")  # a byte that fits nowhere, as Python hands it on
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_LONGEST_UTF8 = 3  # bytes of a character of which the last is missing
_ODD_SHARE = 0.02  # of them that a text may hold


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was decoded; `basis` is "utf-8", "mark", "declared" or "guessed"."""

    text: str
    encoding: str
    basis: str

    @property
    def mark(self) -> str:
        """What is said of the encoding beside the document; "" where it is plain UTF-8."""
        return "" if self.basis in ("utf-8", "mark") else f"{self.encoding} ({self.basis})"


def decode(content: bytes, declared: str = "") -> Decoded:
    """The text of those bytes: by byte-order mark, else UTF-8, else the declared encoding, else a guess.

    Raises RefusedError: "binary" (null characters, control characters), "encoding" (nothing fits), "empty".
    """
    decoded = _by_mark(content) or _by_name(content, "utf-8", "utf-8") or _other(content, declared)
    check_text(decoded.text)
    return decoded


def check_text(text: str) -> None:
    """Refuse what no text holds: nothing but blanks ("empty"), null or many control characters ("binary"), halves of
    surrogate pairs ("encoding"), which no store keeps."""
    if not text.strip():
        raise RefusedError("empty")
    if "\0" in text:
        raise RefusedError("binary", "null character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RefusedError("encoding", f"half of a surrogate pair at character {error.start}") from None
    sample = text[:_SAMPLE]
    if len(_ODD.findall(sample)) > max(1, _ODD_SHARE * len(sample)):
        raise RefusedError("binary", "control characters")


def _by_mark(content: bytes) -> Decoded | None:
    for mark, name in _MARKS:
        if content.startswith(mark):
            found = _by_name(content[len(mark) :], name, "mark")
            if found:
                return found
    return None


def _by_name(content: bytes, name: str, basis: str) -> Decoded | None:
    try:
        return Decoded(content.decode(name), name, basis)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _other(content: bytes, declared: str) -> Decoded:
    if b"\0" in content:
        raise RefusedError("binary", "null byte")
    found = _by_name(content, declared, "declared") if declared and "\0" not in declared else None
    if found is None:
        _refuse_broken_utf8(content)
        found = _guessed(content)
    if found is None:
        raise RefusedError("encoding", "neither UTF-8 nor anything that could be recognised")
    return found


def _refuse_broken_utf8(content: bytes) -> None:
    """A guess would turn every name of a UTF-8 file with one broken byte into nonsense."""
    text = content.decode("utf-8", "surrogateescape")
    broken = _BROKEN.findall(text)
    whole = len(_NOT_ASCII.findall(text)) - len(broken)
    if whole > len(broken):
        at_end = len(broken) <= _LONGEST_UTF8 and text.endswith("".join(broken))
        raise RefusedError("truncated" if at_end else "encoding", f"UTF-8 with {len(broken)} broken bytes")


def _guessed(content: bytes) -> Decoded | None:
    best = from_bytes(content[:_SAMPLE]).best()
    return _by_name(content, best.encoding, "guessed") if best else None
