"""Turns the same questions into JSON under /api: the envelope of the record, problem details for errors, OpenAPI.
Invariant: every row is a record, its schema generated from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from faultline.evidence.search import Hit
from faultline.publish.citing import Citer
from faultline.publish.incidents import Dossier, IncidentRow, dossier
from faultline.publish.web.fronts import with_fronts
from faultline.publish.web.ground import Ground
from faultline.publish.web.page import Page
from faultline.publish.web.points import Points, points_of
from faultline.publish.web.problems import MEDIA_TYPE, PROBLEM_SCHEMA
from faultline.publish.web.query import (
    PAGE_SIZE,
    ClaimQuery,
    CountQuery,
    DocumentQuery,
    IncidentQuery,
    Look,
    SearchQuery,
)
from faultline.publish.web.selecting import asked_of
from faultline.publish.web.views.actors import TieRow, ties_of
from faultline.publish.web.views.documents import held_documents
from faultline.publish.web.views.incidents import rows_of
from faultline.publish.web.views.looking import Looking
from faultline.publish.web.views.map import rows_ever
from faultline.record.claim import Claim
from faultline.record.codec import JSON
from faultline.record.envelope import envelope, envelope_schema
from faultline.record.text import Document, Filing, Source


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim with the words of its span and the filing of its document; `retold` where the words are ours."""

    claim: Claim
    words: str
    filing: Filing
    retold: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How many claims have a value of the property asked for; "" is the value of those that lack it."""

    value: str
    claims: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in view: its filing, and how many claims of it are in view."""

    document: str
    filing: Filing
    claims: int


def routes(looking: Looking) -> APIRouter:
    """The routes under /api."""
    router = APIRouter(prefix="/api", default_response_class=JSONResponse)
    _add_claims(router, looking)
    _add_documents(router, looking)
    _add_incidents(router, looking)
    _add_map(router, looking)
    return router


