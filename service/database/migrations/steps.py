"""The steps: SQL files beside this one, named by number. A step that was released never changes."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Step(NamedTuple):
    """One numbered file."""

    number: int
    name: str
    sql: bytes

    @property
    def label(self) -> str:
        """As in `0002_log_tables`."""
        return f"{self.number:04}_{self.name}"


@cache
def all_steps() -> tuple[Step, ...]:
    """Returns the steps in the order in which they are taken."""
    folder = files(__package__)
    names = (re.fullmatch(r"(\d{4})_(\w+)\.sql", file.name) for file in folder.iterdir())
    steps = (Step(int(m[1]), m[2], (folder / m[0]).read_bytes()) for m in names if m)
    return tuple(sorted(steps))
