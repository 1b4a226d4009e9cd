"""Each command by itself, and beside 100 changes of others a second: over HTTP and WebSockets."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from statistics import median
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from bench.support.load import connected, sent_on
from bench.support.others import others
from bench.support.report import Measurement
from bench.support.site import Bench

LIVES = 25
CHANGES_A_SECOND = 100.0
AT_MOST = 3.0
"""Times as long as by itself."""

Taken = defaultdict[str, list[float]]
"""The seconds that each command took."""
Ask = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


async def each_command(bench: Bench, movers: int) -> list[Measurement]:
    """All that a segment and a person can go through, again and again. RuntimeError when something
    is refused.
    """
    ways = {"HTTP": _by_http, "WebSocket": _by_socket}
    figures: list[Measurement] = []
    for name, way in ways.items():
        await way(bench, f"{name}-warm", 2)
        idle = await way(bench, f"{name}-idle", LIVES)
        async with others(bench.url, bench.token, movers, CHANGES_A_SECOND) as moving:
            busy = await way(bench, f"{name}-busy", LIVES)
        wanted = "wanted", CHANGES_A_SECOND
        figures.append(Measurement(f"{name}: changes of others", moving.rate, "/s", *wanted))
        figures += _beside(name, idle, busy)
    return figures


def _beside(name: str, idle: Taken, busy: Taken) -> Iterator[Measurement]:
    for command, seconds in idle.items():
        bound = 1_000 * AT_MOST * median(seconds)
        work = f"{name}: {command}, {len(busy[command])} of {len(seconds)} done"
        against = f"{AT_MOST:.0f} x by itself"
        yield Measurement(work, 1_000 * median(busy[command]), "ms", against, bound, True)


async def _by_http(bench: Bench, name: str, lives: int) -> Taken:
    [connection] = await connected(bench.url, 1)

    async def ask(body: dict[str, Any]) -> dict[str, Any]:
        answer = await sent_on(connection, bench.token, body)
        result: dict[str, Any] = json.loads(answer)["data"]["result"]
        return result

    taken = await _lived(ask, name, lives)
    connection[1].close()
    return taken


async def _by_socket(bench: Bench, name: str, lives: int) -> Taken:
    address = bench.url.replace("http", "ws", 1) + "/graphql"
    async with connect(address, subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
        await _said(
            socket, type="connection_init", payload={"Authorization": f"Bearer {bench.token}"}
        )
        await socket.recv()

        async def ask(body: dict[str, Any]) -> dict[str, Any]:
            await _said(socket, type="subscribe", id="1", payload=body)
            answer = json.loads(await socket.recv())
            await socket.recv()  # that it is complete
            result: dict[str, Any] = answer["payload"]["data"]["result"]
            return result

        return await _lived(ask, name, lives)


async def _said(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message))


async def _lived(ask: Ask, name: str, lives: int) -> Taken:
    taken: Taken = defaultdict(list)
    for number in range(lives):
        done: dict[str, Any] = {}
        for mutation, given in _life(f"{name}-{number}".lower(), done):
            began = time.perf_counter()
            result = await ask(_command(mutation, given))
            taken[mutation].append(time.perf_counter() - began)
            if result["errors"]:
                raise RuntimeError((mutation, result))
            done.update(result)
        await asyncio.sleep(0)
    return taken


def _life(name: str, done: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """One command after the other, in an order in which each can be done."""
    segment, user = {"segment": {"code": name}}, {"user": {"username": name}}
    members = {**segment, "users": {"usernames": [name]}}
    person = {"username": name, "email": f"{name}@example.org"}
    yield "createUserSegment", {"name": name, "code": name}
    yield "updateUserSegment", {**segment, "name": f"{name} again"}
    yield "createUser", {**person, "firstName": "Given", "lastName": name}
    yield "updateUser", {**user, "lastName": "Again"}
    yield "assignRoles", {**user, "roles": ["AUDITOR"]}
    yield "addUsersToSegment", members
    yield "removeUsersFromSegment", members
    yield "addUsersToSegment", members
    yield "undoCommand", {"command": done["commandId"], "reason": "Bench."}
    yield "archiveUserSegment", segment
    yield "restoreUserSegment", segment
    yield "deleteUserSegment", {**segment, "reason": "Bench."}
    yield "eraseUser", {**user, "reason": "Bench."}


def _command(mutation: str, given: dict[str, Any]) -> dict[str, Any]:
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    kind = {
        "AddUsersToSegmentInput": "SegmentMembersInput",
        "RemoveUsersFromSegmentInput": "SegmentMembersInput",
        "ArchiveUserSegmentInput": "SegmentCommandInput",
        "RestoreUserSegmentInput": "SegmentCommandInput",
    }.get(kind, kind)
    query = (
        f"mutation ($input: {kind}!)"
        f" {{ result: {mutation}(input: $input) {{ commandId errors {{ code message }} }} }}"
    )
    return {"query": query, "variables": {"input": given}}
