"""The composition root: from settings to a running site. Everything is wired here and only here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import psycopg

from domain.dispatch import Dispatcher
from domain.kernel.clock import Clock, utc_now
from domain.people.identifiers.hashes import IdentifierHasher
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
from projections.audit.log_feed import LogFeed
from projections.audit.reads import AuditReads
from projections.audit.ticker import Ticker
from projections.memberships.member_count_history import MemberCountHistory
from projections.memberships.reads import MemberReads
from projections.people.reads import UserReads
from projections.proofs.reads import ProofReads
from projections.segments.reads import SegmentReads
from projections.snapshot.site import SiteSnapshots
from service.background import LOST, directory_version, keeping, projecting
from service.command_threads import CommandThreads
from service.database.connections import (
    STATEMENT_TIMEOUT_S,
    ending_after,
    on_primary,
    service_conninfo,
)
from service.database.disk_space import DiskSpace
from service.database.secrets import Secrets, secrets
from service.downloads.rejected_rows import RejectedRows
from service.proofs.checkpoints import Checkpoints, notary_for
from service.settings import Settings
from service.stores import Stores, open_stores


@asynccontextmanager
async def open_site(
    settings: Settings,
    database_url: str,
    *,
    project: bool = True,
    clock: Clock = utc_now,
    disk_space: DiskSpace | None = None,
) -> AsyncIterator[Site]:
    """Opens a site on a migrated database, with a projector of its own unless told not to.

    On leaving, accepted work is finished first: commands, then the projector's batch. `disk_space`
    is told whether commands and the projector found some on the database's disk.
    """
    disk_space, site_secrets = disk_space or DiskSpace(), secrets(database_url)
    checkpoints = _checkpoints(settings, database_url)
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(settings, database_url))
        if project:
            stack.enter_context(projecting(database_url, stores, checkpoints, disk_space))
        threads = stack.enter_context(SharedThreads(settings.command_threads, "command"))
        commands = _commands(stores, site_secrets, threads, clock, disk_space)
        yield await _assembled(stack, settings, stores, site_secrets, commands, checkpoints, clock)


def _checkpoints(settings: Settings, database_url: str) -> Checkpoints:
    session = service_conninfo(database_url, "pg_catalog", **ending_after(STATEMENT_TIMEOUT_S))
    connect = partial(psycopg.connect, on_primary(session))
    return Checkpoints(connect, notary_for(settings, connect))


def _commands(
    stores: Stores,
    site_secrets: Secrets,
    threads: SharedThreads,
    clock: Clock,
    disk_space: DiskSpace,
) -> CommandThreads:
    snapshots = SiteSnapshots(stores.snapshots, stores.mapper)
    dispatcher = Dispatcher(stores.log, clock, site_secrets.request_hash, snapshots, LOST)
    return CommandThreads(dispatcher, threads, stores.position, disk_space)


async def _assembled(
    stack: AsyncExitStack,
    settings: Settings,
    stores: Stores,
    site_secrets: Secrets,
    commands: CommandThreads,
    checkpoints: Checkpoints,
    clock: Clock,
) -> Site:
    reads, notes, position, vault = stores.reads, stores.notes, stores.position, stores.vault
    primary = reads if settings.read_database_url is None else notes
    users, audit = UserReads(reads), AuditReads(reads, primary, stores.mapper)
    actors, rejected_rows = ActorReads(reads, notes, users), RejectedRows(notes, clock)
    access = AccessLog(notes, actors)
    await stack.enter_async_context(keeping(access, rejected_rows, vault, clock))
    return Site(
        dispatch=commands.dispatch,
        dry_run=commands.dry_run,
        position=position,
        segments=SegmentReads(reads),
        users=users,
        members=MemberReads(reads),
        member_count_history=MemberCountHistory(reads),
        audit=audit,
        log_feed=LogFeed(audit, position),
        ticker=Ticker(audit, position),
        directory_version=await stack.enter_async_context(directory_version(audit, position)),
        activity=Activity(reads),
        actors=actors,
        access=access,
        accesses=AccessReads(reads),
        vault=vault,
        hashes=IdentifierHasher(site_secrets.tag_hash),
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
