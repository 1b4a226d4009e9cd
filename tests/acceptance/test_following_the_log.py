"""Many follow the log at once: one of them keeps leaving, one takes nothing."""

from __future__ import annotations

import asyncio
import json
import random
import socket
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.typing import Subprotocol

from domain.kernel.principal import Role
from service.settings import Settings
from tests.acceptance.service import ANSWER_TIMEOUT_S, Service, ask, client, create, serving
from tests.forms import TIMEOUT_S
from tests.service.http.serving import token

pytestmark = pytest.mark.slow


class Following(NamedTuple):
    """How many follow, and for how long there is something new."""

    followers: int
    seconds: float


SHORT = Following(followers=12, seconds=1)
LONG = Following(followers=200, seconds=60)
PEOPLE = 10
"""Who follow: each with a share of the connections."""

EVENTS = "subscription ($after: LogPosition) { events(after: $after) { position } }"
LARGE = "subscription ($after: LogPosition) { events(after: $after) { position " + " ".join(
    f"d{number}: data" for number in range(20)
)
LOG = """
    query ($after: String) {
        events(first: 100, after: $after) {
            nodes { position } pageInfo { hasNextPage endCursor }
        }
    }
"""


class Follower:
    """Sees positions, in the order in which they come."""

    def __init__(self, service: Service, bearer: str, query: str = EVENTS) -> None:
        self._url = f"ws://127.0.0.1:{service.port}/graphql"
        self._bearer = bearer
        self._query = query
        self.positions: list[int] = []
        self.changed = asyncio.Event()

    @property
    def last(self) -> int:
        """How far it has come."""
        return self.positions[-1] if self.positions else 0

    async def connected(self, **how: Any) -> ClientConnection:
        """A connection that follows from where it is."""
        peer = await connect(self._url, subprotocols=[Subprotocol("graphql-transport-ws")], **how)
        hello = {"Authorization": f"Bearer {self._bearer}"}
        await peer.send(json.dumps({"type": "connection_init", "payload": hello}))
        assert json.loads(await peer.recv()) == {"type": "connection_ack"}
        body = {"query": self._query, "variables": {"after": self.last}}
        await peer.send(json.dumps({"type": "subscribe", "id": "1", "payload": body}))
        return peer

    async def take(self, peer: ClientConnection) -> None:
        """One message."""
        message = json.loads(await peer.recv())
        assert message["type"] == "next", message
        self.positions.append(message["payload"]["data"]["events"]["position"])
        self.changed.set()

    async def stay(self) -> None:
        """Follows until cancelled."""
        peer = await self.connected()
        try:
            while True:
                await self.take(peer)
        finally:
            await peer.close()

    async def come_and_go(self, chance: random.Random) -> None:
        """Leaves after a few events, at random without a word, and comes back, until cancelled."""
        while True:
            peer = await self.connected()
            for _ in range(chance.randrange(1, 20)):
                await self.take(peer)
            if chance.random() < 0.5:
                peer.transport.abort()
            await peer.close()

    async def until(self, position: int) -> None:
        """Returns once it has seen that event."""
        while self.last < position:
            self.changed.clear()
            await self.changed.wait()


@dataclass(frozen=True)
class Crowd:
    """A service, and those who may follow it."""

    service: Service
    bearers: list[str]
    admin: httpx2.AsyncClient

    async def follow(self, following: Following, chance: random.Random) -> list[int]:
        """The log, once everybody has seen all of it, in its order and once; one keeps leaving."""
        followers = [
            Follower(self.service, self.bearers[number % len(self.bearers)])
            for number in range(following.followers)
        ]
        wanderer, *others = followers
        tasks = [asyncio.create_task(wanderer.come_and_go(chance))]
        tasks += [asyncio.create_task(follower.stay()) for follower in others]
        end = await _write(self.admin, following.seconds, others[0])
        seen: asyncio.Future[Any] = asyncio.gather(*(one.until(end) for one in followers))
        all_of_it: list[asyncio.Future[Any]] = [seen, *tasks]
        ended, _ = await asyncio.wait(
            all_of_it, timeout=ANSWER_TIMEOUT_S, return_when=asyncio.FIRST_COMPLETED
        )
        assert ended == {seen}, [task.exception() for task in ended]
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert [o for o in outcomes if not isinstance(o, asyncio.CancelledError)] == []
        log = await _log(self.admin)
        assert [follower.positions == log for follower in followers] == [True] * len(followers)
        return log


