"""Whoever goes away, and a process that is to stop, take with them what is being read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx2
import orjson
import psycopg
import pytest
from psycopg import Connection

from domain.kernel.principal import Role
from service.http import disconnect
from service.settings import Settings
from tests.service.http.serving import client, running, token

TIMEOUT_S = 10.0
"""Seconds for anything that is waited for."""
LIST = {"query": "{ siteUserSegments { totalCount } }"}
CREATE = {"query": 'mutation { createUserSegment(input: {name: "S"}) { position } }'}


@pytest.fixture
def holder(database_url: str) -> Iterator[Connection[Any]]:
    """Holds locks until it is told to let go."""
    with psycopg.connect(database_url) as holder:
        yield holder
        holder.rollback()


async def _until(waiting: int, database_url: str) -> None:
    """So many statements wait for a lock."""
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    async with (
        asyncio.timeout(TIMEOUT_S),
        await psycopg.AsyncConnection.connect(database_url, autocommit=True) as looking,
    ):
        while await (await looking.execute(query)).fetchone() != (waiting,):
            pass


async def _sent(host: str, path: str, bearer: str, body: dict[str, str]) -> asyncio.StreamWriter:
    """A connection on which a request was sent whole."""
    name, _, port = host.partition(":")
    _, writer = await asyncio.open_connection(name, int(port))
    content = orjson.dumps(body)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {bearer}\r\n"
        "Content-Type: application/json\r\nAccept: text/event-stream\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    writer.write(head.encode() + content)
    await writer.drain()
    return writer


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_what_is_read_for_a_client_ends_when_it_goes_away(
    host: str, sign: Callable[..., str], database_url: str, holder: Connection[Any], path: str
) -> None:
    """The server itself does not go on with it."""
    holder.execute("LOCK TABLE read_model.segments")
    writer = await _sent(host, path, sign(), LIST)
    await _until(1, database_url)
    writer.close()
    await _until(0, database_url)


async def test_a_command_is_done_though_its_client_goes_away(
    host: str, sign: Callable[..., str], database_url: str, holder: Connection[Any]
) -> None:
    """It was taken."""
    holder.execute("LOCK TABLE log.events_tt_main IN SHARE ROW EXCLUSIVE MODE")
    writer = await _sent(host, "/graphql", sign(), CREATE)
    await _until(1, database_url)
    writer.close()
    await writer.wait_closed()
    holder.rollback()
    async with asyncio.timeout(TIMEOUT_S):
        while holder.execute("SELECT count(*) FROM log.events_tt_main").fetchone() != (1,):
            holder.rollback()
            await asyncio.sleep(0)


@pytest.fixture
def stopping() -> asyncio.Event:
    """Set when the process is told to stop."""
    return asyncio.Event()


@pytest.fixture
async def admin(
    settings: Settings, stopping: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of a process that gives reads no time when it stops."""
    monkeypatch.setattr(disconnect, "GRACE", 0)
    bearer = token(settings, Role.SITE_ADMIN)
    async with running(settings, stopping=stopping) as app, client(app, bearer) as http:
        yield http


async def test_a_process_that_is_to_stop_does_not_wait_for_reads(
    admin: httpx2.AsyncClient,
    stopping: asyncio.Event,
    database_url: str,
    holder: Connection[Any],
) -> None:
    """Who asked is told to ask again; nothing goes on in the database."""
    holder.execute("LOCK TABLE read_model.segments")
    reading = asyncio.create_task(admin.post("/graphql", json=LIST))
    await _until(1, database_url)
    stopping.set()
    answer = await asyncio.wait_for(reading, TIMEOUT_S)
    assert answer.status_code == 503
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
    await _until(0, database_url)


async def test_a_process_that_is_to_stop_answers_the_commands_that_it_took(
    admin: httpx2.AsyncClient,
    stopping: asyncio.Event,
    database_url: str,
    holder: Connection[Any],
) -> None:
    """However long they take, and though the reads beside them have ended."""
    holder.execute("LOCK TABLE log.events_tt_main IN SHARE ROW EXCLUSIVE MODE")
    holder.execute("LOCK TABLE read_model.segments")
    creating = asyncio.create_task(admin.post("/graphql", json=CREATE))
    reading = asyncio.create_task(admin.post("/graphql", json=LIST))
    await _until(2, database_url)
    stopping.set()
    assert (await asyncio.wait_for(reading, TIMEOUT_S)).status_code == 503
    assert not creating.done()
    holder.rollback()
    answer = await asyncio.wait_for(creating, TIMEOUT_S)
    assert answer.json()["data"] == {"createUserSegment": {"position": 1}}
