"""A peer that says what it likes, byte for byte."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

TIMEOUT_S = 20.0
"""Seconds for which anything is waited for."""


@dataclass
class Peer:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, *pieces: bytes) -> None:
        """Without a wait: also what nobody reads."""
        for piece in pieces:
            self.writer.write(piece)

    async def answer(self) -> tuple[int, bytes]:
        """The status and the body of the next answer."""
        status, _, body = await self.told()
        return status, body

    async def told(self) -> tuple[int, dict[str, str], bytes]:
        """The status, the headers and the body of the next answer."""
        async with asyncio.timeout(TIMEOUT_S):
            head = await self.reader.readuntil(b"\r\n\r\n")
            first, *lines = head.decode().removesuffix("\r\n\r\n").lower().split("\r\n")
            headers = {name: value for name, _, value in (line.partition(": ") for line in lines)}
            body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        return int(first.split()[1]), headers, body

    async def refusal(self) -> tuple[int, str]:
        """The status and the code of an answer after which the connection is closed."""
        status, body = await self.answer()
        assert await self.rest() == b""
        told: dict[str, Any] = json.loads(body)
        return status, told["errors"][0]["extensions"]["code"]

    async def rest(self) -> bytes:
        """All that comes until the connection is closed."""
        async with asyncio.timeout(TIMEOUT_S):
            return await self.reader.read()


@asynccontextmanager
async def peer(port: int) -> AsyncIterator[Peer]:
    """Connects, and says nothing."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Peer(reader, writer)
    finally:
        writer.transport.abort()
