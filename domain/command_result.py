"""The result of a command."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.envelope import UploadNote
from domain.kernel.event import Event
from domain.kernel.values import CommandId


class Unavailable(Exception):
    """The database does not answer, or a command lost too many races.

    Sending it again under `command_id` is safe: it is done once, whatever became of it.
    """

    def __init__(self, reason: str, command_id: CommandId) -> None:
        super().__init__(f"{reason}; repeat the command with this commandId")
        self.command_id = command_id


@dataclass(frozen=True, slots=True)
class CommandResult:
    """The result of a command.

    `position` is the log's position when the command was done: that of its last event or, when it
    changed nothing, the position at which that was established. `events` are those that it
    recorded, `repeated` whether an earlier request with the same command had recorded them; then
    `origin` is that of the first.
    """

    command_id: CommandId
    position: int
    events: tuple[Event, ...] = ()
    repeated: bool = False
    origin: UploadNote | None = None
