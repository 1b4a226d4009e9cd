"""The tasks beside a site: the projector, the tree of the log, and the deletion of expired data."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial

import psycopg

from domain.kernel.clock import Clock
from projections.access.log import AccessLog
from projections.audit.directory_version import DirectoryVersion
from projections.audit.reads import AuditReads
from projections.engine.position import ReadModelPosition
from projections.engine.projector import Projector
from projections.proofs.follower import TreeFollower
from projections.site import SITE
from service.database.connections import on_primary, service_conninfo
from service.database.disk_space import DiskSpace, Writer
from service.database.log_store.recorder import LogRecorder
from service.database.pools import READ_SEARCH_PATH
from service.database.vault import PersonVault
from service.downloads.rejected_rows import RejectedRows
from service.proofs.checkpoints import Checkpoints, EveryMinute
from service.stores import Stores
from service.sweeps import EVERY_HOUR, EVERY_MINUTE, Sweep, sweep
from service.tasks import cancelled
from service.telemetry.metrics import PROJECTING

LOST = (psycopg.OperationalError, psycopg.InterfaceError)
"""The exceptions of a database that does not answer."""

STOP_TIMEOUT_S = 10.0
"""Seconds that a stopping projector may take to finish its batch."""


@contextmanager
def projecting(
    database_url: str, stores: Stores, checkpoints: Checkpoints, disk_space: DiskSpace
) -> Iterator[None]:
    """Runs the projector and the tree of the log while the block runs; a batch that the projector
    has begun is finished. `disk_space` is told whether it finds some.
    """
    read_model = on_primary(service_conninfo(database_url, READ_SEARCH_PATH))
    tree = on_primary(service_conninfo(database_url, "pg_catalog"))
    projector = Projector(
        lambda: psycopg.connect(read_model),
        stores.log,
        SITE,
        tell=PROJECTING.set,
        on_disk_space=partial(disk_space.found, Writer.PROJECTOR),
    )
    follower = TreeFollower(lambda: psycopg.connect(tree), tend=EveryMinute(checkpoints))
    with _in_threads([projector, follower], stores.recorder):
        yield


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
        with suppress(*LOST):
            recorder.wake_followers()
        for thread in threads:
            thread.join(STOP_TIMEOUT_S)


@asynccontextmanager
async def directory_version(
    audit: AuditReads, position: ReadModelPosition
) -> AsyncIterator[DirectoryVersion]:
    """Follows changes of the directory while the block runs."""
    version = DirectoryVersion(audit, position)
    telling = asyncio.create_task(version.run())
    try:
        yield version
    finally:
        await cancelled(telling)


@asynccontextmanager
async def keeping(
    access: AccessLog, rejected_rows: RejectedRows, vault: PersonVault, clock: Clock
) -> AsyncIterator[None]:
    """Writes the access log beside the block, and the rest of it at the end; meanwhile expired data
    is deleted.
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
            await cancelled(task)
        await access.close()
