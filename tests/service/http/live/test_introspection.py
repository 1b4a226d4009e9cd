"""Whether the schema can be asked for, and how much of it, is the same however one asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from service.settings import Settings
from tests.service.http.conftest import small
from tests.service.http.live.talking import TIMEOUT_S, talk

QUESTION = "{ __schema { queryType { name } } }"
ANSWER = {"__schema": {"queryType": {"name": "Query"}}}
THREE = "{ a: __schema { description } b: __schema { description } c: __schema { description } }"


async def _by_post(host: str, token: str, query: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(timeout=TIMEOUT_S) as http:
        answer = await http.post(f"http://{host}/graphql", json={"query": query}, headers=headers)
    found: dict[str, Any] = answer.json()
    return found


async def _by_stream(host: str, token: str, query: str) -> dict[str, Any]:
    """One result as an event; a request error comes as it is."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    async with httpx2.AsyncClient(timeout=TIMEOUT_S) as http:
        url = f"http://{host}/graphql/stream"
        answer = await http.post(url, json={"query": query}, headers=headers)
    text = answer.text.removeprefix("event: next\ndata: ").partition("\n")[0]
    found: dict[str, Any] = json.loads(text)
    return found


async def _by_socket(host: str, token: str, query: str) -> dict[str, Any]:
    async with talk(host, token) as talking:
        await talking.subscribe(query)
        message = await talking.hear()
    payload = message["payload"]
    return {"errors": payload} if message["type"] == "error" else dict(payload)


WAYS = [_by_post, _by_stream, _by_socket]


@pytest.fixture
def settings(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """As the test says."""
    return small(database_url, tmp_path / "data").model_copy(update=request.param)


@pytest.mark.parametrize(
    "settings",
    [{}, {"environment": "production", "introspection": True}],
    ids=["in development", "in production, as set"],
    indirect=True,
)
async def test_the_schema_can_be_asked_for(host: str, sign: Callable[..., str]) -> None:
    """By each way; more than twice by none."""
    answers = [await ask(host, sign(), QUESTION) for ask in WAYS]
    assert [answer["data"] for answer in answers] == [ANSWER] * 3
    refusals = [await ask(host, sign(), THREE) for ask in WAYS]
    told = [error["extensions"] for one in refusals for error in one["errors"]]
    assert told == [{"code": "LIMIT", "limit": 2, "actual": 3}] * 3


@pytest.mark.parametrize(
    "settings",
    [{"environment": "production"}, {"introspection": False}],
    ids=["in production", "in development, as set"],
    indirect=True,
)
async def test_where_it_is_off_each_way_says_where_the_schema_is(
    host: str, sign: Callable[..., str]
) -> None:
    """Nothing is executed; other questions are answered."""
    for ask in WAYS:
        refused = await ask(host, sign(), QUESTION)
        (error,) = refused["errors"]
        assert error["extensions"] == {"code": "INVALID"}
        assert error["locations"] == [{"line": 1, "column": 3}]
        assert "graph/schema.graphql" in error["message"]
        assert "data" not in refused
        assert (await ask(host, sign(), "{ __typename }"))["data"] == {"__typename": "Query"}
    assert len(WAYS) == 3
