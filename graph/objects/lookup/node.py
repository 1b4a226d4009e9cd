"""Finds any node by its id, for a principal who may see it."""

from domain.kernel.ids import SEGMENT, USER, as_of_in, command_id_in, position_in, uuid_in
from domain.kernel.permission import Permission
from domain.policy import may
from graph.objects.command import sees_event
from graph.objects.event import RecordedEvent
from graph.objects.lookup.actor import known_actor
from graph.objects.lookup.command import command_by_id
from graph.objects.lookup.segment import segment_by_id
from graph.objects.lookup.user import user_by_id
from graph.support.context import Context
from graph.support.node import Node


async def node_by_id(identifier: str, context: Context) -> Node | None:
    """The thing with that id, when there is one and the principal may see it."""
    past = as_of_in(identifier, SEGMENT)
    if past is not None:
        return await _as_of(*past, context)
    if uuid_in(identifier, SEGMENT) is not None:
        return await segment_by_id(identifier, context)
    if uuid_in(identifier, USER) is not None:
        return await user_by_id(identifier, context)
    command_id = command_id_in(identifier)
    if command_id is not None:
        return await command_by_id(command_id, context)
    position = position_in(identifier)
    if position is not None:
        return await _event(position, context)
    return await known_actor(identifier, context)


async def _as_of(present: str, position: int, context: Context) -> Node | None:
    """The segment as it was at a position of the log; None for one that the log has not reached."""
    if not may(context.principal, Permission.SEE_THE_PAST):
        return None
    if position > await context.head():
        return None
    return await segment_by_id(present, context, await context.moment(position, None, "id"))


async def _event(position: int, context: Context) -> Node | None:
    if not may(context.principal, Permission.SEE_THE_PAST):
        return None
    recorded = await context.loaders.event.load(position)
    if recorded is None or not sees_event(recorded, context):
        return None
    return RecordedEvent.of(recorded)
