"""Bodies that are on their way when the process is told to stop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from service.http.middleware import bodies
from service.http.middleware.bodies import BodyLimit
from service.process.server import STOPPING

LONG = 3600.0
SHORT = 0.01
TIMEOUT_S = 20.0
"""Seconds for anything that is waited for."""


class Sender:
    """Sends a body piece by piece, as `go_on` says: it is asked for each, and None is the end."""

    def __init__(self, go_on: Callable[[int], Awaitable[bytes | None]]) -> None:
        self._go_on = go_on
        self.asked = 0
        self.told: list[Message] = []

    async def receive(self) -> Message:
        self.asked += 1
        piece = await self._go_on(self.asked)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(self, message: Message) -> None:
        self.told.append(message)

    async def answered(self, stopping: asyncio.Event) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/graphql"}
        scope |= {"headers": [], "state": {STOPPING: stopping}}
        async with asyncio.timeout(TIMEOUT_S):
            await BodyLimit(_echo)(scope, self.receive, self.send)
        return self.told[0]["status"], b"".join(told.get("body", b"") for told in self.told)


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(await Request(scope, receive).body())(scope, receive, send)


@pytest.fixture
def stopping() -> asyncio.Event:
    """Set when the process is told to stop."""
    return asyncio.Event()


async def test_one_that_goes_on_is_read_to_its_end(
    stopping: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the process stops meanwhile."""
    monkeypatch.setattr(bodies, "LOOK", LONG)

    async def go_on(piece: int) -> bytes | None:
        await asyncio.sleep(0)
        if piece == 2:
            stopping.set()
        return None if piece == 4 else b"piece "

    assert await Sender(go_on).answered(stopping) == (200, b"piece piece piece ")


async def test_one_that_stalls_is_not_waited_for(
    stopping: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends it is told to ask again."""
    monkeypatch.setattr(bodies, "LOOK", SHORT)

    async def go_on(piece: int) -> bytes | None:
        if piece > 1:
            stopping.set()
            await asyncio.Event().wait()
        return b"piece "

    status, body = await Sender(go_on).answered(stopping)
    (error,) = json.loads(body)["errors"]
    assert (status, error["extensions"]) == (503, {"code": "UNAVAILABLE"})
    assert "about to stop" in error["message"]


async def test_one_that_drips_is_not_waited_for(
    stopping: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a piece of it in time, always, and no end."""
    monkeypatch.setattr(bodies, "STOP_TIMEOUT_S", SHORT)

    async def go_on(_: int) -> bytes | None:
        stopping.set()
        await asyncio.sleep(0)
        return b" "

    assert (await Sender(go_on).answered(stopping))[0] == 503


async def test_one_that_pauses_is_waited_for_while_nothing_stops(
    stopping: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is lost by the looks in between."""
    monkeypatch.setattr(bodies, "LOOK", SHORT)

    async def go_on(asked: int) -> bytes | None:
        if asked in (2, 3):
            await asyncio.Event().wait()
        return None if asked == 5 else b"piece "

    sender = Sender(go_on)
    assert await sender.answered(stopping) == (200, b"piece piece ")
    assert sender.asked == 5
