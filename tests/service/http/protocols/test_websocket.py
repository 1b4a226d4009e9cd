"""What somebody may send over a WebSocket before they are signed in, and after."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from structlog.testing import capture_logs
from websockets.frames import Frame, Opcode

from service.http.app import application
from service.http.live.session import LiveSession
from service.http.protocols import websocket
from service.http.protocols.options import OPTIONS
from service.http.protocols.small_reads import PIECE
from service.settings import Settings
from service.sign_in import NotSignedIn
from tests.service.http.live.talking import Talk, talk
from tests.service.http.protocols.raw import TIMEOUT_S, Peer, peer
from tests.service.http.serving import on_a_socket

PING = json.dumps({"type": "ping"}).encode()
MUCH = 256 * 1024 * 1024
"""Bytes that no two sockets of a machine hold."""


def _ping_of(size: int) -> dict[str, str]:
    """What makes a message of so many bytes, as `Talk.say` writes it."""
    empty = len(json.dumps({"type": "ping", "payload": {"x": ""}}))
    return {"x": "a" * (size - empty)}


async def _write(talking: Talk, *frames: Frame) -> None:
    """All at once, so that they come together."""
    talking.socket.transport.write(b"".join(frame.serialize(mask=True) for frame in frames))


async def test_a_message_before_sign_in(host: str) -> None:
    """64 KiB are taken, one byte more is not."""
    async with talk(host) as one:
        await one.say("ping", payload=_ping_of(websocket.MAX_BYTES_BEFORE_SIGN_IN))
        assert (await one.hear())["type"] == "pong"
        await one.say("ping", payload=_ping_of(websocket.MAX_BYTES_BEFORE_SIGN_IN + 1))
        assert (await one.closed())[0] == 1009


async def test_a_message_after_it(host: str, sign: Callable[..., str]) -> None:
    """The bound is that of requests then."""
    async with talk(host, sign()) as one:
        await one.say("ping", payload=_ping_of(websocket.MAX_BYTES_BEFORE_SIGN_IN + 1))
        assert (await one.hear())["type"] == "pong"


async def test_what_is_kept_of_somebody_who_is_being_let_in(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A piece of what came after the message by which they sign in: the identity provider may take
    seconds, in which nothing more is read.
    """
    connections: list[websocket.BoundedWebSocket] = []
    asked, go_on = asyncio.Event(), asyncio.Event()

    class Watched(websocket.BoundedWebSocket):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            connections.append(self)

    async def begin(*_: object) -> None:
        asked.set()
        await go_on.wait()
        raise NotSignedIn("nobody knows them")

    monkeypatch.setattr(LiveSession, "begin", begin)
    monkeypatch.setitem(OPTIONS, "ws", Watched)
    async with on_a_socket(application(settings)) as port, talk(f"127.0.0.1:{port}") as one:
        await one.say("connection_init", payload={"Authorization": "Bearer token"})
        await asked.wait()
        large = Frame(Opcode.TEXT, b" " * (websocket.MAX_BYTES_BEFORE_SIGN_IN - len(PING)) + PING)
        await _write(one, *[large] * websocket.MAX_WAITING)
        for _ in range(100):  # passes in which more would be read
            async with peer(port) as other:
                other.send(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
                assert (await other.answer())[0] == 200
        (connection,) = connections
        waiting = [connection.queue.get_nowait() for _ in range(connection.queue.qsize())]
        kept = sum(len(str(message)) for message in waiting) + sum(map(len, connection.frames))
        assert kept + len(connection.conn.reader.buffer) <= PIECE
        go_on.set()
        assert (await one.closed())[0] == 4403


async def test_many_messages_at_once(host: str, sign: Callable[..., str]) -> None:
    """Each costs the service more than its sender: eight may wait, or any number once signed in."""
    many = [Frame(Opcode.TEXT, PING)] * (websocket.MAX_WAITING + 2)
    async with talk(host) as stranger, talk(host, sign()) as known:
        await _write(stranger, *many)
        assert await stranger.closed() == (1008, "Sign in before you send more")
        await _write(known, *many)
        assert [(await known.hear())["type"] for _ in many] == ["pong"] * len(many)


@pytest.mark.parametrize(("pieces", "is_taken"), [(1024, True), (1025, False)])
async def test_a_message_of_many_pieces(host: str, pieces: int, is_taken: bool) -> None:
    """They may be empty: there is a bound on their number."""
    begin = Frame(Opcode.TEXT, PING, fin=False)
    empty = [Frame(Opcode.CONT, b"", fin=False)] * (pieces - 2)
    async with talk(host) as one:
        await _write(one, begin, *empty, Frame(Opcode.CONT, b""))
        if is_taken:
            assert (await one.hear())["type"] == "pong"
        else:
            assert (await one.closed())[0] == 1009


def _opening(path: str, *more: str, version: int = 13) -> bytes:
    key = base64.b64encode(b"a" * 16).decode()
    asks = [f"GET {path} HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: Upgrade"]
    asks += [f"Sec-WebSocket-Key: {key}", f"Sec-WebSocket-Version: {version}", *more]
    return "\r\n".join([*asks, "", ""]).encode()


@pytest.mark.parametrize(
    ("path", "version", "status", "code"),
    [
        ("/graphql", 13, 403, "FORBIDDEN"),
        ("/elsewhere", 13, 403, "FORBIDDEN"),
        ("/graphql", 1, 400, "INVALID"),
    ],
    ids=["another subprotocol", "another path", "another version"],
)
async def test_one_that_is_not_opened(
    host: str, path: str, version: int, status: int, code: str
) -> None:
    """Is refused as everything else is, by an answer as any other."""
    async with peer(int(host.rpartition(":")[2])) as one:
        one.send(_opening(path, "X-Request-ID: mine", version=version))
        found, headers, body = await one.told()
        assert await one.rest() == b""
    assert (found, json.loads(body)["errors"][0]["extensions"]) == (status, {"code": code})
    assert headers["x-request-id"] == "mine"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"] == "application/json"


async def test_one_that_fails_before_it_is_open() -> None:
    """As INTERNAL, with the id by which it is in the log."""

    async def fails(_: WebSocket) -> None:
        raise RuntimeError("what nobody expected")

    routes = [WebSocketRoute("/graphql", fails)]
    async with on_a_socket(Starlette(routes=routes)) as port, peer(port) as one:
        with capture_logs() as lines:
            one.send(_opening("/graphql", "X-Request-ID: mine"))
            status, headers, body = await one.told()
    assert (status, headers["x-request-id"]) == (500, "mine")
    (error,) = json.loads(body)["errors"]
    assert error["extensions"] == {"code": "INTERNAL", "requestId": "mine"}
    assert [(line["request_id"], line["status"]) for line in lines] == [("mine", 500)]


async def test_pings_whose_answers_nobody_takes(host: str) -> None:
    """The connection is cut, rather than the answers kept."""
    ask = _opening("/graphql", "Sec-WebSocket-Protocol: graphql-transport-ws")
    pings = Frame(Opcode.PING, b"a" * 125).serialize(mask=True) * 8192
    async with peer(int(host.rpartition(":")[2])) as one:
        one.reader._transport.pause_reading()  # type: ignore[attr-defined]
        one.send(ask)
        with pytest.raises(ConnectionError):
            await _never_stop(one, pings)


async def _never_stop(one: Peer, piece: bytes) -> None:
    async with asyncio.timeout(TIMEOUT_S):
        for _ in range(MUCH // len(piece)):
            one.send(piece)
            await one.writer.drain()
