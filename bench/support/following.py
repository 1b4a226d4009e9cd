"""Subscribers on raw sockets: ones that are no bottleneck themselves.

A program of its own, run by bench/subscriptions.py: `python -m bench.support.following HOST PORT
COUNT TOKENS` connects COUNT subscribers, says `ready`, and then a line for each thousandth push
that came, with the time (time.monotonic, one clock for all processes of a machine).
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import time

NEXT = b'"type":"next"'
QUERY = "subscription { events { position type actor { displayName } summary } }"


class Subscriber(asyncio.Protocol):
    """Counts what comes."""

    def __init__(self, counter: Counter, token: str) -> None:
        self._counter = counter
        self._token = token
        self._transport: asyncio.Transport | None = None
        self._before = b""
        self.subscribed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Shakes hands, signs in and subscribes, all at once."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            "GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Counts pushes; what is cut by the end of a packet counts with the next."""
        text = self._before + data
        self._before = text[-(len(NEXT) - 1) :]
        if not self.subscribed.done():
            self._greet(text)
        self._counter.add(text.count(NEXT))

    def _greet(self, text: bytes) -> None:
        if b"101 Switching" in text:
            self._say({"type": "connection_init", "payload": {"Authorization": self._token}})
        elif b"connection_ack" in text:
            self._say({"type": "subscribe", "id": "1", "payload": {"query": QUERY}})
            self._say({"type": "ping"})
        elif b'"pong"' in text:
            self.subscribed.set_result(None)

    def _say(self, message: dict[str, object]) -> None:
        body = json.dumps(message).encode()
        mask = bytes(4)
        head = bytes([0x81, 0x80 | len(body)]) if len(body) < 126 else _long_head(len(body))
        assert self._transport is not None
        self._transport.write(head + mask + body)


def _long_head(length: int) -> bytes:
    return bytes([0x81, 0x80 | 126]) + length.to_bytes(2, "big")


class Counter:
    """All pushes of this process."""

    def __init__(self, step: int) -> None:
        self._step = step
        self.count = 0

    def add(self, pushes: int) -> None:
        """Says so at each step."""
        before = self.count // self._step
        self.count += pushes
        if self.count // self._step > before:
            print(self.count, time.monotonic(), flush=True)


async def main(port: int, count: int, tokens: list[str]) -> None:
    """Connects, and counts until killed."""
    loop = asyncio.get_running_loop()
    counter = Counter(count)
    for number in range(count):
        token = f"Bearer {tokens[number % len(tokens)]}"
        _, subscriber = await loop.create_connection(
            lambda token=token: Subscriber(counter, token),  # type: ignore[misc]
            "127.0.0.1",
            port,
        )
        await subscriber.subscribed
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(",")))
