"""Pages of commands."""

from typing import Self

import strawberry

from graph.objects.command import Command
from graph.support.context import Info
from graph.support.pages.connection import Connection, Edge
from graph.support.pages.pagination import encode_cursor
from projections.commands.query import CommandQuery
from projections.commands.views import CommandView
from projections.sql.paging import Page

COMMANDS = "COMMANDS"
"""The order of commands: by the position of the first event."""


@strawberry.type(description="A command's place in a list.")
class CommandEdge(Edge[Command]):
    node: Command = strawberry.field(description="The command at this place.")


@strawberry.type(description="A page of commands.")
class CommandConnection(Connection[CommandQuery, Command, CommandEdge]):
    @classmethod
    def of(cls, query: CommandQuery, page: Page[CommandView]) -> Self:
        """The connection of one page of an answer."""
        edges = [
            CommandEdge(cursor=encode_cursor(COMMANDS, (view.position,)), node=Command.of(view))
            for view in page.rows
        ]
        return cls.build(query, page, edges)

    @strawberry.field(description="How many commands the filter keeps, on all pages.")
    async def total_count(self, info: Info) -> int:
        return await info.context.site.reads.commands.count(self.query)
