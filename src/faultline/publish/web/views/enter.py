"""Turns the token of a run into leave to decide. Invariant: the token leaves the address at once, so that no link, no
history and no bookmark of a page carries it."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from faultline.publish.web.views.looking import Looking


def routes(looking: Looking) -> APIRouter:
    """The route by which a browser gets the token."""
    router = APIRouter()

    @router.get("/enter")
    def enter(token: Annotated[str, Query(max_length=200)] = "") -> RedirectResponse:
        if not looking.guard.fits(token):
            raise HTTPException(403, "That is not the token of this run. `faultline serve` prints it when it starts.")
        response = RedirectResponse("/review", status_code=303)
        looking.guard.enter(response)
        return response

    return router
