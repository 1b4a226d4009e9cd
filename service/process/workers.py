"""Several processes that serve on one port, and the one that supervises them.

A worker that dies is replaced at once; one that does not come up is tried again, later each time:
what keeps it from starting, a database that is away above all, keeps none that serves from serving.
Only when not one comes up in the beginning is it given up.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic, sleep

import uvicorn
from prometheus_client import multiprocess
from uvicorn.supervisors.multiprocess import Process

from service.process.server import Server

SILENCE_TIMEOUT_S = 60.0
"""Seconds without a sign of life, or after being told to stop, after which a worker counts as hung,
and is killed. To import its modules takes it one, but ten and more on a machine with much else to
do.
"""
FIRST_PAUSE = 1.0
"""Seconds between a start that failed and the next; each further pause is twice as long as the
last.
"""
MAX_PAUSE_S = 30.0
LOOK = 0.1
"""Seconds between two checks of the workers."""

log = logging.getLogger("workers")


class NoneStarted(Exception):
    """Raised when not one worker came up."""

    def __init__(self) -> None:
        super().__init__("No worker could start; the log says why.")


class Worker(Process):
    """One process. It answers whether it serves, from a thread of its own."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        super().__init__(config, sockets)
        self.has_started = False
        """Whether it has ever answered that it serves."""
        self._asked: float | None = None

    @property
    def server(self) -> Server:
        """Runs the server, within the process."""
        if self._server is None:
            self._server = Server(self.config)
        return self._server  # type: ignore[return-value]  # uvicorn's attribute

    def start(self) -> None:
        """Starts it, and closes its end of the pipe here: the supervisor is known to be gone when
        that closes.
        """
        super().start()
        self.child_conn.close()

    def always_pong(self) -> None:
        """Answers within the process. It stops when there is no supervisor any more."""
        self.parent_conn.close()
        with suppress(EOFError, OSError):
            super().always_pong()
        os.kill(os.getpid(), signal.SIGTERM)

    def lives(self) -> bool:
        """Whether it runs, and has not been silent for too long. Does not wait."""
        if not self.process.is_alive():
            return False
        with suppress(EOFError, OSError):  # it ends just now
            if self._asked is not None and self.parent_conn.poll():
                self.has_started |= self.parent_conn.recv()
                self._asked = None
            if self._asked is None:
                self.parent_conn.send(b"ping")
                self._asked = monotonic()
        return self._asked is None or monotonic() - self._asked < SILENCE_TIMEOUT_S

    def interrupt(self) -> None:
        """Sends SIGINT, as Ctrl-C does."""
        if self.exitcode is None and self.pid is not None:
            os.kill(self.pid, signal.SIGINT)


class WorkerSlot:
    """The place of one worker: the present process, and the number of failed starts."""

    def __init__(self, begin: Callable[[], Worker], clock: Callable[[], float] = monotonic) -> None:
        self._begin = begin
        self._clock = clock
        self._again_at = 0.0
        self.worker: Worker | None = begin()
        self.failures = 0
        """Starts that failed in a row."""
        self.has_served = False

    def look(self) -> None:
        """Replaces the worker where that is due."""
        if self.worker is None:
            if self._clock() >= self._again_at:
                self.worker = self._begin()
        elif not self.worker.lives():
            self._bury(self.worker)
        elif self.worker.has_started:
            self.has_served, self.failures = True, 0

    def _bury(self, worker: Worker) -> None:
        worker.kill()
        worker.join()
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
        self.worker = None
        if worker.has_started:
            log.error("worker %s ended by itself (%s)", worker.pid, worker.exitcode)
            return
        pause = min(FIRST_PAUSE * 2**self.failures, MAX_PAUSE_S)
        self.failures += 1
        self._again_at = self._clock() + pause
        log.error("worker %s did not start; tried again in %g s", worker.pid, pause)


class Workers:
    """As many workers as the configuration says, on one port."""

    def __init__(self, config: uvicorn.Config) -> None:
        self._config = config
        self._signals: list[int] = []

    def run(self) -> None:
        """Serves until told to stop. NoneStarted; SystemExit 1 when the port is not available."""
        listening = self._config.bind_socket()
        for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(told, lambda number, _: self._signals.append(number))
        places = [WorkerSlot(partial(self._begun, listening)) for _ in range(self._config.workers)]
        try:
            while not self._signals:
                for place in places:
                    place.look()
                if all(place.failures and not place.has_served for place in places):
                    raise NoneStarted
                sleep(LOOK)
        finally:
            self._stop([place.worker for place in places if place.worker is not None])

    def _begun(self, listening: socket.socket) -> Worker:
        worker = Worker(self._config, [listening])
        worker.start()
        return worker

    def _stop(self, workers: Sequence[Worker]) -> None:
        """Stops all at once; a worker that hangs is killed. A second SIGINT is passed on to them,
        too: they stop sooner.
        """
        for worker in workers:
            worker.terminate()
        told, end = False, monotonic() + SILENCE_TIMEOUT_S
        while living := [worker for worker in workers if worker.process.is_alive()]:
            if monotonic() > end:
                for worker in living:
                    log.error("worker %s does not stop, and is killed", worker.pid)
                    worker.kill()
            sleep(LOOK)  # of two signals at once a process may take the second one first
            if not told and self._signals.count(signal.SIGINT) > 1:
                told = True
                for worker in workers:
                    worker.interrupt()
