"""Inputs about the event log."""

import strawberry

from domain.catalogue import CATALOGUE
from domain.kernel.ids import SEGMENT, USER
from domain.kernel.text import InvalidText
from domain.kernel.values import parse_command_id
from graph.support.context import Context
from graph.support.errors import invalid
from graph.support.inputs import parse_actor, parse_id
from graph.support.moments import AsOf, moment_of
from graph.support.visibility import NO_SUCH_NUMBER
from projections.audit.query import LogQuery, Somebody

MAX_TYPES = 100


@strawberry.input(description="Narrows the log: an event must match every field that is given.")
class EventFilter:
    segment: strawberry.ID | None = strawberry.field(
        default=None,
        description="Only events about this segment or its members, by its present id. Works for"
        " deleted segments, too.",
    )
    user: strawberry.ID | None = strawberry.field(
        default=None,
        description="Only events about this user: their entry in the directory, and what added them"
        " to segments or removed them (deleting a segment, too).",
    )
    actor: strawberry.ID | None = strawberry.field(
        default=None, description="Only events by this actor id."
    )
    types: list[str] | None = strawberry.field(
        default=None,
        description='Only events of these types, such as "segment.edited"; at most 100.',
    )
    command_id: strawberry.ID | None = strawberry.field(
        default=None, description="Only events that this command recorded."
    )
    after: AsOf | None = strawberry.field(
        default=None, description="Only events later than this position or time (exclusive)."
    )
    up_to: AsOf | None = strawberry.field(
        default=None, description="Only events up to this position or time (inclusive)."
    )


async def log_question(filter: EventFilter | None, context: Context) -> LogQuery:
    """The question behind a filter. QueryError INVALID for what cannot be asked."""
    chosen = filter or EventFilter()
    return LogQuery(
        types=topics(chosen.types),
        actor=parse_actor(chosen.actor),
        command=_command(chosen.command_id),
        segment=await segment_number(chosen.segment, context),
        user=await somebody(chosen.user, context),
        after=await moment_of(chosen.after, context, "filter") or 0,
        up_to=await moment_of(chosen.up_to, context, "filter"),
    )


def topics(types: list[str] | None) -> frozenset[str] | None:
    """The types of events in a filter. QueryError INVALID for one that there is not."""
    if types is None:
        return None
    if len(types) > MAX_TYPES:
        raise invalid(f"At most {MAX_TYPES} types.", "filter")
    unknown = sorted(set(types) - CATALOGUE.by_topic.keys())
    if unknown:
        known = ", ".join(CATALOGUE.topics())
        raise invalid(f"There is no event of this type; there are {known}.", "filter")
    return frozenset(types)


def _command(command: str | None) -> str | None:
    try:
        return None if command is None else parse_command_id(command)
    except InvalidText:
        raise invalid("This is no id of a command.", "filter") from None


async def segment_number(identifier: str | None, context: Context) -> int | None:
    """The number of the segment in a filter. QueryError INVALID when it is no id of one."""
    if identifier is None:
        return None
    uuid = parse_id(identifier, SEGMENT, "filter")
    number = await context.site.reads.segments.number_of(uuid)
    return NO_SUCH_NUMBER if number is None else number


async def somebody(identifier: str | None, context: Context) -> Somebody | None:
    """The user in a filter. QueryError INVALID when it is no id of one."""
    if identifier is None:
        return None
    uuid = parse_id(identifier, USER, "filter")
    number = await context.site.reads.users.number_of(uuid)
    return Somebody(identifier, NO_SUCH_NUMBER if number is None else number)