async def _write(http: httpx2.AsyncClient, seconds: float, seen_by: Follower) -> int:
    """Writes for as long as it takes, each time waiting until somebody has seen it."""
    made = [await create(http, name=f"Segment {n}", code=f"s-{n}") for n in range(5)]
    add = """mutation ($i: SegmentMembersInput!) {
        addUsersToSegment(input: $i) { position errors { code } }
    }"""
    remove = add.replace("addUsers", "removeUsers").replace("ToSegment", "FromSegment")
    names = [f"user{number}" for number in range(200)]
    for name in names:
        await _create_user(http, name)
    position: int = made[-1]["position"]
    turn = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        given = {"segment": {"code": f"s-{turn // 2 % 5}"}, "users": {"usernames": names}}
        data = await ask(http, remove if turn % 2 else add, i=given)
        (payload,) = data.values()
        assert payload["errors"] == []
        position = payload["position"]
        await seen_by.until(position)
        turn += 1
    assert turn > 0
    return position


async def _create_user(http: httpx2.AsyncClient, name: str) -> None:
    query = "mutation ($i: CreateUserInput!) { createUser(input: $i) { errors { code } } }"
    given = {"username": name, "email": f"{name}@example.org", "firstName": "A", "lastName": "B"}
    assert await ask(http, query, i=given) == {"createUser": {"errors": []}}


async def _log(http: httpx2.AsyncClient) -> list[int]:
    positions: list[int] = []
    after = None
    while True:
        page = (await ask(http, LOG, after=after))["events"]
        positions += [node["position"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return positions
        after = page["pageInfo"]["endCursor"]


async def _stalled(follower: Follower) -> ClientConnection:
    """Asks for a lot, and takes nothing of it."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    port = int(follower._url.rsplit(":", 1)[1].partition("/")[0])
    await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", port))
    return await follower.connected(sock=narrow, max_queue=1, ping_interval=None)


@pytest.fixture
async def crowd(database_url: str, tmp_path: Path) -> AsyncIterator[Crowd]:
    """A service, and auditors who may follow it."""
    data = tmp_path / "data"
    settings = Settings(database_url=database_url, data_dir=data)
    with serving(database_url, data) as service:
        bearers = [token(settings, Role.AUDITOR, user=f"auditor{n}") for n in range(PEOPLE)]
        async with client(service.url, token(settings, Role.SITE_ADMIN)) as http:
            yield Crowd(service, bearers, http)


async def test_everybody_sees_every_event_once_and_in_order(
    crowd: Crowd, chance: random.Random
) -> None:
    """Also one who keeps leaving."""
    log = await crowd.follow(SHORT, chance)
    assert len(log) > PEOPLE


@pytest.mark.long
@pytest.mark.timeout(TIMEOUT_S)
async def test_who_takes_nothing_is_let_go_and_can_go_on_from_there(
    crowd: Crowd, chance: random.Random
) -> None:
    """Among 200 for a minute: they are told that they are too slow, and nobody else notices."""
    stalled = Follower(crowd.service, crowd.bearers[0], LARGE + " } }")
    peer = await _stalled(stalled)
    log = await crowd.follow(LONG, chance)
    assert "segments_dropped_total 1.0" in (await crowd.admin.get("/metrics")).text
    await _let_go(stalled, peer)
    assert stalled.positions == log[: len(stalled.positions)]
    assert len(stalled.positions) < len(log)
    again = await stalled.connected()
    while stalled.last < log[-1]:
        await stalled.take(again)
    assert stalled.positions == log
    await again.close()


async def _let_go(stalled: Follower, peer: ClientConnection) -> None:
    """What was on its way to who took nothing, and how that ended."""
    with suppress(ConnectionClosed):
        while True:
            await stalled.take(peer)
    # TCP drops what the server said last when the peer's answer to an earlier ping crosses it.
    told = (CloseCode.INTERNAL_ERROR, "keepalive ping timeout")
    assert (peer.close_code, peer.close_reason) in [told, (CloseCode.ABNORMAL_CLOSURE, "")]
