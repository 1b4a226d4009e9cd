"""Mutations that change many segments: dry runs and commits."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Any, Self, TypeVar

import strawberry

from domain.command_result import CommandResult
from domain.kernel.ids import SEGMENT, uuid_in
from domain.kernel.rejections import CommandRejected
from domain.segment_sets.archive_segments import ArchiveSegments
from domain.segment_sets.delete_segments import DeleteSegments
from domain.segment_sets.plan import SAMPLE_SIZE
from domain.segment_sets.restore_segments import RestoreSegments
from domain.segment_sets.segments_command import SegmentsCommand
from domain.segment_sets.update_segments import SHARED, UpdateSegments
from domain.segments.state import segment_of
from domain.segments.update_segment import SegmentChanges
from graph.objects.enums import UploadMode
from graph.objects.payload import Payload, load_after, payload
from graph.objects.segment import UserSegment
from graph.segments.set_inputs import (
    DeleteUserSegmentsInput,
    SegmentsCommandInput,
    SetInput,
    UpdateUserSegmentsInput,
    set_of,
)
from graph.support.commands import MutationResult, execute_command
from graph.support.context import Info
from graph.support.inputs import given_fields
from graph.support.requirements import requires

C = TypeVar("C", bound=SegmentsCommand)


@payload(description="The result of a command on many segments, or of its dry run.")
class SegmentsPayload(Payload):
    mode: UploadMode = strawberry.field(description="The mode that was requested.")
    changed: int = strawberry.field(
        description="Number of segments that the command changes; 0 if it is refused."
    )
    unchanged: int = strawberry.field(
        description="Number of segments that are so already, or take no change: archived ones, when"
        " they are edited."
    )
    plan_hash: str | None = strawberry.field(
        description="Give it to the commit: refused as PLAN_STALE if another set would be changed"
        " then. Null when refused, or when the command is repeated."
    )
    sample_ids: strawberry.Private[Sequence[str]]
    sampled_at: strawberry.Private[int | None]

    @strawberry.field(
        description="Some of the segments as they are now: the first ten that change, and the first"
        " ten that do not. Deleted ones are shown as of just before; of a command that is repeated"
        " only those that it changed."
    )
    async def sample(self, info: Info) -> list[UserSegment]:
        uuids = [uuid for each in self.sample_ids if (uuid := uuid_in(each, SEGMENT)) is not None]
        load = info.context.loaders.segment.load_many
        keys = [(uuid, self.sampled_at) for uuid in uuids]
        views = await load_after(self.position, info.context, lambda: load(keys))
        return [UserSegment.of(view) for view in views or () if view is not None]

    @classmethod
    def of(cls, mode: UploadMode, mutation: MutationResult[SegmentsCommand]) -> Self:
        """The payload of a mutation. A dry run has no commandId: there is nothing to be undone."""
        if mode is UploadMode.DRY_RUN:
            mutation = _dry_run(mutation)
        command, result = mutation.command, mutation.result
        if command is None or mutation.rejected is not None:
            return cls.build(mutation, mode=mode, **NOTHING_PLANNED)
        if result is not None and result.repeated:
            return cls.build(mutation, mode=mode, **_repeated(command, result))
        return cls.build(mutation, mode=mode, **_planned(command, result))


NOTHING_PLANNED: dict[str, Any] = {
    "changed": 0,
    "unchanged": 0,
    "plan_hash": None,
    "sample_ids": (),
    "sampled_at": None,
}


def _dry_run(mutation: MutationResult[SegmentsCommand]) -> MutationResult[SegmentsCommand]:
    """The result of a dry run, rejected when the commit would be."""
    rejected, command = mutation.rejected, mutation.command
    if command is not None and command.plan.rejections:
        rejected = CommandRejected(*command.plan.rejections, position=command.plan.position)
    return replace(mutation, command_id=None, rejected=rejected)


def _planned(command: SegmentsCommand, result: CommandResult | None) -> dict[str, Any]:
    plan = command.plan
    return {
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "plan_hash": plan.hash,
        "sample_ids": plan.sample,
        "sampled_at": _sampled_at(command, result),
        "position": plan.position if result is None else result.position,
    }


def _repeated(command: SegmentsCommand, result: CommandResult) -> dict[str, Any]:
    """The counts of the first sending, and some of the segments that its events are about."""
    changed = len(result.events)
    return {
        **NOTHING_PLANNED,
        "changed": changed,
        "unchanged": command.unchanged_when_first_sent(changed),
        "sample_ids": [segment_of(event) for event in result.events[:SAMPLE_SIZE]],
        "sampled_at": _sampled_at(command, result),
    }


def _sampled_at(command: SegmentsCommand, result: CommandResult | None) -> int | None:
    """The position as of which segments are shown, of those that are gone; None for now."""
    if result is None or not isinstance(command, DeleteSegments):
        return None
    return result.position - len(result.events)


@strawberry.type
class SegmentSetMutations:
    @strawberry.mutation(
        description="Archives many segments by one command, which one undo takes back: they leave"
        " the default list and take no changes until restored. Members and history stay."
        + requires(ArchiveSegments.PERMISSION)
    )
    async def archive_user_segments(
        self,
        info: Info,
        input: Annotated[
            SegmentsCommandInput, strawberry.argument(description="The segments to archive.")
        ],
    ) -> SegmentsPayload:
        return await _on_set(info, input, ArchiveSegments)

    @strawberry.mutation(
        description="Restores many archived segments by one command, which one undo takes back. A"
        " filter means archived segments, unless it names a status."
        + requires(RestoreSegments.PERMISSION)
    )
    async def restore_user_segments(
        self,
        info: Info,
        input: Annotated[
            SegmentsCommandInput, strawberry.argument(description="The segments to restore.")
        ],
    ) -> SegmentsPayload:
        return await _on_set(info, input, RestoreSegments)

    @strawberry.mutation(
        description="Deletes many segments by one command, which one undo takes back. Their"
        " memberships end; their history stays readable." + requires(DeleteSegments.PERMISSION)
    )
    async def delete_user_segments(
        self,
        info: Info,
        input: Annotated[
            DeleteUserSegmentsInput,
            strawberry.argument(description="The segments to delete, and why."),
        ],
    ) -> SegmentsPayload:
        return await _on_set(info, input, DeleteSegments)

    @strawberry.mutation(
        description="Gives many segments the same visibility by one command, which one undo takes"
        " back. Archived segments among them stay as they are, and count as unchanged."
        + requires(UpdateSegments.PERMISSION)
    )
    async def update_user_segments(
        self,
        info: Info,
        input: Annotated[
            UpdateUserSegmentsInput,
            strawberry.argument(description="The segments and their new values."),
        ],
    ) -> SegmentsPayload:
        def update() -> UpdateSegments:
            changes = SegmentChanges.of(given_fields(input, SHARED))
            return UpdateSegments(set_of(input, UpdateSegments), changes, input.plan_hash)

        return await _executed(info, input, UpdateSegments, update)


async def _on_set(
    info: Info, input: SegmentsCommandInput | DeleteUserSegmentsInput, kind: type[C]
) -> SegmentsPayload:
    def make() -> C:
        return kind(set_of(input, kind), input.plan_hash)

    return await _executed(info, input, kind, make)


async def _executed(
    info: Info, input: SetInput, kind: type[C], make: Callable[[], C]
) -> SegmentsPayload:
    dry_run = input.mode is UploadMode.DRY_RUN
    mutation = await execute_command(info.context, input, kind, make, dry_run=dry_run)
    return SegmentsPayload.of(input.mode, mutation)
