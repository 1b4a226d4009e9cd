"""Without a good bearer token GraphQL answers 401; health needs none."""

from __future__ import annotations

from datetime import timedelta

import httpx2
import pytest

from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in import issue_development_token
from tests.service.http.serving import token

pytestmark = pytest.mark.asyncio(loop_scope="module")

VIEWER = {"query": "{ viewer { displayName } }"}


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "Bearer nonsense",
        "Bearer a.b.c",
        "Bearer \xff\xfe.b.c",
        'Bearer ".".',
        "Bearer eyJhbGciOiJub25lIn0.e30.",
    ],
)
async def test_whoever_is_not_signed_in_is_challenged(
    stranger: httpx2.AsyncClient, authorization: str | None
) -> None:
    """By every way of asking; the answer says how to sign in, in the shape of GraphQL's own."""
    raw = {} if authorization is None else {b"Authorization": authorization.encode("latin-1")}
    requests = [
        stranger.post("/graphql", json=VIEWER, headers=raw),
        stranger.get("/graphql", params=VIEWER, headers=raw),
        stranger.put("/graphql", content=b"x", headers=raw),
    ]
    for request in requests:
        answer = await request
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        (error,) = answer.json()["errors"]
        assert error["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_an_expired_token_is_told_so(
    stranger: httpx2.AsyncClient, shared_settings: Settings
) -> None:
    """In the challenge; none of the token is repeated."""
    old = issue_development_token(shared_settings, [Role.AUDITOR], None, timedelta(hours=-1))
    answer = await stranger.post(
        "/graphql", json=VIEWER, headers={"Authorization": f"Bearer {old}"}
    )
    assert answer.status_code == 401
    challenge = answer.headers["WWW-Authenticate"]
    assert 'error="invalid_token"' in challenge
    assert "expired" in challenge
    assert old not in challenge + answer.text


async def test_a_good_token_says_who_asks(
    stranger: httpx2.AsyncClient, shared_settings: Settings
) -> None:
    """The scheme is written in any case."""
    good = token(shared_settings, Role.AUDITOR, user="ada")
    for scheme in ("Bearer", "bearer", "BEARER"):
        headers = {"Authorization": f"{scheme} {good}"}
        answer = await stranger.post("/graphql", json=VIEWER, headers=headers)
        assert answer.json()["data"] == {"viewer": {"displayName": "ada"}}


async def test_another_services_token_is_refused(
    stranger: httpx2.AsyncClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It was signed by another data directory's key."""
    other = Settings(data_dir=tmp_path_factory.mktemp("other"))
    headers = {"Authorization": f"Bearer {token(other, Role.SITE_ADMIN)}"}
    answer = await stranger.post("/graphql", json=VIEWER, headers=headers)
    assert answer.status_code == 401


async def test_health_needs_no_token(stranger: httpx2.AsyncClient) -> None:
    """And what is not there is 404 for everybody."""
    assert (await stranger.get("/health/live")).status_code == 200
    assert (await stranger.get("/health/ready")).status_code == 200
    assert (await stranger.get("/nothing")).status_code == 404
