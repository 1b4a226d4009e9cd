"""Python's garbage collector, set up for a process that serves for a long time."""

from __future__ import annotations

import gc

YOUNG = 50_000
"""New objects that set off a collection. Python's own 700 (2,000 from 3.13 on) makes a command that
records 10,000 facts pay for a hundred collections: 1.06 s instead of 0.74, measured."""


def settle() -> None:
    """Once everything is set up: what is there now stays, and is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
