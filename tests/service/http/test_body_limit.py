"""Bodies over 8 MiB are answered 413, and the sender reads the answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import httpx2

from domain.kernel.principal import Role
from service.http.app import application
from service.http.requests import LARGEST_BODY
from service.settings import Settings
from tests.service.http.serving import on_a_socket, token

MIB = 1024 * 1024


async def _pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // MIB):
        yield b" " * MIB


async def test_ten_megabytes_are_too_large(settings: Settings) -> None:
    """Over a real socket: with their length told before, or in pieces; signed in or not."""
    bearer = {"Authorization": f"Bearer {token(settings, Role.SITE_ADMIN)}"}
    async with (
        on_a_socket(application(settings)) as port,
        httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as http,
    ):
        for signed in ({}, bearer):
            headers = {**signed, "Content-Type": "application/json"}
            for content in (b" " * 10 * MIB, _pieces(10 * MIB)):
                answer = await http.post("/graphql", content=content, headers=headers)
                assert answer.status_code == 413
                assert answer.json()["errors"][0]["extensions"] == {"code": "LIMIT"}
        viewer = await http.post("/graphql", json={"query": "{ viewer { kind } }"}, headers=bearer)
        assert viewer.json() == {"data": {"viewer": {"kind": "USER"}}}


async def test_a_sender_that_only_then_reads_is_answered(settings: Settings) -> None:
    """It has written everything when it looks for the answer: nothing was reset."""
    async with on_a_socket(application(settings)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        size = 10 * MIB
        writer.write(
            f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n".encode()
        )
        for _ in range(10):
            writer.write(b" " * MIB)
            await asyncio.wait_for(writer.drain(), 10)
        status = await asyncio.wait_for(reader.readline(), 10)
        assert status.split()[1] == b"413"
        writer.close()
        await writer.wait_closed()


async def test_the_largest_body_is_read(admin: httpx2.AsyncClient) -> None:
    """One byte more is not."""
    body = json.dumps({"query": "{ viewer { kind } }"}).encode()
    kind = {"Content-Type": "application/json"}
    largest = body + b" " * (LARGEST_BODY - len(body))
    assert (await admin.post("/graphql", content=largest, headers=kind)).status_code == 200
    assert (await admin.post("/graphql", content=largest + b" ", headers=kind)).status_code == 413
