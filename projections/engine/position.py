"""The read model's position, known in every process, and waiting for it to reach another."""

from __future__ import annotations

import asyncio
import itertools
from bisect import bisect_left, insort
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import structlog
from psycopg import AsyncConnection, OperationalError
from psycopg.errors import ReadOnlySqlTransaction

from domain.kernel.read_model_behind import ReadModelBehind
from projections.engine.projector import READ_MODEL_CHANNEL, SLOW_POLL
from projections.engine.promise import promise

WAIT_TIMEOUT_S = 5.0
"""Seconds that a read waits for its `minPosition` (docs/reference/http.md)."""


QUICK_POLL = 0.02
"""Seconds between two queries of a replica while a caller waits."""


class PositionWentBack(OperationalError):
    """The read model has gone back: another server answers, which lacks the last events of the one
    before it, or is an older copy.
    """


_Wait = tuple[int, int, asyncio.Future[None]]
"""The position to wait for; a number of its own, so that no two are compared further; the future to
resolve.
"""


class ReadModelPosition:
    """Listens to the projector, in whichever process it runs, and wakes those who wait.

    `value` falls only when the server that is listened to is another one, or was put back: `era`
    counts how often. What is cached for a position is valid in its own era alone.
    """

    def __init__(self, connect: Callable[[], Awaitable[AsyncConnection[Any]]]) -> None:
        self._connect = connect
        self._logger = structlog.get_logger("position")
        self._waiting: list[_Wait] = []  # sorted; only those who still wait
        self._tie = itertools.count()
        self._moved = asyncio.Event()
        self._wanted = asyncio.Event()  # while somebody waits
        self.value = 0
        self.era = 0
        self._here = 0  # the position of the server that is listened to

    async def run(self) -> None:
        """Listens until cancelled; reconnects when the connection is lost."""
        while True:
            try:
                await self._listen()
            except Exception as failure:  # noqa: BLE001 - reads go on meanwhile, whatever it was
                self._logger.warning("the read model's position is unknown", error=repr(failure))
                await asyncio.sleep(SLOW_POLL)

    async def wait_for(self, position: int, within: float = WAIT_TIMEOUT_S) -> None:
        """Returns once the read model is at `position`, which is promised then; ReadModelBehind
        after `within` seconds.
        """
        if position > self.value:
            await self._wait(position, within)
        promise(position)

    def seen(self) -> int:
        """Returns `value`, which is promised: the next queries are answered as of then, or
        later.
        """
        promise(self.value)
        return self.value

    async def _wait(self, position: int, within: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        wait = (position, next(self._tie), future)
        insort(self._waiting, wait)
        self._wanted.set()
        try:
            await asyncio.wait_for(future, within)
        except TimeoutError:
            raise ReadModelBehind(position, self.value) from None
        finally:  # the log may never get there
            del self._waiting[bisect_left(self._waiting, wait)]
            if not self._waiting:
                self._wanted.clear()

    async def wait_or_timeout(self, position: int, within: float = WAIT_TIMEOUT_S) -> bool:
        """Waits like `wait_for`, but returns False, instead of raising, when it takes too long."""
        try:
            await self.wait_for(position, within)
        except ReadModelBehind:
            return False
        return True

    async def wait_past(self, position: int) -> None:
        """Returns once the read model is past `position`, however long that takes. PositionWentBack
        when it may never have been there.
        """
        era = self.era
        while self.value <= position:
            await self._moved.wait()
            if self.era != era:
                raise PositionWentBack(f"The read model went back to position {self.value}.")

    def advance(self, position: int) -> None:
        """Takes a position and wakes those who waited for it."""
        if position > self.value:
            self._move(position)
        due = bisect_left(self._waiting, (self.value + 1,))
        for _, _, future in self._waiting[:due]:
            if not future.done():
                future.set_result(None)

    def _move(self, position: int) -> None:
        self.value = position
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def _is_at(self, position: int) -> None:
        """Takes the position of the server that is listened to, which may have gone back. Other
        servers may be further than this one.
        """
        if position < self._here:
            self._logger.warning("the read model went back", position=position, before=self.value)
            self.era += 1
            self._move(position)
        self._here = position
        self.advance(position)

    async def _listen(self) -> None:
        async with await self._connect() as connection:
            self._here = self.value
            await connection.set_autocommit(True)
            try:
                await connection.execute(f"LISTEN {READ_MODEL_CHANNEL}")
            except ReadOnlySqlTransaction:
                await self._poll(connection)
            while True:
                await self._look(connection)
                async for notice in connection.notifies(timeout=SLOW_POLL):
                    self.advance(int(notice.payload))

    async def _poll(self, connection: AsyncConnection[Any]) -> None:
        """Polls a replica, which sends no notifications: at once when a caller begins to wait, and
        then often.
        """
        while True:
            await self._look(connection)
            if self._wanted.is_set():
                await asyncio.sleep(QUICK_POLL)
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(SLOW_POLL):
                    await self._wanted.wait()

    async def _look(self, connection: AsyncConnection[Any]) -> None:
        cursor = await connection.execute("SELECT position FROM read_model.progress")
        row = await cursor.fetchone()
        if row is not None:
            self._is_at(int(row[0]))
