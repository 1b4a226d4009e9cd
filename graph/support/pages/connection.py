"""Connections: one page of a list, as Relay has it, whatever it is a list of."""

from typing import Any, Generic, Self, TypeVar

import strawberry

from graph.support.pages.pagination import PageInfo, page_info
from projections.sql.paging import Page

Q = TypeVar("Q")
N = TypeVar("N")
E = TypeVar("E", bound="Edge[Any]")


@strawberry.type
class Edge(Generic[N]):
    """A thing's place in a list. Subclasses say what `node` is."""

    cursor: str = strawberry.field(description="Cursor of this place, for `after` and `before`.")
    node: N


@strawberry.type
class Connection(Generic[Q, N, E]):
    """A page of an answer to a question. Subclasses count all that it keeps: `total_count`."""

    query: strawberry.Private[Q]
    edges: list[E] = strawberry.field(description="The page's entries, with cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")

    @classmethod
    def build(cls, query: Q, page: Page[Any], edges: list[E]) -> Self:
        """The connection with those edges, which are of the page's rows."""
        info = page_info(page, [edge.cursor for edge in edges])
        return cls(query=query, edges=edges, page_info=info)

    @strawberry.field(description="The page's entries, without cursors.")
    def nodes(self) -> list[N]:
        return [edge.node for edge in self.edges]
