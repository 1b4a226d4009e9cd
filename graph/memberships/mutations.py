"""Mutations that change the members of a segment."""

from typing import Annotated, Self, TypeVar

import strawberry

from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.remove_users_from_segment import RemoveUsersFromSegment
from domain.memberships.roster_command import RosterCommand, changed_by
from graph.memberships.inputs import SegmentMembersInput, users_of
from graph.objects.payload import SegmentPayload, payload, segment_id_of
from graph.objects.refs import segment_ref_of
from graph.support.commands import MutationResult, execute_command
from graph.support.context import Context, Info
from graph.support.requirements import requires

R = TypeVar("R", bound=RosterCommand)


@payload(description="The result of adding or removing members.")
class SegmentMembersPayload(SegmentPayload):
    changed: int = strawberry.field(description="Number of users whose membership changed.")
    unchanged: int = strawberry.field(
        description="Number of users for whom nothing had to change; each counts once."
    )

    @classmethod
    def of(cls, mutation: MutationResult[RosterCommand]) -> Self:
        """The payload of a mutation."""
        changed = unchanged = 0
        if mutation.result is not None and mutation.command is not None:
            changed = changed_by(mutation.result.events)
            unchanged = len(mutation.command.users.distinct) - changed
        return cls.build(
            mutation, subject=segment_id_of(mutation), changed=changed, unchanged=unchanged
        )


@strawberry.type
class MembershipMutations:
    @strawberry.mutation(
        description="Adds users to a segment. Those who are members already are left as they are."
        + requires(AddUsersToSegment.PERMISSION)
    )
    async def add_users_to_segment(
        self,
        info: Info,
        input: Annotated[
            SegmentMembersInput,
            strawberry.argument(description="The segment and the users to add."),
        ],
    ) -> SegmentMembersPayload:
        return await _on_roster(info.context, input, AddUsersToSegment)

    @strawberry.mutation(
        description="Removes users from a segment. Those who are not members are left as they are."
        + requires(RemoveUsersFromSegment.PERMISSION)
    )
    async def remove_users_from_segment(
        self,
        info: Info,
        input: Annotated[
            SegmentMembersInput,
            strawberry.argument(description="The segment and the users to remove."),
        ],
    ) -> SegmentMembersPayload:
        return await _on_roster(info.context, input, RemoveUsersFromSegment)


async def _on_roster(
    context: Context,
    input: SegmentMembersInput,
    kind: type[R],
) -> SegmentMembersPayload:
    def make() -> R:
        users, ref = users_of(input.users), segment_ref_of(input.segment)
        return kind(ref, users, context.site.services.hashes)

    return SegmentMembersPayload.of(await execute_command(context, input, kind, make))
