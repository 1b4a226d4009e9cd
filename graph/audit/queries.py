"""Questions about the log."""

from typing import Annotated

import strawberry

from domain.policy import Permission
from graph.audit.inputs import EventFilter, log_question
from graph.audit.types import HISTORY, LogStatus, RecordedEventConnection
from graph.support.access import audited
from graph.support.context import Context
from graph.support.pagination import After, Before, First, Last, window
from graph.support.scalars import LogPosition, MinPosition

Filter = Annotated[
    EventFilter | None, strawberry.argument(description="Which to keep; all, unless given.")
]


@strawberry.type
class AuditQueries:
    @strawberry.field(
        description="The log itself, oldest first. For auditors and site admins. A filter that"
        " names what there cannot be (a type, an id of another form, a position after the log's"
        " end) is INVALID; one that names what is not there keeps nothing."
    )
    async def events(
        self,
        info: strawberry.Info[Context, None],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Filter = None,
        min_position: MinPosition = None,
    ) -> RecordedEventConnection:
        context = info.context
        audited(info, Permission.SEE_THE_LOG)
        await context.at_least(min_position)
        wanted = window(HISTORY, (int,), first, after, last, before)
        question = await log_question(filter, context)
        return RecordedEventConnection.of(question, await context.site.audit.page(question, wanted))

    @strawberry.field(
        description="The position up to which the read model has followed the log, and the log's"
        " own head."
    )
    async def log_status(self, info: strawberry.Info[Context, None]) -> LogStatus:
        info.context.require(Permission.SEE_LOG_STATUS)
        read_model = info.context.site.position.value  # first: it can never be ahead of the head
        head = await info.context.site.audit.head()
        return LogStatus(head=LogPosition(head), read_model=LogPosition(read_model))
