"""The services that the schema uses, in groups: one of each for a process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.command_result import CommandResult
from domain.kernel.clock import Clock
from domain.kernel.commands.command import Command
from domain.kernel.envelope import CommandRequest
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.vault import Vault
from graph.support.limits.rate_limit import LeakyBuckets
from graph.support.scheduling.concurrency_limit import ConcurrencyLimit
from graph.support.scheduling.fair_lock import FairLock
from graph.support.scheduling.loop_quota import LoopQuota
from graph.support.shared_payloads import PayloadCache
from projections.access.log import AccessLog
from projections.access.reads import AccessReads
from projections.actors.reads import ActorReads
from projections.audit.activity import Activity
from projections.audit.directory_version import DirectoryVersion
from projections.audit.log_feed import LogFeed
from projections.audit.reads import AuditReads
from projections.audit.ticker import Ticker
from projections.commands.reads import CommandReads
from projections.engine.position import ReadModelPosition
from projections.memberships.member_count_history import MemberCountHistory
from projections.memberships.reads import MemberReads
from projections.people.reads import UserReads
from projections.proofs.reads import ProofReads, StoredCheckpoint
from projections.segments.reads import SegmentReads
from projections.sql.operation_snapshot import OperationSnapshot, Wait

Dispatch = Callable[[Command, CommandRequest], Awaitable[CommandResult]]
DryRun = Callable[[Command, CommandRequest], Awaitable[None]]
SignCheckpoint = Callable[[], Awaitable[StoredCheckpoint]]
"""The checkpoint of the log as it is. QueryError UNAVAILABLE when there can be none."""


class TemporaryFiles(Protocol):
    """Files that are kept for an hour, for one principal."""

    async def store(self, principal: str, pieces: Iterable[bytes]) -> str:
        """Keeps a file for the principal with that id; the path at which it is fetched."""
        ...

    async def read(self, principal: str, file: UUID) -> Iterator[bytes] | None:
        """The file in pieces; None when there is none, no longer, or when it is another's."""
        ...


@dataclass(frozen=True, slots=True)
class Commands:
    """Dispatches commands, or tells what they would do."""

    dispatch: Dispatch
    dry_run: DryRun


@dataclass(frozen=True, slots=True)
class Reads:
    """Queries of the read model, the log, the tree over it, and the access log. `snapshot` makes
    the snapshot of the read model that an operation reads from.
    """

    snapshot: Callable[[Wait], OperationSnapshot]
    segments: SegmentReads
    users: UserReads
    members: MemberReads
    member_count_history: MemberCountHistory
    audit: AuditReads
    commands: CommandReads
    activity: Activity
    actors: ActorReads
    proofs: ProofReads
    access: AccessReads


@dataclass(frozen=True, slots=True)
class Live:
    """Follows the read model and the log; what follows them shares what it reads."""

    position: ReadModelPosition
    log_feed: LogFeed
    ticker: Ticker
    directory_version: DirectoryVersion
    payloads: PayloadCache


@dataclass(frozen=True, slots=True)
class DomainServices:
    """Makes what commands are built with: times, ciphertexts, and hashes of identifiers."""

    clock: Clock
    vault: Vault
    hashes: IdentifierHasher


@dataclass(frozen=True, slots=True)
class LoadLimits:
    """Shares what one process has among its principals."""

    buckets: LeakyBuckets
    cpu_lock: FairLock
    code_lock: FairLock
    """A lock of its own: an operation may look up codes while it holds the other one."""
    page_quota: LoopQuota
    large_operations: ConcurrencyLimit


@dataclass(frozen=True, slots=True)
class Site:
    """All of them."""

    commands: Commands
    reads: Reads
    live: Live
    services: DomainServices
    limits: LoadLimits
    access_log: AccessLog
    rejected_rows: TemporaryFiles
    checkpoint: SignCheckpoint
    introspection: bool
