"""What somebody may send over a WebSocket before they are signed in, and after."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable

import pytest
from websockets.frames import Frame, Opcode

from service.http.protocols import websocket
from tests.service.http.live.talking import Talk, talk
from tests.service.http.protocols.raw import LONGEST, Peer, peer

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
        await one.say("ping", payload=_ping_of(websocket.LARGEST_BEFORE))
        assert (await one.hear())["type"] == "pong"
        await one.say("ping", payload=_ping_of(websocket.LARGEST_BEFORE + 1))
        assert (await one.closed())[0] == 1009


async def test_a_message_after_it(host: str, sign: Callable[..., str]) -> None:
    """The bound is that of requests then."""
    async with talk(host, sign()) as one:
        await one.say("ping", payload=_ping_of(websocket.LARGEST_BEFORE + 1))
        assert (await one.hear())["type"] == "pong"


async def test_many_messages_at_once(host: str, sign: Callable[..., str]) -> None:
    """Each costs the service more than its sender: eight may wait, or any number once signed in."""
    many = [Frame(Opcode.TEXT, PING)] * (websocket.MOST_WAITING + 2)
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


async def test_pings_whose_answers_nobody_takes(host: str) -> None:
    """The connection is cut, rather than the answers kept."""
    key = base64.b64encode(b"a" * 16).decode()
    ask = (
        f"GET /graphql HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
    )
    pings = Frame(Opcode.PING, b"a" * 125).serialize(mask=True) * 8192
    async with peer(int(host.rpartition(":")[2])) as one:
        one.reader._transport.pause_reading()  # type: ignore[attr-defined]
        one.send(ask.encode())
        with pytest.raises(ConnectionError):
            await _never_stop(one, pings)


async def _never_stop(one: Peer, piece: bytes) -> None:
    async with asyncio.timeout(LONGEST):
        for _ in range(MUCH // len(piece)):
            one.send(piece)
            await one.writer.drain()
