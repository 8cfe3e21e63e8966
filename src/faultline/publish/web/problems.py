"""Turns errors into answers: problem details (RFC 9457) under /api, a page elsewhere. Invariant: an answer never shows
a traceback or a path of this machine beyond what an error of ours says itself."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from faultline.publish.view import DeskView
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import Look
from faultline.publish.web.security import HEADERS
from faultline.publish.web.tongue import language_of
from faultline.record.codec import JSON
from faultline.record.errors import ConflictError, FaultlineError, InputError, NotFoundError, StoreError, UsageError

MEDIA_TYPE = "application/problem+json"
_STATUS: Mapping[type[FaultlineError], int] = {
    NotFoundError: 404,
    UsageError: 400,
    InputError: 400,
    ConflictError: 409,
    StoreError: 503,
}
_TITLES = {
    400: "The question is off",
    404: "Not in view",
    403: "Not with this token",
    405: "Pages are only read",
    409: "Somebody else decided meanwhile",
    413: "Too large",
    500: "A defect in Faultline",
    503: "The store cannot be read",
}
PROBLEM_SCHEMA: dict[str, JSON] = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "way_out": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


def install(app: FastAPI, desk: DeskView) -> None:
    """Registers the answers to every kind of error."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, FaultlineError)
        status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 500)
        return _answer(desk, request, Problem(status, _detail(error), error.way_out))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        said = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
        return _answer(desk, request, Problem(400, said, "Correct the address or the form."))

    async def outside(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _answer(desk, request, Problem(error.status_code, str(error.detail), ""), error.headers)

    async def defect(request: Request, error: Exception) -> Response:
        return _answer(
            desk, request, Problem(500, "Something went wrong that should not.", "Look at the server's log.")
        )

    app.add_exception_handler(FaultlineError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, outside)
    app.add_exception_handler(Exception, defect)


class Problem:
    """What went wrong, in the terms of RFC 9457, with the way out."""

    def __init__(self, status: int, detail: str, way_out: str) -> None:
        self.status, self.detail, self.way_out = status, detail, way_out
        self.title = _TITLES.get(status, "Refused")

    def json(self) -> dict[str, JSON]:
        """The problem details object; `way_out` is our extension member."""
        body = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        return {**body, "way_out": self.way_out} if self.way_out else body


def _answer(desk: DeskView, request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    if request.url.path.startswith("/api"):
        response: Response = JSONResponse(problem.json(), problem.status, media_type=MEDIA_TYPE)
    else:
        language = language_of(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))
        asked = Look.model_validate({"lang": language} if "lang" in request.query_params else {})  # links go on in it
        page = Page(desk, asked, request.url.path, language=language)
        response = render(page, "error.html", {"problem": problem}, problem.status)
    response.headers.update({**HEADERS, **(headers or {})})  # a defect is answered outside the middleware
    return response


def _detail(error: FaultlineError) -> str:
    """What the error says, without its way out."""
    return str(error).removesuffix(f". {error.way_out}") if error.way_out else str(error)
