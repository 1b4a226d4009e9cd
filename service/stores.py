"""The connections of a site to its database while it is open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from psycopg import AsyncConnection

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from projections.engine.position import ReadModelPosition
from service.database.log_store.recorder import LogRecorder
from service.database.pools import (
    PrimingPool,
    ReadPool,
    note_pool,
    priming_pool,
    read_conninfo,
    read_pool,
    vault_pool,
)
from service.database.vault import PersonVault
from service.settings import Settings
from service.tasks import cancelled


@dataclass(frozen=True, slots=True)
class Stores:
    """The log and the pools of one process. `reads` may go to replicas, `notes` to the primary
    alone; `snapshots` are for commands.
    """

    mapper: EventMapper
    recorder: LogRecorder
    log: EventLog
    reads: ReadPool
    notes: ReadPool
    snapshots: PrimingPool
    vault: PersonVault
    position: ReadModelPosition


@asynccontextmanager
async def open_stores(settings: Settings, database_url: str) -> AsyncIterator[Stores]:
    """Opens them all; the last opened is closed first."""
    mapper = EventMapper(CATALOGUE)
    async with AsyncExitStack() as stack:
        recorder = stack.enter_context(
            LogRecorder(database_url, settings.command_threads, people_have_keys=True)
        )
        reads = await stack.enter_async_context(read_pool(settings, database_url))
        snapshots = stack.enter_context(priming_pool(database_url, settings.command_threads))
        vault = PersonVault(stack.enter_context(vault_pool(database_url)))
        notes = await stack.enter_async_context(note_pool(database_url))
        position = ReadModelPosition(
            partial(AsyncConnection.connect, read_conninfo(settings, database_url))
        )
        stack.push_async_callback(cancelled, asyncio.create_task(position.run()))
        log = EventLog(recorder, mapper)
        yield Stores(mapper, recorder, log, reads, notes, snapshots, vault, position)
