"""Commands on rosters."""

from collections.abc import Sequence
from typing import Annotated, Self, TypeVar

import strawberry

from domain.kernel.event import Event
from domain.kernel.ids import SEGMENT, uuid_in
from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.remove_users_from_segment import RemoveUsersFromSegment
from domain.memberships.roster_command import RosterCommand, changed_by
from domain.segments.state import segment_of
from graph.memberships.inputs import SegmentMembersInput, users_of
from graph.objects.payload import COMMAND_ID, ERRORS, POSITION, as_of_then, common
from graph.objects.refs import segment_ref_of
from graph.objects.segment import UserSegment
from graph.objects.user_errors import UserError
from graph.support.commands import MutationResult, execute_command
from graph.support.context import Context
from graph.support.scalars import LogPosition

R = TypeVar("R", bound=RosterCommand)
INPUT = strawberry.argument(description="Whom, and where.")


@strawberry.type(description="What became of a command on a roster.")
class SegmentMembersPayload:
    subject: strawberry.Private[str]
    changed: int = strawberry.field(description="Users whose membership changed.")
    unchanged: int = strawberry.field(
        description="Users who already were, or were not, members; each counts once."
    )
    command_id: strawberry.ID | None = strawberry.field(description=COMMAND_ID)
    position: LogPosition | None = strawberry.field(description=POSITION)
    errors: list[UserError] = strawberry.field(description=ERRORS)

    @classmethod
    def of(cls, result: MutationResult[R]) -> Self:
        """The payload of a result."""
        command = result.command
        if result.outcome is None or command is None:
            return cls(subject="", changed=0, unchanged=0, **common(result))
        changed = changed_by(result.outcome.events)
        unchanged = len(command.users.distinct) - changed
        subject = _subject(result.outcome.events, command)
        return cls(subject=subject, changed=changed, unchanged=unchanged, **common(result))

    @strawberry.field(
        description="The segment at that position; null, too, when the read model is late."
    )
    async def segment(self, info: strawberry.Info[Context, None]) -> UserSegment | None:
        uuid = uuid_in(self.subject, SEGMENT)
        if uuid is None:
            return None
        load = info.context.loaders.segment.load
        view = await as_of_then(self.position, info.context, lambda then: load((uuid, then)))
        return None if view is None else UserSegment.of(view)


@strawberry.type
class MembershipMutations:
    @strawberry.mutation(
        description="Puts users into a segment; who is in already stays as they are."
    )
    async def add_users_to_segment(
        self, info: strawberry.Info[Context, None], input: Annotated[SegmentMembersInput, INPUT]
    ) -> SegmentMembersPayload:
        return await _on_roster(info.context, input, AddUsersToSegment)

    @strawberry.mutation(
        description="Takes users out of a segment; who is not in stays as they are."
    )
    async def remove_users_from_segment(
        self, info: strawberry.Info[Context, None], input: Annotated[SegmentMembersInput, INPUT]
    ) -> SegmentMembersPayload:
        return await _on_roster(info.context, input, RemoveUsersFromSegment)


def _subject(facts: Sequence[Event], command: RosterCommand) -> str:
    """The segment's id. A repeated command has not looked it up; one without facts has."""
    return segment_of(facts[0]) if facts else command.segment_id or ""


async def _on_roster(
    context: Context,
    input: SegmentMembersInput,
    kind: type[R],
) -> SegmentMembersPayload:
    def build() -> R:
        users, ref = users_of(input.users), segment_ref_of(input.segment)
        return kind(ref, users, context.site.hashes)

    return SegmentMembersPayload.of(await execute_command(context, input, kind, build))
