"""Turns an address into the one network address that may be asked for it. Invariant: only http and https, and never
this machine or a private network, unless that is allowed by name; what was checked is what is connected to."""

import ipaddress
import socket
from dataclasses import dataclass

import httpx

from faultline.intake.taken import RefusedError

_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Checked:
    """An address to ask: `connect` names the machine by its number, so that a name cannot change its meaning between
    check and use; `host` is the name to ask it for."""

    url: httpx.URL
    connect: httpx.URL
    host: str


def check_address(url: str, allow_private: bool) -> Checked:
    """The address, checked. Raises RefusedError("address")."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise RefusedError("address", f"{url[:100]!r}: {error}"[:200]) from None
    if parsed.scheme not in _SCHEMES or not parsed.host:
        raise RefusedError("address", url[:100], "http:// or https:// and a host")
    if parsed.userinfo:
        raise RefusedError("address", parsed.host, "an address without a name and password")
    number = _number_of(parsed, allow_private)
    return Checked(parsed, parsed.copy_with(host=number), parsed.netloc.decode("ascii"))


def _number_of(url: httpx.URL, allow_private: bool) -> str:
    """The first number of a host; one private number among several refuses them all."""
    try:
        found = socket.getaddrinfo(url.raw_host.decode("ascii"), url.port or 0, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedError("address", f"{url.host}: {error}"[:200], "a host that exists") from None
    numbers = [str(entry[4][0]) for entry in found]
    private = next((number for number in numbers if not _is_public(number)), "")
    if private and not allow_private:
        raise RefusedError("address", f"{url.host} is {private}", "a public address")
    return numbers[0]


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    inside = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inside is None or inside.is_global)
