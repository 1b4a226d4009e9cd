"""Follows the log and builds the read model: reads a batch, folds it, writes rows and position at
once.

One projector is active among any number of processes: it holds an advisory lock on the very
connection that it writes with, so one that lost the connection has lost the right to write. The
others try to take the lock every second.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import structlog
from psycopg import Connection, Cursor, OperationalError

from domain.log import EventBatch, EventLog, RecordedEvent
from projections.engine.disk import is_disk_full
from projections.engine.projection import MakeFolds, Projection
from projections.engine.schema import READ_MODEL, script
from projections.engine.supervised import run_supervised
from projections.engine.unfit import UNFIT, keep, why_of

BATCH = 5_000
"""Events in a transaction: enough to make its cost small, few enough to be visible within
moments.
"""

BATCH_BYTES = 512 * 1024
"""Bytes of their data; as objects they are twice as large, and two batches are in memory at a time.
One event that adds 5,000 members is 200 kB: 15,000 or so join or leave in a transaction, which
takes less than the second for which other events may wait (measured by
bench.support.large_segment).
"""

LOG_CHANNEL = "events_tt_main"
"""The channel on which the library notifies of an append (the name of its events table)."""

READ_MODEL_CHANNEL = "read_model"
"""The channel on which the projector tells every process its position, which is the payload."""

SLOW_POLL = 1.0
"""Seconds after which the log is read without a notification: a NOTIFY can be lost."""

TO_THE_END = 2**63 - 1
"""A position that no log reaches."""

LOCK_QUERY = """
    SELECT (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid = hashtext('user segments')::oid AND objid = hashtext(%s)::oid)
