"""Bounds every request: the size of what is sent, and the time until an answer begins. Invariant: no request holds the
server for longer, none fills its memory, and what nobody waits for any more is not worked out."""

import asyncio
from dataclasses import dataclass
from threading import Event

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from faultline.record.halting import stoppable

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
        if self._declared(scope) > self.most_bytes:
            await self._too_large()(scope, receive, send)
            return
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        over = Event()  # for the thread that answers: nobody can end it from outside
        try:
            with stoppable(over.is_set):
                await asyncio.wait_for(self.app(scope, self._counted(receive), noted), self.seconds)
        except _TooLargeError:
            if not begun:
                await self._too_large()(scope, receive, send)
        except TimeoutError:
            if not begun:
                await PlainTextResponse(f"No answer within {self.seconds:.0f} seconds.", 503)(scope, receive, send)
        finally:
            over.set()

    def _too_large(self) -> PlainTextResponse:
        return PlainTextResponse(f"More than {self.most_bytes} bytes.", 413)

    def _declared(self, scope: Scope) -> int:
        """The length that the request gives of itself; 0 where it gives none."""
        lengths = [value for name, value in scope["headers"] if name == b"content-length" and value.isdigit()]
        return max(map(int, lengths), default=0)

    def _counted(self, receive: Receive) -> Receive:
        """What comes in, counted: a length may be missing or a lie."""
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most_bytes:
                raise _TooLargeError
            return message

        return counted
