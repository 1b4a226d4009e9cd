"""Which pages of other sites may call the API: those of the origins in the settings."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest
from pydantic import ValidationError

from domain.kernel.principal import Role
from service.settings import Settings
from tests.service.http.serving import client, running, token

LEARN, OTHER = "https://learn.example.org", "https://other.example.org"
QUERY = {"query": "{ viewer { id } }"}
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,segments-min-position",
}

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
async def site(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A client, signed in, of a service that lets the pages of two origins call it."""
    origins = f"{LEARN}, http://localhost:5173"
    given = settings.model_copy(update={"cors_origins": origins})
    async with running(given) as app, client(app, token(given, Role.LEARNER)) as http:
        yield http


async def _preflight(
    http: httpx2.AsyncClient, origin: str, path: str = "/graphql"
) -> httpx2.Response:
    return await http.options(path, headers={"Origin": origin, **PREFLIGHT})


async def test_a_page_of_an_allowed_origin_may_call(site: httpx2.AsyncClient) -> None:
    """The browser asks first, without the token; then it may send what clients send, and read the
    headers that they need.
    """
    for origin in (LEARN, "http://localhost:5173"):
        for path in ("/graphql", "/graphql/stream", "/files/templates/users.csv"):
            allowed = await _preflight(site, origin, path)
            assert allowed.status_code == 200
            assert allowed.headers["Access-Control-Allow-Origin"] == origin
            assert "Segments-Min-Position" in allowed.headers["Access-Control-Allow-Headers"]
            assert "Access-Control-Allow-Credentials" not in allowed.headers
        answer = await site.post("/graphql", json=QUERY, headers={"Origin": origin})
        assert answer.json()["data"]["viewer"]["id"]
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "Segments-Position" in answer.headers["Access-Control-Expose-Headers"]
        assert "Origin" in answer.headers["Vary"]


async def test_refusals_can_be_read_there_too(site: httpx2.AsyncClient) -> None:
    """A page learns that it has to sign in again."""
    headers = {"Origin": LEARN, "Authorization": "Bearer nonsense"}
    answer = await site.post("/graphql", json=QUERY, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == LEARN


@pytest.mark.parametrize(
    "origin", [OTHER, "https://learn.example.org.evil.test", "http://learn.example.org", "null"]
)
async def test_no_other_origin_may(site: httpx2.AsyncClient, origin: str) -> None:
    """Not one that looks alike, nor the same host without https."""
    refused = await _preflight(site, origin)
    assert refused.status_code == 400
    answer = await site.post("/graphql", json=QUERY, headers={"Origin": origin})
    for told in (refused, answer):
        assert "Access-Control-Allow-Origin" not in told.headers


@pytest.mark.parametrize("path", ["/sign-in/development", "/health/ready", "/metrics", "/"])
async def test_signing_in_and_operating_are_open_to_none(
    site: httpx2.AsyncClient, path: str
) -> None:
    """What is not the API is for the console's own page, and for machines."""
    assert "Access-Control-Allow-Origin" not in (await _preflight(site, LEARN, path)).headers
    answer = await site.get(path, headers={"Origin": LEARN})
    assert "Access-Control-Allow-Origin" not in answer.headers


async def test_unless_it_is_set_no_origin_is_allowed(http: httpx2.AsyncClient) -> None:
    """The default."""
    assert (await _preflight(http, LEARN)).status_code == 405
    answer = await http.post("/graphql", json=QUERY, headers={"Origin": LEARN})
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "wrong",
    ["*", "learn.example.org", "https://learn.example.org/", "https://*.example.org", f"{LEARN},"],
)
async def test_what_is_no_origin_stops_the_start(wrong: str) -> None:
    """No address, no pattern: exactly what a browser sends."""
    with pytest.raises(ValidationError, match="cors_origins"):
        Settings(cors_origins=wrong)
