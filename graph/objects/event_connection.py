"""Pages of recorded events."""

from typing import Self

import strawberry

from domain.log import Recorded
from graph.objects.event import RecordedEvent
from graph.support.context import Context
from graph.support.pagination import PageInfo, cursor_of, page_info
from projections.audit.question import LogQuestion
from projections.sql.paging import Page

HISTORY = "HISTORY"
"""The order of the log, and of histories."""


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
