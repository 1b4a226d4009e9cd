"""Of one principal some operations run at once, and the others wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx2
import pytest

from domain.kernel.principal import Role
from graph.support.running import Schema
from service.http import turns
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
            for _ in range(turns.MOST_AT_ONCE + 5)
        ]
        await held.until(turns.MOST_AT_ONCE)
        talking = await stack.enter_async_context(talk(host, learner))
        await talking.subscribe(VIEWER["query"])
        admin = await stack.enter_async_context(_client(host, sign()))
        assert (await admin.post("/graphql", json=VIEWER)).status_code == 200
        assert held.begun == turns.MOST_AT_ONCE
        held.let_go()
        assert [(await answer).status_code for answer in many] == [200] * len(many)
        assert await talking.next() == {"viewer": {"kind": "USER"}}


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_who_waits_for_long_is_refused(
    host: str, sign: Sign, held: Held, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """With when to try again."""
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0.01)
    async with _client(host, sign(Role.LEARNER)) as http:
        first = [
            asyncio.create_task(http.post("/graphql", json=VIEWER))
            for _ in range(turns.MOST_AT_ONCE)
        ]
        await held.until(turns.MOST_AT_ONCE)
        refused = await http.post(path, json=VIEWER, headers={"Accept": "text/event-stream"})
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
        assert refused.json()["errors"][0]["extensions"]["code"] == "LIMIT"
        held.let_go()
        assert [(await answer).status_code for answer in first] == [200] * len(first)
