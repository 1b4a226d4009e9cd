"""The context of resolvers: the site behind the schema, the principal, the operation's loaders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import strawberry

from domain.kernel.envelope import Channel
from domain.kernel.permission import Permission
from domain.kernel.principal import Principal
from domain.kernel.values import CodeKey
from domain.policy import may
from graph.support.errors import forbidden, invalid
from graph.support.limits.cost import NO_COST, Cost, Costs
from graph.support.loaders import Loaders
from graph.support.site import Site

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
        self.loaders = Loaders(self.site.reads, self.site.services.vault)

    def require(self, permission: Permission) -> None:
        """QueryError FORBIDDEN when the principal lacks it."""
        if not may(self.principal, permission):
            raise forbidden(f"Your roles do not let you {permission}.")

    async def at_least(self, position: int | None) -> None:
        """Waits until the read model is there, for all that the operation asks from then on;
        ReadModelBehind when it is late.
        """
        if position is not None:
            await self.site.live.position.wait_for(position)

    async def moment(
        self, position: int | None, time: datetime | None, argument: str = "asOf"
    ) -> int:
        """The log position that an AsOf means. QueryError INVALID, which names the argument, when
        it is outside the log.
        """
        self.require(Permission.SEE_THE_PAST)
        head = await self.site.reads.audit.head()
        if time is not None:
            await self.at_least(head)
            return await self.site.reads.audit.position_at(time)
        if position is None or position > head:
            raise invalid(f"The log ends at position {head}.", argument)
        await self.at_least(position)
        return position


Info = strawberry.Info[Context, None]
"""The `info` argument of a resolver."""
