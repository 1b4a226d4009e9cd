"""Attacks of who has no token."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, suppress
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from bench.attacks.attack import Attack
from bench.support.site import Bench
from service.console import BUILT

MANY = 1_000
"""Connections: a quarter of MAX_CONNECTIONS, the bound on all peers together. Each is closed for
itself: half a head after HEAD_SECONDS, a socket that does not sign in after ten seconds, too."""
HELD = 8.0
"""Seconds for which connections are left as they are."""
GET = b"GET /health/live HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
MIB = 1024 * 1024

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def _connected(bench: Bench, count: int) -> AsyncIterator[list[Connection]]:
    port = urlsplit(bench.url).port or 0
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(count)]
    try:
        yield connections
    finally:
        for _, writer in connections:
            writer.transport.abort()


async def _send(connection: Connection, *pieces: bytes) -> None:
    """As far as the other end takes it."""
    _, writer = connection
    try:
        for piece in pieces:
            writer.write(piece)
            await asyncio.wait_for(writer.drain(), HELD)
    except (ConnectionError, TimeoutError):
        return


async def _status(connection: Connection) -> str:
    reader, _ = connection
    try:
        line = await asyncio.wait_for(reader.readline(), HELD)
    except ConnectionError:
        return "reset"
    except TimeoutError:
        return "nothing"
    return line.split()[1].decode() if line else "closed"


async def _status_while_sending(connection: Connection, *pieces: bytes) -> str:
    """Who says more than they may is cut off in the end: the answer is there before that."""
    status = asyncio.create_task(_status(connection))
    await _send(connection, *pieces)
    return f"1 x {await status}"


async def _statuses(connections: Sequence[Connection]) -> str:
    told = [await _status(connection) for connection in connections]
    return ", ".join(f"{told.count(one)} x {one}" for one in sorted(set(told)))


async def _one_header(bench: Bench) -> str:
    async with _connected(bench, 1) as connections:
        head = (GET, b"X: ", *[b"a" * MIB] * 48, b"\r\n\r\n")
        return await _status_while_sending(connections[0], *head)


async def _many_headers(bench: Bench) -> str:
    async with _connected(bench, 1) as connections:
        await _send(connections[0], GET, b"a: b\r\n" * 300_000, b"\r\n")
        return await _statuses(connections)


async def _half_heads(bench: Bench) -> str:
    async with _connected(bench, MANY) as connections:
        await asyncio.gather(*(_send(one, GET) for one in connections))
        await asyncio.sleep(HELD)
        return await _statuses(connections)


async def _unfinished_bodies(bench: Bench) -> str:
    head = POST + b"Content-Length: %d\r\n\r\n" % (8 * MIB)
    async with _connected(bench, 60) as connections:
        await asyncio.gather(*(_send(one, head, *[b" " * MIB] * 7) for one in connections))
        await asyncio.sleep(HELD / 4)
        return await _statuses(connections)


async def _large_pings(bench: Bench) -> str:
    ping = json.dumps({"type": "ping", "payload": {"x": "a" * (8 * MIB - 100)}})
    return await _on_sockets(bench, 20, [ping] * 3)


async def _ping_flood(bench: Bench) -> str:
    return await _on_sockets(bench, 1, ['{"type":"ping"}'] * 100_000)


async def _silent_sockets(bench: Bench) -> str:
    return await _on_sockets(bench, MANY, [])


async def _on_sockets(bench: Bench, count: int, messages: Sequence[str]) -> str:
    address = bench.url.replace("http", "ws") + "/graphql"
    protocol = Subprotocol("graphql-transport-ws")
    codes: list[object] = []
    async with AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(connect(address, subprotocols=[protocol]))
            for _ in range(count)
        ]

        async def speak(n: int) -> None:
            try:
                for message in messages:
                    await opened[n].send(message)
                await asyncio.wait_for(opened[n].wait_closed(), HELD + 5)
            except (ConnectionClosed, TimeoutError):
                pass
            codes.append(opened[n].close_code)

        await asyncio.gather(*map(speak, range(count)))
    return ", ".join(f"{codes.count(one)} x {one}" for one in dict.fromkeys(codes))


async def _waiting_messages(bench: Bench) -> str:
    ping = json.dumps({"type": "ping", "payload": {"x": "a" * 65_000}})
    return await _on_sockets(bench, MANY // 6, [ping] * 8)


async def _unread_files(bench: Bench) -> str:
    """Each asks for the largest file of the console and takes none of it, with large requests
    behind that.
    """
    asks = b"GET /assets/%s HTTP/1.1\r\nHost: x\r\n\r\n" % _largest_asset().encode()
    behind = GET + b"X: " + b"a" * 60_000 + b"\r\n\r\n"
    loop, port = asyncio.get_running_loop(), urlsplit(bench.url).port or 0
    sent: list[int] = []

    async def ask(peer: socket.socket) -> None:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        peer.setblocking(False)
        await loop.sock_connect(peer, ("127.0.0.1", port))
        with suppress(ConnectionError, TimeoutError):
            for piece in (asks, *[behind] * 8):
                await asyncio.wait_for(loop.sock_sendall(peer, piece), HELD)
                sent.append(len(piece))

    with ExitStack() as stack:
        peers = [stack.enter_context(socket.socket()) for _ in range(MANY // 3)]
        await asyncio.gather(*map(ask, peers))
        await asyncio.sleep(HELD / 4)
    return f"{sum(sent) // MIB} MiB were sent"


def _largest_asset() -> str:
    return max((BUILT / "assets").glob("*.js"), key=lambda file: file.stat().st_size).name


async def _long_address(bench: Bench) -> str:
    async with _connected(bench, 1) as connections:
        head = (b"GET /", *[b"a" * MIB] * 16, b" HTTP/1.1\r\n\r\n")
        return await _status_while_sending(connections[0], *head)


STRANGERS = (
    Attack("a header of 48 MiB", _one_header),
    Attack("an address of 16 MiB", _long_address),
    Attack("300,000 headers", _many_headers),
    Attack(f"{MANY:,} halves of a head", _half_heads),
    Attack("60 bodies of 8 MiB without an end", _unfinished_bodies),
    Attack("20 sockets with 3 pings of 8 MiB", _large_pings),
    Attack("100,000 pings on a socket", _ping_flood),
    Attack(f"{MANY:,} sockets that say nothing", _silent_sockets),
    Attack(f"{MANY // 6} sockets with 8 pings of 64 KiB", _waiting_messages),
    Attack(f"{MANY // 3} files that nobody takes, and requests behind them", _unread_files),
)
