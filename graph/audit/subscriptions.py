"""Subscriptions to the event log and its status."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import Annotated

import strawberry

from domain.kernel.permission import Permission
from graph.audit.inputs import log_question
from graph.audit.queries import Filter
from graph.audit.types import LogStatus
from graph.objects.event import RecordedEvent
from graph.support.access_logging import require_and_log
from graph.support.context import Context, Info
from graph.support.errors import invalid
from graph.support.requirements import requires
from graph.support.scalars import LogPosition
from graph.support.shared_payloads import Batch, Batches
from projections.audit.query import LogQuery


@strawberry.type
class LogSubscriptions:
    @strawberry.subscription(
        description="Every event after a position, then live: in order, none missed and none twice."
        " Resume with the last position that you have seen. Without a position it"
        " begins now." + requires(Permission.SEE_THE_LOG)
    )
    async def events(
        self,
        info: Info,
        after: Annotated[
            LogPosition | None,
            strawberry.argument(description="Begins after this log position; omit to begin now."),
        ] = None,
        filter: Filter = None,
    ) -> AsyncIterable[RecordedEvent]:
        context = info.context
        require_and_log(info, Permission.SEE_THE_LOG)
        query = await log_question(filter, context)
        start = await _start(after, context)
        return Batches(_told(query, max(start, query.after), context))

    @strawberry.subscription(
        description="logStatus each time the read model has moved on: what you have read may then"
        " have changed. At most ten times a second; several moves at once are sent as"
        " one." + requires(Permission.SEE_LOG_STATUS)
    )
    async def log_status_changed(
        self,
        info: Info,
        after: Annotated[
            LogPosition | None,
            strawberry.argument(
                description="Sends at once if the read model has moved on since this position."
            ),
        ] = None,
    ) -> AsyncIterable[LogStatus]:
        context = info.context
        context.require(Permission.SEE_LOG_STATUS)
        return Batches(_beats(await _start(after, context), context))


async def _start(after: int | None, context: Context) -> int:
    """The position to begin at; the read model's by default. QueryError INVALID for the future."""
    reached = context.site.live.position.value
    if after is None:
        return reached
    if after > reached and after > await context.site.reads.audit.head():
        raise invalid("The log is not there yet.", "after")
    return after


async def _beats(after: int, context: Context) -> AsyncIterator[Batch[LogStatus]]:
    async for tick in context.site.live.ticker.follow(after):
        yield Batch(tick, [LogStatus.of(tick)], tick.read_model)


async def _told(
    query: LogQuery, after: int, context: Context
) -> AsyncIterator[Batch[RecordedEvent]]:
    async for event_range in context.site.live.log_feed.follow(query, after):
        events = [RecordedEvent.of(recorded) for recorded in event_range.events]
        key = query, event_range.after, event_range.through, event_range.era
        yield Batch(key, events, event_range.through)
