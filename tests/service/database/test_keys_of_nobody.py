"""Keys are made before the event, so some are of people who never were: these go by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from eventsourcing.dcb.api import DCBEvent
from eventsourcing.persistence import IntegrityError

from domain.catalogue import CATALOGUE
from domain.dispatch import Dispatcher
from domain.kernel.envelope import Channel, CommandRequest
from domain.kernel.ids import new_user_id
from domain.kernel.principal import SYSTEM
from domain.log import EventLog, EventMapper
from domain.people.create_user import CreateUser, NewUser
from domain.people.events import UserCreated
from domain.people.identifiers.hashes import IdentifierHasher
from service.database.log_store.recorder import LogRecorder
from service.database.pools import vault_pool
from service.database.vault import RETENTION, PersonVault
from service.settings import Settings
from service.site import open_site
from tests.domain.snapshots import StoodStill

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
WAIT_TIMEOUT_S = 30

IS_WAITED_FOR = "SELECT true FROM pg_locks WHERE NOT granted AND mode = 'ExclusiveLock' LIMIT 1"
TAG = "INSERT INTO log.events_tt_tag (tag, main_id) VALUES (%s, 1)"


class Purged(PersonVault):
    """A vault whose keys are taken for nobody's as soon as they are made, so many times."""

    times = 1

    def encrypt_new(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        sealed = super().encrypt_new(contents)
        if self.times:
            self.times -= 1
            assert self.purge(datetime.now(UTC) + 2 * RETENTION) == len(contents)
        return sealed


@pytest.fixture
def owner(database_url: str) -> Iterator[psycopg.Connection]:
    """Looks into the tables."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def vault(database_url: str) -> Iterator[Purged]:
    """The vault that is tested."""
    with vault_pool(database_url) as pool:
        yield Purged(pool)


@pytest.fixture
def keeping(database_url: str) -> Iterator[LogRecorder]:
    """The log as a site has it."""
    with LogRecorder(database_url, 2, people_have_keys=True) as recorder:
        yield recorder


def _made(owner: psycopg.Connection, at: datetime) -> str:
    """Somebody whose key was made then."""
    user = new_user_id(NOON)
    owner.execute(
        "INSERT INTO vault.person_keys (id, key, made_at) VALUES (%s, '', %s)",
        [UUID(user.partition("_")[2]), at],
    )
    return user


def _keys(owner: psycopg.Connection) -> int:
    [(count,)] = owner.execute("SELECT count(*) FROM vault.person_keys").fetchall()
    return int(count)


def test_a_clock_that_was_a_day_ahead_hides_no_key(
    vault: Purged, owner: psycopg.Connection
) -> None:
    """Put right, it looks at those again that it took for looked at."""
    assert vault.purge(NOON + timedelta(days=1)) == 0
    _made(owner, NOON)
    assert vault.purge(NOON + RETENTION) == 1
    assert _keys(owner) == 0


def test_a_clock_that_is_ahead_of_the_databases_hides_no_key(
    vault: Purged, owner: psycopg.Connection
) -> None:
    """The database's says when a key was made."""
    ahead = datetime.now(UTC) + 3 * RETENTION
    assert vault.purge(ahead) == 0
    _made(owner, datetime.now(UTC))
    assert vault.purge(ahead) == 1
    assert _keys(owner) == 0


@pytest.mark.parametrize(
    ("age", "gone"), [(RETENTION - INSTANT, 0), (RETENTION, 1)], ids=["younger", "an hour"]
)
def test_a_key_of_nobody_goes_after_an_hour(
    vault: PersonVault, owner: psycopg.Connection, age: timedelta, gone: int
) -> None:
    """Not before, and never that of somebody whom an event names."""
    somebody = _made(owner, NOON - 2 * RETENTION)
    owner.execute(TAG, [f"user:{somebody}"])
    _made(owner, NOON - age)
    assert vault.purge(NOON) == gone
    assert _keys(owner) == 2 - gone
    assert vault.purge(NOON + INSTANT) == 1 - gone
    assert _keys(owner) == 1


def test_who_comes_into_the_log_meanwhile_keeps_their_key(
    vault: PersonVault, owner: psycopg.Connection, database_url: str
) -> None:
    """It is looked once more under the lock under which events are appended."""
    user = _made(owner, NOON - RETENTION)
    with psycopg.connect(database_url) as appending, ThreadPoolExecutor(1) as threads:
        appending.execute("LOCK TABLE log.events_tt_main IN EXCLUSIVE MODE")
        purging = threads.submit(vault.purge, NOON)
        while owner.execute(IS_WAITED_FOR).fetchone() is None:
            assert not purging.done()
        appending.execute(TAG, [f"user:{user}"])
        appending.commit()
        assert purging.result(WAIT_TIMEOUT_S) == 0
    assert _keys(owner) == 1


def test_a_command_whose_key_is_gone_makes_another(
    vault: Purged, keeping: LogRecorder, owner: psycopg.Connection
) -> None:
    """However long it slept after sealing: nothing is recorded that nobody can open."""
    log = EventLog(keeping, EventMapper(CATALOGUE))
    dispatcher = Dispatcher(log, lambda: NOON, b"key", StoodStill(log))
    draft = NewUser.of("ann", "ann@example.org", "Ann", "Smith", None, None)
    command = CreateUser(new_user_id(NOON), draft, IdentifierHasher(b"key"), vault)
    request = CommandRequest(principal=SYSTEM, channel=Channel.SYSTEM, correlation_id="test")
    (created,) = dispatcher.dispatch(command, request).events
    assert isinstance(created, UserCreated)
    assert vault.times == 0
    assert vault.decrypt([(created.user_id, created.sealed)]) != [None]
    assert (keeping.head(), _keys(owner)) == (1, 1)


@pytest.mark.parametrize("people", [1, LogRecorder.FEW, LogRecorder.FEW + 1])
def test_nobody_is_recorded_without_a_key(
    keeping: LogRecorder, recorder: LogRecorder, owner: psycopg.Connection, people: int
) -> None:
    """One that is missing is enough. What is no log of a site's does not ask."""
    users = [_made(owner, NOON) for _ in range(people - 1)]
    missing = new_user_id(NOON)
    events = [
        DCBEvent(type=UserCreated.TOPIC, data=b"{}", tags=["people", f"user:{user}"])
        for user in [*users, missing]
    ]
    with pytest.raises(IntegrityError):
        keeping.append(events)
    assert keeping.head() == 0
    owner.execute(
        "INSERT INTO vault.person_keys (id, key) VALUES (%s, '')",
        [UUID(missing.partition("_")[2])],
    )
    assert keeping.append(events) == people
    assert recorder.append(events[:1]) == people + 1


async def test_they_go_by_themselves(
    database_url: str, owner: psycopg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that is there is enough."""
    _made(owner, NOON - RETENTION)
    _made(owner, NOON)
    looked, purge = asyncio.Event(), PersonVault.purge
    loop = asyncio.get_running_loop()

    def purged(vault: PersonVault, now: datetime) -> int:
        count = purge(vault, now)
        loop.call_soon_threadsafe(looked.set)
        return count

    monkeypatch.setattr(PersonVault, "purge", purged)
    settings = Settings(data_dir=tmp_path, command_threads=2, read_pool=4)
    async with open_site(settings, database_url, clock=lambda: NOON):
        await asyncio.wait_for(looked.wait(), WAIT_TIMEOUT_S)
    assert _keys(owner) == 1
