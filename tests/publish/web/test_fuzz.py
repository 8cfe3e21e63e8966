"""Whatever stands in an address: an answer, or a problem that says what is off; never a defect, never another row."""

import string
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, openapi
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from faultline.record.vocabulary import Kind, Modality

_NASTY = st.sampled_from(
    ["'", "' OR 1=1 --", '"; DROP TABLE claims', "%", "_", "\\", "*", '"', "NEAR(", "a AND", "\x00", "٣", "🏜"]
)
_WORDS = st.one_of(_NASTY, st.text(string.printable, max_size=30), st.text(max_size=12))
_DAYS = st.one_of(st.dates().map(str), st.sampled_from(["", "0000-00-00", "2020-02-30", "99999-01-01", "-1"]))
_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("actor", "place", "source", "side", "words", "speaker", "document", "q", "lang"), _WORDS),
        **dict.fromkeys(("first_day", "last_day", "as_of", "since"), _DAYS),
        "kind": st.one_of(st.sampled_from(list(Kind)), _WORDS),
        "modality": st.one_of(st.sampled_from(list(Modality)), _WORDS),
        "voices": st.one_of(st.integers(-2, 120).map(str), _WORDS),
        "page": st.one_of(st.integers(-1, 2**40).map(str), _WORDS),
        "standing": st.one_of(st.sampled_from(["provisional", "settled"]), _WORDS),
        "undated": st.sampled_from(["0", "1", "x"]),
        "named": _WORDS,
        "within": st.sampled_from(["0", "1", "x"]),
    },
)
PATHS = ("/claims", "/incidents", "/sources", "/map", "/timeline", "/actors", "/documents", "/search", "/review",
         "/api/claims", "/api/points", "/api/ties")  # fmt: skip


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), asked=_FIELDS)
def test_any_question_is_answered_or_told_what_is_off(client: TestClient, path: str, asked: Mapping[str, str]) -> None:
    answer = client.get(path, params=asked)
    assert answer.status_code in (200, 202, 400, 404), (answer.status_code, answer.text[:300])


@pytest.mark.parametrize("words", ["' OR 1=1 --", '") OR 1=1 --', "x' UNION SELECT * FROM claims --", "%", "_"])
@pytest.mark.parametrize("field", ["actor", "place", "source", "speaker", "document", "side"])
def test_a_filter_is_a_value_and_never_a_condition(client: TestClient, field: str, words: str) -> None:
    assert client.get("/api/claims", params={field: words}).json()["rows"] == []


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_api_answers_as_it_is_described(address: str, mode: GenerationMode) -> None:
    """To what the description allows and to what it does not, by every check of schemathesis. That a period ends before
    it begins, that words hold no letter, or that a count fits no filter, is more than a description can say: there an
    error must name the field."""
    for found in openapi.from_url(f"{address}/api/openapi.json").get_all_operations():

        @settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=found.ok().as_strategy(generation_mode=mode))
        def check(case: Case) -> None:
            answer = case.call()
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])
            if mode is GenerationMode.POSITIVE and answer.status_code == 400:
                assert answer.json()["detail"].startswith(("period: got", "search: got", "by: got")), answer.text

        check()


@pytest.mark.parametrize("field", ["first_day", "last_day", "as_of", "undated", "voices", "page", "kind", "profile"])
def test_empty_field_is_described_as_the_absent_one_that_it_is(client: TestClient, field: str) -> None:
    described = client.get("/api/openapi.json").json()["paths"]["/api/claims"]["get"]["parameters"]
    [schema] = [one["schema"] for one in described if one["name"] == field]
    assert {"type": "string", "maxLength": 0} in schema.get("items", schema)["anyOf"]
    assert client.get(f"/api/claims?{field}=").json()["rows"] == client.get("/api/claims").json()["rows"]


@pytest.mark.parametrize("day", ["0", "20200304", "1583280000", "2020-3-4", "2020-03-04T00:00:00", " 2020-03-04"])
@pytest.mark.parametrize("field", ["first_day", "last_day", "as_of"])
def test_number_is_no_day(client: TestClient, field: str, day: str) -> None:
    """It was read as seconds since 1970."""
    answer = client.get("/api/claims", params={field: day})
    assert answer.status_code == 400 and "YYYY-MM-DD" in answer.json()["detail"]
    assert client.get("/claims", params={field: day}).status_code == 400


@pytest.mark.parametrize("value", ["", "event"])
def test_more_values_than_are_described_are_refused(client: TestClient, value: str) -> None:
    assert client.get("/api/claims", params={"kind": [value] * 20}).status_code == 200
    assert client.get("/api/claims", params={"kind": [value] * 21}).status_code == 400
