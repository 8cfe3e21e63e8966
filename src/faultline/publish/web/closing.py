"""Closes the pages while words that must not leave may still stand in the record. Invariant: nothing of the record is
answered then, by page or API."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_OPEN = ("/assets/", "/static/")


class Closing:
    """ASGI middleware: answers 503 with what `said` says, unless that is ""."""

    def __init__(self, app: ASGIApp, said: Callable[[], str]) -> None:
        self.app, self.said = app, said

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on where nothing is said."""
        if scope["type"] == "http" and not scope["path"].startswith(_OPEN):
            words = await run_in_threadpool(self.said)
            if words:
                answer = PlainTextResponse(words, 503, headers={"Retry-After": "3", "Refresh": "3"})
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)
