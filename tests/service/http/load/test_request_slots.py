"""Of one principal some operations run at once, and the others wait."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx2
import pytest

from domain.kernel.principal import Role
from graph.support.execution.schema import MANY_BYTES, Schema
from graph.support.limits.cost import LARGE_AT_ONCE
from service.http import request_slots
from tests.service.http.live.talking import talk

Sign = Callable[..., str]

VIEWER = {"query": "{ viewer { kind } }"}


class Held:
    """Operations that have begun and do not go on until they are let go."""

    def __init__(self) -> None:
        self.begun = 0
        self._go = asyncio.Event()
        self._changed = asyncio.Condition()

    async def hold(self) -> None:
        """Called by each."""
        async with self._changed:
            self.begun += 1
            self._changed.notify_all()
        await self._go.wait()

    def let_go(self) -> None:
        self._go.set()

    async def until(self, many: int) -> None:
        """Returns once so many have begun."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: self.begun >= many)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """The learners' operations."""
    held = Held()
    begin = Schema.begin

    async def slow(self: Schema, text: Any, variables: Any, name: Any, context: Any, *more: Any):  # type: ignore[no-untyped-def]
        if Role.LEARNER in context.principal.roles:
            await held.hold()
        return await begin(self, text, variables, name, context, *more)

    monkeypatch.setattr(Schema, "begin", slow)
    return held


@asynccontextmanager
async def _client(host: str, token: str) -> AsyncIterator[httpx2.AsyncClient]:
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(base_url=f"http://{host}", headers=headers, timeout=30) as http:
        yield http


async def test_others_do_not_wait_with_them(host: str, sign: Sign, held: Held) -> None:
    """One more of the same principal does, whichever way it comes; all are answered in the end."""
    learner = sign(Role.LEARNER)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(_client(host, learner))
        many = [
            asyncio.create_task(http.post("/graphql", json=VIEWER))
            for _ in range(request_slots.MAX_CONCURRENT + 5)
        ]
        await held.until(request_slots.MAX_CONCURRENT)
        talking = await stack.enter_async_context(talk(host, learner))
        await talking.subscribe(VIEWER["query"])
        admin = await stack.enter_async_context(_client(host, sign()))
        assert (await admin.post("/graphql", json=VIEWER)).status_code == 200
        assert held.begun == request_slots.MAX_CONCURRENT
        held.let_go()
        assert [(await answer).status_code for answer in many] == [200] * len(many)
        assert await talking.next() == {"viewer": {"kind": "USER"}}


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_who_waits_for_long_is_refused(
    host: str, sign: Sign, held: Held, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """With when to try again."""
    monkeypatch.setattr(request_slots, "WAIT_TIMEOUT_S", 0.01)
    async with _client(host, sign(Role.LEARNER)) as http:
        first = [
            asyncio.create_task(http.post("/graphql", json=VIEWER))
            for _ in range(request_slots.MAX_CONCURRENT)
        ]
        await held.until(request_slots.MAX_CONCURRENT)
        refused = await http.post(path, json=VIEWER, headers={"Accept": "text/event-stream"})
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
        assert refused.json()["errors"][0]["extensions"]["code"] == "LIMIT"
        held.let_go()
        assert [(await answer).status_code for answer in first] == [200] * len(first)


def _padded(size: int) -> bytes:
    body = json.dumps(VIEWER).encode()
    return body + b" " * (size - len(body))


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
@pytest.mark.parametrize("is_told", [True, False], ids=["length told", "in pieces"])
async def test_few_large_bodies_are_read_at_once(
    host: str, sign: Sign, held: Held, path: str, is_told: bool
) -> None:
    """Small ones are, and those of others."""
    kind = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
    large, small = _padded(MANY_BYTES), _padded(MANY_BYTES - 1)
    async with _client(host, sign(Role.LEARNER)) as http, _client(host, sign()) as admin:
        content = large if is_told else _pieces(large)
        answers = [asyncio.create_task(http.post(path, content=content, headers=kind))]
        answers += [
            asyncio.create_task(http.post(path, content=large, headers=kind))
            for _ in range(LARGE_AT_ONCE)
        ]
        await held.until(LARGE_AT_ONCE)
        answers += [asyncio.create_task(http.post(path, content=small, headers=kind))]
        await held.until(LARGE_AT_ONCE + 1)
        assert (await admin.post(path, content=large, headers=kind)).status_code == 200
        assert held.begun == LARGE_AT_ONCE + 1
        held.let_go()
        assert [(await answer).status_code for answer in answers] == [200] * len(answers)


async def test_who_waits_for_long_with_a_large_body_is_refused(
    host: str, sign: Sign, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_slots, "WAIT_TIMEOUT_S", 0.01)
    kind = {"Content-Type": "application/json"}
    async with _client(host, sign(Role.LEARNER)) as http:
        content = _padded(MANY_BYTES)
        first = [
            asyncio.create_task(http.post("/graphql", content=content, headers=kind))
            for _ in range(LARGE_AT_ONCE)
        ]
        await held.until(LARGE_AT_ONCE)
        refused = await http.post("/graphql", content=content, headers=kind)
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
        assert "At most 2 operations with large bodies at once" in refused.text
        held.let_go()
        assert [(await answer).status_code for answer in first] == [200] * len(first)
