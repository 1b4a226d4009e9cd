"""A few operations of a principal begin in each pass of the event loop."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress

import pytest

from service.http.turns import BEGUN_AT_ONCE, MOST_AT_ONCE, Turns


class Passes:
    """Counts those of the event loop."""

    def __init__(self) -> None:
        self.count = 0
        self._count_on()

    def _count_on(self) -> None:
        self.count += 1
        self.next = asyncio.get_running_loop().call_soon(self._count_on)


@pytest.fixture
def turns() -> Turns:
    return Turns()


async def _begun(turns: Turns, principals: list[str]) -> dict[str, list[int]]:
    """The passes in which each principal's operations began, all of which came at once."""
    passes = Passes()
    begun: dict[str, list[int]] = {}

    async def run(principal: str) -> None:
        async with turns.turn(principal):
            begun.setdefault(principal, []).append(passes.count)

    await asyncio.gather(*map(run, principals))
    passes.next.cancel()
    return begun


async def test_a_principal_begins_few_in_a_pass(turns: Turns) -> None:
    """However many they may run at once."""
    begun = await _begun(turns, ["a"] * MOST_AT_ONCE)
    assert len(begun["a"]) == MOST_AT_ONCE
    assert set(Counter(begun["a"]).values()) == {BEGUN_AT_ONCE}


async def test_another_does_not_wait_with_them(turns: Turns) -> None:
    """Theirs begin in the first pass."""
    begun = await _begun(turns, ["a"] * MOST_AT_ONCE + ["b"])
    assert begun["b"] == begun["a"][:1]


async def test_who_goes_holds_up_nobody(turns: Turns) -> None:
    """Those behind them begin in their place, and nothing is remembered of anybody."""
    begun: list[int] = []

    async def run(number: int) -> None:
        async with turns.turn("a"):
            begun.append(number)

    tasks = [asyncio.create_task(run(number)) for number in range(BEGUN_AT_ONCE * 2 + 1)]
    await asyncio.sleep(0)
    assert begun == [*range(BEGUN_AT_ONCE)]
    tasks[BEGUN_AT_ONCE].cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
    await asyncio.sleep(0)  # the pass in which the last one began
    await asyncio.sleep(0)
    assert begun == [n for n in range(len(tasks)) if n != BEGUN_AT_ONCE]
    assert (len(turns.pace), len(turns.shares)) == (0, 0)
