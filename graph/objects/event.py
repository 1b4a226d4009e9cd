"""Recorded facts, as the API shows them."""

from base64 import b64encode
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID

import msgspec
import strawberry
from strawberry.scalars import JSON

from domain.kernel.ids import SEGMENT, event_id, uuid_in
from domain.kernel.permission import Permission
from domain.log import Recorded
from domain.policy import may
from domain.segments.state import segment_of
from graph.objects.actor import Actor
from graph.support.context import Context
from graph.support.node import Node
from graph.support.pagination import PageInfo, cursor_of, page_info
from graph.support.scalars import LogPosition
from projections.audit.pulse import Beat
from projections.audit.question import LogQuestion
from projections.audit.sentences import people_in, sentence
from projections.sql.paging import Page

if TYPE_CHECKING:
    from graph.objects.segment import UserSegment

MAX_LISTED = 100
"""Entries that are shown of a list inside a fact."""

HISTORY = "HISTORY"
"""The order of the log, and of histories."""


@strawberry.type(description="One recorded fact. Nothing ever changes it.")
class RecordedEvent(Node):
    fact: strawberry.Private[Recorded]
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
    def of(cls, fact: Recorded) -> Self:
        """The type behind a fact."""
        envelope = fact.envelope
        return cls(
            id=strawberry.ID(event_id(fact.position)),
            fact=fact,
            position=LogPosition(fact.position),
            type=fact.event.TOPIC,
            schema_version=envelope.schema_version,
            recorded_at=envelope.instant,
            reason=envelope.reason,
            channel=envelope.channel.value,
            command_id=strawberry.ID(envelope.command_id),
        )

    @strawberry.field(description="Who did it.")
    async def actor(self, info: strawberry.Info[Context, None]) -> Actor:
        return Actor.of(await info.context.loaders.actor.load(self.fact.envelope.actor.id))

    @strawberry.field(description="One sentence for a person.")
    async def summary(self, info: strawberry.Info[Context, None]) -> str:
        loaders, event = info.context.loaders, self.fact.event
        actor = await loaders.actor.load(self.fact.envelope.actor.id)
        people = people_in(event)
        names = dict(zip(people, await loaders.name.load_many(people), strict=True))
        return sentence(actor.display_name, event, names)

    @strawberry.field(
        description="The fact's own fields. Sealed fields are opened for those who may see them"
        " (null after erasure); of an id list over 100 long the first 100 and its length."
    )
    async def data(self, info: strawberry.Info[Context, None]) -> JSON:
        fields: dict[str, Any] = msgspec.to_builtins(self.fact.event)
        if fields.get("sealed") is not None:
            fields["sealed"] = await _opened(fields["userId"], fields["sealed"], info.context)
        return JSON(_shortened(fields))

    @strawberry.field(
        description="The canonical bytes whose hash is this event's leaf, base64; their layout is"
        " documented."
    )
    async def leaf(self, info: strawberry.Info[Context, None]) -> str:
        return b64encode(await info.context.loaders.leaf.load(self.fact.position)).decode()

    @strawberry.field(description="The segment as it is now; null when it is off the site.")
    async def segment(
        self, info: strawberry.Info[Context, None]
    ) -> Annotated["UserSegment", strawberry.lazy("graph.objects.segment")] | None:
        from graph.objects.segment import UserSegment

        uuid: UUID | None = uuid_in(segment_of(self.fact.event), SEGMENT)
        if uuid is None or not may(info.context.principal, Permission.SEE_ALL_SEGMENTS):
            return None
        view = await info.context.loaders.segment.load((uuid, None))
        return None if view is None else UserSegment.of(view)


async def _opened(user: str, sealed: str, context: Context) -> Any:
    if not may(context.principal, Permission.SEE_ALL_USERS):
        return None
    content = await context.loaders.opened.load((user, sealed))
    return None if content is None else msgspec.json.decode(content)


def _shortened(fields: dict[str, Any]) -> dict[str, Any]:
    """Long lists cut, each with its length beside it: `userIds`, `userIdsLength`."""
    shown: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, list | tuple) and len(value) > MAX_LISTED:
            shown[name] = value[:MAX_LISTED]
            shown[f"{name}Length"] = len(value)
        else:
            shown[name] = value
    return shown


@strawberry.type(description="A fact's place in a list.")
class RecordedEventEdge:
    cursor: str = strawberry.field(description="Names this place, for after and before.")
    node: RecordedEvent = strawberry.field(description="The fact.")


@strawberry.type(description="A page of recorded facts.")
class RecordedEventConnection:
    question: strawberry.Private[LogQuestion]
    edges: list[RecordedEventEdge] = strawberry.field(description="The page, with cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, question: LogQuestion, page: Page[Recorded]) -> Self:
        """The connection behind one page of an answer."""
        edges = [
            RecordedEventEdge(
                cursor=cursor_of(HISTORY, (fact.position,)), node=RecordedEvent.of(fact)
            )
            for fact in page.rows
        ]
        info = page_info(page, [edge.cursor for edge in edges])
        return cls(question=question, edges=edges, page_info=info)

    @strawberry.field(description="The page, without cursors.")
    def nodes(self) -> list[RecordedEvent]:
        return [edge.node for edge in self.edges]

    @strawberry.field(description="How many facts there are, on all pages.")
    async def total_count(self, info: strawberry.Info[Context, None]) -> int:
        return await info.context.site.audit.count(self.question)


@strawberry.type(description="How far the log is, and how far the read model has followed it.")
class LogStatus:
    head: LogPosition = strawberry.field(description="The log's greatest position.")
    read_model: LogPosition = strawberry.field(
        description="Every event up to here is in the read model."
    )

    @classmethod
    def of(cls, beat: Beat) -> Self:
        """The type behind a beat."""
        return cls(head=LogPosition(beat.head), read_model=LogPosition(beat.read_model))


@strawberry.type(description="How much was recorded on one day.")
class DayOfActivity:
    day: date = strawberry.field(description="The day, in UTC: 2026-03-01.")
    commands: int = strawberry.field(description="How many commands did something.")
    events: int = strawberry.field(description="How many facts they recorded.")
