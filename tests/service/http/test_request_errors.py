"""Request errors have no entry `data`: nothing was executed. Whatever was executed has one."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from tests.acceptance.uploads import PREFLIGHT

pytestmark = pytest.mark.asyncio(loop_scope="module")

GRAPHQL_RESPONSE = "application/graphql-response+json"
MEDIA_TYPES = ("application/json", GRAPHQL_RESPONSE)

PAGE = "query ($n: Int!) { siteUserSegments(first: $n) { totalCount } }"
REQUEST_ERRORS: dict[str, tuple[dict[str, Any], str]] = {
    "syntax": ({"query": "{"}, "INVALID"),
    "unknown field": ({"query": "{ nope }"}, "INVALID"),
    "unknown type": ({"query": "query ($n: Nope) { viewer { id } }"}, "INVALID"),
    "missing argument": ({"query": "{ node { id } }"}, "INVALID"),
    "missing variable": ({"query": PAGE}, "INVALID"),
    "null variable": ({"query": PAGE, "variables": {"n": None}}, "INVALID"),
    "variable of another type": ({"query": PAGE, "variables": {"n": "one"}}, "INVALID"),
    "unnamed operation": ({"query": "query A { __typename } query B { __typename }"}, "INVALID"),
    "too many levels": ({"query": "{ a" * 16 + " }" * 16}, "LIMIT"),
    "too many tokens": ({"query": "{ " + "id " * 5_000 + "}"}, "LIMIT"),
}

Send = Callable[[httpx2.AsyncClient, dict[str, Any], str], Awaitable[httpx2.Response]]


async def by_post(
    http: httpx2.AsyncClient, operation: dict[str, Any], accept: str
) -> httpx2.Response:
    return await http.post("/graphql", json=operation, headers={"Accept": accept})


async def by_get(
    http: httpx2.AsyncClient, operation: dict[str, Any], accept: str
) -> httpx2.Response:
    params = {
        n: part if isinstance(part, str) else json.dumps(part) for n, part in operation.items()
    }
    return await http.get("/graphql", params=params, headers={"Accept": accept})


async def by_form(
    http: httpx2.AsyncClient, operation: dict[str, Any], accept: str
) -> httpx2.Response:
    fields = {"operations": json.dumps(operation), "map": "{}"}
    headers = {"Accept": accept, **PREFLIGHT}
    return await http.post("/graphql", data=fields, files={"0": b""}, headers=headers)


ways = pytest.mark.parametrize("send", [by_post, by_get, by_form], ids=["POST", "GET", "form"])
media_types = pytest.mark.parametrize("accept", MEDIA_TYPES)


@ways
@pytest.mark.parametrize(("operation", "code"), REQUEST_ERRORS.values(), ids=REQUEST_ERRORS)
async def test_a_request_error_has_no_data(
    http: httpx2.AsyncClient, send: Send, operation: dict[str, Any], code: str
) -> None:
    """In neither media type; the status is 400 in GraphQL's own, and 200 in plain JSON."""
    plain, graphql = [await send(http, operation, accept) for accept in MEDIA_TYPES]
    assert (plain.status_code, graphql.status_code) == (200, 400)
    assert graphql.json().keys() == {"errors"}
    assert graphql.json()["errors"][0]["extensions"]["code"] == code
    assert plain.json() == graphql.json()


@ways
@media_types
async def test_an_operation_that_is_not_there_is_a_request_error(
    http: httpx2.AsyncClient, send: Send, accept: str
) -> None:
    """By a name that no operation has; 400 in either media type."""
    operation = {"query": "query A { viewer { id } }", "operationName": "B"}
    answer = await send(http, operation, accept)
    assert answer.status_code == 400
    assert answer.json().keys() == {"errors"}


@ways
@media_types
async def test_what_failed_in_part_has_the_rest(
    http: httpx2.AsyncClient, send: Send, accept: str
) -> None:
    """200: it was executed."""
    operation = {"query": "{ viewer { kind } siteUserSegments(first: -1) { totalCount } }"}
    answer = await send(http, operation, accept)
    assert answer.status_code == 200
    assert answer.json()["data"] == {
        "viewer": {"kind": "USER"},
        "siteUserSegments": None,
    }
    assert answer.json()["errors"][0]["path"] == ["siteUserSegments"]


@ways
@media_types
async def test_what_failed_as_a_whole_has_null(
    http: httpx2.AsyncClient, send: Send, accept: str
) -> None:
    """200, too: a field that must not be null failed, but it was executed."""
    ids = ", ".join(['"event_1"'] * 101)
    answer = await send(http, {"query": f"{{ nodes(ids: [{ids}]) {{ id }} }}"}, accept)
    assert answer.status_code == 200
    assert answer.json()["data"] is None
    assert answer.json()["errors"][0]["path"] == ["nodes"]
