"""Undoing what a command did."""

from typing import Annotated

import strawberry

from domain.kernel.command import Command
from domain.kernel.values import Reason
from domain.undo.undo_command import UndoCommand
from graph.support.commands import carry_out, rehearsed
from graph.support.context import Context
from graph.undo.types import UndoCommandInput, UndoCommandPayload
from graph.uploads.types import UploadMode

INPUT = strawberry.argument(description="What to take back, and why.")


@strawberry.type
class UndoMutations:
    @strawberry.mutation(
        description="Takes back everything that one command recorded, by recording its opposite."
        " What later facts stand in the way of stays, and is told. An erasure cannot be undone; an"
        " undo can."
    )
    async def undo_command(
        self, info: strawberry.Info[Context, None], input: Annotated[UndoCommandInput, INPUT]
    ) -> UndoCommandPayload:
        context = info.context
        site = context.site

        def build(reason: Reason | None) -> Command:
            return UndoCommand(
                input.command, context.principal, reason, site.undo, site.hashes, site.vault
            )

        carry = carry_out if input.mode is UploadMode.COMMIT else rehearsed
        answer = await carry(context, input, UndoCommand.PERMISSION, build, cause=input.command)
        return UndoCommandPayload.of(input.mode, answer)
