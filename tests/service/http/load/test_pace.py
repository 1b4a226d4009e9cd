"""A few operations of a principal begin in each pass of the event loop."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from service.http.request_slots import MAX_BEGUN_AT_ONCE, MAX_CONCURRENT, RequestSlots
from tests.graph.support.loop_passes import Passes


@pytest.fixture
def request_slots() -> RequestSlots:
    return RequestSlots()


async def _begun(request_slots: RequestSlots, principals: list[str]) -> dict[str, list[int]]:
    """The passes in which each principal's operations began, all of which came at once."""
    passes = Passes()
    begun: dict[str, list[int]] = {}

    async def run(principal: str) -> None:
        async with request_slots.slot(principal):
            begun.setdefault(principal, []).append(passes.count)

    await asyncio.gather(*map(run, principals))
    passes.next.cancel()
    return begun


async def test_a_principal_begins_few_in_a_pass(request_slots: RequestSlots) -> None:
    """However many they may run at once."""
    begun = await _begun(request_slots, ["a"] * MAX_CONCURRENT)
    assert len(begun["a"]) == MAX_CONCURRENT
    assert set(Counter(begun["a"]).values()) == {MAX_BEGUN_AT_ONCE}
