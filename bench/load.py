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

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in numbers:
            body = json.dumps(bodies(number)).encode()
            started = time.perf_counter()
            writer.write(_head(token, len(body)) + body)
            await _answer(reader)
            latencies.append(time.perf_counter() - started)
        writer.close()

    connections = await _connected(url, clients)
    started = time.perf_counter()
    await asyncio.gather(*(client(*connection) for connection in connections))
    return Result(len(latencies), time.perf_counter() - started, latencies)


async def _connected(
    url: str, clients: int
) -> list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
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
