"""Following the log live: everybody who stands at the same place shares one reading."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from psycopg import AsyncConnection, OperationalError

from domain.catalogue import CATALOGUE
from domain.command_result import CommandResult
from domain.kernel.commands.command import Command
from domain.kernel.read_model_behind import ReadModelBehind
from domain.log import UNBOUNDED, EventMapper, RecordedEvent
from projections.audit import log_feed
from projections.audit.log_feed import EventRange, LogFeed
from projections.audit.query import LogQuery
from projections.audit.reads import AuditReads
from projections.engine.position import ReadModelPosition
from projections.engine.projector import Projector
from projections.sql.paging import Page, PageRequest
from service.database import following_pool
from service.database.pools import ReadPool, read_pool
from service.settings import Settings
from tests.projections.commands import archiving, creation, restoring, segment_in
from tests.projections.conftest import Do

WHOLE = LogQuery()


class Watched(AuditReads):
    """Counts the pages that are read; fails once when told to."""

    def __init__(self, pool: ReadPool) -> None:
        super().__init__(pool, pool, EventMapper(CATALOGUE))
        self.pages = 0
        self.began = asyncio.Event()
        self.failure: Exception | None = None

    async def page(
        self, query: LogQuery, page_request: PageRequest, max_bytes: int = UNBOUNDED
    ) -> Page[RecordedEvent]:
        self.pages += 1
        self.began.set()
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        return await super().page(query, page_request, max_bytes)


class Log:
    """A log that is written to and projected, and its tail."""

    def __init__(self, do: Do, projector: Projector, pool: ReadPool) -> None:
        self._do = do
        self._projector = projector
        self.reads = Watched(pool)
        self.position = ReadModelPosition(_nobody)
        self.log_feed = LogFeed(self.reads, self.position)

    def write(self, *commands: Command) -> CommandResult:
        """They are in the read model, and everybody is told; what became of the last one."""
        outcomes = [self._do(command) for command in commands]
        self.position.advance(self._projector.catch_up())
        return outcomes[-1]

    def write_unsaid(self, command: Command) -> None:
        """It is in the read model, and nobody is told."""
        self._do(command)
        self._projector.catch_up()

    def follow(self, query: LogQuery = WHOLE, after: int = 0) -> AsyncIterator[EventRange]:
        return self.log_feed.follow(query, after)


async def _nobody() -> AsyncConnection[Any]:
    raise AssertionError("nobody listens here")


@pytest.fixture
def log(do: Do, site_projector: Projector, pool: ReadPool) -> Log:
    """An empty one."""
    return Log(do, site_projector, pool)


def positions(event_range: EventRange) -> list[int]:
    return [recorded.position for recorded in event_range.events]


async def test_what_is_there_comes_first_then_what_comes(log: Log) -> None:
    """In order and without a gap, in stretches that end where the next begins."""
    log.write(*(creation(f"Segment {n}") for n in range(3)))
    following = log.follow()
    first = await anext(following)
    assert (first.after, first.through, positions(first)) == (0, 3, [1, 2, 3])
    waiting = asyncio.ensure_future(anext(following))
    log.write(creation("Fourth"))
    assert positions(await waiting) == [4]


async def test_a_long_log_comes_piece_by_piece(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody holds all of it."""
    monkeypatch.setattr(log_feed, "RANGE_SIZE", 2)
    log.write(*(creation(f"Segment {n}") for n in range(5)))
    following = log.follow(after=1)
    pieces = [positions(await anext(following)) for _ in range(2)]
    assert pieces == [[2, 3], [4, 5]]


async def test_everybody_at_one_place_shares_one_reading(log: Log) -> None:
    """However many there are; who comes back from further behind reads alone."""
    followers = [log.follow(after=1) for _ in range(50)]
    waiting = [asyncio.ensure_future(anext(follower)) for follower in followers]
    log.write(creation("First"), creation("Second"))
    event_ranges = await asyncio.gather(*waiting)
    assert {id(event_range) for event_range in event_ranges} == {id(event_ranges[0])}
    assert (positions(event_ranges[0]), log.reads.pages) == ([2], 1)
    assert positions(await anext(log.follow())) == [1, 2]
    assert log.reads.pages == 2


async def test_what_is_told_is_known_to_be_there(log: Log) -> None:
    """Though nobody has said so yet: who may see it is asked as of then."""
    log.write(creation("First"))
    waiting = asyncio.ensure_future(anext(log.follow()))
    log.write_unsaid(creation("Second"))
    assert positions(await waiting) == [1, 2]
    assert log.position.value == 2


async def test_who_goes_away_takes_nothing_from_the_others(log: Log) -> None:
    """The reading that they share goes on."""
    waiting = [asyncio.ensure_future(anext(log.follow())) for _ in range(2)]
    log.write(creation("First"))
    await log.reads.began.wait()
    waiting[0].cancel()
    assert positions(await waiting[1]) == [1]
    assert waiting[0].cancelled()


