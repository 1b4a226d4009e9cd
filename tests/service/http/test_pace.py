"""A few operations of a principal begin in each pass of the event loop."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from service.http.turns import BEGUN_AT_ONCE, MAX_CONCURRENT, Turns
from tests.graph.support.loop_passes import Passes


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
    begun = await _begun(turns, ["a"] * MAX_CONCURRENT)
    assert len(begun["a"]) == MAX_CONCURRENT
    assert set(Counter(begun["a"]).values()) == {BEGUN_AT_ONCE}
