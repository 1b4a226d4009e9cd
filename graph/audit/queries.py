"""Queries for the event log."""

from datetime import timedelta
from typing import Annotated

import strawberry

from domain.kernel.permission import Permission
from graph.audit.inputs import EventFilter, log_question
from graph.audit.types import ActivityDay, LogStatus
from graph.objects.event_connection import EVENTS, RecordedEventConnection
from graph.support.access_logging import require_and_log
from graph.support.context import Info
from graph.support.errors import invalid
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from graph.support.requirements import requires
from graph.support.scalars import LogPosition, MinPosition

MAX_DAYS = 366

Filter = Annotated[
    EventFilter | None, strawberry.argument(description="Narrows the list. Without it: all events.")
]


@strawberry.type
class AuditQueries:
    @strawberry.field(
        description="The event log, oldest first. A filter with an unknown type, a malformed id or"
        " a position after the log's end is INVALID; one that names what does not exist"
        " matches nothing." + requires(Permission.SEE_THE_LOG)
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
    ) -> RecordedEventConnection | None:
        context = info.context
        require_and_log(info, Permission.SEE_THE_LOG)
        page_request = parse_page_request(EVENTS, (int,), first, after, last, before)
        query = await log_question(filter, context)
        return RecordedEventConnection.of(
            query, await context.site.reads.audit.page(query, page_request), EVENTS
        )

    @strawberry.field(
        description="How far the read model has followed the log, and the log's own head."
        + requires(Permission.SEE_LOG_STATUS)
    )
    async def log_status(self, info: Info) -> LogStatus:
        info.context.require(Permission.SEE_LOG_STATUS)
        read_model = await info.context.snapshot.begin()  # first: it is never ahead of the head
        head = await info.context.site.reads.audit.head()
        return LogStatus(head=LogPosition(head), read_model=LogPosition(read_model))

    @strawberry.field(
        description="Commands and events on each of the last days (UTC), oldest first, today last,"
        " days without any included." + requires(Permission.SEE_THE_LOG)
    )
    async def site_activity(
        self,
        info: Info,
        days: Annotated[
            int, strawberry.argument(description="Number of days, 1 to 366, today included.")
        ] = 30,
        min_position: MinPosition = None,
    ) -> list[ActivityDay] | None:
        context = info.context
        require_and_log(info, Permission.SEE_THE_LOG)
        if not 1 <= days <= MAX_DAYS:
            raise invalid(f"From 1 to {MAX_DAYS} days.", "days")
        today = context.site.services.clock().date()
        last = [today - timedelta(days=ago) for ago in reversed(range(days))]
        found = await context.site.reads.activity.between(last[0], today)
        counts = [(day, *found.get(day, (0, 0))) for day in last]
        return [ActivityDay(day=day, commands=c, events=e) for day, c, e in counts]
