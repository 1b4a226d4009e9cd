"""The read model is not where a command needs it to be."""

from __future__ import annotations


class ReadModelLate(Exception):
    """A command is to be decided on the read model at `position` or later, which is not there yet.

    Nothing was recorded. Who runs the command waits for that position, holding neither a thread nor
    a connection meanwhile, and runs it again, under the same `command_id`.
    """

    def __init__(self, position: int) -> None:
        super().__init__(f"the read model is not at position {position} yet")
        self.position = position
