"""Subscriptions to one segment."""

from collections.abc import AsyncIterable, AsyncIterator
from functools import partial
from typing import Annotated

import strawberry

from domain.kernel.permission import Permission
from domain.policy import may
from graph.objects.lookup.segment import segment_by_id
from graph.objects.segment import UserSegment
from graph.support.context import Context, Info
from graph.support.errors import QueryError, QueryErrorCode
from graph.support.scalars import LogPosition
from graph.support.shared_payloads import Batch, Batches
from projections.audit.query import LogQuery


@strawberry.type
class SegmentSubscriptions:
    @strawberry.subscription(
        description="The segment each time it or its members change; completes when it is deleted,"
        " or you may no longer see it. Each message shows it as it is by then."
    )
    async def user_segment_changed(
        self,
        info: Info,
        segment: Annotated[
            strawberry.ID, strawberry.argument(description="Present id of the segment to follow.")
        ],
        after: Annotated[
            LogPosition | None,
            strawberry.argument(
                description="Sends changes since this log position first; those who may not see"
                " the past are sent the segment once."
            ),
        ] = None,
    ) -> AsyncIterable[UserSegment]:
        context = info.context
        here = await context.snapshot.begin()
        found = await segment_by_id(segment, context)
        if found is None:
            raise QueryError(QueryErrorCode.NOT_FOUND, "There is no such segment.", "segment")
        if after is None:
            return Batches(_changed(found, here, context))
        if may(context.principal, Permission.SEE_THE_PAST):
            return Batches(_changed(found, after, context))
        return Batches(_told_and_changed(found, here, context))


async def _told_and_changed(
    segment: UserSegment, here: int, context: Context
) -> AsyncIterator[Batch[UserSegment]]:
    """The segment as it is, then at each change: how often it changed before is of the past."""
    key = segment.id, here, context.site.live.position.era
    yield Batch(key, [segment], here, partial(_as_it_is, segment.id, 1))
    async for batch in _changed(segment, here, context):
        yield batch


async def _changed(
    segment: UserSegment, after: int, context: Context
) -> AsyncIterator[Batch[UserSegment]]:
    query = LogQuery(segment=segment.view.number)
    async for event_range in context.site.live.log_feed.follow(query, after):
        context.renew_loaders()
        now = await segment_by_id(segment.id, context)
        if now is None:
            return
        place = event_range.after, event_range.through, event_range.era
        many = len(event_range.events)
        again = partial(_as_it_is, segment.id, many)
        yield Batch((query, *place), [now] * many, event_range.through, again)


async def _as_it_is(segment: str, times: int, context: Context) -> list[UserSegment]:
    """The segment in the operation's snapshot; nothing when it was deleted just now."""
    now = await segment_by_id(segment, context)
    return [] if now is None else [now] * times
