"""Python's interpreter, set up for a process that serves for a long time."""

from __future__ import annotations

import gc
import sys

YOUNG = 5_000
"""New objects that set off a collection: it takes them all, which holds up everybody for 4 ms. With
50,000 it was 40 ms and more. Python's own 700 (2,000 from 3.13 on) makes a command that records
10,000 events pay for a hundred collections, of which every tenth goes further.
"""
MIDDLING = 10
"""Collections of new objects before one of those that survived them, too: 50,000 at most."""
OLD = 50
"""Collections of both before one of all objects."""
SWITCH = 0.0001
"""Seconds for which a thread keeps the interpreter while another waits for it. An answer takes it a
hundred times: with Python's own 5 ms, one took 0.2 to 0.6 s while a large file was read in a thread
beside it; now it takes 10 to 50 ms, and the file as long as before.
"""


def tune() -> None:
    """Tunes the interpreter once everything is set up: the objects of that time stay, and are not
    looked through again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLING, OLD)
    sys.setswitchinterval(SWITCH)
