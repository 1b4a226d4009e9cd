"""The types of the access log."""

from datetime import datetime
from typing import Self

import strawberry
from strawberry.scalars import JSON

from domain.kernel import envelope
from graph.access.outcome import AccessOutcome
from graph.objects.actor import Actor
from graph.objects.enums import Channel, Role
from graph.support.context import Info
from graph.support.pages.connection import Connection, Edge
from graph.support.pages.pagination import encode_cursor
from projections.access.entry import AccessEntry as Entry
from projections.access.reads import AccessQuery
from projections.sql.paging import Page

ACCESS = "ACCESS"
"""The order of the access log: by time."""


@strawberry.type(
    description="Somebody read a part of the log, or was refused. Nothing changes it; it goes when"
    " it is as old as the site's settings say."
)
class AccessEntry:
    entry: strawberry.Private[Entry]
    at: datetime = strawberry.field(description="When.")
    roles: list[Role] = strawberry.field(description="The roles that they had then.")
    operation: str = strawberry.field(
        description="What they asked for: the name of the schema's field, such as events."
    )
    about: JSON = strawberry.field(
        description="The ids, whole numbers and times among its arguments; null stands for other"
        " values, which may be personal. Of a list over 100 long the first 100 and its length."
    )
    outcome: AccessOutcome = strawberry.field(
        description="ALLOWED, or the code that the request was refused with."
    )
    channel: Channel = strawberry.field(
        description="Where the request came from: API, CONSOLE or CLI."
    )
    request_id: str = strawberry.field(description="The request, as in the service's own logs.")

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The object of an entry."""
        return cls(
            entry=entry,
            at=entry.at,
            roles=[Role(role) for role in entry.roles],
            operation=entry.operation,
            about=JSON(entry.about),
            outcome=AccessOutcome(entry.outcome),
            channel=Channel(envelope.Channel(entry.channel)),
            request_id=entry.request_id,
        )

    @strawberry.field(description="Who.")
    async def actor(self, info: Info) -> Actor:
        return Actor.of(await info.context.loaders.actor.load(self.entry.actor))


@strawberry.type(description="An entry's place in the access log.")
class AccessEntryEdge(Edge[AccessEntry]):
    node: AccessEntry = strawberry.field(description="The entry.")


@strawberry.type(description="A page of the access log.")
class AccessEntryConnection(Connection[AccessQuery, AccessEntry, AccessEntryEdge]):
    @classmethod
    def of(cls, query: AccessQuery, page: Page[Entry]) -> Self:
        """The connection of one page of an answer."""
        edges = [
            AccessEntryEdge(cursor=encode_cursor(ACCESS, (entry.id,)), node=AccessEntry.of(entry))
            for entry in page.rows
        ]
        return cls.build(query, page, edges)

    @strawberry.field(description="How many entries the filter keeps, on all pages.")
    async def total_count(self, info: Info) -> int:
        return await info.context.site.reads.access.count(self.query)
