"""Commands on segments."""

from typing import Annotated, Self, TypeVar

import strawberry

from domain.kernel.ids import SEGMENT, new_segment_id, uuid_in
from domain.segments.archive_segment import ArchiveSegment
from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.delete_segment import DeleteSegment
from domain.segments.fields import EDITABLE
from domain.segments.restore_segment import RestoreSegment
from domain.segments.segment_command import SegmentCommand
from domain.segments.state import segment_of
from domain.segments.update_segment import SegmentChanges, UpdateSegment
from graph.segments.inputs import (
    CreateUserSegmentInput,
    SegmentCommandInput,
    UpdateUserSegmentInput,
    ref_of,
)
from graph.segments.types import UserSegment
from graph.support.commands import MutationResult, execute_command
from graph.support.context import Context
from graph.support.payloads import COMMAND_ID, ERRORS, POSITION, as_of_then, common
from graph.support.scalars import LogPosition
from graph.support.user_errors import UserError

INPUT = strawberry.argument(description="What is to be done, and to what.")
S = TypeVar("S", bound=SegmentCommand)


@strawberry.type(description="What became of a command on a segment.")
class UserSegmentPayload:
    subject: strawberry.Private[str]
    command_id: strawberry.ID | None = strawberry.field(description=COMMAND_ID)
    position: LogPosition | None = strawberry.field(description=POSITION)
    errors: list[UserError] = strawberry.field(description=ERRORS)

    @classmethod
    def of(cls, result: MutationResult[CreateSegment] | MutationResult[S]) -> Self:
        """The payload of a result."""
        return cls(subject=_subject(result), **common(result))

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


@strawberry.type(description="What became of a deletion.")
class DeleteUserSegmentPayload:
    deleted_id: strawberry.ID | None = strawberry.field(description="The id that is off the site.")
    command_id: strawberry.ID | None = strawberry.field(description=COMMAND_ID)
    position: LogPosition | None = strawberry.field(description=POSITION)
    errors: list[UserError] = strawberry.field(description=ERRORS)

    @classmethod
    def of(cls, result: MutationResult[CreateSegment] | MutationResult[S]) -> Self:
        """The payload of a result."""
        return cls(deleted_id=strawberry.ID(_subject(result)) or None, **common(result))


@strawberry.type
class SegmentMutations:
    @strawberry.mutation(description="Creates a segment. Its code, if any, must be free.")
    async def create_user_segment(
        self, info: strawberry.Info[Context, None], input: Annotated[CreateUserSegmentInput, INPUT]
    ) -> UserSegmentPayload:
        def create() -> CreateSegment:
            draft = NewSegment.of({field: getattr(input, field) for field in EDITABLE})
            return CreateSegment(new_segment_id(info.context.site.clock()), draft)

        result = await execute_command(info.context, input, CreateSegment, create)
        return UserSegmentPayload.of(result)

    @strawberry.mutation(description="Changes the given fields of a segment.")
    async def update_user_segment(
        self, info: strawberry.Info[Context, None], input: Annotated[UpdateUserSegmentInput, INPUT]
    ) -> UserSegmentPayload:
        def update() -> UpdateSegment:
            given = {f: v for f in EDITABLE if (v := getattr(input, f)) is not strawberry.UNSET}
            edit = SegmentChanges.of(given)
            return UpdateSegment(ref_of(input.segment), edit, input.expected_version)

        return UserSegmentPayload.of(
            await execute_command(info.context, input, UpdateSegment, update)
        )

    @strawberry.mutation(description="Puts a segment away; members and history stay.")
    async def archive_user_segment(
        self, info: strawberry.Info[Context, None], input: Annotated[SegmentCommandInput, INPUT]
    ) -> UserSegmentPayload:
        return UserSegmentPayload.of(await _on_segment(info, input, ArchiveSegment))

    @strawberry.mutation(description="Takes a segment out of the archive.")
    async def restore_user_segment(
        self, info: strawberry.Info[Context, None], input: Annotated[SegmentCommandInput, INPUT]
    ) -> UserSegmentPayload:
        return UserSegmentPayload.of(await _on_segment(info, input, RestoreSegment))

    @strawberry.mutation(
        description="Removes it from the site; asks for a reason. Its history stays; asOf still"
        " shows it."
    )
    async def delete_user_segment(
        self, info: strawberry.Info[Context, None], input: Annotated[SegmentCommandInput, INPUT]
    ) -> DeleteUserSegmentPayload:
        return DeleteUserSegmentPayload.of(await _on_segment(info, input, DeleteSegment))


async def _on_segment(
    info: strawberry.Info[Context, None],
    input: SegmentCommandInput,
    kind: type[S],
) -> MutationResult[S]:
    def build() -> S:
        return kind(ref_of(input.segment), input.expected_version)

    return await execute_command(info.context, input, kind, build)


def _subject(result: MutationResult[CreateSegment] | MutationResult[S]) -> str:
    """The id of the segment that a command was about; empty when it was refused.

    A repeated command has not looked it up: its events tell. One that changed nothing has none.
    """
    if result.outcome is None or result.command is None:
        return ""
    if result.outcome.events:
        return segment_of(result.outcome.events[0])
    return result.command.segment_id or ""
