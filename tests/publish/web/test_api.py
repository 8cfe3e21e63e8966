import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from starlette.testclient import TestClient

from faultline.record.claim import Claim
from faultline.record.codec import JSON, decode
from tests.publish.hand import HandDesk

ROUTES = {
    "/api/claims": "Quoted",
    "/api/claims?kind=event&page=1": "Quoted",
    "/api/counts?by=modality": "Counted",
    "/api/counts?by=kind&first_day=2020-01-01&last_day=2020-12-31&within=1": "Counted",
    "/api/search?q=convoy": "Hit",
    "/api/search": "Hit",
    "/api/documents": "Listed",
    "/api/sources": "Source",
}


@pytest.fixture(scope="module")
def openapi(client: TestClient) -> JSON:
    return client.get("/api/openapi.json").json()


@pytest.mark.parametrize(("path", "kind"), ROUTES.items())
def test_answers_are_envelopes_that_fit_their_schema(client: TestClient, openapi: JSON, path: str, kind: str) -> None:
    answer = client.get(path).json()
    assert list(answer) == ["schema", "case", "as_of", "recorded_by", "rows"]
    assert (answer["case"], answer["as_of"]) == ("varda", "2020-06-01")
    registry: Registry[JSON] = Registry().with_resource(
        "api", Resource.from_contents(openapi, default_specification=_specification())
    )
    schema = {"$ref": f"api#/components/schemas/{kind}Rows"}
    Draft202012Validator(schema, registry=registry).validate(answer)


def _specification() -> JSON:
    from referencing.jsonschema import DRAFT202012

    return DRAFT202012


def test_every_reference_of_the_description_resolves(openapi: JSON) -> None:
    known = set(openapi["components"]["schemas"])
    wanted = {name.split('"')[0] for name in str(openapi).replace("'", '"').split("#/components/schemas/")[1:]}
    assert wanted <= known
    assert all(set(path) == {"get"} for path in openapi["paths"].values())


def test_a_claim_comes_back_as_the_record_it_is(client: TestClient, desk: HandDesk) -> None:
    for claim in desk.snapshot().claims():
        [row] = client.get(f"/api/claims/{claim.id}").json()["rows"]
        assert decode(Claim, row["claim"]) == claim
        assert row["words"] == desk.snapshot().words(claim)


def test_a_document_comes_with_its_text(client: TestClient) -> None:
    listed = client.get("/api/documents").json()["rows"]
    [row] = client.get(f"/api/documents/{listed[0]['document']}").json()["rows"]
    assert row["text"].startswith("Le Front du Fleuve")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/claims/clm_nobody", 404),
        ("/api/documents/doc_nobody", 404),
        ("/api/nothing", 404),
        ("/api/claims?kind=murder", 400),
        ("/api/claims?first_day=yesterday", 400),
        ("/api/claims?first_day=2020-02-01&last_day=2020-01-01", 400),
        ("/api/claims?page=0", 400),
        ("/api/counts?by=weather", 400),
        ("/api/counts?by=actor&voices=2", 400),
        ("/api/search?q=%22%22", 400),
        ("/api/claims?words=" + "x" * 400, 400),
    ],
)
def test_errors_are_problem_details(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status and problem["title"] and problem["detail"]


def test_a_retelling_says_so_in_the_api(client: TestClient) -> None:
    rows = client.get("/api/claims?source=courier").json()["rows"]
    assert {row["retold"] for row in rows} == {True, False}
    assert all(row["retold"] == bool(row["filing"]["retold_from"]) for row in rows)
