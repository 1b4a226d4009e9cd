"""The context of resolvers: the site behind the schema, the principal, the operation's loaders."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import strawberry

from domain.kernel.envelope import Channel
from domain.kernel.permission import Permission
from domain.kernel.principal import Principal
from domain.kernel.read_model_behind import ReadModelBehind
from domain.kernel.values import CodeKey
from domain.policy import may
from graph.support.errors import forbidden, invalid
from graph.support.limits.cost import NO_COST, Cost, Costs
from graph.support.loaders import Loaders
from graph.support.site import Site
from projections.sql.database import reading_from
from projections.sql.operation_snapshot import OperationSnapshot

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
    min_position: int = 0
    """The position that the request asks the read model to be at."""
    loaders: Loaders = field(init=False)
    snapshot: OperationSnapshot = field(init=False)
    variables: Mapping[str, Any] = field(default_factory=dict)
    code_keys: CodeKeys = field(default_factory=dict)
    """Keys of long lists of codes, cached for other aliases."""
    has_dispatched: bool = False
    """Whether the operation has dispatched a command: then it is answered, come what may."""
    commanded_at: int = 0
    """The position of its last command."""
    _head: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.renew_loaders()
        self.snapshot = self.site.reads.snapshot(self.site.live.position.wait_or_timeout)

    @asynccontextmanager
    async def one_snapshot(self, at_least: int = 0) -> AsyncIterator[None]:
        """All that is read of the read model within the block is of one snapshot, at that position
        or later; it is released when the block ends, whatever ends it.
        """
        self.snapshot = self.site.reads.snapshot(self.site.live.position.wait_or_timeout)
        self.snapshot.at_least = at_least
        with reading_from(self.snapshot):
            try:
                yield
            finally:
                await self.snapshot.release()

    async def read_anew(self, at_least: int | None = None) -> None:
        """Begins another snapshot with the next read, at that position or later, and forgets what
        was loaded from the one before.
        """
        self.renew_loaders()
        await self.snapshot.renew(at_least)

    def renew_loaders(self) -> None:
        """Forgets what was loaded: a later operation must not be answered with it."""
        self.loaders = Loaders(self.site.reads, self.site.services.vault)

    def require(self, permission: Permission) -> None:
        """QueryError FORBIDDEN when the principal lacks it."""
        if not may(self.principal, permission):
            raise forbidden(f"Your roles do not let you {permission}.")

    @property
    def position(self) -> int:
        """The position of what was read; of an operation that read nothing, the one at which it
        would have read, which after a command is the command's own, or later.
        """
        if self.snapshot.position is not None:
            return self.snapshot.position
        return max(self.site.live.position.value, self.commanded_at)

    async def head(self) -> int:
        """The log's greatest position, looked up once for the operation."""
        if self._head is None:
            self._head = await self.site.reads.audit.head()
        return self._head

    async def moment(
        self, position: int | None, time: datetime | None, argument: str = "asOf"
    ) -> int:
        """The log position that an AsOf means. QueryError INVALID, which names the argument, when
        it is outside the log; ReadModelBehind when it is beyond the snapshot. A time after the last
        event of the snapshot is the snapshot's own position.
        """
        self.require(Permission.SEE_THE_PAST)
        if time is not None:
            if self.snapshot.position is None:
                await self._reach(await self.head())
            return await self.site.reads.audit.position_at(time)
        if position is None or position > await self.head():
            raise invalid(f"The log ends at position {await self.head()}.", argument)
        await self._reach(position)
        return position

    async def _reach(self, position: int) -> None:
        if self.snapshot.position is None:
            await self.site.live.position.wait_for(position)
        here = await self.snapshot.begin()
        if position > here:
            raise ReadModelBehind(position, here)


Info = strawberry.Info[Context, None]
"""The `info` argument of a resolver."""
