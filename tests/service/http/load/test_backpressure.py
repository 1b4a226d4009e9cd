"""A large answer is on its way until the peer has taken it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from graphql import get_introspection_query
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from domain.kernel.principal import Role
from service.http.backpressure import LARGE, taken
from service.http.console.console import Console
from service.http.console.static_files import CHUNK_BYTES
from service.http.live.stream import EVENT_STREAM
from service.http.protocols import http as protocol
from service.http.protocols import transfer_rate
from service.http.request_slots import RequestSlots
from service.process.server import STOPPING
from service.settings import Settings
from tests.service.http.live.test_pusher import narrow
from tests.service.http.protocols.raw import TIMEOUT_S, peer
from tests.service.http.serving import on_a_socket, running, token

MIB = 1024 * 1024
SCHEMA = json.dumps({"query": get_introspection_query()}).encode()


@pytest.mark.parametrize(("size", "messages"), [(LARGE, 1), (LARGE + 1, 2)])
async def test_a_large_body_is_followed_by_its_end(size: int, messages: int) -> None:
    """So that whoever sends it waits until it was taken; nothing is added or lost."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await taken(send)({"type": "http.response.body", "body": b"a" * size})
    assert len(sent) == messages
    assert b"".join(message["body"] for message in sent) == b"a" * size
    assert [message.get("more_body", False) for message in sent][-1] is False


class Reader:
    """A client of the application itself, who takes the rest of an answer when told to."""

    def __init__(self, app: ASGIApp, path: str, bearer: str) -> None:
        headers = {"authorization": f"Bearer {bearer}", "content-type": "application/json"}
        headers |= {"accept": EVENT_STREAM} if path.endswith("stream") else {}
        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": path}
        scope |= {"query_string": b"", "scheme": "http", "http_version": "1.1", "client": None}
        scope |= {"headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
        self.begins, self._goes_on = asyncio.Event(), asyncio.Event()
        self._bodies = 0
        self._has_asked = False
        self.done = asyncio.create_task(self._run(app, scope))

    async def _run(self, app: ASGIApp, scope: dict[str, Any]) -> None:
        await app(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if self._has_asked:
            await asyncio.Event().wait()  # never goes away
        self._has_asked = True
        return {"type": "http.request", "body": SCHEMA, "more_body": False}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            self._bodies += 1
            if self._bodies > 1:
                await self._goes_on.wait()
            self.begins.set()

    def go_on(self) -> None:
        """Takes it all."""
        self._goes_on.set()


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_a_turn_ends_when_the_answer_was_taken(settings: Settings, path: str) -> None:
    """Whoever takes none has no more of them than anybody, however fast they ask."""
    request_slots = RequestSlots()
    async with running(settings, request_slots=request_slots) as app:
        reader = Reader(app, path, token(settings, Role.LEARNER))
        async with asyncio.timeout(TIMEOUT_S):
            await reader.begins.wait()
            assert len(request_slots.shares) == 1
            reader.go_on()
            await reader.done
        assert len(request_slots.shares) == 0


@asynccontextmanager
async def _stopping(_: object) -> AsyncIterator[dict[str, Any]]:
    yield {STOPPING: asyncio.Event()}


async def test_who_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they do not take is remembered for so long, and no longer."""
    monkeypatch.setattr(transfer_rate, "MAX_LATENESS_S", 0.05)
    monkeypatch.setattr(transfer_rate, "MIN_CHECK_INTERVAL_S", 0.05)
    ended = asyncio.Event()

    async def large(_: object) -> PlainTextResponse:
        return PlainTextResponse(b"a" * 20 * MIB)

    class Watched(protocol.BoundedHttp):
        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            ended.set()

    monkeypatch.setattr("tests.service.http.serving.OPTIONS", {"http": Watched})
    app = Starlette(routes=[Route("/", large)], lifespan=_stopping)
    async with on_a_socket(app) as port:
        slow = await narrow(f"127.0.0.1:{port}")
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(slow, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        async with asyncio.timeout(TIMEOUT_S):
            await ended.wait()
        slow.close()
        async with peer(port) as quick:
            quick.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert len((await quick.answer())[1]) == 20 * MIB


async def _large(_: object) -> PlainTextResponse:
    return PlainTextResponse(b"a" * 20 * MIB)


async def _in_pieces(_: object) -> StreamingResponse:
    return StreamingResponse(b"a" * MIB for _ in range(20))


@pytest.mark.parametrize("answer", [_large, _in_pieces])
async def test_who_takes_nothing_does_not_hold_a_stop(
    answer: Callable[[object], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether all of the answer is on its way already, or more of it is to come."""
    monkeypatch.setattr(protocol, "UNREAD_AT_THE_END", 0.05)
    waits = asyncio.Event()

    class Watched(protocol.BoundedHttp):
        def pause_writing(self) -> None:
            super().pause_writing()
            waits.set()

    monkeypatch.setattr("tests.service.http.serving.OPTIONS", {"http": Watched})
    app = Starlette(routes=[Route("/", answer)], lifespan=_stopping)
    async with on_a_socket(app) as port:  # which stops within 10 s
        slow = await narrow(f"127.0.0.1:{port}")
        await asyncio.get_running_loop().sock_sendall(slow, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.wait_for(waits.wait(), TIMEOUT_S)
    slow.close()


async def test_who_takes_it_gets_it_all_though_the_process_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However slowly."""
    waits = asyncio.Event()

    class Watched(protocol.BoundedHttp):
        def pause_writing(self) -> None:
            super().pause_writing()
            waits.set()

    monkeypatch.setattr("tests.service.http.serving.OPTIONS", {"http": Watched})
    app = Starlette(routes=[Route("/", _in_pieces)], lifespan=_stopping)
    async with on_a_socket(app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        await asyncio.wait_for(waits.wait(), TIMEOUT_S)
        transfer_rate = asyncio.create_task(reader.read())
    async with asyncio.timeout(TIMEOUT_S):
        assert len(await transfer_rate) > 20 * MIB
    writer.close()


async def test_a_file_waits_in_small_pieces(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """For a peer who takes none of it: whoever has no token may ask for the console's."""
    (tmp_path / "assets").mkdir()
    with (tmp_path / "assets" / "large.js").open("wb") as file:
        file.truncate(20 * MIB)
    waiting, paused = 0, asyncio.Event()

    class Watched(protocol.BoundedHttp):
        def pause_writing(self) -> None:
            nonlocal waiting
            super().pause_writing()
            waiting = self.transport.get_write_buffer_size()
            paused.set()

    monkeypatch.setattr("tests.service.http.serving.OPTIONS", {"http": Watched})
    routes = [Route("/assets/{path:path}", Console(tmp_path).asset)]
    async with on_a_socket(Starlette(routes=routes, lifespan=_stopping)) as port:
        slow = await narrow(f"127.0.0.1:{port}")
        asks = b"GET /assets/large.js HTTP/1.1\r\nHost: x\r\n\r\n"
        await asyncio.get_running_loop().sock_sendall(slow, asks)
        async with asyncio.timeout(TIMEOUT_S):
            await paused.wait()
        assert protocol.MAX_UNREAD_BYTES < waiting <= protocol.MAX_UNREAD_BYTES + CHUNK_BYTES
        slow.close()
