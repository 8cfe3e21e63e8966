"""Decides who may change something. Invariant: nothing is changed without the token of this run, from a page of this
server, by somebody who has a name."""

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import quote, unquote

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from faultline.publish.view import Hands

_YEAR = 365 * 24 * 3600
_LONGEST = 80  # characters of a name


@dataclass(frozen=True, slots=True)
class Writer:
    """Who reads a page: whether they may change something, and under which name."""

    allowed: bool = False
    name: str = ""


@dataclass(frozen=True)
class Guard:
    """The token of a run and what may be done with it; without both, pages are only read."""

    token: str = ""
    hands: Hands | None = None

    @property
    def cookie(self) -> str:
        """Name of the cookie: of its own for each token, since all ports of this machine share their cookies."""
        return f"faultline-{hashlib.sha256(self.token.encode()).hexdigest()[:10]}"

    def fits(self, token: str) -> bool:
        """Whether it is the token of this run."""
        return bool(self.token and self.hands) and hmac.compare_digest(token.encode(), self.token.encode())

    def allows(self, request: Request) -> bool:
        """Whether whoever asks holds the token, by cookie or as a bearer."""
        kind, _, bearer = request.headers.get("authorization", "").partition(" ")
        return self.fits(bearer if kind.lower() == "bearer" else request.cookies.get(self.cookie, ""))

    def author(self, request: Request) -> str:
        """The name under which they decided last, else that of the desk."""
        return unquote(request.cookies.get(f"{self.cookie}-by", ""))[:_LONGEST] or (
            self.hands.author if self.hands else ""
        )

    def demand(self, request: Request) -> Hands:
        """The hands that do what is asked. Raises HTTPException 403 without the token, or for another site's page."""
        if self.hands is None or not self.allows(request):
            said = "Open the address with the token that `faultline serve` printed."
            raise HTTPException(403, f"This needs the token of this run. {said}")
        if not _same_site(request):
            raise HTTPException(403, "A page of another site may not ask for this.")
        return self.hands

    def workers(self, request: Request) -> Hands:
        """The hands that work something out and change nothing: for any page of this server. Raises HTTPException 403
        for a page of another site, and where there is nobody to do it."""
        if self.hands is None:
            raise HTTPException(403, "This server only shows what is in the record.")
        if not _same_site(request):
            raise HTTPException(403, "A page of another site may not ask for this.")
        return self.hands

    def remember(self, response: Response, name: str) -> None:
        """Keeps the name for the next decision."""
        response.set_cookie(f"{self.cookie}-by", quote(name[:_LONGEST]), _YEAR, httponly=True, samesite="strict")

    def enter(self, response: Response) -> None:
        """Hands the token to the browser, for this server alone and out of reach of any script."""
        response.set_cookie(self.cookie, self.token, httponly=True, samesite="strict")


def _same_site(request: Request) -> bool:
    """Whether the request comes from a page of this server, or from no page at all (a program with a bearer)."""
    origin = request.headers.get("origin")
    if origin is None:
        bearer = request.headers.get("authorization", "").lower().startswith("bearer ")
        return bearer and "sec-fetch-site" not in request.headers
    return origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
