"""Places of one's own."""

from __future__ import annotations

import asyncio

import pytest

from graph.support.scheduling.concurrency_limit import ConcurrencyLimit


async def test_each_principal_has_so_many() -> None:
    """One more waits; others do not wait with it."""
    limit = ConcurrencyLimit(2)
    async with limit.slot("ann"), limit.slot("ann"):
        with pytest.raises(TimeoutError):
            async with limit.slot("ann", within=0):
                pytest.fail("there was a third place")
        async with limit.slot("bo", within=0):
            assert len(limit) == 2
    assert len(limit) == 0


async def test_who_waits_comes_next() -> None:
    """In the order in which they came; who gives up takes nobody's place."""
    limit = ConcurrencyLimit(1)
    came: list[int] = []

    async def come(number: int) -> None:
        async with limit.slot("ann"):
            came.append(number)

    async with limit.slot("ann"):
        waiting = [asyncio.create_task(come(number)) for number in range(4)]
        await asyncio.sleep(0)
        waiting[1].cancel()
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert came == [0, 2, 3]
    assert isinstance(done[1], asyncio.CancelledError)
    assert len(limit) == 0
