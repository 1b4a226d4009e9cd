"""The context of resolvers: the site behind the schema, the principal, the operation's loaders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import strawberry

from domain.command_result import CommandResult
from domain.kernel.clock import Clock
from domain.kernel.commands.command import Command
from domain.kernel.envelope import Channel, CommandRequest
from domain.kernel.permission import Permission
from domain.kernel.principal import Principal
from domain.kernel.values import CodeKey
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.vault import Vault
from domain.policy import may
from graph.support.errors import forbidden, invalid
from graph.support.limits.cost import NO_COST, Cost, Costs
from graph.support.limits.rate_limit import LeakyBuckets
from graph.support.loaders import Loaders
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
from projections.engine.position import ReadModelPosition
from projections.memberships.member_count_history import MemberCountHistory
from projections.memberships.reads import MemberReads
from projections.people.reads import UserReads
from projections.proofs.reads import ProofReads, StoredCheckpoint
from projections.segments.reads import SegmentReads

Dispatch = Callable[[Command, CommandRequest], Awaitable[CommandResult]]


class TemporaryFiles(Protocol):
    """Files that are kept for an hour, for one principal."""

    async def store(self, principal: str, pieces: Iterable[bytes]) -> str:
        """Keeps a file for the principal with that id; the path at which it is fetched."""
        ...

    async def read(self, principal: str, file: UUID) -> Iterator[bytes] | None:
        """The file in pieces; None when there is none, no longer, or when it is another's."""
        ...


SignCheckpoint = Callable[[], Awaitable[StoredCheckpoint]]
"""The checkpoint of the log as it is. QueryError UNAVAILABLE when there can be none."""

DryRun = Callable[[Command, CommandRequest], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Site:
    """The services that the schema uses. One for a process."""

    dispatch: Dispatch
    dry_run: DryRun
    position: ReadModelPosition
    segments: SegmentReads
    users: UserReads
    members: MemberReads
    member_count_history: MemberCountHistory
    audit: AuditReads
    log_feed: LogFeed
    ticker: Ticker
    directory_version: DirectoryVersion
    activity: Activity
    actors: ActorReads
    access: AccessLog
    accesses: AccessReads
    vault: Vault
    hashes: IdentifierHasher
    rejected_rows: TemporaryFiles
    payloads: PayloadCache
    proofs: ProofReads
    checkpoint: SignCheckpoint
    clock: Clock
    introspection: bool
    buckets: LeakyBuckets
    cpu_lock: FairLock
    code_lock: FairLock
    """A lock of its own: an operation may look up codes while it holds the other one."""
    page_quota: LoopQuota
    large_operations: ConcurrencyLimit


CodeKeys = dict[tuple[str, ...], frozenset[CodeKey]]


@dataclass(slots=True)
class Context:
    """The context of one request. Loaders are made anew for every operation; `variables` are the
    operation's as they were sent, in `size` bytes; `costs` are the document's, and `cost` is what
    was charged.
    """

    site: Site
    principal: Principal
    request_id: str
    channel: Channel = Channel.API
    size: int = 0
    costs: Costs = field(default_factory=dict)
    cost: Cost = NO_COST
    loaders: Loaders = field(init=False)
    variables: Mapping[str, Any] = field(default_factory=dict)
    code_keys: CodeKeys = field(default_factory=dict)
    """Keys of long lists of codes, cached for other aliases."""
    has_dispatched: bool = False
    """Whether the operation has dispatched a command: then it is answered, come what may."""

    def __post_init__(self) -> None:
        self.renew_loaders()

    def renew_loaders(self) -> None:
        """Forgets what was loaded: a later operation must not be answered with it."""
        self.loaders = Loaders(
            self.site.segments,
            self.site.users,
            self.site.actors,
            self.site.audit,
            self.site.vault,
            self.site.proofs,
        )

    def require(self, permission: Permission) -> None:
        """QueryError FORBIDDEN when the principal lacks it."""
        if not may(self.principal, permission):
            raise forbidden(f"Your roles do not let you {permission}.")

    async def at_least(self, position: int | None) -> None:
        """Waits until the read model is there, for all that the operation asks from then on;
        ReadModelBehind when it is late.
        """
        if position is not None:
            await self.site.position.wait_for(position)

    async def moment(
        self, position: int | None, time: datetime | None, argument: str = "asOf"
    ) -> int:
        """The log position that an AsOf means. QueryError INVALID, which names the argument, when
        it is outside the log.
        """
        self.require(Permission.SEE_THE_PAST)
        head = await self.site.audit.head()
        if time is not None:
            await self.at_least(head)
            return await self.site.audit.position_at(time)
        if position is None or position > head:
            raise invalid(f"The log ends at position {head}.", argument)
        await self.at_least(position)
        return position


Info = strawberry.Info[Context, None]
"""The `info` argument of a resolver."""
