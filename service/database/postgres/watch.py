"""Watches over a server while it is used."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK = 1.0
"""Seconds between two checks; after one that failed twice as long as before, up to MAX_PAUSE_S."""
MAX_PAUSE_S = 30.0

log = logging.getLogger(__name__)


@contextmanager
def watched(look: Callable[[], None]) -> Iterator[None]:
    """Checks again and again, in a thread of its own, until the block ends. Exceptions of `look`
    are logged, and it checks again, later each time.
    """
    stop = threading.Event()
    thread = threading.Thread(target=watch, args=[look, stop.wait], name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def watch(look: Callable[[], None], wait: Callable[[float], bool]) -> None:
    """Checks until `wait`, which is given seconds, returns that it is enough."""
    pause = LOOK
    while not wait(pause):
        try:
            look()
            pause = LOOK
        except Exception:  # of any kind: nothing else watches over the server
            pause = min(2 * pause, MAX_PAUSE_S)
            log.exception("the database cannot be started; tried again in %g s", pause)
