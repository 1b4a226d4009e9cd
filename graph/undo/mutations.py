"""The mutation that undoes a command."""

from typing import Annotated

import strawberry

from domain.kernel.permission import Permission
from domain.undo.undo_command import UndoCommand
from graph.objects.enums import UploadMode
from graph.support.commands import execute_command
from graph.support.context import Info
from graph.support.requirements import requires
from graph.undo.types import UndoCommandInput, UndoCommandPayload


@strawberry.type
class UndoMutations:
    @strawberry.mutation(
        description="Undoes one command by recording the opposite of its events. What later events"
        " depend on stays, and is listed in `conflicts`. An erasure cannot be undone;"
        f" an undo can. A command of somebody else needs {Permission.UNDO_ANY.name}."
        + requires(UndoCommand.PERMISSION)
    )
    async def undo_command(
        self,
        info: Info,
        input: Annotated[
            UndoCommandInput, strawberry.argument(description="The command to undo, and why.")
        ],
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
