"""POST /graphql: what is well-formed is answered; what is not is a clear 4xx."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

JSON = {"Content-Type": "application/json"}
VIEWER = "{ viewer { displayName } }"
CREATE = 'mutation { createUserSegment(input: {name: "Sales"}) { position } }'


async def _error(answer: httpx2.Response) -> dict[str, Any]:
    (error,) = answer.json()["errors"]
    found: dict[str, Any] = error
    return found


async def test_an_operation_is_answered(http: httpx2.AsyncClient) -> None:
    """With its variables, by its name, as JSON that no cache keeps."""
    query = "query A($ids: [ID!]!) { nodes(ids: $ids) { id } } query B { viewer { kind } }"
    body = {"query": query, "operationName": "A", "variables": {"ids": ["event_99"]}}
    answer = await http.post("/graphql", json=body)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["data"] == {"nodes": [None]}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="unfinished"),
        pytest.param(b"\xff\xfe", id="not UTF-8"),
        pytest.param(b'{"query": "\xff"}', id="query not UTF-8"),
        pytest.param(b'{"query": "\\ud800"}', id="lone surrogate"),
        pytest.param(b"[" * 5_000, id="nested too deep"),
        pytest.param(b"null", id="null"),
        pytest.param(b"5", id="number"),
        pytest.param(b'"{ viewer { id } }"', id="text"),
        pytest.param(b"[]", id="empty list"),
        pytest.param(b'[{"query": "{ viewer { id } }"}]', id="list of one"),
        pytest.param(b"{}", id="no query"),
        pytest.param(b'{"query": null}', id="query null"),
        pytest.param(b'{"query": ""}', id="query empty"),
        pytest.param(b'{"query": 5}', id="query a number"),
        pytest.param(b'{"query": ["{ viewer { id } }"]}', id="query a list"),
        pytest.param(b'{"query": {"query": "{ viewer { id } }"}}', id="query an object"),
        pytest.param(b'{"query": "{ viewer { id } }", "variables": []}', id="variables a list"),
        pytest.param(b'{"query": "{ viewer { id } }", "variables": "{}"}', id="variables a text"),
        pytest.param(b'{"query": "{ viewer { id } }", "extensions": 5}', id="extensions a number"),
        pytest.param(
            b'{"query": "{ viewer { id } }", "operationName": 5}', id="operationName a number"
        ),
        pytest.param(
            b'{"query": "{ viewer { id } }", "operationName": ["A"]}', id="operationName a list"
        ),
        pytest.param(
            b'{"query": "{ viewer { id } }", "operationName": "Unknown"}', id="unknown operation"
        ),
        pytest.param(b'{"query": "fragment F on Actor { id }"}', id="fragment alone"),
    ],
)
async def test_a_body_that_holds_no_operation_is_a_bad_request(
    http: httpx2.AsyncClient, body: bytes
) -> None:
    """400, with one error that says what is wrong."""
    answer = await http.post("/graphql", content=body, headers=JSON)
    assert answer.status_code == 400
    error = await _error(answer)
    assert error["extensions"] == {"code": "INVALID"}
    assert error["message"]


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_a_packed_body_is_not_unpacked(
    http: httpx2.AsyncClient, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    """It is no JSON, however small it is, and however much may be in it."""
    body = pack(json.dumps({"query": VIEWER}).encode())
    headers = {**JSON, "Content-Encoding": coding}
    answer = await http.post("/graphql", content=body, headers=headers)
    assert answer.status_code == 400
    assert (await _error(answer))["extensions"] == {"code": "INVALID"}


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "application/jsonp",
    ],
)
async def test_other_content_is_refused(http: httpx2.AsyncClient, kind: str) -> None:
    """415: a form on another site cannot send what we read."""
    body = json.dumps({"query": CREATE}).encode()
    answer = await http.post("/graphql", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert (await _error(answer))["extensions"] == {"code": "INVALID"}


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
async def test_json_is_json_however_it_is_written(http: httpx2.AsyncClient, kind: str) -> None:
    """With parameters, in any case."""
    body = json.dumps({"query": VIEWER}).encode()
    answer = await http.post("/graphql", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
async def test_other_methods_are_not_allowed(http: httpx2.AsyncClient, method: str) -> None:
    """405, with those that are."""
    answer = await http.request(method, "/graphql")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("accept", "own"),
    [
        pytest.param("application/graphql-response+json", True, id="GraphQL's own"),
        pytest.param(
            "application/graphql-response+json; charset=utf-8, application/json;q=0.9",
            True,
            id="GraphQL's own before JSON",
        ),
        pytest.param("APPLICATION/GRAPHQL-RESPONSE+JSON", True, id="GraphQL's own in capitals"),
        pytest.param(
            "application/json, application/graphql-response+json",
            False,
            id="JSON before GraphQL's own",
        ),
        pytest.param("application/json", False, id="JSON"),
        pytest.param("*/*", False, id="anything"),
        pytest.param("text/html", False, id="HTML"),
        pytest.param("", False, id="nothing"),
    ],
)
async def test_the_media_type_is_the_one_asked_for_first(
    http: httpx2.AsyncClient, accept: str, own: bool
) -> None:
    """For answers and for refusals alike; plain JSON when in doubt."""
    expected = "application/graphql-response+json; charset=utf-8" if own else "application/json"
    for body in (json.dumps({"query": VIEWER}).encode(), b"{"):
        answer = await http.post("/graphql", content=body, headers={**JSON, "Accept": accept})
        assert answer.headers["Content-Type"] == expected


async def test_a_byte_order_mark_is_dropped(http: httpx2.AsyncClient) -> None:
    """As some editors and platforms write it before JSON."""
    body = b"\xef\xbb\xbf" + json.dumps({"query": VIEWER}).encode()
    answer = await http.post("/graphql", content=body, headers=JSON)
    assert "errors" not in answer.json()


async def test_a_body_that_is_not_utf_8_is_told_where(http: httpx2.AsyncClient) -> None:
    """The first byte that is not is named, with the way out."""
    answer = await http.post("/graphql", content=b'{"query": "\xff"}', headers=JSON)
    assert answer.status_code == 400
    told = "The body is not UTF-8: see byte 11. Send JSON in UTF-8."
    assert (await _error(answer))["message"] == told


async def test_a_persisted_query_is_not_supported(http: httpx2.AsyncClient) -> None:
    """By POST and GET, in the words by which a client's link sends the text instead."""
    more = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
    posted = await http.post("/graphql", json={"extensions": more})
    got = await http.get("/graphql", params={"extensions": json.dumps(more)})
    code = "PERSISTED_QUERY_NOT_SUPPORTED"
    for answer in (posted, got):
        assert answer.status_code == 200
        error = {"message": "PersistedQueryNotSupported", "extensions": {"code": code}}
        assert answer.json() == {"errors": [error]}
    whole = await http.post("/graphql", json={"query": VIEWER, "extensions": more})
    assert "errors" not in whole.json()


@pytest.mark.parametrize("name", ["doc_id", "documentId", "id"])
async def test_an_id_of_a_stored_query_is_refused(http: httpx2.AsyncClient, name: str) -> None:
    """It is told to send the text."""
    answer = await http.post("/graphql", json={name: "abc"})
    assert answer.status_code == 400
    told = f"No queries are stored here: send the text as query, not {name}."
    assert (await _error(answer))["message"] == told
