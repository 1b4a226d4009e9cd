"""A load generator on raw sockets: one that is no bottleneck itself.

Each client is a keep-alive connection that sends its next request as soon as it has the answer.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Result:
    """What a load saw."""

    requests: int
    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds

    def percentile(self, percent: float) -> float:
        """That percentile of the latencies, in milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


async def load(
    url: str, token: str, bodies: Callable[[int], dict[str, Any]], clients: int, requests: int
) -> Result:
    """Sends `requests` GraphQL requests by `clients` connections; bodies(n) is the nth's."""
    numbers = iter(range(requests))
    latencies: list[float] = []

    async def client(connection: Connection) -> None:
        for number in numbers:
            body = bodies(number)
            started = time.perf_counter()
            await sent_on(connection, token, body)
            latencies.append(time.perf_counter() - started)
        connection[1].close()

    connections = await connected(url, clients)
    started = time.perf_counter()
    await asyncio.gather(*map(client, connections))
    return Result(len(latencies), time.perf_counter() - started, latencies)


async def sent_on(connection: Connection, token: str, body: dict[str, Any]) -> bytes:
    """The answer to one GraphQL request. RuntimeError when there are errors."""
    reader, writer = connection
    content = json.dumps(body).encode()
    writer.write(_head(token, len(content)) + content)
    return await _answer(reader)


async def connected(url: str, clients: int) -> list[Connection]:
    """Opened one after the other: at once, one of several workers would take them all."""
    parts = urlsplit(url)
    connections = []
    for _ in range(clients):
        connections.append(await asyncio.open_connection(parts.hostname, parts.port))
        await asyncio.sleep(0.02)
    return connections


def _head(token: str, length: int) -> bytes:
    return (
        f"POST /graphql HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode())
    length = next(
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length")
    )
    body = await reader.readexactly(length)
    if b'"errors":[{' in body:
        raise RuntimeError(body.decode())
    return body
