"""Mutations that change segments."""

from typing import Annotated, Self, TypeVar

import strawberry

from domain.kernel.ids import new_segment_id
from domain.segments.archive_segment import ArchiveSegment
from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.delete_segment import DeleteSegment
from domain.segments.fields import EDITABLE
from domain.segments.restore_segment import RestoreSegment
from domain.segments.segment_command import SegmentCommand
from domain.segments.update_segment import SegmentChanges, UpdateSegment
from graph.objects.payload import Payload, SegmentPayload, payload, segment_id_of
from graph.objects.refs import segment_ref_of
from graph.segments.inputs import (
    CreateUserSegmentInput,
    DeleteUserSegmentInput,
    SegmentCommandInput,
    UpdateUserSegmentInput,
)
from graph.support.commands import MutationResult, execute_command
from graph.support.context import Info
from graph.support.inputs import given_fields
from graph.support.requirements import requires

S = TypeVar("S", bound=SegmentCommand)


@payload(description="The result of a command on a segment.")
class UserSegmentPayload(SegmentPayload):
    @classmethod
    def of(cls, mutation: MutationResult[CreateSegment | SegmentCommand]) -> Self:
        """The payload of a mutation."""
        return cls.build(mutation, subject=segment_id_of(mutation))


@payload(description="The result of a deletion.")
class DeleteUserSegmentPayload(Payload):
    deleted_id: strawberry.ID | None = strawberry.field(
        description="Id of the deleted segment; null if the command was refused."
    )

    @classmethod
    def of(cls, mutation: MutationResult[DeleteSegment]) -> Self:
        """The payload of a mutation."""
        return cls.build(mutation, deleted_id=strawberry.ID(segment_id_of(mutation)) or None)


@strawberry.type
class SegmentMutations:
    @strawberry.mutation(
        description="Creates a segment. Its code, if given, must be free."
        + requires(CreateSegment.PERMISSION)
    )
    async def create_user_segment(
        self,
        info: Info,
        input: Annotated[
            CreateUserSegmentInput, strawberry.argument(description="The new segment.")
        ],
    ) -> UserSegmentPayload:
        def create() -> CreateSegment:
            draft = NewSegment.of({field: getattr(input, field) for field in EDITABLE})
            return CreateSegment(new_segment_id(info.context.site.services.clock()), draft)

        result = await execute_command(info.context, input, CreateSegment, create)
        return UserSegmentPayload.of(result)

    @strawberry.mutation(
        description="Changes the given fields of a segment; the others stay."
        + requires(UpdateSegment.PERMISSION)
    )
    async def update_user_segment(
        self,
        info: Info,
        input: Annotated[
            UpdateUserSegmentInput,
            strawberry.argument(description="The segment and its new values."),
        ],
    ) -> UserSegmentPayload:
        def update() -> UpdateSegment:
            changes = SegmentChanges.of(given_fields(input, EDITABLE))
            return UpdateSegment(segment_ref_of(input.segment), changes, input.expected_version)

        return UserSegmentPayload.of(
            await execute_command(info.context, input, UpdateSegment, update)
        )

    @strawberry.mutation(
        description="Archives a segment: it leaves the default list and takes no changes until"
        " restored. Members and history stay." + requires(ArchiveSegment.PERMISSION)
    )
    async def archive_user_segment(
        self,
        info: Info,
        input: Annotated[
            SegmentCommandInput, strawberry.argument(description="The segment to archive.")
        ],
    ) -> UserSegmentPayload:
        return UserSegmentPayload.of(await _on_segment(info, input, ArchiveSegment))

    @strawberry.mutation(
        description="Restores an archived segment to the default list."
        + requires(RestoreSegment.PERMISSION)
    )
    async def restore_user_segment(
        self,
        info: Info,
        input: Annotated[
            SegmentCommandInput, strawberry.argument(description="The segment to restore.")
        ],
    ) -> UserSegmentPayload:
        return UserSegmentPayload.of(await _on_segment(info, input, RestoreSegment))

    @strawberry.mutation(
        description="Deletes a segment. `reason` is required. History stays readable, and"
        " `undoCommand` brings it back." + requires(DeleteSegment.PERMISSION)
    )
    async def delete_user_segment(
        self,
        info: Info,
        input: Annotated[
            DeleteUserSegmentInput,
            strawberry.argument(description="The segment to delete, and why."),
        ],
    ) -> DeleteUserSegmentPayload:
        return DeleteUserSegmentPayload.of(await _on_segment(info, input, DeleteSegment))


async def _on_segment(
    info: Info,
    input: SegmentCommandInput | DeleteUserSegmentInput,
    kind: type[S],
) -> MutationResult[S]:
    def make() -> S:
        return kind(segment_ref_of(input.segment), input.expected_version)

    return await execute_command(info.context, input, kind, make)
