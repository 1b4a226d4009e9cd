"""How large a body may be, and how long it may take."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import httpx2
import pytest

from domain.kernel.principal import Role
from service.http import bodies
from service.settings import Settings
from tests.service.http.protocols.raw import Peer, peer
from tests.service.http.serving import token

MIB = 1024 * 1024
SOON = 0.05
"""Seconds, in place of thirty."""


def _port(host: str) -> int:
    return int(host.rpartition(":")[2])


def _head(path: str, size: int, bearer: str | None = None) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: x", "Content-Type: application/json"]
    lines += [f"Content-Length: {size}"]
    lines += [f"Authorization: Bearer {bearer}"] if bearer else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // MIB):
        yield b" " * MIB


async def test_ten_megabytes_are_too_large(host: str, settings: Settings) -> None:
    """With their length told before, or in pieces."""
    bearer = {"Authorization": f"Bearer {token(settings, Role.SITE_ADMIN)}"}
    headers = {**bearer, "Content-Type": "application/json"}
    async with httpx2.AsyncClient(base_url=f"http://{host}", timeout=20) as http:
        for content in (b" " * 10 * MIB, _pieces(10 * MIB)):
            answer = await http.post("/graphql", content=content, headers=headers)
            assert answer.status_code == 413
            assert answer.json()["errors"][0]["extensions"] == {"code": "LIMIT"}
        viewer = await http.post("/graphql", json={"query": "{ viewer { kind } }"}, headers=bearer)
        assert viewer.json() == {"data": {"viewer": {"kind": "USER"}}}


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_who_is_not_signed_in_is_answered_before_the_body(host: str, path: str) -> None:
    """Nothing of it was sent."""
    async with peer(_port(host)) as one:
        one.send(_head(path, bodies.LARGEST_JSON))
        status, body = await one.answer()
    assert status == 401
    assert json.loads(body)["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


@pytest.mark.parametrize(("is_signed_in", "status"), [(True, 413), (False, 401)])
async def test_a_sender_that_only_then_reads_is_answered(
    host: str, sign: Callable[..., str], is_signed_in: bool, status: int
) -> None:
    """It has written everything when it looks for the answer: nothing was reset."""
    async with peer(_port(host)) as one:
        one.send(_head("/graphql", 10 * MIB, sign() if is_signed_in else None))
        for _ in range(10):
            one.send(b" " * MIB)
            await asyncio.wait_for(one.writer.drain(), 10)
        assert (await one.answer())[0] == status


async def test_the_largest_body_is_read(admin: httpx2.AsyncClient) -> None:
    """One byte more is not."""
    body = json.dumps({"query": "{ viewer { kind } }"}).encode()
    kind = {"Content-Type": "application/json"}
    largest = body + b" " * (bodies.LARGEST_JSON - len(body))
    assert (await admin.post("/graphql", content=largest, headers=kind)).status_code == 200
    assert (await admin.post("/graphql", content=largest + b" ", headers=kind)).status_code == 413


async def test_to_sign_in_takes_no_large_body(admin: httpx2.AsyncClient) -> None:
    """There everybody may ask."""
    body = json.dumps({"role": "LEARNER"}).encode()
    kind = {"Content-Type": "application/json", "Host": "localhost"}
    largest = body + b" " * (bodies.LARGEST_SIGN_IN - len(body))
    for content, status in ((largest, 200), (largest + b" ", 413)):
        answer = await admin.post("/sign-in/development", content=content, headers=kind)
        assert answer.status_code == status


async def test_a_body_that_stops(
    host: str, sign: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "LONGEST_PAUSE", SOON)
    async with peer(_port(host)) as one:
        one.send(_head("/graphql", 100, sign()), b"{")
        assert await one.refusal() == (408, "LIMIT")


async def test_a_body_that_drips(
    host: str, sign: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a piece of it in time, always, and no end."""
    monkeypatch.setattr(bodies, "LONGEST_JSON", SOON)
    async with peer(_port(host)) as one:
        one.send(_head("/graphql", bodies.LARGEST_JSON, sign()))
        dripping = asyncio.create_task(_drip(one))
        assert (await one.answer())[0] == 408
        dripping.cancel()


async def _drip(one: Peer) -> None:
    while True:
        one.send(b" ")
        await asyncio.sleep(0)
