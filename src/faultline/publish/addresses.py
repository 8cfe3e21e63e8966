"""Turns an address that a document claims for itself into one that a page may link to. Invariant: only http and https
with a host ever become a link."""

from urllib.parse import urlsplit

_LONGEST = 2000


def safe_url(text: str) -> str:
    """The address if it is http or https, has a host, no user name, no blank or control character; else "".

    `javascript:`, `data:`, `file:`, scheme-relative and overlong addresses give "".
    """
    if not text or len(text) > _LONGEST or any(ord(c) <= 32 or 127 <= ord(c) <= 160 for c in text) or "\\" in text:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else ""


def host_of(text: str) -> str:
    """The host of a safe address without "www.", to stand as the words of a link; else ""."""
    url = safe_url(text)
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
