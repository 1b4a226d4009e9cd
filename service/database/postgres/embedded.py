"""A PostgreSQL of the service's own, in its data directory, shared by all processes that use it.

    with embedded(Path(".data")) as url:
        …

Two files beside the data, locked by flock, say who does what:

- `postgres.gate` is held by whoever starts the server, stops it, or finds out whether to;
- `postgres.users` is held, shared, by every process that uses the server.

A process that is killed loses its locks with its life, so nobody is counted who is not there. The
server outlives it: the next start finds it, uses it, and the last one out stops it. A server that
dies is started again by those who use it.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from service.database.postgres.binaries import EmbeddedServerFailed
from service.database.postgres.server import EmbeddedServer
from service.database.postgres.watch import watched

DATABASE = "segments"

NO_SETTINGS: Mapping[str, str] = {}

log = logging.getLogger(__name__)


@contextmanager
def embedded(data_dir: Path, settings: Mapping[str, str] = NO_SETTINGS) -> Iterator[str]:
    """Yields the superuser's URL of the database `segments`, on a server in `<data_dir>/postgres`.

    Starts the server when it is not running, and again when it dies within the block. `settings`
    are PostgreSQL's, and are those of the process that starts it. EmbeddedServerFailed tells why
    there is none.
    """
    folder = data_dir.expanduser().resolve()
    with _users(folder) as users:
        with _refusing_clearly(folder):
            server = _enter(folder, users, settings)
        try:
            with watched(partial(_revive, folder, server)):
                yield server.url(DATABASE)
        finally:
            _leave(folder, users)


@contextmanager
def _refusing_clearly(folder: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as denied:
        raise EmbeddedServerFailed(
            f"{denied.filename or folder} belongs to another user; give this user a data directory"
            " of its own (SEGMENTS_DATA_DIR)"
        ) from denied


def _users(folder: Path) -> IO[str]:
    with _refusing_clearly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / "postgres.users").open("w")


def _enter(folder: Path, users: IO[str], settings: Mapping[str, str]) -> EmbeddedServer:
    with _gate(folder):
        server = EmbeddedServer(folder / "postgres", settings)
        server.start()
        fcntl.flock(users, fcntl.LOCK_SH)
        _ensure_database(server.url("postgres"))
        return server


def _revive(folder: Path, server: EmbeddedServer) -> None:
    """Starts a server that died: the first of all processes that notice does."""
    if not server.has_died():
        return
    with _gate(folder):
        if server.has_died():
            log.warning("the database died; it is started again")
            server.start()


def _leave(folder: Path, users: IO[str]) -> None:
    """Stops the server unless others use it. None comes while the gate is held: when `users` can be
    locked exclusively, there are none.
    """
    try:
        with _gate(folder):
            fcntl.flock(users, fcntl.LOCK_UN)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            EmbeddedServer(folder / "postgres", NO_SETTINGS).stop()
    except FileNotFoundError:
        return  # somebody removed the data directory; a server notices that, and stops
    except EmbeddedServerFailed:
        log.exception("the database was left running; the next start finds it")


@contextmanager
def _gate(folder: Path) -> Iterator[None]:
    with (folder / "postgres.gate").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _ensure_database(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        query = "SELECT true FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            name = sql.Identifier(DATABASE)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
