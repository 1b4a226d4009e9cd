"""The pool of reads is never all one principal's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextvars import copy_context

import pytest

from projections.sql.database import ASKED_BY
from service.database.pools import ReadPool, read_pool
from service.settings import Settings


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[ReadPool]:
    """Of four connections."""
    async with read_pool(Settings(read_pool=4), database_url) as pool:
        yield pool


class Askers:
    """Questions that take until they are told to end."""

    def __init__(self, pool: ReadPool) -> None:
        self._pool = pool
        self._end = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.asked: list[str | None] = []
        self._changed = asyncio.Condition()

    def ask(self, principal: str | None, times: int) -> None:
        context = copy_context()
        context.run(ASKED_BY.set, principal)
        for _ in range(times):
            self._tasks.append(asyncio.create_task(self._ask(), context=context.copy()))

    async def _ask(self) -> None:
        async with self._pool.connection():
            async with self._changed:
                self.asked.append(ASKED_BY.get())
                self._changed.notify_all()
            await self._end.wait()

    async def until(self, many: int) -> None:
        """Returns once so many are asked at a time."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(self.asked) >= many)

    async def end(self) -> None:
        self._end.set()
        await asyncio.gather(*self._tasks)


async def test_one_is_left_to_others(pool: ReadPool) -> None:
    """Who asks much waits for themselves."""
    askers = Askers(pool)
    askers.ask("ann", 20)
    await askers.until(3)
    askers.ask("bo", 1)
    await askers.until(4)
    assert askers.asked == ["ann", "ann", "ann", "bo"]
    await askers.end()
    assert sorted(map(str, askers.asked)) == ["ann"] * 20 + ["bo"]


async def test_what_is_asked_for_nobody_has_no_share(pool: ReadPool) -> None:
    """The service itself waits for nobody."""
    askers = Askers(pool)
    askers.ask(None, 4)
    await askers.until(4)
    await askers.end()
    assert askers.asked == [None] * 4
