"""Inputs about commands."""

from __future__ import annotations

from dataclasses import replace

import strawberry

from domain.kernel import envelope
from domain.kernel.permission import Permission
from domain.policy import may
from graph.audit.inputs import segment_number, somebody, topics
from graph.objects.enums import Channel
from graph.support.context import Context
from graph.support.enums import to_domain_set
from graph.support.inputs import parse_actor, parse_search
from graph.support.moments import AsOf, moment_of
from projections.commands.query import CommandQuery


@strawberry.input(
    description="Narrows the list of commands: a command must match every field that is given."
    " `segment`, `user` and `types` must be true of one event of it."
)
class CommandFilter:
    segment: strawberry.ID | None = strawberry.field(
        default=None,
        description="Only commands that changed this segment or its members, by its present id."
        " Works for deleted segments, too.",
    )
    user: strawberry.ID | None = strawberry.field(
        default=None,
        description="Only commands that changed this user, or brought them into segments or out of"
        " them.",
    )
    actor: strawberry.ID | None = strawberry.field(
        default=None, description="Only commands by this actor."
    )
    types: list[str] | None = strawberry.field(
        default=None,
        description="Only commands with an event of one of these types, such as segment.edited; at"
        " most 100.",
    )
    channel: list[Channel] | None = strawberry.field(
        default=None, description="Only commands that came through one of these channels."
    )
    after: AsOf | None = strawberry.field(
        default=None,
        description="Only commands recorded later than this position or time (exclusive); the first"
        " event of a command counts.",
    )
    up_to: AsOf | None = strawberry.field(
        default=None,
        description="Only commands recorded up to this position or time (inclusive); the first"
        " event of a command counts.",
    )
    text: str | None = strawberry.field(
        default=None,
        description="Only commands whose reason and file name hold each of these words, or that"
        " changed a segment whose name and code do: as they are now, or were when it was deleted."
        " Case and accents do not matter.",
    )


async def command_query(filter: CommandFilter | None, context: Context) -> CommandQuery | None:
    """The query behind a filter, narrowed to commands that the principal may list; None when there
    are none. QueryError INVALID for what cannot be asked.
    """
    chosen = filter or CommandFilter()
    query = CommandQuery(
        types=topics(chosen.types),
        actor=parse_actor(chosen.actor),
        channels=to_domain_set(chosen.channel, envelope.Channel),
        text=parse_search(chosen.text, "text", "filter"),
        segment=await segment_number(chosen.segment, context),
        user=await somebody(chosen.user, context),
        after=await moment_of(chosen.after, context, "filter") or 0,
        up_to=await moment_of(chosen.up_to, context, "filter"),
    )
    if may(context.principal, Permission.SEE_THE_LOG):
        return query
    own = context.principal.id
    return replace(query, actor=own) if query.actor in (None, own) else None
