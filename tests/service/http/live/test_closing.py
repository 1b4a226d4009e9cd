"""What comes to a socket in the same moment in which something goes wrong."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from psycopg import OperationalError
from starlette.types import Message
from starlette.websockets import WebSocket

from service.http.live import connection_limits, socket
from service.sign_in import NotSignedIn
from tests.service.http.live.admitting import Site
from tests.service.http.live.talking import PROTOCOL

VIEWER = '{"type": "subscribe", "id": "1", "payload": {"query": "{ viewer { id } }"}}'
SUSPENDED = NotSignedIn("the user is suspended")


class Peer:
    """Signs in, says something when it is to go on, and goes away when it is over."""

    def __init__(self, said: str) -> None:
        init = {"type": "connection_init", "payload": {"Authorization": "Bearer token"}}
        self._first = [{"type": "websocket.connect"}, _text(json.dumps(init))]
        self._said = [_text(said)]
        self.is_in, self.goes_on, self.is_over = (asyncio.Event() for _ in range(3))
        self.heard: list[Message] = []

    async def receive(self) -> Message:
        if self._first:
            return self._first.pop(0)
        await self.goes_on.wait()
        if self._said:
            return self._said.pop(0)
        await self.is_over.wait()
        return {"type": "websocket.disconnect", "code": 1006}

    async def send(self, message: Message) -> None:
        self.heard.append(message)
        if "connection_ack" in message.get("text", ""):
            self.is_in.set()
        if message["type"] == "websocket.close" or '"error"' in message.get("text", ""):
            self.is_over.set()
            self.goes_on.set()


class Deaf(Peer):
    """Asks and asks, and takes no refusal; goes away when everything is said."""

    def __init__(self, count: int) -> None:
        super().__init__(VIEWER)
        self._said = [_text(VIEWER.replace('"1"', f'"{number}"')) for number in range(count)]
        self.refusals = 0

    async def receive(self) -> Message:
        self.goes_on.set()
        if not (self._first or self._said):
            self.is_over.set()
        return await super().receive()

    async def send(self, message: Message) -> None:
        if '"error"' in message.get("text", ""):
            self.refusals += 1
            await self.is_over.wait()
        else:
            await super().send(message)


async def _talk(site: Site, peer: Peer) -> None:
    scope = {"type": "websocket", "headers": [], "subprotocols": [PROTOCOL], "state": site.state}
    await socket.socket(WebSocket(scope, peer.receive, peer.send))


def _text(said: str) -> dict[str, Any]:
    return {"type": "websocket.receive", "text": said}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param('{"type": "ping"}', id="ping"),
        pytest.param("[]", id="no message"),
        pytest.param(VIEWER, id="operation"),
    ],
)
async def test_what_comes_beside_a_close_is_let_go(said: str) -> None:
    """Nothing is sent after the close, and it is no failure."""
    site, peer = Site(), Peer(said)
    conversation = asyncio.create_task(_talk(site, peer))
    await peer.is_in.wait()
    site.change(SUSPENDED)
    await conversation
    close = {"type": "websocket.close", "code": 4403, "reason": f"Forbidden: {SUSPENDED}"}
    assert [message for message in peer.heard if message["type"] == "websocket.close"] == [close]
    assert peer.heard[-1] == close


async def test_an_operation_ends_while_the_database_is_away() -> None:
    """With UNAVAILABLE: whether its bearer may still ask cannot be told. The socket stays open."""
    site, peer = Site(), Peer(VIEWER)
    conversation = asyncio.create_task(_talk(site, peer))
    await peer.is_in.wait()
    site.database = OperationalError("away")
    peer.goes_on.set()
    await conversation
    told = json.loads(peer.heard[-1]["text"])
    assert (told["type"], told["payload"][0]["extensions"]) == ("error", {"code": "UNAVAILABLE"})


async def test_no_more_refusals_wait_than_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of somebody who asks too much and does not listen: then it is over."""
    monkeypatch.setattr(connection_limits, "MAX_OPERATIONS", 0)
    peer = Deaf(3 * socket.MAX_REJECTIONS)
    await _talk(Site(), peer)
    assert peer.refusals == socket.MAX_REJECTIONS
    reason = "Too many operations: a hundred of them were refused"
    assert peer.heard[-1] == {"type": "websocket.close", "code": 4429, "reason": reason}
