"""The type of a recorded event."""

from base64 import b64encode
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID

import msgspec
import strawberry
from strawberry.scalars import JSON

from domain import log
from domain.kernel.ids import SEGMENT, event_id, uuid_in
from domain.kernel.permission import Permission
from domain.kernel.read_model_behind import ReadModelBehind
from domain.policy import may
from domain.segments.state import segment_of
from graph.objects.actor import Actor
from graph.objects.enums import Channel
from graph.objects.event_details.union import DETAILS, EventDetails
from graph.objects.lookup.actor import actor_by_id
from graph.support.context import Context, Info
from graph.support.node import Node
from graph.support.scalars import LogPosition
from graph.support.sealed import opened
from projections.audit.event_summaries import people_in, summary_of

if TYPE_CHECKING:
    from graph.objects.command import Command
    from graph.objects.segment import UserSegment

MAX_LISTED = 100
"""Entries that are shown of a list inside an event."""


@strawberry.type(description="One event of the log. Nothing ever changes it.")
class RecordedEvent(Node):
    recorded: strawberry.Private[log.RecordedEvent]
    position: LogPosition = strawberry.field(description="The event's place in the log.")
    type: str = strawberry.field(
        description='The stable name of the event\'s type, such as "segment.edited"; `eventTypes`'
        " lists all."
    )
    schema_version: int = strawberry.field(
        description="Version of the type's fields with which the event was recorded."
    )
    recorded_at: datetime = strawberry.field(description="When the event was recorded.")
    reason: str | None = strawberry.field(
        description="The reason that the actor gave for the command."
    )
    channel: Channel = strawberry.field(description="Where the command came from.")
    command_id: strawberry.ID = strawberry.field(
        description="Id of the command that recorded the event; events of one command share it."
    )

    @classmethod
    def of(cls, recorded: log.RecordedEvent) -> Self:
        """The object of a recorded event."""
        envelope = recorded.envelope
        return cls(
            id=strawberry.ID(event_id(recorded.position)),
            recorded=recorded,
            position=LogPosition(recorded.position),
            type=recorded.event.TOPIC,
            schema_version=envelope.schema_version,
            recorded_at=envelope.instant,
            reason=envelope.reason,
            channel=Channel(envelope.channel),
            command_id=strawberry.ID(envelope.command_id),
        )

    @strawberry.field(description="Who gave the command.")
    async def actor(self, info: Info) -> Actor:
        return await actor_by_id(self.recorded.envelope.actor.id, info.context)

    @strawberry.field(
        description="The command that recorded the event, with all of its events that you may see."
    )
    async def command(
        self, info: Info
    ) -> Annotated["Command", strawberry.lazy("graph.objects.command")]:
        from graph.objects.command import Command

        view = await info.context.loaders.command_of_event.load(self.recorded.position)
        if view is None:
            raise ReadModelBehind(self.recorded.position, info.context.position)
        return Command.of(view)

    @strawberry.field(description="What happened, as one sentence for people.")
    async def summary(self, info: Info) -> str:
        return await self.sentence(info.context)

    async def sentence(self, context: Context) -> str:
        """The summary of the event."""
        loaders, event = context.loaders, self.recorded.event
        actor = await loaders.actor.load(self.recorded.envelope.actor.id)
        people = people_in(event)
        names = dict(zip(people, await loaders.name.load_many(people), strict=True))
        return summary_of(actor.display_name, event, names)

    @strawberry.field(
        description="The event's own fields as recorded. Encrypted fields are decrypted for those"
        " who may see them, and null after an erasure. Lists are cut after 100 entries,"
        " with their length beside."
    )
    async def data(self, info: Info) -> JSON:
        fields: dict[str, Any] = msgspec.to_builtins(self.recorded.event)
        if fields.get("sealed") is not None:
            content = await opened(fields["userId"], fields["sealed"], info.context)
            fields["sealed"] = None if content is None else msgspec.json.decode(content)
        return JSON(_truncate_lists(fields))

    @strawberry.field(
        description="What the event says, typed and spelled as this schema spells it. `data` has"
        " the same as it was recorded."
    )
    def details(self) -> EventDetails:
        details: EventDetails = DETAILS[type(self.recorded.event)](self.recorded.event)
        return details

    @strawberry.field(
        description="Canonical bytes of the event, base64: their SHA-256 leaf hash is the event's"
        " leaf in the log's tree."
    )
    async def leaf(self, info: Info) -> str:
        return b64encode(await info.context.loaders.leaf.load(self.recorded.position)).decode()

    @strawberry.field(
        description="The segment that the event is about, as it is now; null if none, or if it is"
        " gone."
    )
    async def segment(
        self, info: Info
    ) -> Annotated["UserSegment", strawberry.lazy("graph.objects.segment")] | None:
        from graph.objects.segment import UserSegment

        uuid: UUID | None = uuid_in(segment_of(self.recorded.event), SEGMENT)
        if uuid is None or not may(info.context.principal, Permission.SEE_ALL_SEGMENTS):
            return None
        view = await info.context.loaders.segment.load((uuid, None))
        return None if view is None else UserSegment.of(view)


def _truncate_lists(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with long lists cut, each with its length beside: `userIds`, `userIdsLength`."""
    truncated: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, list | tuple) and len(value) > MAX_LISTED:
            truncated[name] = value[:MAX_LISTED]
            truncated[f"{name}Length"] = len(value)
        else:
            truncated[name] = value
    return truncated
