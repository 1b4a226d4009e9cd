"""How large a body may be, and how long it may take."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import httpx2
import pytest
from starlette.types import ASGIApp

from domain.kernel.principal import Role
from service.http.middleware import bodies
from service.http.operations import LIMITS, LIMITS_OF_OTHERS
from service.settings import Settings
from tests.acceptance.uploads import PREFLIGHT, sent
from tests.graph.client import COMMANDS
from tests.service.http.protocols.raw import Peer, peer
from tests.service.http.serving import client, token

JSON = {"Content-Type": "application/json"}
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
        assert viewer.json()["data"] == {"viewer": {"kind": "USER"}}


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_who_is_not_signed_in_is_answered_before_the_body(host: str, path: str) -> None:
    """Nothing of it was sent."""
    async with peer(_port(host)) as one:
        one.send(_head(path, bodies.MAX_JSON_BYTES))
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
    users = {"segment": {"code": "none"}, "users": {"usernames": ["ann"]}}
    operation = {"query": COMMANDS["addUsersToSegment"], "variables": {"input": users}}
    body = json.dumps(operation).encode()
    largest = body + b" " * (bodies.MAX_JSON_BYTES - len(body))
    assert (await admin.post("/graphql", content=largest, headers=JSON)).status_code == 200
    assert (await admin.post("/graphql", content=largest + b" ", headers=JSON)).status_code == 413


@pytest.mark.parametrize("role", [Role.LEARNER, Role.AUDITOR])
async def test_who_changes_no_roster_sends_little(
    app: ASGIApp, settings: Settings, role: Role
) -> None:
    """One byte more is too much."""
    body = json.dumps({"query": "{ viewer { kind } }"}).encode()
    largest = body + b" " * (bodies.MAX_BODY_BYTES - len(body))
    async with client(app, token(settings, role)) as http:
        for content, status in ((largest, 200), (largest + b" ", 413)):
            answer = await http.post("/graphql", content=content, headers=JSON)
            assert answer.status_code == status


async def test_who_may_send_no_file_sends_no_form(app: ASGIApp, settings: Settings) -> None:
    """It would be kept on the disk until it is refused."""
    async with client(app, token(settings, Role.LEARNER)) as http:
        answer = await sent(http, "uploadUserSegments", b"a" * bodies.MAX_BODY_BYTES)
        assert answer.status_code == 413
    async with client(app, token(settings, Role.TRAINING_MANAGER)) as http:
        answer = await sent(http, "uploadUserSegments", b"a" * bodies.MAX_BODY_BYTES)
        assert answer.status_code == 200


async def test_a_form_is_for_files(admin: httpx2.AsyncClient) -> None:
    """Its own operation is small; and nothing else than `/graphql` takes one."""
    large = json.dumps({"query": "{ viewer { kind } }", "variables": {"x": "a" * 300_000}})
    answer = await admin.post(
        "/graphql", data={"operations": large, "map": "{}"}, files={"0": b""}, headers=PREFLIGHT
    )
    assert answer.status_code == 400
    stream = {**PREFLIGHT, "Accept": "text/event-stream"}
    answer = await admin.post("/graphql/stream", files={"0": b"a" * 9 * MIB}, headers=stream)
    assert answer.status_code == 415


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_values_are_counted_before_they_are_read(
    admin: httpx2.AsyncClient, path: str
) -> None:
    """A million texts of one letter are in four megabytes."""
    headers = {**JSON, "Accept": "text/event-stream"}
    body = b'{"query": "{ viewer { kind } }", "variables": {"x": [%s]}}'
    told = []
    for many in (LIMITS.values, LIMITS.values + 1):
        content = body % (b",".join([b'""'] * many))
        answer = await admin.post(path, content=content, headers=headers)
        assert (answer.status_code, _code(answer)) == (413, "LIMIT")
        told.append("The JSON holds" in answer.text)
    assert told == [False, True]


@pytest.mark.parametrize("opened", [b"[", b'{"":'], ids=["lists", "objects"])
async def test_lists_and_objects_are_counted_before_they_are_read(
    admin: httpx2.AsyncClient, opened: bytes
) -> None:
    """Within each other they need no commas."""
    body = b'{"query": "{ viewer { kind } }", "variables": %s}'
    text = b'{"x": [%s]}'
    closed = b"]" if opened == b"[" else b"}"
    deep = opened * 900 + b"1" + closed * 900
    many, rest = divmod(
        LIMITS.containers - 5, 900
    )  # the braces around them, and those of the query
    most = b",".join([deep] * many + [opened * rest + b"1" + closed * rest])
    told = []
    for content in (most, most + b",[]"):
        answer = await admin.post("/graphql", content=body % (text % content), headers=JSON)
        told.append((answer.status_code, "lists and objects" in answer.text))
    assert told == [(200, False), (413, True)]


@pytest.mark.parametrize("role", [Role.LEARNER, Role.AUDITOR])
async def test_who_may_name_no_users_may_send_few_values(
    app: ASGIApp, settings: Settings, role: Role
) -> None:
    """Of what fits into 256 KiB there are many, and small ones."""
    body = b'{"query": "{ viewer { kind } }", "variables": {%s}}'
    lists = [b'"x%d": [%s]' % (n, b",".join([b"1"] * 1_000)) for n in range(19)]
    most = b",".join(lists)
    commas = LIMITS_OF_OTHERS.values - most.count(b",") - 2
    most += b', "y": [%s]' % b",".join([b"1"] * (commas + 1))
    told = []
    async with client(app, token(settings, role)) as http:
        for content in (most, most + b',"z":1,"a":1'):
            answer = await http.post("/graphql", content=body % content, headers=JSON)
            told.append((answer.status_code, "20,000 values" in answer.text))
    assert told == [(200, False), (413, True)]


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_large_variables_are_for_sets(admin: httpx2.AsyncClient, path: str) -> None:
    """Where the operation takes none, what is over 256 KiB is as little as for others."""
    operation = {"query": "query ($x: String) { viewer { kind } }", "variables": {"x": "a" * MIB}}
    headers = {"Accept": "text/event-stream"} if path.endswith("stream") else {}
    answer = await admin.post(path, json=operation, headers=headers)
    assert (answer.status_code, _code(answer)) == (413, "LIMIT")


def _code(answer: httpx2.Response) -> str:
    code: str = answer.json()["errors"][0]["extensions"]["code"]
    return code


async def test_to_sign_in_takes_no_large_body(admin: httpx2.AsyncClient) -> None:
    """There everybody may ask."""
    body = json.dumps({"role": "LEARNER"}).encode()
    kind = {"Content-Type": "application/json", "Host": "localhost"}
    largest = body + b" " * (bodies.MAX_SIGN_IN_BYTES - len(body))
    for content, status in ((largest, 200), (largest + b" ", 413)):
        answer = await admin.post("/sign-in/development", content=content, headers=kind)
        assert answer.status_code == status


async def test_a_body_that_stops(
    host: str, sign: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MAX_PAUSE_S", SOON)
    async with peer(_port(host)) as one:
        one.send(_head("/graphql", 100, sign()), b"{")
        assert await one.refusal() == (408, "LIMIT")


async def test_a_body_that_drips(
    host: str, sign: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a piece of it in time, always, and no end."""
    monkeypatch.setattr(bodies, "JSON_TIMEOUT_S", SOON)
    async with peer(_port(host)) as one:
        one.send(_head("/graphql", bodies.MAX_JSON_BYTES, sign()))
        dripping = asyncio.create_task(_drip(one))
        assert (await one.answer())[0] == 408
        dripping.cancel()


async def _drip(one: Peer) -> None:
    while True:
        one.send(b" ")
        await asyncio.sleep(0)
