"""Bounds every request: the size of what is sent, and the time until an answer begins. Invariant: no request holds the
server for longer, and none fills its memory."""

import asyncio
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 12_000_000  # of a request: an article to examine is the largest thing that is sent
MOST_SECONDS = 120.0  # a world of a large case is made in the first request that asks for it


class _TooLargeError(Exception):
    """More was sent than is taken."""


@dataclass
class Limits:
    """ASGI middleware: answers 413 where more than `bytes` are sent, 503 where no answer begins within `seconds`."""

    app: ASGIApp
    most_bytes: int = MOST_BYTES
    seconds: float = MOST_SECONDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on inside the limits."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await asyncio.wait_for(self.app(scope, self._counted(scope, receive), noted), self.seconds)
        except _TooLargeError:
            if not begun:
                await PlainTextResponse(f"More than {self.most_bytes} bytes.", 413)(scope, receive, send)
        except TimeoutError:
            if not begun:
                await PlainTextResponse(f"No answer within {self.seconds:.0f} seconds.", 503)(scope, receive, send)

    def _counted(self, scope: Scope, receive: Receive) -> Receive:
        lengths = [value for name, value in scope["headers"] if name == b"content-length"]
        if any(not one.isdigit() or int(one) > self.most_bytes for one in lengths):
            return _refuse
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most_bytes:
                raise _TooLargeError
            return message

        return counted


async def _refuse() -> Message:
    raise _TooLargeError
