"""A served application, and people who talk to it over WebSockets and event streams."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from service.http.live.session import LiveSession

PROTOCOL = Subprotocol("graphql-transport-ws")
EVENTS = "subscription ($after: LogPosition) { events(after: $after) { position type } }"
CHANGES = (
    "subscription ($segment: ID!) { userSegmentChanged(segment: $segment) { name memberCount } }"
)
FORBIDDEN = "{ events { totalCount } }"
"""To a learner."""
TIMEOUT_S = 20.0
"""Seconds for which anything is waited for."""


def leave_unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle connections stay open, whatever becomes of those who are signed in there."""

    async def for_ever(_: LiveSession) -> str:
        await asyncio.Event().wait()
        return ""

    monkeypatch.setattr(LiveSession, "wait_for_token_end", for_ever)


@dataclass
class Talk:
    """One connection."""

    socket: ClientConnection

    async def say(self, kind: str, **more: Any) -> None:
        """Sends a message."""
        await self.socket.send(json.dumps({"type": kind, **more}))

    async def hear(self) -> dict[str, Any]:
        """The next message."""
        async with asyncio.timeout(TIMEOUT_S):
            text = await self.socket.recv()
        assert isinstance(text, str)
        message: dict[str, Any] = json.loads(text)
        return message

    async def enter(self, token: str) -> None:
        """Signs in."""
        await self.say("connection_init", payload={"Authorization": f"Bearer {token}"})
        assert await self.hear() == {"type": "connection_ack"}

    async def subscribe(self, query: str, id: str = "1", **variables: Any) -> None:
        """Begins an operation."""
        await self.say("subscribe", id=id, payload={"query": query, "variables": variables})

    async def next(self, id: str = "1") -> dict[str, Any]:
        """The data of the next result."""
        message = await self.hear()
        assert (message["type"], message["id"]) == ("next", id), message
        data: dict[str, Any] = message["payload"]["data"]
        return data

    async def error(self) -> dict[str, Any]:
        """The one error that ends an operation."""
        message = await self.hear()
        assert message["type"] == "error", message
        (error,) = message["payload"]
        found: dict[str, Any] = error
        return found

    async def rest(self) -> tuple[list[dict[str, Any]], tuple[int, str]]:
        """What the server says until it closes, and how."""
        messages: list[dict[str, Any]] = []
        with suppress(ConnectionClosed):
            while True:
                messages.append(await self.hear())
        return messages, await self.closed()

    async def closed(self) -> tuple[int, str]:
        """How the server closed it, whatever it said before."""
        async with asyncio.timeout(TIMEOUT_S):
            await self.socket.wait_closed()
        return self.socket.close_code or 0, self.socket.close_reason or ""


@asynccontextmanager
async def talk(host: str, token: str | None = None, **how: Any) -> AsyncIterator[Talk]:
    """A connection, signed in when there is a token."""
    how = {"subprotocols": [PROTOCOL], **how}
    async with connect(f"ws://{host}/graphql", **how) as socket:
        talking = Talk(socket)
        if token is not None:
            await talking.enter(token)
        yield talking


@asynccontextmanager
async def streamed(
    host: str, token: str, query: str, **variables: Any
) -> AsyncIterator[AsyncIterator[tuple[str, Any]]]:
    """The events of one operation as they come: name and data."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    body = {"query": query, "variables": variables}
    async with (
        httpx2.AsyncClient(base_url=f"http://{host}", headers=headers, timeout=TIMEOUT_S) as http,
        http.stream("POST", "/graphql/stream", json=body) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer)


async def denials(http: httpx2.AsyncClient) -> list[str]:
    """The fields of queries whose denials are in the access log."""
    query = "{ accessLog { nodes { operation outcome } } }"
    answer = await http.post("/graphql", json={"query": query})
    found = answer.json()["data"]["accessLog"]["nodes"]
    return [entry["operation"] for entry in found if entry["outcome"] == "FORBIDDEN"]


async def do(http: httpx2.AsyncClient, mutation: str, kind: str, **given: Any) -> None:
    """Returns once reads see what was done: a sign-in looks into the directory as it is by then."""
    query = f"mutation ($i: {kind}!) {{ {mutation}(input: $i) {{ position errors {{ code }} }} }}"
    payload = (await _data(http, query, i=given))[mutation]
    assert payload["errors"] == []
    seen = "query ($p: LogPosition) { users(first: 1, minPosition: $p) { totalCount } }"
    await _data(http, seen, p=payload["position"])


async def _data(http: httpx2.AsyncClient, query: str, **variables: Any) -> Any:
    answer = await http.post("/graphql", json={"query": query, "variables": variables})
    assert "data" in answer.json(), answer.text
    return answer.json()["data"]


async def _events(answer: httpx2.Response) -> AsyncIterator[tuple[str, Any]]:
    name = ""
    async for line in answer.aiter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field in ("data", "data:"):
            yield name, json.loads(value) if value else None
