"""What the payloads of all commands have in common."""

from __future__ import annotations

from typing import Any

from graph.support.commands import Answer
from graph.support.context import Context
from graph.support.user_errors import errors_of

COMMAND_ID = "Given or made."
POSITION = "Where the log stood when the command was done: give it as minPosition."
ERRORS = "Why not; empty when it was done."


def common(answer: Answer) -> dict[str, Any]:
    """commandId, position and errors of a payload."""
    return {
        "command_id": answer.command_id,
        "position": answer.position,
        "errors": errors_of(answer.refused) if answer.refused else [],
    }


async def is_there(position: int | None, context: Context) -> bool:
    """Whether the read model can tell how a thing was when its command was done."""
    return position is not None and await context.site.position.reached_or_late(position)