"""
"""Selects the session whose projector is active; one row, null for none."""

_LOCK = "SELECT pg_try_advisory_lock(hashtext('user segments'), hashtext(%s))"


class Projector:
    """Keeps one schema up to date with the log. Runs in a thread of its own."""

    def __init__(
        self,
        connect: Callable[[], Connection[Any]],
        log: EventLog,
        projection: Projection,
        *,
        schema: str = READ_MODEL,
        batch: int = BATCH,
        batch_bytes: int = BATCH_BYTES,
        tell: Callable[[bool], None] = lambda _: None,
        on_disk_space: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._connect = connect
        self._log = log
        self._projection = projection
        self._schema = schema
        self._batch = batch
        self._batch_bytes = batch_bytes
        self._logger = structlog.get_logger("projector")
        self._indexed = False
        self._untidy = True
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._ahead: tuple[int, Future[EventBatch] | None] = (0, None)
        self._tell = tell
        self._on_disk_space = on_disk_space
        self.is_active = False

    def run(self, stop: threading.Event) -> None:
        """Projects until `stop` is set; restarts after any failure, waiting longer each time."""
        run_supervised(stop, self._work, self._failed)

    def catch_up(
        self, until: int = TO_THE_END, told: Callable[[int, int], None] = lambda *_: None
    ) -> int:
        """Projects what is in the log now, in this thread, but nothing after `until`; returns the
        position reached. `told` is called after each batch, with the number of its events, and its
        position.

        For tests and tools that own the schema; takes no lock.
        """
        with self._connect() as connection:
            self._prepare(connection)
            while (events := self.step(connection, until)) > 0:
                told(events, self._position(connection))
            self._tidy(connection)
            return self._position(connection)

    def stand_in(self) -> None:
        """Projects what is in the log now, in this thread, unless a projector is active."""
        with self._connect() as connection:
            self._prepare(connection)
            while self._has_lock(connection) and self.step(connection):
                pass

    def step(self, connection: Connection[Any], until: int = TO_THE_END) -> int:
        """Projects one batch; returns the number of its events: 0 when there was nothing to do."""
        position = self._position(connection)
        batch = self._next(position)
        events = _up_to(until, batch.events)
        if events:
            self._write(connection, position, events)
            self._on_disk_space(True)
        if not events or not batch.is_full:
            self._build_indexes(connection)
        return len(events)

    def _next(self, position: int) -> EventBatch:
        """Returns the events after a position; the batch after a full one is read while that is
        written.
        """
        (expected, reading), self._ahead = self._ahead, (0, None)  # a failed reading fails once
        batch = reading.result() if reading and expected == position else self._read(position)
        if batch.is_full:
            reached = batch.events[-1].position
            self._ahead = (reached, self._reader.submit(self._read, reached))
        return batch

    def _read(self, after: int) -> EventBatch:
        return self._log.follow(after, self._batch, self._batch_bytes)

    def _work(self, stop: threading.Event) -> None:
        try:
            self._run_on_one_connection(stop)
        finally:
            self._set_active(active=False)

    def _run_on_one_connection(self, stop: threading.Event) -> None:
        with self._connect() as connection:
            self._prepare(connection)
            while not self._has_lock(connection):
                if stop.wait(SLOW_POLL):
                    return
            self._set_active(active=True)
            self._logger.info("projector is active")
            connection.execute(f"LISTEN {LOG_CHANNEL}")
            while not stop.is_set():
                if not self.step(connection):
                    self._tidy(connection)
                    wait_for_notice(connection)

    def _failed(self, failure: Exception, pause: float) -> None:
        self._logger.error("projector failed", error=repr(failure), retry_in=pause)
        if is_disk_full(failure):
            self._on_disk_space(False)

    def _set_active(self, *, active: bool) -> None:
        self.is_active = active
        self._tell(active)

    def _prepare(self, connection: Connection[Any]) -> None:
        connection.autocommit = True
        connection.execute(
            "SELECT set_config('search_path', %s, false)",
            [f"{self._schema}, extensions, pg_catalog"],
        )

    def _has_lock(self, connection: Connection[Any]) -> bool:
        row = connection.execute(_LOCK, [self._schema]).fetchone()
        return row is not None and bool(row[0])

    def _position(self, connection: Connection[Any]) -> int:
        row = connection.execute("SELECT position FROM progress").fetchone()
        if row is None:
            raise OperationalError("the read model is not there yet")
        return int(row[0])

    def _write(
        self, connection: Connection[Any], position: int, events: Sequence[RecordedEvent]
    ) -> None:
        """Writes a batch. An event that cannot be applied is found by halving, and does not stop
        the others.
        """
        try:
            self._apply(connection, position, events)
        except UNFIT as failure:
            if len(events) == 1:
                self._apply_what_fits(connection, position, events[0], why_of(failure))
                return
            half = len(events) // 2
            self._write(connection, position, events[:half])
            self._write(connection, events[half - 1].position, events[half:])

    def _apply_what_fits(
        self, connection: Connection[Any], position: int, recorded: RecordedEvent, why: str
    ) -> None:
        """Applies as much of the event as can be: it will never leave the log, so that waiting
        would be for good.
        """
        event = {"position": recorded.position, "type": recorded.event.TOPIC}
        self._logger.error("an event cannot be applied as it is", **event, why=why)
        try:
            self._apply(connection, position, [recorded], why)
        except UNFIT:
            self._apply(connection, position, [recorded], why, self._projection.bare_folds)

    def _apply(
        self,
        connection: Connection[Any],
        position: int,
        events: Sequence[RecordedEvent],
        unfit: str | None = None,
        make_folds: MakeFolds | None = None,
    ) -> None:
        """Applies all of the events, or none: UNFIT. With `unfit`, its reason: what can be applied
        of the one event.
        """
        folds = (make_folds or self._projection.folds)()
        with connection.transaction(), connection.cursor() as cursor:
            _hold(cursor, self._projection.version, position)
            if unfit is not None:
                keep(cursor, events[0].position, unfit)
                events = [self._projection.fit(cursor, event) for event in events]
            for fold in folds:
                fold.load(cursor, events)
            for event in events:
                for fold in folds:
                    fold.fold(event)
            for fold in folds:
                fold.write(cursor)
            reached = events[-1].position
            cursor.execute("UPDATE progress SET position = %s", [reached])
            cursor.execute("SELECT pg_notify(%s, %s)", [READ_MODEL_CHANNEL, str(reached)])
        self._untidy = True

    def _build_indexes(self, connection: Connection[Any]) -> None:
        """Builds the secondary indexes once: after the first catching up it is much cheaper."""
        if self._indexed:
            return
        row = connection.execute("SELECT indexed FROM progress").fetchone()
        if row is not None and not row[0]:
            with connection.transaction():
                connection.execute("SELECT FROM progress FOR UPDATE")
                for package in self._projection.sql_packages:
                    connection.execute(script(package, "indexes.sql"))
                connection.execute("UPDATE progress SET indexed = true")
        self._indexed = True

    def _tidy(self, connection: Connection[Any]) -> None:
        """Does the work that each slice defers until nobody waits."""
        if self._untidy and self._indexed:
            for package in self._projection.sql_packages:
                connection.execute(script(package, "caught_up.sql"))
            self._untidy = False


def _hold(cursor: Cursor[Any], version: int, position: int) -> None:
    """Locks the schema: nobody else writes to it, or puts another in its place, until the
    transaction ends.

    The first statement of a transaction: the names of tables mean one schema from here on,
    whichever stood there while this waited (projections/rebuild/switch.py).
    """
    row = cursor.execute("SELECT version, position FROM progress FOR UPDATE").fetchone()
    if row is None or row[0] != version:
        raise RuntimeError("the read model was switched to that of another release")
    if row[1] != position:
        raise RuntimeError("another projector wrote to this schema")


def _up_to(until: int, events: Sequence[RecordedEvent]) -> Sequence[RecordedEvent]:
    """Returns the events at or before a position."""
    if not events or events[-1].position <= until:
        return events
    return [recorded for recorded in events if recorded.position <= until]


def wait_for_notice(connection: Connection[Any]) -> None:
    """Returns when a listening connection has received a notification, or after SLOW_POLL."""
    for _ in connection.notifies(timeout=SLOW_POLL, stop_after=1):
        pass
