"""Pages of recorded events."""

from typing import Self

import strawberry

from domain import log
from graph.objects.event import RecordedEvent
from graph.support.context import Info
from graph.support.pages.connection import Connection, Edge
from graph.support.pages.pagination import encode_cursor
from projections.audit.query import LogQuery
from projections.sql.paging import Page

EVENTS, HISTORY, OF_COMMAND = "EVENTS", "HISTORY", "OF_COMMAND"
"""Lists of events by position: a cursor belongs to one of them."""


@strawberry.type(description="An event with its place in the list.")
class RecordedEventEdge(Edge[RecordedEvent]):
    node: RecordedEvent = strawberry.field(description="The event at this place.")


@strawberry.type(description="A page of recorded events.")
class RecordedEventConnection(Connection[LogQuery, RecordedEvent, RecordedEventEdge]):
    @classmethod
    def of(cls, query: LogQuery, page: Page[log.RecordedEvent], name: str) -> Self:
        """The connection of one page of an answer, of the list with that name."""
        edges = [
            RecordedEventEdge(
                cursor=encode_cursor(name, (recorded.position,)), node=RecordedEvent.of(recorded)
            )
            for recorded in page.rows
        ]
        return cls.build(query, page, edges)

    @strawberry.field(description="Number of events that match, on all pages.")
    async def total_count(self, info: Info) -> int:
        return await info.context.site.reads.audit.count(self.query)
