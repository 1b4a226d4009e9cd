"""The input and the payload of an undo."""

from typing import Self

import strawberry

from domain.undo.plan import Conflict, undone_by
from domain.undo.undo_command import UndoCommand
from graph.objects.enums import UploadMode
from graph.objects.event import RecordedEvent
from graph.objects.payload import Payload, payload
from graph.support.commands import MutationResult
from graph.support.inputs import COMMAND_ID


@strawberry.input(description="The command to undo, and why.")
class UndoCommandInput:
    command: strawberry.ID = strawberry.field(description="The `commandId` of the command to undo.")
    mode: UploadMode = strawberry.field(
        default=UploadMode.COMMIT,
        description="Whether to undo it, or only to tell what would be undone.",
    )
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str = strawberry.field(
        description="Why you undo it, for the audit log. 1 to 1,000 characters."
    )


@strawberry.type(description="A part of the command that could not be undone.")
class UndoConflict:
    event: RecordedEvent = strawberry.field(description="The later event that stands in the way.")
    reason: str = strawberry.field(description="Why it stands in the way, as a sentence.")

    @classmethod
    def of(cls, conflict: Conflict) -> Self:
        """The object of a conflict."""
        return cls(event=RecordedEvent.of(conflict.recorded), reason=conflict.reason)


@payload(description="The result of an undo, or of its dry run.")
class UndoCommandPayload(Payload):
    mode: UploadMode = strawberry.field(description="The mode that was requested.")
    undone: int = strawberry.field(
        description="Number of segments, users and memberships put back."
    )
    conflicts: list[UndoConflict] = strawberry.field(
        description="What could not be undone because of later events: the first 1,000, in the"
        " order of the log. Empty for a command that is repeated."
    )

    @classmethod
    def of(cls, mode: UploadMode, mutation: MutationResult[UndoCommand]) -> Self:
        """The payload of a mutation."""
        command = mutation.command
        if command is None:
            return cls.build(mutation, mode=mode, undone=0, conflicts=[])
        conflicts = [UndoConflict.of(conflict) for conflict in command.plan.conflicts]
        if mutation.result is not None:
            undone = undone_by(mutation.result.events)
            return cls.build(mutation, mode=mode, undone=undone, conflicts=conflicts)
        return cls.build(
            mutation,
            mode=mode,
            undone=command.plan.undone,
            conflicts=conflicts,
            position=command.plan.position,
        )
