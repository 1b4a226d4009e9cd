"""Finds one command by its id, for a principal who may see it."""

from domain.kernel.permission import Permission
from domain.policy import may
from graph.objects.command import Command, lists_command
from graph.support.context import Context


async def command_by_id(command_id: str, context: Context) -> Command | None:
    """The command with that commandId, when it recorded something and the principal may list it."""
    if not may(context.principal, Permission.SEE_THE_PAST):
        return None
    view = await context.loaders.command.load(command_id)
    return Command.of(view) if view is not None and lists_command(view, context) else None