def _add_claims(router: APIRouter, looking: Looking) -> None:
    @router.get("/claims", summary="Claims with their words, a page at a time", responses=_answers(Quoted))
    def claims(request: Request, query: Annotated[ClaimQuery, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        return _envelope(page, Quoted, _quoted(page, asked_of(looking.worlds, page, query).claims(page.snapshot)))

    @router.get("/claims/{id}", summary="One claim", responses=_answers(Quoted))
    def claim(request: Request, id: str, query: Annotated[Look, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        return _envelope(page, Quoted, _quoted(page, [page.snapshot.claim(id)]))

    @router.get("/counts", summary="Claims counted by one property", responses=_answers(Counted))
    def counts(request: Request, query: Annotated[CountQuery, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        found = asked_of(looking.worlds, page, query).counts(page.snapshot, query.by)
        return _envelope(page, Counted, [Counted(value, number) for value, number in found.items()])

    @router.get("/search", summary="Claims and documents that hold words", responses=_answers(Hit))
    def search(request: Request, query: Annotated[SearchQuery, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        return _envelope(page, Hit, page.snapshot.search(query.q) if query.q else ())


def _add_documents(router: APIRouter, looking: Looking) -> None:
    @router.get("/documents", summary="Documents, a page at a time", responses=_answers(Listed))
    def documents(request: Request, query: Annotated[DocumentQuery, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        rows, _ = held_documents(page, query)
        return _envelope(page, Listed, [Listed(held.document_id, held.filing, held.claims) for held in rows])

    @router.get("/documents/{id}", summary="One document with its text", responses=_answers(Document))
    def document(request: Request, id: str, query: Annotated[Look, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        return _envelope(page, Document, [page.snapshot.document(id)[0]])

    @router.get("/sources", summary="Sources that the case describes", responses=_answers(Source))
    def sources(request: Request, query: Annotated[Look, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        return _envelope(page, Source, page.case.sources)


def _add_incidents(router: APIRouter, looking: Looking) -> None:
    @router.get("/incidents", summary="Incidents, the latest first, a page at a time", responses=_answers(IncidentRow))
    def incidents(request: Request, query: Annotated[IncidentQuery, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        first = (query.page - 1) * PAGE_SIZE
        return _envelope(page, IncidentRow, rows_of(looking.worlds, page, query)[first : first + PAGE_SIZE])

    @router.get("/incidents/{id}", summary="One incident with all its voices", responses=_answers(Dossier))
    def incident(request: Request, id: str, query: Annotated[Look, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        return _envelope(page, Dossier, [dossier(looking.worlds.of(page), id)])


def _add_map(router: APIRouter, looking: Looking) -> None:
    @router.get("/points", summary="Incidents of the filter as columns", responses=_answers(Points))
    def points(request: Request, query: Annotated[Look, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        return _envelope(page, Points, [with_fronts(page.case, points_of(page.case, rows_ever(looking.worlds, page)))])

    @router.get("/ties", summary="Ties of the actors", responses=_answers(TieRow))
    def ties(request: Request, query: Annotated[Look, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        return _envelope(page, TieRow, ties_of(page))

    @router.get("/ground", summary="Control by month, and restrictions", responses=_answers(Ground))
    def ground(request: Request, query: Annotated[Look, Query()]) -> JSONResponse:
        page = looking.page(request, query)
        return _envelope(page, Ground, [looking.worlds.ground(page)])


def _quoted(page: Page, claims: Iterable[Claim]) -> list[Quoted]:
    citer = Citer(page.case, page.snapshot)
    cited = citer.cite_all(claims)
    return [Quoted(one.claim, citer.words(one.claim), one.filing, one.retold) for one in cited]


def _envelope(page: Page, kind: type, rows: Iterable[object]) -> JSONResponse:
    return JSONResponse(envelope(kind, page.case.id, rows, page.snapshot.as_of, page.snapshot.recorded_by))


_Responses = dict[int | str, dict[str, JSON]]
_ROW_KINDS = (Quoted, Counted, Hit, Listed, Document, Source, IncidentRow, Dossier, Points, Ground, TieRow)
_COMPONENTS = "#/components/schemas/"


def _answers(kind: type) -> _Responses:
    """What OpenAPI says of the answers of a route whose rows are of that kind."""
    right = {"application/json": {"schema": {"$ref": f"{_COMPONENTS}{kind.__name__}Rows"}}}
    wrong = {MEDIA_TYPE: {"schema": {"$ref": f"{_COMPONENTS}Problem"}}}
    problems = {400: "The question is off.", 404: "Not in view.", 503: "The store cannot be read."}
    found: _Responses = {200: {"description": f"An envelope of {kind.__name__} rows.", "content": right}}
    return found | {status: {"description": said, "content": wrong} for status, said in problems.items()}


def describe(app: FastAPI) -> None:
    """Puts the schemas of the rows, generated from the records, into the application's OpenAPI."""

    def openapi() -> dict[str, JSON]:
        if app.openapi_schema is None:
            app.openapi_schema = _openapi(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _openapi(app: FastAPI) -> dict[str, JSON]:
    document: dict[str, JSON] = get_openapi(
        title=app.title, version=app.version, summary=app.summary, routes=app.routes
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):  # ours are problem details with status 400
        schemas.pop(unused, None)
    for path in document["paths"].values():
        path["get"]["responses"].pop("422", None)
        for parameter in path["get"].get("parameters", ()):
            if parameter["in"] == "query":
                parameter["schema"] = _or_empty(parameter["schema"])
    schemas["Problem"] = PROBLEM_SCHEMA
    for kind in _ROW_KINDS:
        schema = envelope_schema(kind)
        schemas |= {name: _moved(inner) for name, inner in schema.pop("$defs").items()}
        schema.pop("$schema")
        schemas[f"{kind.__name__}Rows"] = _moved(schema)
    return document


def _or_empty(schema: JSON) -> JSON:
    """The schema of a field as a form sends it: an empty one is an absent one (`query.Look.drop_empty`)."""
    if schema.get("type") == "array":
        return {**schema, "items": _or_empty(schema["items"])}
    if schema.get("type") == "string" and not {"enum", "format", "minLength"} & schema.keys():
        return schema
    told: dict[str, JSON] = {name: schema[name] for name in ("title", "description", "default") if name in schema}
    kinds = schema.get("anyOf", [{name: value for name, value in schema.items() if name not in told}])
    return {"anyOf": [*kinds, {"type": "string", "maxLength": 0}], **told}


def _moved(schema: JSON) -> JSON:
    """A schema whose references point to the components of OpenAPI."""
    if isinstance(schema, dict):
        return {k: v.replace("#/$defs/", _COMPONENTS) if k == "$ref" else _moved(v) for k, v in schema.items()}
    return [_moved(one) for one in schema] if isinstance(schema, list) else schema
