"""Finding anything again by its id."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

import strawberry

from domain import log
from domain.kernel.ids import EVENT, SEGMENT, USER, position_in, uuid_in
from domain.kernel.permission import Permission
from domain.policy import may
from domain.segments.state import segment_of
from graph.audit.types import RecordedEvent
from graph.people.queries import user_by_id
from graph.segments.queries import segment_by_id
from graph.support.access import told
from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode, invalid
from graph.support.node import Node
from graph.support.scalars import MinPosition

MAX_NODES = 100


@strawberry.type
class NodeQueries:
    @strawberry.field(description="Anything by its id; null when there is no such thing.")
    async def node(
        self,
        info: strawberry.Info[Context, None],
        id: Annotated[
            strawberry.ID, strawberry.argument(description="Of a segment, a user or an event.")
        ],
        min_position: MinPosition = None,
    ) -> Node | None:
        _note_events(info, [id])
        await info.context.at_least(min_position)
        return await node_by_id(id, info.context)

    @strawberry.field(description="Many things by their ids, in the ids' order. At most 100.")
    async def nodes(
        self,
        info: strawberry.Info[Context, None],
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="As node's id.")],
        min_position: MinPosition = None,
    ) -> list[Node | None]:
        if len(ids) > MAX_NODES:
            raise QueryError(QueryErrorCode.LIMIT, f"At most {MAX_NODES} ids.", "ids")
        _note_events(info, ids)
        await info.context.at_least(min_position)
        return await asyncio.gather(*(node_by_id(i, info.context) for i in ids))


def _note_events(info: strawberry.Info[Context, None], ids: Sequence[str]) -> None:
    """Whoever asks for events reads the log."""
    may_see = may(info.context.principal, Permission.SEE_THE_PAST)
    if may_see and any(position_in(identifier) is not None for identifier in ids):
        told(info)


async def node_by_id(identifier: str, context: Context) -> Node | None:
    """The thing with that id, when there is one and the principal may see it."""
    if uuid_in(identifier, SEGMENT) is not None:
        return await segment_by_id(identifier, context)
    if uuid_in(identifier, USER) is not None:
        return await user_by_id(identifier, context)
    position = position_in(identifier)
    if position is None:
        raise invalid(f"No id of a {SEGMENT}, a {USER} or an {EVENT}.", "id")
    if not may(context.principal, Permission.SEE_THE_PAST):
        return None
    recorded = await context.loaders.event.load(position)
    return None if recorded is None or not _sees(recorded, context) else RecordedEvent.of(recorded)


def _sees(recorded: log.RecordedEvent, context: Context) -> bool:
    """What no segment's history shows is for those who may read the log."""
    return bool(segment_of(recorded.event)) or may(context.principal, Permission.SEE_THE_LOG)