async def test_only_what_a_question_keeps_is_told(log: Log) -> None:
    """What it does not keep is passed over, and looked at once."""
    sales = segment_in(log.write(creation("Sales")))
    log.write(creation("Support"))
    log.write(archiving(sales))
    following = log.follow(LogQuery(types=("segment.archived",)))
    first = await anext(following)
    assert (first.through, positions(first)) == (3, [3])
    waiting = asyncio.ensure_future(anext(following))
    log.write(creation("Third"), restoring(sales), archiving(sales))
    assert (positions(await waiting), log.reads.pages) == ([6], 2)


async def test_a_question_that_ends_ends_the_following(log: Log) -> None:
    """Once the log has got so far."""
    log.write(creation("First"), creation("Second"), creation("Third"))
    told = [positions(event_range) async for event_range in log.follow(LogQuery(up_to=2))]
    assert told == [[1, 2]]


async def test_a_server_that_is_behind_passes_nothing_over(
    do: Do, site_projector: Projector, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though another one has it already, and said so."""
    monkeypatch.setattr(following_pool, "WAIT_TIMEOUT_S", 0.05)
    settings = Settings(read_database_url=database_url)
    async with asyncio.timeout(10), read_pool(settings, database_url) as pool:
        log = Log(do, site_projector, pool)
        do(creation("First"))
        log.position.advance(1)
        with pytest.raises(ReadModelBehind, match="at position 0, not yet at 1"):
            await anext(log.follow())
        await asyncio.to_thread(site_projector.catch_up)
        assert positions(await anext(log.follow())) == [1]


async def test_a_reading_that_failed_is_not_kept(log: Log) -> None:
    """Whoever asks again from there is answered."""
    log.write(creation("First"))
    log.reads.failure = OperationalError("gone")
    with pytest.raises(OperationalError, match="gone"):
        await anext(log.follow())
    assert positions(await anext(log.follow())) == [1]


async def test_many_questions_are_each_read_once(log: Log) -> None:
    """However many follow each, and though most find nothing: one reading a question and move."""
    log.write(creation("First"))
    questions = [LogQuery(segment=number) for number in range(1, 41)]
    followers = [log.follow(query, after=1) for _ in range(3) for query in questions]
    waiting = [asyncio.ensure_future(anext(follower)) for follower in followers]
    log.write(creation("Second"))
    told = await asyncio.gather(*(task for task in waiting[1::40]))
    assert [positions(event_range) for event_range in told] == [[2], [2], [2]]
    assert log.reads.pages == 40
    for task in set(waiting) - set(waiting[1::40]):
        task.cancel()


async def test_what_is_kept_is_bounded_in_bytes(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for last stays; who comes from before that reads again."""
    log.write(creation("First"), creation("Second"), creation("Third"))
    weights = [(await anext(log.follow(after=after))).weight for after in (1, 2)]
    assert weights[0] > weights[1] > log_feed.BYTES_PER_RANGE
    for most, pages in ((sum(weights), [1, 1, 2, 2]), (sum(weights) - 1, [1, 1, 2, 3])):
        monkeypatch.setattr(log_feed, "MAX_BYTES", most)
        anew = LogFeed(log.reads, log.position)
        log.reads.pages, read = 0, []
        for after in (1, 1, 2, 1):
            assert positions(await anext(anew.follow(WHOLE, after)))[-1] == 3
            read.append(log.reads.pages)
        assert read == pages


async def test_one_is_kept_however_large(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """All who follow from there share it."""
    monkeypatch.setattr(log_feed, "MAX_BYTES", 0)
    log.write(creation("First"))
    for _ in range(2):
        assert positions(await anext(log.follow())) == [1]
    assert log.reads.pages == 1


async def test_large_events_come_one_at_a_time(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a gap all the same."""
    monkeypatch.setattr(log_feed, "MAX_RANGE_BYTES", 1)
    log.write(*(creation(f"Segment {n}") for n in range(3)))
    following = log.follow()
    told = [await anext(following) for _ in range(3)]
    assert [(one.after, one.through, positions(one)) for one in told] == [
        (0, 1, [1]),
        (1, 2, [2]),
        (2, 3, [3]),
    ]


async def test_what_was_read_before_the_log_went_back_is_read_again(log: Log) -> None:
    """What comes to the same places then may be something else."""
    log.write(creation("First"))
    log.position._is_at(1)
    for _ in range(2):
        assert positions(await anext(log.follow())) == [1]
    assert log.reads.pages == 1
    log.position._is_at(0)
    log.position._is_at(1)
    assert positions(await anext(log.follow())) == [1]
    assert log.reads.pages == 2
