"""POST /graphql with files: the GraphQL multipart request specification."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from service.http.middleware.bodies import MAX_FORM_BYTES
from service.http.operations import operation_of
from tests.acceptance.uploads import PREFLIGHT, lines, sent, upload

pytestmark = pytest.mark.asyncio(loop_scope="module")

FILE = lines("name,code", ["Sales,sales"])
OPERATION = {"query": "query ($file: Upload) { viewer { id } }", "variables": {"file": None}}


async def test_a_file_reaches_the_mutation(http: httpx2.AsyncClient) -> None:
    """Its content, and what its sender calls it."""
    payload = await upload(http, "uploadUserSegments", FILE)
    assert (payload["created"], payload["errors"]) == (1, [])


async def test_a_stranger_is_refused(stranger: httpx2.AsyncClient) -> None:
    """Before anything is read."""
    assert (await sent(stranger, "uploadUserSegments", FILE)).status_code == 401


async def test_a_bearer_token_is_all_that_it_needs(http: httpx2.AsyncClient) -> None:
    """No form on another site can send one; the headers of GraphQL clients change nothing."""
    for headers in ({}, PREFLIGHT, {"Apollo-Require-Preflight": "1"}):
        operation = {"query": "{ viewer { id } }"}
        answer = await _form(http, operation, {}, headers=headers)
        assert (answer.status_code, answer.json().get("errors")) == (200, None)


@pytest.mark.parametrize(
    ("operations", "places"),
    [
        pytest.param("{", "{}", id="operations unfinished"),
        pytest.param("[]", "{}", id="operations a list"),
        pytest.param('{"query": 1}', "{}", id="query a number"),
        pytest.param(json.dumps(OPERATION), "{", id="map unfinished"),
        pytest.param(json.dumps(OPERATION), "[]", id="map a list"),
        pytest.param(json.dumps(OPERATION), '{"0": "variables.file"}', id="places a text"),
        pytest.param(json.dumps(OPERATION), '{"0": [1]}', id="place a number"),
        pytest.param(json.dumps(OPERATION), '{"0": ["query"]}', id="place in the query"),
        pytest.param(
            json.dumps(OPERATION), '{"0": ["variables.other"]}', id="place of no variable"
        ),
        pytest.param(
            json.dumps(OPERATION), '{"0": ["variables.file.deeper"]}', id="place too deep"
        ),
        pytest.param(json.dumps(OPERATION), '{"1": ["variables.file"]}', id="unknown part"),
        pytest.param(
            json.dumps({**OPERATION, "variables": {"files": [None]}}),
            '{"0": ["variables.files.1"]}',
            id="place past the list",
        ),
        pytest.param(
            json.dumps({**OPERATION, "variables": {"files": [None]}}),
            json.dumps({"0": [f"variables.files.{'9' * 5_000}"]}),
            id="place of thousands of digits",
        ),
        pytest.param(
            json.dumps({**OPERATION, "variables": {"file": 7}}),
            '{"0": ["variables.file"]}',
            id="place taken",
        ),
        pytest.param(
            json.dumps({**OPERATION, "variables": []}),
            '{"0": ["variables.0"]}',
            id="variables a list",
        ),
    ],
)
async def test_parts_that_do_not_fit_are_refused(
    http: httpx2.AsyncClient, operations: str, places: str
) -> None:
    """400 with a sentence."""
    fields = {"operations": operations, "map": places}
    answer = await http.post("/graphql", data=fields, files={"0": FILE}, headers=PREFLIGHT)
    assert answer.status_code == 400
    assert _message(answer)


@pytest.mark.parametrize("sign", ["a", "€", "🙂"])
async def test_the_text_does_not_count_among_the_variables(sign: str) -> None:
    """However many bytes its characters take."""
    said = {"query": f"{{ viewer {{ id }} }} #{sign * 100}", "variables": {"a": 1}}
    body = json.dumps(said, ensure_ascii=False).encode()
    others = json.dumps({**said, "query": ""}).encode()
    assert operation_of(said, len(body)).size == len(others)


@pytest.mark.parametrize("missing", ["operations", "map"])
async def test_both_fields_are_needed(http: httpx2.AsyncClient, missing: str) -> None:
    """The operation, and where the files go."""
    fields = {"operations": json.dumps(OPERATION), "map": "{}"}
    del fields[missing]
    answer = await http.post("/graphql", data=fields, files={"0": FILE}, headers=PREFLIGHT)
    assert answer.status_code == 400
    assert missing in _message(answer)


async def test_what_is_no_form_is_refused(http: httpx2.AsyncClient) -> None:
    """Though it says so."""
    headers = {**PREFLIGHT, "Content-Type": "multipart/form-data; boundary=x"}
    answer = await http.post("/graphql", content=b"not a form", headers=headers)
    assert answer.status_code == 400


async def test_a_file_in_json_is_no_file(http: httpx2.AsyncClient) -> None:
    """An Upload is a part of a form."""
    body = {**OPERATION, "variables": {"file": "content"}}
    answer = await http.post("/graphql", json=body)
    assert answer.json()["errors"][0]["extensions"]["code"] == "INVALID"


async def test_a_form_over_the_bound_is_refused(http: httpx2.AsyncClient) -> None:
    """413, and its sender gets to read it."""
    answer = await sent(http, "uploadUserSegments", b"a" * (MAX_FORM_BYTES + 1))
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT"


async def _form(
    http: httpx2.AsyncClient, operation: Any, places: Any, headers: dict[str, str]
) -> httpx2.Response:
    fields = {"operations": json.dumps(operation), "map": json.dumps(places)}
    return await http.post("/graphql", data=fields, files={"0": FILE}, headers=headers)


def _message(answer: httpx2.Response) -> str:
    message: str = answer.json()["errors"][0]["message"]
    return message
