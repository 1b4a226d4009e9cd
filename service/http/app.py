"""The ASGI application: routes, what stands around them, and the site's life within the server's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from service.database.secrets import secret
from service.http.graphql import GraphQLEndpoint
from service.http.health import live, ready
from service.http.metrics import metrics_for
from service.http.requests import BodyLimit, Requests
from service.settings import Settings
from service.sign_in import sign_in_for
from service.site import open_site
from service.telemetry import logs


def create() -> Starlette:
    """For uvicorn's workers: the application on the settings of the environment."""
    logs.configure()
    settings = Settings()
    if settings.database_url is None:
        raise RuntimeError("start with `segments serve`, which brings the database")
    return application(settings, settings.database_url)


def application(settings: Settings, database_url: str) -> Starlette:
    """The application on a migrated database."""

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        sign_in = sign_in_for(settings, secret(database_url, "tag-hash"))
        async with open_site(settings, database_url) as site:
            yield {"site": site, "sign_in": sign_in}

    return Starlette(
        routes=[
            Route("/graphql", GraphQLEndpoint()),
            Route("/health/live", live),
            Route("/health/ready", ready),
            Route("/metrics", metrics_for(settings.metrics_token)),
        ],
        middleware=[Middleware(Requests), Middleware(BodyLimit)],
        lifespan=life,
    )
