"""Signing in on the page while there is no identity provider: as one person a role."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from domain.kernel.clock import parse_instant
from service.settings import Settings
from tests.service.http.serving import running
from tests.service.http.sign_in.conftest import HERE, page

pytestmark = pytest.mark.asyncio(loop_scope="module")

DEVELOPMENT = "/sign-in/development"


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(shared_app: ASGIApp) -> AsyncIterator[httpx2.AsyncClient]:
    """A page whose person has not signed in yet."""
    async with page(shared_app) as http:
        yield http


async def test_the_page_offers_one_person_a_role(visitor: httpx2.AsyncClient) -> None:
    """To anybody: that is what development is."""
    answer = await visitor.get("/sign-in/ways")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "kind": "development",
        "people": [
            {"role": "SITE_ADMIN", "name": "Site Admin"},
            {"role": "TRAINING_MANAGER", "name": "Training Manager"},
            {"role": "AUDITOR", "name": "Auditor"},
            {"role": "LEARNER", "name": "Learner"},
        ],
    }


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("SITE_ADMIN", "Site Admin"),
        ("TRAINING_MANAGER", "Training Manager"),
        ("AUDITOR", "Auditor"),
        ("LEARNER", "Learner"),
    ],
)
async def test_a_role_is_enough_to_be_its_person(
    visitor: httpx2.AsyncClient, role: str, name: str
) -> None:
    """For an hour; the answer is kept nowhere, and sets no cookie."""
    answer = await visitor.post(DEVELOPMENT, json={"role": role})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    left = parse_instant(answer.json()["expiresAt"]) - datetime.now(UTC)
    assert timedelta(minutes=59) < left <= timedelta(hours=1)
    bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
    query = {"query": "{ viewer { displayName } }"}
    viewer = await visitor.post("/graphql", json=query, headers=bearer)
    assert viewer.json()["data"] == {"viewer": {"displayName": name}}


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"5", b"[]", b"{}", b'{"role": 5}', b'{"role": ""}', b'{"role": "KING"}'],
    ids=[
        "empty",
        "unfinished",
        "number",
        "list",
        "no role",
        "role a number",
        "role empty",
        "unknown role",
    ],
)
async def test_a_body_that_names_no_role_is_a_bad_request(
    visitor: httpx2.AsyncClient, body: bytes
) -> None:
    """400, with a sentence."""
    json = {"Content-Type": "application/json"}
    answer = await visitor.post(DEVELOPMENT, content=body, headers=json)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "INVALID"}
    assert "role" in error["message"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
async def test_what_a_form_can_send_is_refused(visitor: httpx2.AsyncClient, kind: str) -> None:
    """Any site's page may send one of these to us without asking; 415."""
    headers = {"Content-Type": kind}
    answer = await visitor.post(DEVELOPMENT, content=b'{"role": "AUDITOR"}', headers=headers)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"Origin": "https://evil.example"}, id="another host"),
        pytest.param({"Origin": "http://127.0.0.1:9000"}, id="another port"),
        pytest.param({"Origin": "null"}, id="opaque origin"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="cross-site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="same-site"),
        pytest.param({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, id="cross-site from here"),
    ],
)
async def test_another_site_s_page_is_refused(
    visitor: httpx2.AsyncClient, said: dict[str, str]
) -> None:
    """403, by what its browser says of it."""
    answer = await visitor.post(DEVELOPMENT, json={"role": "SITE_ADMIN"}, headers=said)
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["extensions"] == {"code": "FORBIDDEN"}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"Origin": HERE}, id="origin"),
        pytest.param({"Sec-Fetch-Site": "same-origin"}, id="same-origin"),
        pytest.param({"Sec-Fetch-Site": "same-origin", "Origin": HERE}, id="same-origin from here"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="no page"),
    ],
)
async def test_our_own_page_is_not(visitor: httpx2.AsyncClient, said: dict[str, str]) -> None:
    """Nor a program that says nothing."""
    answer = await visitor.post(DEVELOPMENT, json={"role": "AUDITOR"}, headers=said)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("http://localhost:8000", 200),
        ("http://segments.localhost:8000", 200),
        ("http://[::1]:8000", 200),
        ("http://127.8.9.1:8000", 200),
        ("http://192.168.1.5:8000", 403),
        ("http://evil.example:8000", 403),
        ("http://localhost.evil.example", 403),
        ("http://127.0.0.1.evil.example", 403),
        ("http://segments:8000", 403),
    ],
)
async def test_an_address_that_others_can_lead_here_will_not_do(
    shared_app: ASGIApp, address: str, status: int
) -> None:
    """A name of another site's can be made to mean this machine: DNS rebinding. Another machine's
    address leads here if something forwards.
    """
    async with page(shared_app, address) as http:
        own = {"Origin": address, "Sec-Fetch-Site": "same-origin"}
        answer = await http.post(DEVELOPMENT, json={"role": "AUDITOR"}, headers=own)
    assert answer.status_code == status


async def test_where_it_listens_for_others_an_ip_address_will_do(
    shared_settings: Settings,
) -> None:
    """It was told that nobody else reaches it: a container's, say."""
    everywhere = shared_settings.model_copy(update={"host": "0.0.0.0"})
    async with running(everywhere) as app, page(app, "http://192.168.1.5:8000") as http:
        assert (await http.post(DEVELOPMENT, json={"role": "AUDITOR"})).status_code == 200


async def test_the_configured_host_will_do(shared_settings: Settings) -> None:
    """Whoever set it knows whose name that is."""
    named = shared_settings.model_copy(update={"host": "Segments"})
    async with running(named) as app, page(app, "http://segments:8000") as http:
        assert (await http.post(DEVELOPMENT, json={"role": "AUDITOR"})).status_code == 200


async def test_in_production_nobody_signs_in_like_that(shared_settings: Settings) -> None:
    """There is no such way, and the page is told so."""
    settings = shared_settings.model_copy(update={"environment": "production"})
    async with running(settings) as app, page(app) as http:
        assert (await http.get("/sign-in/ways")).json() == {"kind": "none"}
        for path in (DEVELOPMENT, "/sign-in/code", "/sign-in/refresh"):
            answer = await http.post(path, json={"role": "SITE_ADMIN"})
            assert answer.status_code == 404
            assert answer.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


@pytest.mark.parametrize("path", ["development", "code", "refresh", "out"])
async def test_signing_in_is_never_a_mere_look(visitor: httpx2.AsyncClient, path: str) -> None:
    """By POST only."""
    assert (await visitor.get(f"/sign-in/{path}")).status_code == 405
