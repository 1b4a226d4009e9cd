"""`segments serve`: the web server and the projector."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from service.cli.output.terminal import err
from service.database.capacity import check_connections
from service.database.open_database import migrated_database, settings_with
from service.database.retention import agree
from service.demo import fill_if_empty
from service.http.app import application
from service.http.protocols.http import MAX_CONNECTIONS
from service.http.protocols.options import OPTIONS
from service.interpreter import tune
from service.loopback import is_loopback_host
from service.process import server
from service.process.workers import Workers
from service.settings import (
    PREFIX,
    Settings,
    refuse_development_defaults,
    refuse_remote_development,
)
from service.sign_in import audience_for
from service.telemetry import logs

OTHER_FILES = 1_000
"""Open files of a process besides its connections: the database's, uploads."""


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer requests.")] = 1,
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
    demo: Annotated[
        bool | None,
        typer.Option("--demo/--no-demo", help="Demo content on an empty site (development)."),
    ] = None,
) -> None:
    """Starts the service and serves until it is told to stop."""
    settings = settings_with(data, host=host, port=port)
    signal.signal(signal.SIGTERM, _leave)
    refuse_development_defaults(settings)
    refuse_remote_development(settings)
    audience_for(settings)
    logs.configure()
    with migrated_database(settings) as url:
        for warning in (check_connections(url, settings, workers), agree(settings, url)):
            if warning is not None:
                err.print(warning, style="yellow", markup=False)
        if demo if demo is not None else settings.environment == "development":
            asyncio.run(fill_if_empty(settings, url))
        _greet(settings)
        try:
            _run(settings, workers)
        finally:  # what is left takes a moment, and is to come to its end
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _leave(*_: object) -> None:
    """Ends the process by way of every `finally`, so that its own database is stopped, too.

    While it serves SIGTERM is uvicorn's, which raises it again once all requests are finished.
    """
    raise SystemExit(0)


def _run(settings: Settings, workers: int) -> None:
    _allow_connections()
    common = {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        **OPTIONS,
    }
    if workers == 1:
        server.run(uvicorn.Config(application(settings), **common))
        return
    with tempfile.TemporaryDirectory(prefix="segments-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        os.environ[f"{PREFIX}DATA_DIR"] = str(settings.data_dir)
        create = "service.http.app:create"
        tune()
        Workers(uvicorn.Config(create, factory=True, workers=workers, **common)).run()


def _allow_connections() -> None:
    """Raises the limit of open files, which shells set low, to the number that the connections
    need.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _greet(settings: Settings) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}/"
    err.print(f"\nUser Segments serves on {address}", markup=False)
    for line in _how_to_sign_in(settings, address):
        err.print(line, markup=False)
    err.print("Stop with Ctrl-C.\n", markup=False)


def _how_to_sign_in(settings: Settings, address: str) -> Iterator[str]:
    if settings.oidc_issuer is not None:
        yield "Sign in there with the identity provider."
        return
    data = f" --data {settings.data_dir}" if str(settings.data_dir) != ".data" else ""
    yield "Sign in there as one of four people; no password is asked for."
    if not is_loopback_host(settings.host):
        yield "So can everybody who reaches this port: it is for development, on one machine."
    yield f"A token for programs:  .venv/bin/segments token --role site-admin{data}"
