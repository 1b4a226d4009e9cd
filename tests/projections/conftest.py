"""A log to write to and a read model to fill, in a database of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from domain.catalogue import CATALOGUE
from domain.command_result import CommandResult
from domain.dispatch import Dispatcher
from domain.kernel.commands.command import Command
from domain.kernel.envelope import Channel, CommandRequest
from domain.kernel.principal import SYSTEM
from domain.kernel.values import Reason
from domain.log import EventLog, EventMapper
from domain.people.vault import Vault
from projections.engine.projector import Projector
from projections.memberships.reads import MemberReads
from projections.people.reads import UserReads
from projections.segments.reads import SegmentReads
from projections.snapshot.site import SiteSnapshots
from service.database.log_store.recorder import LogRecorder
from service.database.pools import ReadPool, priming_pool, read_pool, vault_pool
from service.database.vault import PersonVault
from service.settings import Settings
from tests.domain.snapshots import StoodStill
from tests.projections.rebuilt import projector
from tests.projections.story import Story

Do = Callable[[Command], CommandResult]
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
REQUEST = CommandRequest(
    principal=SYSTEM,
    channel=Channel.SYSTEM,
    correlation_id="test",
    reason=Reason("No longer needed."),
)


class Ticking:
    """A clock that moves a second each time somebody looks; `now` may be set back."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Ticking:
    """The clock of `do`."""
    return Ticking()


@pytest.fixture
def do(recorder: LogRecorder, clock: Ticking) -> Do:
    """Runs a command as the system; its events are in the log afterwards, not in the read model."""
    log = EventLog(recorder, EventMapper(CATALOGUE))
    dispatcher = Dispatcher(log, clock, b"key", StoodStill(log))
    return lambda command: dispatcher.dispatch(command, REQUEST)


@pytest.fixture
def site_projector(database_url: str, recorder: LogRecorder) -> Iterator[Projector]:
    """The projector of the read model, to be run by hand."""
    with projector(database_url) as live:
        yield live


@pytest.fixture
def story(database_url: str, recorder: LogRecorder, clock: Ticking) -> Iterator[Story]:
    """Events of all kinds, in few words."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        yield Story(owner, recorder, clock)


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[ReadPool]:
    """Connections for reads, as the service has them."""
    async with read_pool(Settings(), database_url) as pool:
        yield pool


@pytest.fixture
def segments(pool: ReadPool) -> SegmentReads:
    """Questions about segments."""
    return SegmentReads(pool)


@pytest.fixture
def users(pool: ReadPool) -> UserReads:
    """Questions about people."""
    return UserReads(pool)


@pytest.fixture
def members(pool: ReadPool) -> MemberReads:
    """Questions about rosters."""
    return MemberReads(pool)


@pytest.fixture
def snapshots(database_url: str) -> Iterator[SiteSnapshots]:
    """Of the read model as it is by then."""
    with priming_pool(database_url, 2) as pool:
        yield SiteSnapshots(pool, EventMapper(CATALOGUE))


@pytest.fixture
def vault(database_url: str) -> Iterator[Vault]:
    """The service's own: the projector opens what it seals."""
    with vault_pool(database_url) as pool:
        yield PersonVault(pool)
