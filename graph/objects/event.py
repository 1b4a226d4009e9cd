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
from domain.policy import may
from domain.segments.state import segment_of
from graph.objects.actor import Actor
from graph.objects.event_details.union import DETAILS, EventDetails
from graph.support.context import Info
from graph.support.node import Node
from graph.support.scalars import LogPosition
from graph.support.sealed import opened
from projections.audit.event_summaries import people_in, summary_of

if TYPE_CHECKING:
    from graph.objects.segment import UserSegment

MAX_LISTED = 100
"""Entries that are shown of a list inside an event."""


@strawberry.type(description="One recorded fact. Nothing ever changes it.")
class RecordedEvent(Node):
    recorded: strawberry.Private[log.RecordedEvent]
    position: LogPosition = strawberry.field(description="Its place in the log.")
    type: str = strawberry.field(description="The stable name of the fact, such as segment.edited.")
    schema_version: int = strawberry.field(description="The version of its shape when recorded.")
    recorded_at: datetime = strawberry.field(description="When it was recorded.")
    reason: str | None = strawberry.field(description="Why, in the actor's words.")
    channel: str = strawberry.field(
        description="Where it came from: API, CONSOLE, CLI, UPLOAD, RULE or SYSTEM."
    )
    command_id: strawberry.ID = strawberry.field(
        description="The command that led to it. Several events of one command share it."
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
            channel=envelope.channel.value,
            command_id=strawberry.ID(envelope.command_id),
        )

    @strawberry.field(description="Who did it.")
    async def actor(self, info: Info) -> Actor:
        return Actor.of(await info.context.loaders.actor.load(self.recorded.envelope.actor.id))

    @strawberry.field(description="One sentence for a person.")
    async def summary(self, info: Info) -> str:
        loaders, event = info.context.loaders, self.recorded.event
        actor = await loaders.actor.load(self.recorded.envelope.actor.id)
        people = people_in(event)
        names = dict(zip(people, await loaders.name.load_many(people), strict=True))
        return summary_of(actor.display_name, event, names)

    @strawberry.field(
        description="The fact's own fields. Sealed fields are opened for those who may see them"
        " (null after erasure); of an id list over 100 long the first 100 and its length."
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
        description="The canonical bytes whose hash is this event's leaf, base64; their layout is"
        " documented."
    )
    async def leaf(self, info: Info) -> str:
        return b64encode(await info.context.loaders.leaf.load(self.recorded.position)).decode()

    @strawberry.field(description="The segment as it is now; null when it is off the site.")
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
