"""Places of one's own."""

from __future__ import annotations

import asyncio

import pytest

from graph.support.scheduling.concurrency_limit import Shares


async def test_each_principal_has_so_many() -> None:
    """One more waits; others do not wait with it."""
    shares = Shares(2)
    async with shares.place("ann"), shares.place("ann"):
        with pytest.raises(TimeoutError):
            async with shares.place("ann", within=0):
                pytest.fail("there was a third place")
        async with shares.place("bo", within=0):
            assert len(shares) == 2
    assert len(shares) == 0


async def test_who_waits_comes_next() -> None:
    """In the order in which they came; who gives up takes nobody's place."""
    shares = Shares(1)
    came: list[int] = []

    async def come(number: int) -> None:
        async with shares.place("ann"):
            came.append(number)

    async with shares.place("ann"):
        waiting = [asyncio.create_task(come(number)) for number in range(4)]
        await asyncio.sleep(0)
        waiting[1].cancel()
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert came == [0, 2, 3]
    assert isinstance(done[1], asyncio.CancelledError)
    assert len(shares) == 0
