"""The composition root: from settings to a running site. Everything is wired here and only here."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from functools import partial

import psycopg
from psycopg import AsyncConnection

from domain.catalogue import CATALOGUE
from domain.dispatch import Dispatcher
from domain.kernel.clock import Clock, utc_now
from domain.log import EventLog, EventMapper
from domain.people.hashes import Hashes
from graph.support.context import Site
from graph.support.cost import LARGE_AT_ONCE
from graph.support.gate import Gate
from graph.support.live import PayloadCache
from graph.support.pace import Pace
from graph.support.pages import NODES_A_PASS
from graph.support.rate import LeakyBuckets
from graph.support.shares import Shares
from graph.support.threads import SharedThreads
from projections.access.log import AccessLog
from projections.access.reads import AccessReads
from projections.actors.reads import ActorReads
from projections.audit.activity import Activity
from projections.audit.directory_version import DirectoryVersion
from projections.audit.pulse import Pulse
from projections.audit.reads import AuditReads
from projections.audit.tail import Tail
from projections.engine.position import ReadModelPosition
from projections.engine.projector import Projector
from projections.memberships.course import Course
from projections.memberships.reads import MemberReads
from projections.people.reads import UserReads
from projections.proofs.follower import TreeFollower
from projections.proofs.reads import ProofReads
from projections.segments.reads import SegmentReads
from projections.snapshot.site import SiteSnapshots
from service.command_threads import CommandThreads
from service.database.connections import (
    LONGEST_STEP,
    ending_after,
    on_primary,
    service_conninfo,
)
from service.database.log_recorder import LogRecorder
from service.database.pools import (
    READ_SEARCH_PATH,
    note_pool,
    priming_pool,
    read_conninfo,
    read_pool,
    vault_pool,
)
from service.database.room import Room, Writer
from service.database.secrets import secrets
from service.database.vault import PersonVault
from service.proofs.checkpoints import Checkpoints, EveryMinute, notary_for
from service.settings import Settings
from service.sweeps import EVERY_HOUR, EVERY_MINUTE, Sweep, sweep
from service.telemetry.metrics import PROJECTING
from service.uploads.rejected_rows import RejectedRows

_LOST = (psycopg.OperationalError, psycopg.InterfaceError)

LONGEST_STOP = 10.0
"""Seconds that a stopping projector may take to finish its batch."""


@asynccontextmanager
async def open_site(
    settings: Settings,
    database_url: str,
    *,
    project: bool = True,
    clock: Clock = utc_now,
    room: Room | None = None,
) -> AsyncIterator[Site]:
    """A site on a migrated database, with a projector of its own unless told not to.

    On leaving, what was taken is finished first: commands, then the projector's batch. `room` is
    told whether commands and the projector found some on the database's disk.
    """
    session = on_primary(service_conninfo(database_url, READ_SEARCH_PATH))
    site_secrets = secrets(database_url)
    mapper, room = EventMapper(CATALOGUE), room or Room()
    async with AsyncExitStack() as stack:
        recorder = stack.enter_context(
            LogRecorder(database_url, settings.command_threads, people_have_keys=True)
        )
        log = EventLog(recorder, mapper)
        pool = await stack.enter_async_context(read_pool(settings, database_url))
        primes = stack.enter_context(priming_pool(database_url, settings.command_threads))
        vault = PersonVault(stack.enter_context(vault_pool(database_url)))
        notes = await stack.enter_async_context(note_pool(database_url))
        position = ReadModelPosition(
            partial(AsyncConnection.connect, read_conninfo(settings, database_url))
        )
        stack.push_async_callback(_cancelled, asyncio.create_task(position.run()))
        tree = on_primary(service_conninfo(database_url, "pg_catalog"))
        checkpoints = _checkpoints(settings, database_url)
        if project:
            projector = Projector(
                lambda: psycopg.connect(session),
                log,
                tell=PROJECTING.set,
                found_room=partial(room.found, Writer.PROJECTOR),
            )
            follower = TreeFollower(lambda: psycopg.connect(tree), tend=EveryMinute(checkpoints))
            stack.enter_context(_in_threads([projector, follower], recorder))
        threads = stack.enter_context(SharedThreads(settings.command_threads, "command"))
        snapshots = SiteSnapshots(primes, mapper)
        dispatcher = Dispatcher(log, clock, site_secrets.request_hash, snapshots, _LOST)
        commands = CommandThreads(dispatcher, threads, position, room)
        primary = pool if settings.read_database_url is None else notes
        users, audit = UserReads(pool), AuditReads(pool, primary, mapper)
        actors, rejected_rows = ActorReads(pool, notes, users), RejectedRows(notes, clock)
        access = AccessLog(notes, actors)
        await stack.enter_async_context(_kept(access, rejected_rows, vault, clock))
        directory_version = await stack.enter_async_context(_directory_version(audit, position))
        yield Site(
            dispatch=commands.dispatch,
            rehearse=commands.rehearse,
            position=position,
            segments=SegmentReads(pool),
            users=users,
            members=MemberReads(pool),
            course=Course(pool),
            audit=audit,
            tail=Tail(audit, position),
            pulse=Pulse(audit, position),
            directory_version=directory_version,
            activity=Activity(pool),
            actors=actors,
            access=access,
            accesses=AccessReads(pool),
            vault=vault,
            hashes=Hashes(site_secrets.tag_hash),
            rejected_rows=rejected_rows,
            payloads=PayloadCache(),
            proofs=ProofReads(notes),
            checkpoint=checkpoints.on_demand,
            clock=clock,
            introspection=settings.answers_introspection,
            buckets=LeakyBuckets(settings.rate_burst, settings.rate_per_second),
            gate=Gate(),
            code_gate=Gate(),
            pages=Pace(NODES_A_PASS),
            large=Shares(LARGE_AT_ONCE),
        )


def _checkpoints(settings: Settings, database_url: str) -> Checkpoints:
    session = service_conninfo(database_url, "pg_catalog", **ending_after(LONGEST_STEP))
    connect = partial(psycopg.connect, on_primary(session))
    return Checkpoints(connect, notary_for(settings, connect))


@contextmanager
def _in_threads(
    workers: Sequence[Projector | TreeFollower], recorder: LogRecorder
) -> Iterator[None]:
    stop = threading.Event()
    threads = [
        threading.Thread(target=worker.run, args=[stop], name=type(worker).__name__, daemon=True)
        for worker in workers
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        # Without the database they look up by themselves, once a second.
        with suppress(*_LOST):
            recorder.wake_followers()
        for thread in threads:
            thread.join(LONGEST_STOP)


@asynccontextmanager
async def _directory_version(
    audit: AuditReads, position: ReadModelPosition
) -> AsyncIterator[DirectoryVersion]:
    version = DirectoryVersion(audit, position)
    telling = asyncio.create_task(version.run())
    try:
        yield version
    finally:
        await _cancelled(telling)


@asynccontextmanager
async def _kept(
    access: AccessLog, rejected_rows: RejectedRows, vault: PersonVault, clock: Clock
) -> AsyncIterator[None]:
    """Writes the access log beside the block, and what is left of it at the end; meanwhile what is
    past its time goes.
    """
    sweeps = (
        Sweep("access log", EVERY_HOUR, access.purge),
        Sweep("rejected rows", EVERY_MINUTE, rejected_rows.purge),
        Sweep("keys of nobody", EVERY_HOUR, lambda: asyncio.to_thread(vault.purge, clock())),
    )
    tasks = [asyncio.create_task(access.run()), *(asyncio.create_task(sweep(s)) for s in sweeps)]
    try:
        yield
    finally:
        for task in tasks:
            await _cancelled(task)
        await access.close()


async def _cancelled(task: asyncio.Task[None]) -> None:
    """Returns once the task has ended. It is told again and again: before Python 3.12 `wait_for`,
    which the pools use, forgets a cancellation that comes in the moment in which it is done.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=0.1)
