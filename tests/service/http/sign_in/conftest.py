"""A service whose people sign in with a provider, the provider, and the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
import pytest_asyncio
from pydantic import SecretStr
from starlette.types import ASGIApp

from service.settings import Settings
from tests.service.http.serving import LOOPBACK, running
from tests.service.sign_in.grants import CLIENT
from tests.service.sign_in.issuer import AUDIENCE, Issuer, Provider, running_provider

HERE = "http://127.0.0.1:8000"


def page(app: ASGIApp, address: str = HERE) -> httpx2.AsyncClient:
    """The console's page, opened by that address."""
    transport = httpx2.ASGITransport(app=app, client=LOOPBACK)
    return httpx2.AsyncClient(transport=transport, base_url=address)


def provided(settings: Settings, issuer: Issuer, **others: object) -> Settings:
    """Settings by which people sign in with the issuer."""
    oidc = {"oidc_issuer": issuer.url, "oidc_audience": AUDIENCE, "oidc_client_id": CLIENT}
    secret = issuer.grants.secret
    hidden = {"oidc_client_secret": None if secret is None else SecretStr(secret)}
    return settings.model_copy(update={**oidc, **hidden, **others})


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """The provider's server."""
    with running_provider() as provider:
        yield provider


@pytest.fixture
def issuer(provider: Provider) -> Issuer:
    """An issuer of the test's own."""
    return provider.new_issuer()


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(shared_settings: Settings, issuer: Issuer) -> AsyncIterator[httpx2.AsyncClient]:
    """The page of a service whose people sign in with the issuer."""
    async with running(provided(shared_settings, issuer)) as app, page(app) as http:
        yield http
