"""The composition root: from settings to a running site. Everything is wired here and only here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import psycopg

from domain.dispatch import Dispatcher
from domain.kernel.clock import Clock, utc_now
from domain.people.identifiers.hashes import IdentifierHasher
from graph.support.execution.page_pacing import NODES_A_PASS
from graph.support.limits.cost import LARGE_AT_ONCE
from graph.support.limits.rate_limit import LeakyBuckets
from graph.support.scheduling.concurrency_limit import ConcurrencyLimit
from graph.support.scheduling.fair_lock import FairLock
from graph.support.scheduling.fair_thread_pool import FairThreadPool
from graph.support.scheduling.loop_quota import LoopQuota
from graph.support.shared_payloads import PayloadCache
from graph.support.site import Commands, DomainServices, Live, LoadLimits, Reads, Site
from projections.access.log import AccessLog
from projections.access.reads import AccessReads
from projections.actors.reads import ActorReads
from projections.audit.activity import Activity
from projections.audit.log_feed import LogFeed
from projections.audit.reads import AuditReads
from projections.audit.ticker import Ticker
from projections.commands.reads import CommandReads
from projections.memberships.member_count_history import MemberCountHistory
from projections.memberships.reads import MemberReads
from projections.people.reads import UserReads
from projections.proofs.reads import ProofReads
from projections.segments.reads import SegmentReads
from projections.snapshot.site import SiteSnapshots
from projections.sql.operation_snapshot import OperationSnapshot
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
        threads = stack.enter_context(FairThreadPool(settings.command_threads, "command"))
        commands = _commands(stores, site_secrets, threads, clock, disk_space)
        yield await _assembled(stack, settings, stores, site_secrets, commands, checkpoints, clock)


def _checkpoints(settings: Settings, database_url: str) -> Checkpoints:
    session = service_conninfo(database_url, "pg_catalog", **ending_after(STATEMENT_TIMEOUT_S))
    connect = partial(psycopg.connect, on_primary(session))
    return Checkpoints(connect, notary_for(settings, connect))


def _commands(
    stores: Stores,
    site_secrets: Secrets,
    threads: FairThreadPool,
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
    reads, vault = _reads(stores), stores.vault
    access_log, rejected_rows = (
        AccessLog(stores.notes, reads.actors),
        RejectedRows(stores.notes, clock),
    )
    await stack.enter_async_context(keeping(access_log, rejected_rows, vault, clock))
    version = await stack.enter_async_context(directory_version(reads.audit, stores.position))
    return Site(
        commands=Commands(commands.dispatch, commands.dry_run),
        reads=reads,
        live=Live(
            position=stores.position,
            log_feed=LogFeed(reads.audit, stores.position),
            ticker=Ticker(reads.audit, stores.position),
            directory_version=version,
            payloads=PayloadCache(),
        ),
        services=DomainServices(clock, vault, IdentifierHasher(site_secrets.tag_hash)),
        limits=_limits(settings),
        access_log=access_log,
        rejected_rows=rejected_rows,
        checkpoint=checkpoints.on_demand,
        introspection=settings.answers_introspection,
    )


def _reads(stores: Stores) -> Reads:
    pool, notes = stores.reads, stores.notes
    users = UserReads(pool)
    audit = AuditReads(pool, notes, stores.mapper)
    return Reads(
        snapshot=partial(OperationSnapshot, pool),
        segments=SegmentReads(pool),
        users=users,
        members=MemberReads(pool),
        member_count_history=MemberCountHistory(pool),
        audit=audit,
        commands=CommandReads(pool, audit),
        activity=Activity(pool),
        actors=ActorReads(pool, notes, users),
        proofs=ProofReads(notes),
        access=AccessReads(pool),
    )


def _limits(settings: Settings) -> LoadLimits:
    return LoadLimits(
        buckets=LeakyBuckets(settings.rate_burst, settings.rate_per_second),
        cpu_lock=FairLock(),
        code_lock=FairLock(),
        page_quota=LoopQuota(NODES_A_PASS),
        large_operations=ConcurrencyLimit(LARGE_AT_ONCE),
    )
