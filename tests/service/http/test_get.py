"""GET /graphql: queries only, with an ETag."""

from __future__ import annotations

import json

import httpx2
import pytest

VIEWER = {"query": "{ viewer { displayName } }"}
LIST = {"query": "query L($n: Int) { siteUserSegments(first: $n) { nodes { name } totalCount } }"}


async def test_a_query_is_answered_with_an_etag(admin: httpx2.AsyncClient) -> None:
    """Its variables and its name are parameters."""
    more = {"variables": json.dumps({"n": 1}), "operationName": "L"}
    answer = await admin.get("/graphql", params={**LIST, **more})
    assert answer.json()["data"] == {"siteUserSegments": {"nodes": [], "totalCount": 0}}
    assert answer.headers["ETag"].startswith('W/"')
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Vary"] == "Authorization, Accept"


async def test_what_the_client_has_already_is_not_sent_again(admin: httpx2.AsyncClient) -> None:
    """304 without a body, however the tag is given back."""
    tag = (await admin.get("/graphql", params=LIST)).headers["ETag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = await admin.get("/graphql", params=LIST, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag


async def test_the_tag_stays_when_only_the_log_moved_on(admin: httpx2.AsyncClient) -> None:
    """The client has that answer already; the 304 says as of which position."""
    tag = (await admin.get("/graphql", params=VIEWER)).headers["ETag"]
    create = 'mutation { createUserSegment(input: {name: "S"}) { position segment { id } } }'
    await admin.post("/graphql", json={"query": create})
    known = {"If-None-Match": tag, "Segments-Min-Position": "1"}
    again = await admin.get("/graphql", params=VIEWER, headers=known)
    assert (again.status_code, again.headers["Segments-Position"]) == (304, "1")
    assert again.headers["ETag"] == tag


async def test_a_change_changes_the_tag(admin: httpx2.AsyncClient) -> None:
    """What the client has is then out of date, and it gets the new."""
    tag = (await admin.get("/graphql", params=LIST)).headers["ETag"]
    create = 'mutation { createUserSegment(input: {name: "S"}) { segment { id } } }'
    await admin.post("/graphql", json={"query": create})
    answer = await admin.get("/graphql", params=LIST, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag
    assert answer.json()["data"]["siteUserSegments"]["totalCount"] == 1


async def test_a_mutation_is_refused(admin: httpx2.AsyncClient) -> None:
    """A link must not change anything; POST is the method for it."""
    create = 'mutation { createUserSegment(input: {name: "S"}) { position } }'
    answer = await admin.get("/graphql", params={"query": create})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    status = await admin.get("/graphql", params={"query": "{ logStatus { head } }"})
    assert status.json()["data"] == {"logStatus": {"head": 0}}


async def test_a_mutation_beside_a_query_is_refused_unless_the_query_is_named(
    admin: httpx2.AsyncClient,
) -> None:
    """Whichever comes first."""
    query = "query Q { viewer { id } }"
    create = 'mutation M { createUserSegment(input: {name: "S"}) { position } }'
    for both in (f"{query} {create}", f"{create} {query}"):
        named = {"query": both, "operationName": "Q"}
        assert "data" in (await admin.get("/graphql", params=named)).json()
        chosen = {"query": both, "operationName": "M"}
        assert (await admin.get("/graphql", params=chosen)).status_code == 405
        unnamed = (await admin.get("/graphql", params={"query": both})).json()
        assert unnamed["errors"][0]["extensions"] == {"code": "INVALID"}
        assert unnamed.get("data") is None


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"query": ""}, id="query empty"),
        pytest.param({"variables": "{"}, id="variables unfinished"),
        pytest.param({"variables": "[]"}, id="variables a list"),
        pytest.param({"variables": "5"}, id="variables a number"),
        pytest.param({"extensions": "{"}, id="extensions unfinished"),
        pytest.param({"extensions": "[]"}, id="extensions a list"),
        pytest.param({"operationName": "Unknown"}, id="unknown operation"),
    ],
)
async def test_parameters_that_make_no_operation_are_a_bad_request(
    admin: httpx2.AsyncClient, more: dict[str, str]
) -> None:
    """400, and nothing to be cached."""
    answer = await admin.get("/graphql", params={**VIEWER, **more})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"] == {"code": "INVALID"}
    assert "ETag" not in answer.headers


async def test_without_a_query_it_is_a_bad_request(admin: httpx2.AsyncClient) -> None:
    """Unless a browser asks for a page, which shows what can be asked."""
    for accept in ("application/json", "*/*"):
        answer = await admin.get("/graphql", headers={"Accept": accept})
        assert answer.status_code == 400
