"""Payloads of subscriptions: items in batches, each executed and serialised once for everybody.

A subscription's resolver answers with `Batches`. Subscribers of one document who may see the same
are answered with the same bytes: for a batch of one key the document is executed once, for all of
it together, so that loaders ask the database once a batch.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Hashable,
    Sequence,
)
from dataclasses import dataclass
from sys import getsizeof
from typing import Any, Generic, TypeVar

from projections.sql.database import for_all

T = TypeVar("T")

Payloads = Sequence[str]
"""Each a GraphQL response as JSON, one for each thing of a batch."""

MAX_CACHED_BYTES = 32 * 1024 * 1024

BYTES_PER_ENTRY = 2_000
"""Overhead of a key and its task beside the payloads. Measured: 1,700."""


@dataclass(frozen=True, slots=True)
class Batch(Generic[T]):
    """Things that came together. Of two batches with one key, the things are the same. `position`
    is where the read model was. What is of the read model has `again`, which reads it in the
    snapshot of a context: the one that its payloads are of.
    """

    key: Hashable
    items: Sequence[T]
    position: int = 0
    again: Callable[[Any], Awaitable[Sequence[T]]] | None = None


class Batches(AsyncIterable[T]):
    """A source of events, in batches; iterated plainly, it gives one thing after the other."""

    def __init__(self, batches: AsyncIterator[Batch[T]]) -> None:
        self.batches = batches

    async def __aiter__(self) -> AsyncGenerator[T, None]:
        async for batch in self.batches:
            for item in batch.items:
                yield item


class PayloadCache:
    """Recent payloads by document, visibility and batch; the least recently used go first.

    Keys are short: nothing in them is as long as a client likes.
    """

    def __init__(self, most: int = MAX_CACHED_BYTES) -> None:
        self._most = most
        self._tasks: OrderedDict[Hashable, asyncio.Task[Payloads]] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._bytes = 0

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Payloads]]) -> Payloads:
        """The payloads under a key, made if need be, once however many ask."""
        task = self._tasks.get(key)
        if task is None:
            task = asyncio.create_task(self._made(key, make))
            self._tasks[key] = task
        else:
            self._tasks.move_to_end(key)
        return await asyncio.shield(task)  # who goes away does not take it from the others

    async def _made(self, key: Hashable, make: Callable[[], Awaitable[Payloads]]) -> Payloads:
        try:
            with for_all():
                payloads = await make()
        except BaseException:
            self._tasks.pop(key, None)
            raise
        self._sizes[key] = BYTES_PER_ENTRY + sum(map(getsizeof, payloads))
        self._bytes += self._sizes[key]
        while self._bytes > self._most and len(self._sizes) > 1:
            oldest = next(key for key in self._tasks if key in self._sizes)
            del self._tasks[oldest]
            self._bytes -= self._sizes.pop(oldest)
        return payloads
