"""More of the same than anybody needs."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from bench.attacks.attack import Attack
from bench.attacks.http_client import asking, client, counted, token
from bench.support.site import Bench
from domain.kernel.principal import Role

SECONDS = 8.0
"""For which a flood over sockets lasts."""
DEAR = (
    "{"
    + " ".join(
        f"a{n}: siteUserSegments(first: 100) {{ totalCount nodes {{ id name }} }}"
        for n in range(20)
    )
    + "}"
)
"""Twenty questions to the database."""
FAR = (
    "{"
    + " ".join(
        f"a{n}: siteUserSegments(minPosition: 9000000000000000000) {{ totalCount }}"
        for n in range(30)
    )
    + "}"
)
FOLLOWED = "subscription { logStatusChanged { head } }"
EVENTS = "{ events { totalCount } }"


async def _open(stack: AsyncExitStack, bench: Bench, bearer: str) -> ClientConnection:
    address = bench.url.replace("http", "ws") + "/graphql"
    protocol = Subprotocol("graphql-transport-ws")
    socket = await stack.enter_async_context(connect(address, subprotocols=[protocol]))
    payload = {"Authorization": f"Bearer {bearer}"}
    await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
    return socket


async def _answers(socket: ClientConnection, told: Counter[str]) -> None:
    """Counts what is said until the end."""
    try:
        async for message in socket:
            said = json.loads(message)
            if said["type"] == "error":
                told[said["payload"][0]["extensions"]["code"]] += 1
            else:
                told[said["type"]] += 1
    except ConnectionClosed:
        pass
    told[f"closed {socket.close_code}"] += 1


def _shown(told: Counter[str]) -> str:
    return ", ".join(f"{count:,} x {one}" for one, count in told.most_common())


async def _speak(socket: ClientConnection, query: str, until: float) -> None:
    number = 0
    try:
        while time.monotonic() < until:
            number += 1
            subscribe = {"id": str(number), "type": "subscribe", "payload": {"query": query}}
            await socket.send(json.dumps(subscribe))
    except ConnectionClosed:
        return


async def _flood(bench: Bench, count: int, query: str) -> str:
    """Over so many sockets, as fast as they take it."""
    told: Counter[str] = Counter()
    bearer = token(bench, Role.LEARNER)
    async with AsyncExitStack() as stack:
        sockets = [await _open(stack, bench, bearer) for _ in range(count)]
        hearing = [asyncio.create_task(_answers(socket, told)) for socket in sockets]
        until = time.monotonic() + SECONDS
        await asyncio.gather(*(_speak(socket, query, until) for socket in sockets))
        for socket in sockets:
            await socket.close()
        await asyncio.gather(*hearing)
    return _shown(told)


async def _follow(bench: Bench, sockets: int, subscriptions: int) -> str:
    """So many subscriptions, spread over so many sockets."""
    told: Counter[str] = Counter()
    bearer = token(bench, Role.LEARNER)
    async with AsyncExitStack() as stack:
        opened = [await _open(stack, bench, bearer) for _ in range(sockets)]
        hearing = [asyncio.create_task(_answers(socket, told)) for socket in opened]
        for number in range(subscriptions):
            subscribe = {"id": str(number), "type": "subscribe", "payload": {"query": FOLLOWED}}
            await _send(opened[number % sockets], json.dumps(subscribe))
        await asyncio.sleep(1)
        for socket in opened:
            await socket.close()
        await asyncio.gather(*hearing)
    return _shown(told)


async def _send(socket: ClientConnection, message: str) -> None:
    try:
        await socket.send(message)
    except ConnectionClosed:
        return


async def _slow_reader(bench: Bench) -> str:
    """Asks for two hundred large answers and takes none."""
    bearer = token(bench, Role.LEARNER)
    async with AsyncExitStack() as stack:
        socket = await _open(stack, bench, bearer)
        for number in range(200):
            payload = {
                "query": "{ __schema { types { name description fields { name description } } } }"
            }
            await _send(
                socket, json.dumps({"id": str(number), "type": "subscribe", "payload": payload})
            )
        await asyncio.sleep(SECONDS)
        socket.transport.abort()
    return "nothing was read"


def _gets(path: str, times: int, at_once: int, headers: Sequence[tuple[str, str]] = ()) -> Attack:
    async def mount(bench: Bench) -> str:
        async with httpx2.AsyncClient(
            base_url=bench.url, headers=list(headers), timeout=60
        ) as http:
            return await counted((lambda: http.get(path) for _ in range(times)), at_once)

    return Attack(f"{times:,} x {path}, {at_once} at once", mount)


async def _bad_signatures(bench: Bench) -> str:
    good = token(bench, Role.LEARNER)
    headers = {"Authorization": f"Bearer {good[:-8]}AAAAAAAA"}
    async with httpx2.AsyncClient(base_url=bench.url, headers=headers, timeout=60) as http:
        body = {"query": "{ viewer { kind } }"}
        return await counted((lambda: http.post("/graphql", json=body) for _ in range(3_000)), 8)


async def _sign_ins(bench: Bench) -> str:
    async with httpx2.AsyncClient(base_url=bench.url, timeout=60) as http:
        body = {"role": "LEARNER"}
        return await counted(
            (lambda: http.post("/sign-in/development", json=body) for _ in range(300)), 8
        )


async def _downloads(bench: Bench) -> str:
    async with client(bench, Role.LEARNER) as http:
        path = f"/files/segments/segment_{'0' * 32}/members.csv"
        return await counted((lambda: http.get(path) for _ in range(1_000)), 16)


FLOODS = (
    Attack("20 questions an operation, 48 at once, 400 times", asking(DEAR, 400, 48)),
    Attack("the viewer, 5,000 times, 48 at once", asking("{ viewer { kind } }", 5_000, 48)),
    Attack("20 questions an operation over 5 sockets", lambda bench: _flood(bench, 5, DEAR)),
    Attack("the viewer over 5 sockets", lambda bench: _flood(bench, 5, "{ viewer { kind } }")),
    Attack("60 sockets, 400 subscriptions", lambda bench: _follow(bench, 60, 400)),
    Attack("a reader who takes nothing", _slow_reader),
    Attack("minPosition far away, 300 times, 60 at once", asking(FAR, 300, 60)),
    Attack("what is forbidden, 2,000 times, 16 at once", asking(EVENTS, 2_000, 16)),
    Attack("checkpoint, 300 times, 8 at once", asking("{ checkpoint { size } }", 300, 8)),
    Attack(
        "search, 3,000 times, 8 at once",
        asking('{ siteUserSegments(search: "a") { totalCount } }', 3_000, 8),
    ),
    _gets("/health/ready", 1_500, 8),
    Attack("3,000 bad signatures", _bad_signatures),
    Attack("300 sign-ins", _sign_ins),
    Attack("1,000 rosters that are not there, 16 at once", _downloads),
)
