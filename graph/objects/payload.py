"""What the payloads of all commands have in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from graph.objects.user_errors import errors_of
from graph.support.commands import MutationResult
from graph.support.context import Context
from projections.engine.position import ReadModelBehind

T = TypeVar("T")

COMMAND_ID = "Given or made."
POSITION = "Where the log stood when the command was done: give it as minPosition."
ERRORS = "Why not; empty when it was done."


def common(result: MutationResult[Any]) -> dict[str, Any]:
    """commandId, position and errors of a payload."""
    return {
        "command_id": result.command_id,
        "position": result.position,
        "errors": errors_of(result.refused) if result.refused else [],
    }


async def as_of_then(
    position: int | None, context: Context, load: Callable[[int], Awaitable[T | None]]
) -> T | None:
    """How a thing was when its command was done; None when the read model, or the server that
    answers, cannot tell in time.
    """
    if position is None:
        return None
    try:
        await context.site.position.reached(position)
        return await load(position)
    except ReadModelBehind:
        return None
