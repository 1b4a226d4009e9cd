"""Raised while the read model is not yet at a required position."""

from __future__ import annotations


class ReadModelBehind(Exception):
    """The read model, or the replica of it that answers, is at `reached`, not yet at `wanted`.

    Nothing was recorded or answered. The caller of a command waits for `wanted`, holding neither a
    thread nor a connection meanwhile, and runs it again, under the same `command_id`.
    """

    def __init__(self, wanted: int, reached: int) -> None:
        super().__init__(f"The read model is at position {reached}, not yet at {wanted}.")
        self.wanted = wanted
        self.reached = reached
