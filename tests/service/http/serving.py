"""The application, running in this process: with its lifespan, over ASGI or over a real socket."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.kernel.principal import Role
from service.console import BUILT
from service.http.app import application
from service.http.protocols.options import OPTIONS
from service.process.server import Server
from service.settings import Settings
from service.sign_in import issue_development_token

LOOPBACK = ("127.0.0.1", 50_000)


@asynccontextmanager
async def running(
    settings: Settings, built: Path = BUILT, **replaced: Any
) -> AsyncIterator[ASGIApp]:
    """The application within its lifespan; `replaced` are parts of its state to put in place."""
    app = application(settings, built)
    async with app.router.lifespan_context(app) as state:
        yield _with_state(app, {**(state or {}), **replaced})


def _with_state(app: Starlette, state: dict[str, Any]) -> ASGIApp:
    """What a server does with the lifespan's state: each request gets a copy."""

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "state": dict(state)}, receive, send)

    return called


def client(
    app: ASGIApp, bearer: str | None = None, caller: tuple[str, int] = LOOPBACK
) -> httpx2.AsyncClient:
    """A client of the application, from that address."""
    headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
    transport = httpx2.ASGITransport(app=app, client=caller)
    return httpx2.AsyncClient(transport=transport, base_url="http://segments", headers=headers)


def token(settings: Settings, *roles: Role, user: str | None = None, seconds: int = 3600) -> str:
    """A development token, good for an hour unless told otherwise; whatever the settings say that
    the application under test is run in.
    """
    settings = settings.model_copy(update={"environment": "development"})
    return issue_development_token(settings, roles, user, timedelta(seconds=seconds))


@asynccontextmanager
async def on_a_socket(app: Starlette) -> AsyncIterator[int]:
    """The application behind uvicorn, in this loop; the port that it answers on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # who connects before the server accepts waits in the queue
        config = uvicorn.Config(app, log_config=None, access_log=False, **OPTIONS)
        server = Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            await asyncio.wait_for(serving, 10)
