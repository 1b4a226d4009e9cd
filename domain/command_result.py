"""What becomes of a command."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.envelope import UploadNote
from domain.kernel.event import Event
from domain.kernel.values import CommandId


class Unavailable(Exception):
    """The database does not answer, or a command lost too many races.

    Sending it again under `command_id` is safe: whatever became of it is done once.
    """

    def __init__(self, reason: str, command_id: CommandId) -> None:
        super().__init__(f"{reason}; repeat the command with this commandId")
        self.command_id = command_id


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What became of a command.

    `position` is where the log stood when it was done: at its last event, or, when it changed
    nothing, where that was found out. `events` are those that it recorded, `repeated` whether an
    earlier sending of the same command had recorded them; then `origin` is that of the first.
    """

    command_id: CommandId
    position: int
    events: tuple[Event, ...] = ()
    repeated: bool = False
    origin: UploadNote | None = None
