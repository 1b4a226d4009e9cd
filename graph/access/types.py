"""The types of the access log."""

from datetime import datetime
from typing import Self

import strawberry
from strawberry.scalars import JSON

from domain.kernel import envelope
from graph.access.outcome import AccessOutcome
from graph.objects.actor import Actor
from graph.objects.enums import Channel, Role
from graph.objects.lookup.actor import actor_by_id
from graph.support.context import Info
from graph.support.pages.connection import Connection, Edge
from graph.support.pages.pagination import encode_cursor
from projections.access.entry import AccessEntry as Entry
from projections.access.reads import AccessQuery
from projections.sql.paging import Page

ACCESS = "ACCESS"
"""The order of the access log: by time."""


@strawberry.type(
    description="One request that read a part of the event log, or was refused. It never"
    " changes, and is removed at the age that the site's settings say."
)
class AccessEntry:
    entry: strawberry.Private[Entry]
    at: datetime = strawberry.field(description="When the request was made.")
    roles: list[Role] = strawberry.field(description="The roles that the actor had at that time.")
    operation: str = strawberry.field(
        description='The root field that was requested, such as "events".'
    )
    about: JSON = strawberry.field(
        description="The request's arguments, with values that may be personal as null; lists are"
        " cut after 100 entries, followed by their length."
    )
    outcome: AccessOutcome = strawberry.field(
        description="ALLOWED, or the code that the request was refused with."
    )
    channel: Channel = strawberry.field(
        description="Where the request came from: API, CONSOLE or CLI."
    )
    request_id: str = strawberry.field(
        description="The request's id, as in the service's own logs and in X-Request-ID."
    )

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

    @strawberry.field(description="Who made the request.")
    async def actor(self, info: Info) -> Actor:
        return await actor_by_id(self.entry.actor, info.context)


@strawberry.type(description="An entry with its place in the access log.")
class AccessEntryEdge(Edge[AccessEntry]):
    node: AccessEntry = strawberry.field(description="The entry at this place.")


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

    @strawberry.field(description="Number of entries that match the filter, on all pages.")
    async def total_count(self, info: Info) -> int:
        return await info.context.site.reads.access.count(self.query)
