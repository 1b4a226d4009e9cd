"""The query for commands: the log, a line a command."""

from typing import Annotated

import strawberry

from domain.kernel.permission import Permission
from graph.audit.command_inputs import CommandFilter, command_query
from graph.objects.command_connection import COMMANDS, CommandConnection
from graph.support.access_logging import require_and_log
from graph.support.context import Info
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from graph.support.requirements import requires
from graph.support.scalars import MinPosition
from projections.commands.query import NO_COMMANDS

Filter = Annotated[
    CommandFilter | None,
    strawberry.argument(description="Narrows the list. Without it: all commands."),
]


@strawberry.type
class CommandQueries:
    @strawberry.field(
        description="The log, a line a command, oldest first; `last` for the newest. Site admins"
        " and auditors see all commands, training managers their own. A filter with an unknown"
        " type, a malformed id or a position after the log's end is INVALID; one that names what"
        " does not exist matches nothing." + requires(Permission.SEE_THE_PAST)
    )
    async def commands(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Filter = None,
        min_position: MinPosition = None,
    ) -> CommandConnection | None:
        context = info.context
        require_and_log(info, Permission.SEE_THE_PAST)
        page_request = parse_page_request(COMMANDS, (int,), first, after, last, before)
        query = await command_query(filter, context) or NO_COMMANDS
        page = await context.site.reads.commands.page(query, page_request)
        return CommandConnection.of(query, page)
