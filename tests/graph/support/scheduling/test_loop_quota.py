"""Of each principal's, so much is begun in a pass of the event loop."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from graph.support.scheduling.loop_quota import LoopQuota
from tests.graph.support.loop_passes import Passes

ROOM = 10


@pytest.fixture
def quota() -> LoopQuota:
    return LoopQuota(ROOM)


async def _begun(quota: LoopQuota, wanted: list[tuple[str, int]]) -> dict[str, list[int]]:
    """The passes in which each principal's began, all of which came at once."""
    passes = Passes()
    begun: dict[str, list[int]] = {}

    async def run(principal: str, size: int) -> None:
        await quota.begin(principal, size)
        begun.setdefault(principal, []).append(passes.count)

    await asyncio.gather(*(run(*one) for one in wanted))
    passes.next.cancel()
    return begun


@pytest.mark.parametrize(
    ("sizes", "passes"),
    [
        ([1] * 21, [0] * 10 + [1] * 10 + [2]),
        ([10, 10, 10], [0, 1, 2]),
        ([9, 9, 9], [0, 0, 1]),
        ([50, 1, 50], [0, 1, 1]),
        ([0, 0, 10, 0], [0, 0, 0, 1]),
    ],
    ids=["ones", "whole", "over the edge", "larger than any", "nothing"],
)
async def test_a_pass_has_room_for_so_much(
    quota: LoopQuota, sizes: list[int], passes: list[int]
) -> None:
    """While there is any room the next one is begun, whatever its size."""
    begun = await _begun(quota, [("a", size) for size in sizes])
    in_order = sorted({*begun["a"]})
    assert [in_order.index(number) for number in begun["a"]] == passes


async def test_another_does_not_wait_with_them(quota: LoopQuota) -> None:
    """Theirs begin in the first pass."""
    begun = await _begun(quota, [("a", ROOM)] * 5 + [("b", 1)])
    assert begun["b"] == begun["a"][:1]


async def test_who_goes_holds_up_nobody(quota: LoopQuota) -> None:
    """Those behind them begin in their place, and nothing is remembered of anybody."""
    begun: list[int] = []

    async def run(number: int) -> None:
        await quota.begin("a", ROOM)
        begun.append(number)

    tasks = [asyncio.create_task(run(number)) for number in range(4)]
    await asyncio.sleep(0)
    assert begun == [0]
    tasks[1].cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
    await asyncio.sleep(0)  # the pass in which the last one began
    await asyncio.sleep(0)
    assert begun == [0, 2, 3]
    assert len(quota) == 0
