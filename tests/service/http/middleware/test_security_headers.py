"""What holds for every answer, whatever it is and whoever asked."""

from __future__ import annotations

import httpx2
import pytest

HTTPS = "max-age=31536000"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/graphql", 401),
        ("POST", "/graphql", 401),
        ("POST", "/graphql/stream", 401),
        ("GET", "/graphql/stream", 405),
        ("DELETE", "/graphql", 401),
        ("GET", "/files/segments/segment_1/members.csv", 401),
        ("GET", "/no/such/place", 404),
        ("POST", "/sign-in/development", 403),
        ("GET", "/sign-in/ways", 200),
        ("GET", "/health/live", 200),
    ],
)
async def test_no_answer_is_kept_or_guessed_at(
    stranger: httpx2.AsyncClient, method: str, path: str, status: int
) -> None:
    """Of refusals, too; over plain http nothing is said of https."""
    answer = await stranger.request(method, path)
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in answer.headers


async def test_answers_about_people_are_kept_by_nobody(http: httpx2.AsyncClient) -> None:
    """But what is asked for by GET, with an ETag: by who asked, who asks again each time."""
    query = "{ viewer { id } }"
    posted = await http.post("/graphql", json={"query": query})
    assert posted.headers["Cache-Control"] == "no-store"
    got = await http.get("/graphql", params={"query": query})
    assert got.headers["Cache-Control"] == "private, no-cache"
    assert got.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_at_an_https_address_it_stays_with_https(
    stranger: httpx2.AsyncClient, method: str
) -> None:
    """As the connection says, or the page whose proxy takes https off."""
    answer = await stranger.request(method, "https://segments/no/such/place")
    assert answer.headers["Strict-Transport-Security"] == HTTPS
    headers = {"Origin": "https://segments.example"}
    answer = await stranger.request(method, "/graphql", headers=headers)
    assert answer.headers["Strict-Transport-Security"] == HTTPS
    headers = {"Origin": "http://segments.example"}
    answer = await stranger.request(method, "/graphql", headers=headers)
    assert "Strict-Transport-Security" not in answer.headers
