"""The mutation that undoes a command."""

from typing import Annotated

import strawberry

from domain.undo.undo_command import UndoCommand
from graph.objects.enums import UploadMode
from graph.support.commands import execute_command
from graph.support.context import Info
from graph.undo.types import UndoCommandInput, UndoCommandPayload

INPUT = strawberry.argument(description="What to take back, and why.")


@strawberry.type
class UndoMutations:
    @strawberry.mutation(
        description="Takes back everything that one command recorded, by recording its opposite."
        " What later facts stand in the way of stays, and is told. An erasure cannot be undone; an"
        " undo can."
    )
    async def undo_command(
        self, info: Info, input: Annotated[UndoCommandInput, INPUT]
    ) -> UndoCommandPayload:
        context = info.context
        site = context.site

        def undo() -> UndoCommand:
            return UndoCommand(
                input.command, context.principal, site.services.hashes, site.services.vault
            )

        dry_run = input.mode is UploadMode.DRY_RUN
        result = await execute_command(
            context, input, UndoCommand, undo, dry_run=dry_run, cause=input.command
        )
        return UndoCommandPayload.of(input.mode, result)
