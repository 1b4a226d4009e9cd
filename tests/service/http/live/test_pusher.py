"""Pushing to one subscriber: at their pace, up to a point."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import httpx2
import pytest
from graphql import GraphQLError
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from graph.support.context import Context
from graph.support.execution.subscription import Subscription
from service.http.live import pusher, stream
from service.http.live import socket as sockets
from service.http.live.pusher import TooSlow, follow
from tests.acceptance.service import ask
from tests.service.http.live.talking import PROTOCOL, TIMEOUT_S, Talk

Sign = Callable[..., str]

LONG = 10_000
"""Characters of a description, which is as long as one may be."""
WIDE = "subscription { events(after: 0) { position " + " ".join(f"d{n}: data" for n in range(25))
CREATE = """
    mutation ($i: CreateUserSegmentInput!) { createUserSegment(input: $i) { errors { message } } }
"""


class Counted:
    """In the place of the metric: says when somebody was dropped."""

    def __init__(self) -> None:
        self.happened = asyncio.Event()

    def inc(self) -> None:
        self.happened.set()


@dataclass(frozen=True)
class Told:
    """A subscription that tells batches, and then ends, or fails."""

    batches: list[list[str]]
    failure: GraphQLError | None = None

    async def payloads(self, _: object) -> AsyncIterator[list[str]]:
        for batch in self.batches:
            yield batch
        if self.failure is not None:
            raise self.failure


CONTEXT = cast(
    "Context", SimpleNamespace(site=SimpleNamespace(live=SimpleNamespace(payloads=None)))
)


async def follow_all(told: Told, push: Callable[[str], Any]) -> list[GraphQLError]:
    return await follow(cast("Subscription", told), CONTEXT, push)


async def test_all_is_pushed_in_order() -> None:
    """Then it ends without an error."""
    seen: list[str] = []

    async def push(payload: str) -> None:
        seen.append(payload)

    assert await follow_all(Told([["a", "b"], ["c"]]), push) == []
    assert seen == ["a", "b", "c"]


async def test_what_ends_it_is_told() -> None:
    """After what came before."""
    failure = GraphQLError("No more.")

    async def push(_: str) -> None:
        return

    assert await follow_all(Told([["a"]], failure), push) == [failure]


async def test_who_does_not_take_it_is_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """And is counted."""
    dropped = Counted()
    monkeypatch.setattr(pusher, "MAX_BATCH_S", 0.01)
    monkeypatch.setattr(pusher, "DROPPED", dropped)

    async def push(_: str) -> None:
        await asyncio.Event().wait()

    with pytest.raises(TooSlow, match="after the last position that you saw"):
        await follow_all(Told([["a"]]), push)
    assert dropped.happened.is_set()


@pytest.fixture
async def dropped(monkeypatch: pytest.MonkeyPatch, writer: httpx2.AsyncClient) -> Counted:
    """A log that nobody takes in at once, and what tells when somebody was dropped."""
    counted = Counted()
    monkeypatch.setattr(pusher, "MAX_BATCH_S", 0.5)
    monkeypatch.setattr(pusher, "DROPPED", counted)
    monkeypatch.setattr(stream, "CLOSE_TIMEOUT_S", TIMEOUT_S)
    monkeypatch.setattr(sockets, "CLOSE_TIMEOUT_S", TIMEOUT_S)
    for number in range(40):
        given = {"name": f"Segment {number}", "description": "x" * LONG}
        await ask(writer, CREATE, i=given)
    return counted


async def narrow(host: str) -> socket.socket:
    """A connection that holds little of what nobody has taken yet."""
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.setblocking(False)
    name, _, port = host.partition(":")
    await asyncio.get_running_loop().sock_connect(peer, (name, int(port)))
    return peer


async def test_a_slow_socket_is_told_and_closed(host: str, sign: Sign, dropped: Counted) -> None:
    """With 1013; what was on its way comes first, from the beginning and without a gap."""
    how: dict[str, Any] = {"max_queue": 1, "ping_interval": None, "subprotocols": [PROTOCOL]}
    async with connect(f"ws://{host}/graphql", sock=await narrow(host), **how) as peer:
        talking = Talk(peer)
        await talking.enter(sign())
        await talking.subscribe(f"{WIDE} }} }}")
        async with asyncio.timeout(TIMEOUT_S):
            await dropped.happened.wait()
        seen: list[int] = []
        with suppress(ConnectionClosed):
            while True:
                seen.append((await talking.next())["events"]["position"])
        assert seen == list(range(1, len(seen) + 1))
        assert len(seen) < 40
        assert peer.close_code == 1013
        assert "subscribe again after the last position" in (peer.close_reason or "")


async def test_a_slow_stream_is_told_and_ended(host: str, sign: Sign, dropped: Counted) -> None:
    """With a LIMIT error; what was on its way comes first, from the beginning and without a gap."""
    reader, writing = await asyncio.open_connection(sock=await narrow(host), limit=4096)
    body = json.dumps({"query": f"{WIDE} }} }}"})
    head = f"POST /graphql/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sign()}\r\n"
    head += "Content-Type: application/json\r\n"
    head += f"Accept: text/event-stream\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    writing.write(f"{head}\r\n{body}".encode())
    async with asyncio.timeout(TIMEOUT_S):
        await dropped.happened.wait()
        text = (await reader.read(-1)).decode()
    writing.close()
    seen = [int(part.partition(",")[0]) for part in text.split('"events":{"position":')[1:]]
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) < 40
    assert '"code":"LIMIT"' in text
    assert "event: complete" in text.rpartition("event: next")[2]
