"""The read model's ticker: every move is told, many at once as one, and not too often."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from psycopg import AsyncConnection

from domain.catalogue import CATALOGUE
from domain.log import EventMapper
from projections.audit import ticker
from projections.audit.reads import AuditReads
from projections.audit.ticker import Tick, Ticker
from projections.engine.position import ReadModelPosition
from projections.engine.projector import Projector
from service.database.pools import ReadPool
from tests.projections.commands import creation
from tests.projections.conftest import Do

RESOLUTION = 1e-6
"""Seconds by which timers may come early."""


class Watched(AuditReads):
    """Counts the looks at the log."""

    def __init__(self, pool: ReadPool) -> None:
        super().__init__(pool, pool, EventMapper(CATALOGUE))
        self.looks = 0

    async def head(self) -> int:
        self.looks += 1
        return await super().head()


class Log:
    """A log that is written to and projected, and its ticker."""

    def __init__(self, do: Do, projector: Projector, pool: ReadPool) -> None:
        self._do = do
        self._projector = projector
        self.reads = Watched(pool)
        self.position = ReadModelPosition(_nobody)
        self.ticker = Ticker(self.reads, self.position)

    def write(self, *, project: bool = True) -> None:
        """One more event, in the read model unless told otherwise."""
        self._do(creation("Sales"))
        if project:
            self.position.advance(self._projector.catch_up())


async def _nobody() -> AsyncConnection[Any]:
    raise AssertionError("nobody listens here")


@pytest.fixture
def log(do: Do, site_projector: Projector, pool: ReadPool) -> Log:
    """An empty one."""
    return Log(do, site_projector, pool)


async def test_a_move_is_told_when_it_happens(log: Log) -> None:
    """With where the log is, which may be further."""
    following = log.ticker.follow(0)
    waiting = asyncio.ensure_future(anext(following))
    log.write()
    assert await waiting == Tick(head=1, read_model=1)
    waiting = asyncio.ensure_future(anext(following))
    log.write()
    log.write(project=False)
    assert await waiting == Tick(head=3, read_model=2)


async def test_what_moved_before_is_told_at_once(log: Log) -> None:
    """To who says where they were; to who is up to date nothing."""
    log.write()
    log.write()
    assert await anext(log.ticker.follow(1)) == Tick(head=2, read_model=2)
    waiting = asyncio.ensure_future(anext(log.ticker.follow(2)))
    log.write()
    assert (await waiting).read_model == 3


async def test_many_moves_are_told_as_few(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """So often and no more; the last of them always."""
    monkeypatch.setattr(ticker, "MIN_PAUSE_S", 0.3)
    following = log.ticker.follow(0)
    told: list[Tick] = []
    for _ in range(10):
        log.write()
        if not told:
            told.append(await anext(following))
    first = log.ticker._looked_at
    while told[-1].read_model < 10:
        told.append(await anext(following))
    assert [tick.read_model for tick in told] == [1, 10]
    assert log.ticker._looked_at - first >= 0.3 - RESOLUTION


async def test_everybody_shares_one_look(log: Log) -> None:
    """However many wait; one who goes away takes it from nobody."""
    waiting = [asyncio.ensure_future(anext(log.ticker.follow(0))) for _ in range(50)]
    await asyncio.sleep(0)
    log.write()
    waiting[0].cancel()
    ticks = await asyncio.gather(*waiting[1:])
    assert set(ticks) == {Tick(1, 1)}
    assert log.reads.looks == 1
