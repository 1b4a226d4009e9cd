"""Payloads, made once for everybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from sys import getsizeof

import pytest

from graph.support.shared_payloads import BYTES_PER_ENTRY, Batch, Batches, PayloadCache, Payloads
from projections.sql.database import ASKED_BY
from tests.graph.support.memory import traced


class Maker:
    """Makes payloads, and counts how often."""

    def __init__(self, *payloads: str) -> None:
        self._payloads = payloads
        self.made = 0

    async def __call__(self) -> Payloads:
        self.made += 1
        await asyncio.sleep(0)
        return self._payloads


async def test_however_many_ask_it_is_made_once() -> None:
    """At the same time, and afterwards."""
    cache, make = PayloadCache(), Maker("a", "b")
    got = await asyncio.gather(*(cache.get("key", make) for _ in range(100)))
    assert {id(payloads) for payloads in got} == {id(got[0])}
    assert await cache.get("key", make) == ("a", "b")
    assert make.made == 1


async def test_it_is_made_on_nobody_s_share() -> None:
    """Not on that of whoever happened to ask first: the others would wait for it."""
    made_for = []

    async def make() -> Payloads:
        made_for.append(ASKED_BY.get())
        return ()

    ASKED_BY.set("a principal whose share is used up")
    await PayloadCache().get("key", make)
    assert made_for == [None]


async def test_who_goes_away_does_not_stop_it() -> None:
    """The others wait for the same."""
    cache, make = PayloadCache(), Maker("a")
    first, second = (asyncio.ensure_future(cache.get("key", make)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second, make.made) == (("a",), 1)


async def test_a_failure_is_everybody_s_and_nobody_s_afterwards() -> None:
    """It is tried again by the next."""

    async def fail() -> Payloads:
        raise LookupError("gone")

    cache = PayloadCache()
    got = await asyncio.gather(*(cache.get("key", fail) for _ in range(2)), return_exceptions=True)
    assert [str(failure) for failure in got] == ["gone", "gone"]
    assert await cache.get("key", Maker("a")) == ("a",)


async def test_the_oldest_make_room() -> None:
    """By bytes; whatever was asked for last stays, be it as large as it may."""
    cache = PayloadCache(most=2 * (BYTES_PER_ENTRY + getsizeof("1234")))
    old, used, large = Maker("1234"), Maker("1234"), Maker("x" * 10_000)
    await cache.get("old", old)
    await cache.get("used", used)
    await cache.get("old", old)
    await cache.get("new", Maker("1234"))
    await cache.get("old", old)
    await cache.get("used", used)
    assert (old.made, used.made) == (1, 2)
    await cache.get("large", large)
    await cache.get("large", large)
    await cache.get("old", old)
    assert (large.made, old.made) == (1, 2)


async def test_what_is_kept_takes_no_more_than_the_bound() -> None:
    """In memory, as Python measures it: a short payload weighs less than its key."""
    bound = 2**18
    cache = PayloadCache(bound)

    def small(number: int) -> Callable[[], Awaitable[Payloads]]:
        return lambda: asyncio.sleep(0, [f'{{"data":{number}}}'])

    with traced() as taken:
        for number in range(bound // 1_000):
            await cache.get((f"document {number}", (number, number + 1)), small(number))
        assert taken() <= bound


@pytest.mark.parametrize(
    "batches",
    [[], [["a"]], [["a", "b"], [], ["c"]]],
    ids=["none", "one", "an empty one among them"],
)
async def test_batches_are_one_thing_after_the_other(batches: list[list[str]]) -> None:
    """For whoever iterates them plainly."""

    async def source() -> AsyncIterator[Batch[str]]:
        for number, items in enumerate(batches):
            yield Batch(number, items)

    told = [thing async for thing in Batches(source())]
    assert told == [thing for items in batches for thing in items]
