"""The ASGI application: its routes, its middleware, and the site's life within it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from graph.support.scheduling.fair_thread_pool import FairThreadPool
from service.console import BUILT
from service.database.disk_space import DiskSpace
from service.database.open_database import database
from service.database.secrets import secrets
from service.http.console.console import Console
from service.http.downloads.members import members
from service.http.downloads.rejected import rejected
from service.http.downloads.templates import template
from service.http.graphql import GraphQLEndpoint
from service.http.health import Readiness, live, ready
from service.http.live.connection_limits import ConnectionLimits
from service.http.live.socket import socket
from service.http.live.stream import stream
from service.http.metrics import metrics_for
from service.http.middleware.bodies import BodyLimit
from service.http.middleware.cross_origin import CrossOrigin
from service.http.middleware.request_log import RequestLogMiddleware
from service.http.request_slots import RequestSlots
from service.http.sign_in import endpoints
from service.interpreter import tune
from service.process.server import STOPPING
from service.settings import Settings
from service.sign_in import sign_in_for
from service.sign_in.directory_roles import DirectoryRoles
from service.sign_in.methods import sign_in_method_for
from service.site import open_site
from service.telemetry import logs

OTHER_THREADS = 8
"""Threads beside those of commands: they decrypt, pack files, sign. Python's own number depends on
the machine, six on two cores, and one principal might take them all.
"""

FILE_THREADS = 4
"""Threads of Starlette, which reads and writes files in them. With its own forty the event loop
would have one turn in forty-one while that many files are asked for.
"""


def create() -> Starlette:
    """Returns the application on the settings of the environment, for uvicorn's workers."""
    logs.configure()
    return application(Settings())


def application(settings: Settings, built: Path = BUILT) -> Starlette:
    """Returns the application on the settings' database, which must be migrated, with the console
    that was built there.

    Every process opens the database itself: the service's own server then lives as long as any.
    """

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        disk_space = DiskSpace()
        asyncio.get_running_loop().set_default_executor(FairThreadPool(OTHER_THREADS, "other"))
        current_default_thread_limiter().total_tokens = FILE_THREADS
        with database(settings) as url:
            async with open_site(settings, url, disk_space=disk_space) as site:
                directory = DirectoryRoles(
                    site.reads.users, site.services.hashes, site.live.directory_version.current
                )
                sign_in = sign_in_for(settings, secrets(url).tag_hash, directory)
                tune()
                yield {
                    "site": site,
                    "sign_in": sign_in,
                    "way": sign_in_method_for(settings, sign_in),
                    "connection_limits": ConnectionLimits(),
                    "request_slots": RequestSlots(),
                    "readiness": Readiness(site, url, disk_space),
                    STOPPING: asyncio.Event(),
                }

    console = Console(built)
    graphiql = console.graphiql if settings.environment == "development" else None
    return Starlette(
        routes=[
            Route("/", console.page),
            Route("/assets/{path:path}", console.asset),
            Route("/graphql", GraphQLEndpoint(graphiql)),
            WebSocketRoute("/graphql", socket),
            Route("/graphql/stream", stream, methods=["POST"]),
            Route("/sign-in/ways", endpoints.ways),
            Route("/sign-in/development", endpoints.development, methods=["POST"]),
            Route("/sign-in/code", endpoints.code, methods=["POST"]),
            Route("/sign-in/refresh", endpoints.refresh, methods=["POST"]),
            Route("/sign-in/out", endpoints.out, methods=["POST"]),
            Route("/files/templates/{kind}.csv", template),
            Route("/files/segments/{id}/members.csv", members),
            Route("/files/uploads/{id}/rejected.csv", rejected),
            Route("/health/live", live),
            Route("/health/ready", ready),
            Route("/metrics", metrics_for(settings.metrics_token)),
        ],
        exception_handlers={404: console.otherwise},
        middleware=[
            Middleware(RequestLogMiddleware),
            Middleware(CrossOrigin, origins=settings.allowed_origins),
            Middleware(BodyLimit),
        ],
        lifespan=life,
    )
