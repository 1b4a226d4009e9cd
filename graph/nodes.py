"""Queries for any node by its id."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

import strawberry

from domain.kernel.ids import command_id_in, position_in
from domain.kernel.permission import Permission
from domain.policy import may
from graph.objects.lookup.node import node_by_id
from graph.support.access_logging import log_read
from graph.support.context import Info
from graph.support.errors import over_limit
from graph.support.node import Node

MAX_NODES = 100


@strawberry.type
class NodeQueries:
    @strawberry.field(
        description="Anything by its id. Null for what is not there, not to be seen, or no id at"
        " all."
    )
    async def node(
        self,
        info: Info,
        id: Annotated[
            strawberry.ID,
            strawberry.argument(
                description="Id of a segment, user, event, command or other actor."
            ),
        ],
    ) -> Node | None:
        _log_event_reads(info, [id])
        return await node_by_id(id, info.context)

    @strawberry.field(
        description="Many things by their ids, in the ids' order. Null in place of each that `node`"
        " would answer with null."
    )
    async def nodes(
        self,
        info: Info,
        ids: Annotated[
            list[strawberry.ID],
            strawberry.argument(
                description="Ids of segments, users, events or other actors, at most 100."
            ),
        ],
    ) -> list[Node | None]:
        if len(ids) > MAX_NODES:
            raise over_limit(f"At most {MAX_NODES} ids.", MAX_NODES, len(ids), "ids")
        _log_event_reads(info, ids)
        return await asyncio.gather(*(node_by_id(i, info.context) for i in ids))


def _log_event_reads(info: Info, ids: Sequence[str]) -> None:
    """Logs a read of the event log when an id is an event's or a command's."""
    may_see = may(info.context.principal, Permission.SEE_THE_PAST)
    if may_see and any(map(_is_of_the_log, ids)):
        log_read(info)


def _is_of_the_log(identifier: str) -> bool:
    return position_in(identifier) is not None or command_id_in(identifier) is not None
