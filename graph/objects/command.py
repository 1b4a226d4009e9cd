"""Commands as the log has them: what somebody did at once, however many events it recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

import strawberry

from domain import log
from domain.kernel.ids import command_node_id
from domain.kernel.permission import Permission
from domain.policy import may
from domain.segments.state import segment_of
from graph.objects.actor import Actor
from graph.objects.enums import Channel
from graph.objects.event import RecordedEvent
from graph.objects.event_connection import OF_COMMAND, RecordedEventConnection
from graph.objects.lookup.actor import actor_by_id
from graph.support.context import Context, Info
from graph.support.node import Node
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from projections.audit.event_summaries import HISTORY_TOPICS
from projections.audit.query import LogQuery
from projections.commands.summaries import command_summary
from projections.commands.undoable import is_undoable
from projections.commands.views import CommandView, TypeCount


@strawberry.type(
    description="What somebody did at once, however many events it recorded. Site admins and"
    " auditors see all commands, training managers their own, and of others what the events that"
    " they see tell."
)
class Command(Node):
    view: strawberry.Private[CommandView]
    command_id: strawberry.ID = strawberry.field(
        description="The command's own id, as in payloads and events. `undoCommand` takes it."
    )
    recorded_at: datetime = strawberry.field(description="When the command was recorded.")
    reason: str | None = strawberry.field(description="Why it was done, in the actor's words.")
    channel: Channel = strawberry.field(description="Where the command came from.")
    undoable: bool = strawberry.field(
        description="Whether `undoCommand` may have something to undo: false once the command was"
        " undone, and for an erasure. Later events may still conflict; a dry run tells them."
    )

    @classmethod
    def of(cls, view: CommandView) -> Self:
        """The object of a view."""
        envelope = view.first.envelope
        return cls(
            id=strawberry.ID(command_node_id(view.id)),
            view=view,
            command_id=strawberry.ID(view.id),
            recorded_at=envelope.instant,
            reason=envelope.reason,
            channel=Channel(envelope.channel),
            undoable=is_undoable(view),
        )

    @strawberry.field(description="Who did it: the user, program or part of the system.")
    async def actor(self, info: Info) -> Actor:
        return await actor_by_id(self.view.first.envelope.actor.id, info.context)

    @strawberry.field(
        description="One sentence for a person: what was done, and to how much of it. It tells of"
        " the events that you may see."
    )
    async def summary(self, info: Info) -> str:
        envelope = self.view.first.envelope
        if not self.view.counts and sees_event(self.view.first, info.context):
            return await RecordedEvent.of(self.view.first).sentence(info.context)
        actor = await info.context.loaders.actor.load(envelope.actor.id)
        counts = _seen(self.view.counts, info.context)
        return command_summary(actor.display_name, envelope, counts)

    @strawberry.field(
        description="The events that the command recorded, oldest first, as far as you may see"
        " them: training managers see those of segments' histories."
    )
    async def events(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> RecordedEventConnection:
        page_request = parse_page_request(OF_COMMAND, (int,), first, after, last, before)
        query = LogQuery(
            after=self.view.position - 1,
            up_to=self.view.last_position,
            of_segments=not may(info.context.principal, Permission.SEE_THE_LOG),
        )
        page = await info.context.site.reads.audit.page(query, page_request)
        return RecordedEventConnection.of(query, page, OF_COMMAND)

    @strawberry.field(
        description="The last command that undid this one, entirely or in part; null when none did,"
        " or when you may not see it."
    )
    async def undone_by(
        self, info: Info
    ) -> Annotated[Command, strawberry.lazy("graph.objects.command")] | None:
        if self.view.undone_by is None:
            return None
        view = await info.context.loaders.command_of_event.load(self.view.undone_by)
        return _if_seen(view, info.context)

    @strawberry.field(
        description="The command that this one undid; null when it is no undo, or when you may not"
        " see what it undid."
    )
    async def undoes(
        self, info: Info
    ) -> Annotated[Command, strawberry.lazy("graph.objects.command")] | None:
        undone = self.view.first.envelope.causation_id
        if undone is None:
            return None
        return _if_seen(await info.context.loaders.command.load(undone), info.context)


def sees_event(recorded: log.RecordedEvent, context: Context) -> bool:
    """Whether the principal may see an event: those that no segment's history shows need
    SEE_THE_LOG.
    """
    return may(context.principal, Permission.SEE_THE_LOG) or (
        bool(segment_of(recorded.event)) and may(context.principal, Permission.SEE_THE_PAST)
    )


def lists_command(view: CommandView, context: Context) -> bool:
    """Whether the principal may list a command, and find it by its id."""
    if may(context.principal, Permission.SEE_THE_LOG):
        return True
    is_own = view.first.envelope.actor.id == context.principal.id
    return is_own and may(context.principal, Permission.SEE_THE_PAST)


def _if_seen(view: CommandView | None, context: Context) -> Command | None:
    """The command, if the principal may list it, or see it by its first event."""
    if view is None:
        return None
    is_seen = lists_command(view, context) or sees_event(view.first, context)
    return Command.of(view) if is_seen else None


def _seen(counts: Sequence[TypeCount], context: Context) -> Sequence[TypeCount]:
    if may(context.principal, Permission.SEE_THE_LOG):
        return counts
    return [count for count in counts if count.topic in HISTORY_TOPICS]
