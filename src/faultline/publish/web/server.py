"""Turns a desk into an application that serves its pages and its API. Invariant: it answers only those who name this
machine, and changes nothing for who lacks the token."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from faultline import __version__
from faultline.publish.view import DeskView, LeftOut
from faultline.publish.web import problems, security
from faultline.publish.web.api import describe, routes
from faultline.publish.web.closing import Closing
from faultline.publish.web.guard import Guard
from faultline.publish.web.limits import Limits
from faultline.publish.web.page import ASSETS, STATIC
from faultline.publish.web.views import VIEW_ROUTES
from faultline.publish.web.views.looking import Looking


def create_app(
    desk: DeskView, left: LeftOut | None = None, guard: Guard | None = None, closed: Callable[[], str] | None = None
) -> FastAPI:
    """The application over a desk; `left` is what the last build could not take in, for the start page.

    Without a `guard` it only reads; with one, whoever has its token may decide. Where `closed` says something, that is
    all that is answered. Every answer carries the headers of `security`; errors are problem details (RFC 9457) under
    /api and pages elsewhere. OpenAPI is at /api/openapi.json.
    """
    looking = Looking(desk, left, guard or Guard())

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        looking.begin()
        yield

    app = FastAPI(
        lifespan=life,
        title="Faultline",
        summary="Claims of a case, each with its sentence, as known on a day.",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,  # the usual documentation pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    if closed:
        app.add_middleware(Closing, said=closed)
    app.add_middleware(Limits)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(security.HOSTS), www_redirect=False)
    app.add_middleware(security.SafetyHeaders)
    problems.install(app, desk)
    for view in VIEW_ROUTES:
        app.include_router(view(looking), include_in_schema=False)
    app.include_router(routes(looking))
    app.mount("/assets", StaticFiles(directory=ASSETS))
    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC))
    describe(app)
    return app
