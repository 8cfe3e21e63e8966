"""Turns an address that a person names into a file of the case. Invariant: nothing in Faultline calls this unasked; the
bytes are kept as they came, whole or not at all, and an answer over a limit of size, time or redirects is refused.

Proxies of the environment are not used: through one, a private address could not be told.
"""

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml

from faultline.case.whole import write_whole
from faultline.intake.addresses import Checked, check_address
from faultline.intake.documents import BESIDE
from faultline.intake.packaged import table
from faultline.intake.taken import RefusedError

_REDIRECTS = (301, 302, 303, 307, 308)
_FOUND = 200
_UNSAFE = re.compile(r"[^a-z0-9]+")
_AGENT = "faultline (a person asked for this one page)"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one fetch: bytes, seconds in all, redirects; `allow_private` opens this machine's own network to it."""

    most_bytes: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 5
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the last address, the bytes, the media type without parameters, and its suffix (".html")."""

    url: str
    content: bytes
    media_type: str
    suffix: str


def add_page(
    url: str, folder: Path, limits: FetchLimits = FetchLimits(), said: Mapping[str, str] | None = None
) -> Path:
    """The file in `folder` that now holds the page, with its address in a .yaml file beside it; the same bytes from the
    same address give the same file. `said` is what somebody else says of the page (source, title, published), kept
    beside it too.

    Raises RefusedError: "address", "status", "kind", "too large", "time", "network", "redirects".
    """
    page = fetch_page(url, limits)
    path = folder / _name_of(page)
    beside = path.with_name(path.name + BESIDE)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, page.content)
    if not beside.exists():  # somebody may have completed it by hand
        write_whole(beside, yaml.safe_dump({"url": page.url, **(said or {})}, allow_unicode=True))
    return path


def fetch_page(url: str, limits: FetchLimits = FetchLimits(), kinds: str = "fetched") -> Page:
    """The page at an http or https address, following redirects; each of them is checked like the first. `kinds`
    is the table of kinds.yaml that lists what may come back.

    Raises RefusedError as `add_page` does.
    """
    address, media_type, content = _followed(url, limits)
    suffix: str | None = table("kinds.yaml")[kinds].get(media_type)
    if suffix is None:
        raise RefusedError("kind", media_type[:80] or "no media type", ", ".join(table("kinds.yaml")[kinds]))
    return Page(address, content, media_type, suffix)


def fetch_file(url: str, limits: FetchLimits = FetchLimits()) -> bytes:
    """The bytes at an address, whatever they are; asked for and checked as `fetch_page` does. Raises RefusedError."""
    return _followed(url, limits)[2]


def _followed(url: str, limits: FetchLimits) -> tuple[str, str, bytes]:
    """The last address, the media type without parameters, and the bytes."""
    deadline = time.monotonic() + limits.seconds
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=limits.seconds) as client:
        for _ in range(limits.redirects + 1):
            address = check_address(url, limits.allow_private)
            answer = _ask(client, address, limits, deadline)
            if not isinstance(answer, str):
                return answer
            url = answer
    raise RefusedError("redirects", url[:100], f"at most {limits.redirects}")


def _ask(client: httpx.Client, address: Checked, limits: FetchLimits, deadline: float) -> tuple[str, str, bytes] | str:
    """What came, or the address that it refers to."""
    headers = {"Host": address.host, "Accept-Encoding": "identity", "User-Agent": _AGENT}
    named = {"sni_hostname": address.url.host}
    try:
        with client.stream("GET", address.connect, headers=headers, extensions=named) as response:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return str(address.url.join(response.headers["location"]))
            if response.status_code != _FOUND:
                raise RefusedError("status", f"{address.url.host}: {response.status_code}", "200")
            media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            return str(address.url), media_type, _body(response, limits, deadline)
    except httpx.TimeoutException:
        raise RefusedError("time", address.url.host, f"at most {limits.seconds:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise RefusedError("network", f"{address.url.host}: {type(error).__name__}: {error}"[:200]) from None


def _body(response: httpx.Response, limits: FetchLimits, deadline: float) -> bytes:
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise RefusedError("kind", "a compressed answer that was not asked for", "plain bytes")
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > limits.most_bytes:
            raise RefusedError("too large", "", f"at most {limits.most_bytes} bytes")
        if time.monotonic() > deadline:
            raise RefusedError("time", "", f"at most {limits.seconds:g} seconds")
    if not content:
        raise RefusedError("empty")
    return bytes(content)


def _name_of(page: Page) -> str:
    """A name that tells a person where it is from, and a hash that keeps two pages apart."""
    words = _UNSAFE.sub("-", page.url.partition("://")[2].lower()).strip("-")[:80].strip("-")
    digest = hashlib.sha256(page.url.encode() + b"\0" + page.content).hexdigest()[:10]
    return f"{words}-{digest}{page.suffix}"
