"""The version of the directory: moves with what is recorded about people, and with nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Any

import pytest
from psycopg import AsyncConnection, OperationalError

from domain.catalogue import CATALOGUE
from domain.kernel.principal import Role
from domain.log import EventMapper
from domain.people.values import UserStatus
from projections.audit import directory_version
from projections.audit.directory_version import DirectoryVersion
from projections.audit.reads import AuditReads
from projections.engine.position import ReadModelPosition
from projections.engine.projector import Projector
from service.database.pools import ReadPool
from tests.projections.story import Story


class Watched(AuditReads):
    """Notes when it looked; fails once when told to; `during` happens while it looks."""

    def __init__(self, pool: ReadPool) -> None:
        super().__init__(pool, pool, EventMapper(CATALOGUE))
        self.looks: list[float] = []
        self.failure: Exception | None = None
        self.during: Callable[[], None] = lambda: None

    async def last_of(self, types: Collection[str]) -> int:
        self.looks.append(asyncio.get_running_loop().time())
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        found = await super().last_of(types)
        self.during()
        return found


class Site:
    """A site where things happen, and the version of its directory."""

    def __init__(self, story: Story, projector: Projector, pool: ReadPool) -> None:
        self.story = story
        self._projector = projector
        self.reads = Watched(pool)
        self.position = ReadModelPosition(_nobody)
        self.version = DirectoryVersion(self.reads, self.position)

    def catch_up(self) -> int:
        """What has happened is in the read model, and nobody was told; where it is."""
        return self._projector.catch_up()

    def project(self) -> None:
        """The same, and told."""
        self.position.advance(self.catch_up())

    async def projected(self) -> int:
        """The version once it is."""
        self.project()
        return await self.version.current()


async def _nobody() -> AsyncConnection[Any]:
    raise AssertionError("nobody listens here")


@pytest.fixture
def site(story: Story, site_projector: Projector, pool: ReadPool) -> Site:
    """An empty one."""
    return Site(story, site_projector, pool)


async def test_each_thing_about_a_person_is_a_version(site: Site) -> None:
    """That is the position of the last of them; before there was one it is 0."""
    assert await site.version.current() == 0
    story = site.story
    ann = story.user("Ann", "Smith")
    assert await site.projected() == 1
    story.edit(ann, UserStatus.SUSPENDED)
    assert await site.projected() == 2
    story.give(ann, [], [Role.AUDITOR])
    assert await site.projected() == 3
    story.erase(ann)
    assert await site.projected() == 4


async def test_segments_and_rosters_leave_it_as_it_is(site: Site) -> None:
    """However often the read model moves for them."""
    ann = site.story.user("Ann", "Smith")
    segment = site.story.segment("Sales")
    site.story.add(segment, ann)
    site.project()
    assert (site.position.value, await site.version.current()) == (3, 1)


async def test_all_who_ask_share_one_look_a_move(site: Site) -> None:
    """One who goes away takes it from nobody; while nothing moves there is no look."""
    site.story.user("Ann", "Smith")
    site.project()
    asking = [asyncio.ensure_future(site.version.current()) for _ in range(50)]
    await asyncio.sleep(0)
    asking[0].cancel()
    assert set(await asyncio.gather(*asking[1:])) == {1}
    assert (await site.version.current(), len(site.reads.looks)) == (1, 1)


async def test_what_moves_during_a_look_is_looked_at_again(site: Site) -> None:
    """What was seen may be of before."""
    site.story.user("Ann", "Smith")
    site.project()

    def meanwhile() -> None:
        site.reads.during = lambda: None
        site.story.user("Bo", "Berg")
        site.project()

    site.reads.during = meanwhile
    assert (await site.version.current(), len(site.reads.looks)) == (2, 2)


async def test_a_read_model_that_went_back_is_looked_at_again(site: Site) -> None:
    """As after a failover to a server that lacks the last of it."""
    site.story.user("Ann", "Smith")
    site.story.segment("Sales")
    site.position._is_at(await asyncio.to_thread(site.catch_up))
    assert (await site.version.current(), len(site.reads.looks)) == (1, 1)
    site.position._is_at(1)
    assert (await site.version.current(), len(site.reads.looks)) == (1, 2)


async def test_who_waits_is_told_of_changes_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after the database was away for a moment; who waits for more goes on waiting."""
    monkeypatch.setattr(directory_version, "MIN_PAUSE_S", 0.001)
    monkeypatch.setattr(directory_version, "SLOW_POLL", 0.001)
    running = asyncio.create_task(site.version.run())
    waiting = asyncio.ensure_future(site.version.wait_past(0))
    site.story.segment("Sales")
    site.project()
    assert await site.version.current() == 0
    site.reads.failure = OperationalError("away")
    site.story.user("Ann", "Smith")
    site.project()
    further = asyncio.ensure_future(site.version.wait_past(2))
    await waiting
    assert (await site.version.current(), further.done()) == (2, False)
    running.cancel()
    further.cancel()
    await asyncio.wait([running, further])


async def test_many_changes_are_told_as_few(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first at once; those within the pause after it when that is over."""
    monkeypatch.setattr(directory_version, "MIN_PAUSE_S", 0.3)
    site.story.user("Ann", "Smith")
    site.project()
    running = asyncio.create_task(site.version.run())
    await site.version.wait_past(0)
    for last_name in ("Berg", "Chen"):
        site.story.user("Bo", last_name)
        site.project()
    await site.version.wait_past(1)
    await site.version.wait_past(2)
    running.cancel()
    await asyncio.wait([running])
    first, second = site.reads.looks
    assert second - first >= 0.3
