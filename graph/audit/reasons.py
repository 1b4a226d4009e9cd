"""Queries for the reason that somebody is in a segment."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain import log
from domain.kernel.permission import Permission
from domain.memberships.events import MembersAdded
from domain.memberships.tags import roster_tag
from domain.segments.tags import segment_tag
from graph.objects.enums import SegmentSource
from graph.objects.event import RecordedEvent
from graph.objects.lookup.segment import segment_by
from graph.objects.lookup.user import user_by
from graph.objects.refs import SegmentRef, UserRef
from graph.objects.segment import UserSegment
from graph.objects.user import User
from graph.support.access_logging import require_and_log
from graph.support.context import Context, Info
from graph.support.moments import AsOf, moment_of
from graph.support.requirements import requires
from graph.support.scalars import MinPosition

MAX_CHAIN_LENGTH = 20
"""Undos of undos of undos: more of them are not followed."""


@strawberry.type(description="How and why a user became a member of a segment.")
class MembershipReason:
    since: datetime = strawberry.field(description="When the membership began.")
    source: SegmentSource = strawberry.field(description="How the user was added.")
    file: str | None = strawberry.field(
        description="Name of the uploaded file that added the user; null if none did."
    )
    row: int | None = strawberry.field(description="Line of that file that names the user.")
    because: list[RecordedEvent] = strawberry.field(
        description="The events that led to the membership, first cause first; the last one added"
        " the user. Before an undo stands what it took back, and what had added the"
        " user before."
    )


@strawberry.type
class ReasonQueries:
    @strawberry.field(
        description="How and why the user became a member; null if not a member at that moment."
        + requires(Permission.SEE_THE_PAST)
    )
    async def why_member(
        self,
        info: Info,
        segment: Annotated[
            SegmentRef,
            strawberry.argument(description="The segment, by its present id or its code."),
        ],
        user: Annotated[UserRef, strawberry.argument(description="The user who is asked about.")],
        as_of: Annotated[
            AsOf | None, strawberry.argument(description="Looks at this moment; omit for now.")
        ] = None,
        min_position: MinPosition = None,
    ) -> MembershipReason | None:
        context = info.context
        require_and_log(info, Permission.SEE_THE_PAST)
        moment = await moment_of(as_of, context)
        found, whom = await segment_by(segment, context, moment), await user_by(user, context)
        if found is None or whom is None:
            return None
        since = await context.site.reads.members.since(found.view.number, whom.view.number, moment)
        if since is None:
            return None
        return await _reason(await _chain(found, whom, since, context), whom, context)


async def _reason(
    chain: list[log.RecordedEvent], user: User, context: Context
) -> MembershipReason | None:
    added = chain[-1]
    event = added.event
    if not isinstance(event, MembersAdded):
        return None
    row = None if event.rows is None else event.rows[event.user_ids.index(user.id)]
    command = added.envelope.command_id
    return MembershipReason(
        since=added.envelope.instant,
        source=SegmentSource(event.source),
        file=None if row is None else await context.site.reads.audit.file_of(command),
        row=row,
        because=[RecordedEvent.of(recorded) for recorded in chain],
    )


async def _chain(
    segment: UserSegment, user: User, since: int, context: Context
) -> list[log.RecordedEvent]:
    """The events from the first cause to the one that put them in, in the order of the log."""
    members, audit = context.site.reads.members, context.site.reads.audit
    tags = [segment_tag(segment.view.id), roster_tag(segment.view.id)]
    chain: dict[int, log.RecordedEvent] = {}
    position: int | None = since
    while position is not None and len(chain) < MAX_CHAIN_LENGTH:
        recorded = (await audit.found_at([position]))[position]
        chain[position] = recorded
        cause = recorded.envelope.causation_id
        events = [] if cause is None else await audit.of_command(cause, tags)
        numbers = segment.view.number, user.view.number
        ended = {one.position: one for one in events}
        before = await members.before(*numbers, ended) if ended else None
        position, last = before or (None, None)
        chain |= {at: one for at, one in ended.items() if at == last}
    return [recorded for _, recorded in sorted(chain.items())]
