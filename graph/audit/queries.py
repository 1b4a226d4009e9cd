"""Queries for the event log."""

from datetime import timedelta
from typing import Annotated

import strawberry

from domain.kernel.permission import Permission
from graph.audit.inputs import EventFilter, log_question
from graph.audit.types import ActivityDay, LogStatus
from graph.objects.event_connection import HISTORY, RecordedEventConnection
from graph.support.access_logging import require_and_log
from graph.support.context import Info
from graph.support.errors import invalid
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from graph.support.scalars import LogPosition, MinPosition

MAX_DAYS = 366

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
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Filter = None,
        min_position: MinPosition = None,
    ) -> RecordedEventConnection:
        context = info.context
        require_and_log(info, Permission.SEE_THE_LOG)
        await context.at_least(min_position)
        page_request = parse_page_request(HISTORY, (int,), first, after, last, before)
        query = await log_question(filter, context)
        return RecordedEventConnection.of(
            query, await context.site.reads.audit.page(query, page_request)
        )

    @strawberry.field(
        description="The position up to which the read model has followed the log, and the log's"
        " own head."
    )
    async def log_status(self, info: Info) -> LogStatus:
        info.context.require(Permission.SEE_LOG_STATUS)
        read_model = (
            info.context.site.live.position.seen()
        )  # first: it can never be ahead of the head
        head = await info.context.site.reads.audit.head()
        return LogStatus(head=LogPosition(head), read_model=LogPosition(read_model))

    @strawberry.field(
        description="How much happened on each of the last days (UTC), oldest first, today last;"
        " days on which nothing did, too. For auditors and site admins."
    )
    async def site_activity(
        self,
        info: Info,
        days: Annotated[int, strawberry.argument(description="How many days, 1 to 366.")] = 30,
        min_position: MinPosition = None,
    ) -> list[ActivityDay]:
        context = info.context
        require_and_log(info, Permission.SEE_THE_LOG)
        if not 1 <= days <= MAX_DAYS:
            raise invalid(f"From 1 to {MAX_DAYS} days.", "days")
        await context.at_least(min_position)
        today = context.site.services.clock().date()
        last = [today - timedelta(days=ago) for ago in reversed(range(days))]
        found = await context.site.reads.activity.between(last[0], today)
        counts = [(day, *found.get(day, (0, 0))) for day in last]
        return [ActivityDay(day=day, commands=c, events=e) for day, c, e in counts]
