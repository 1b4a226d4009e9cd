"""Work that goes on in a thread until it is stopped, and begins again after any failure."""

from __future__ import annotations

import threading
from collections.abc import Callable

FIRST_PAUSE_S = 0.1
MAX_PAUSE_S = 5.0
"""Seconds between a failure and the next try: twice as long each time, up to this."""


def run_supervised(
    stop: threading.Event,
    work: Callable[[threading.Event], None],
    on_failure: Callable[[Exception, float], None],
) -> None:
    """Runs `work` until `stop` is set, which `work` looks at, too.

    `on_failure` is called with what `work` raised, whatever it was, and the seconds until it is run
    again; once it has returned by itself, the pauses begin anew.
    """
    pause = FIRST_PAUSE_S
    while not stop.is_set():
        try:
            work(stop)
            pause = FIRST_PAUSE_S
        except Exception as failure:  # noqa: BLE001 - whatever it was, the log is still there
            on_failure(failure, pause)
            stop.wait(pause)
            pause = min(pause * 2, MAX_PAUSE_S)
