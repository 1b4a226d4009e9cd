"""Follows the log and grows its tree, from where it was left.

One process follows; any may grow the tree in between, when a checkpoint is asked for: it locks the
row that has the tree's progress while it does.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import structlog
from psycopg import Connection, Cursor

from projections.engine.projector import LOG_CHANNEL, SLOW_POLL, wait_for_notice
from projections.engine.supervised import run_supervised
from projections.proofs.growth import Growth
from projections.proofs.leaf import leaf_bytes, leaf_hash
from projections.proofs.tables import Progress, ProofTables
from projections.proofs.tile import WIDTH

BATCH = 5_000
"""Events in a transaction. Their data passes through, and is not kept."""

TREE_CHANNEL = "proofs"
"""The channel on which others are told that the tree has grown; the payload is the position."""

_LOCK = "SELECT pg_try_advisory_lock(hashtext('user segments'), hashtext('proofs'))"


class TreeFollower:
    """Follows the log in a thread of its own. `tend` is called after each batch and at least every
    second.
    """

    def __init__(
        self,
        connect: Callable[[], Connection[Any]],
        *,
        batch: int = BATCH,
        tend: Callable[[], None] = lambda: None,
    ) -> None:
        self._connect = connect
        self._batch = batch
        self._tend = tend
        self._logger = structlog.get_logger("proofs")

    def run(self, stop: threading.Event) -> None:
        """Follows until `stop` is set; restarts after any failure, waiting longer each time."""
        run_supervised(stop, self._run_on_one_connection, self._failed)

    def catch_up(self) -> Progress:
        """Adds all that is in the log now, in this thread; returns the tree's progress then."""
        with self._connect() as connection:
            connection.autocommit = True
            while self.step(connection):
                pass
            with connection.cursor() as cursor:
                return ProofTables(cursor).progress()

    def step(self, connection: Connection[Any]) -> bool:
        """Adds one batch; False when there was nothing to do."""
        with connection.transaction(), connection.cursor() as cursor:
            return grow(cursor, self._batch)

    def _run_on_one_connection(self, stop: threading.Event) -> None:
        with self._connect() as connection:
            connection.autocommit = True
            while not _has_lock(connection):
                if stop.wait(SLOW_POLL):
                    return
            connection.execute(f"LISTEN {LOG_CHANNEL}")
            while not stop.is_set():
                has_grown = self.step(connection)
                self._tend()
                if not has_grown:
                    wait_for_notice(connection)

    def _failed(self, failure: Exception, pause: float) -> None:
        self._logger.error("tree follower failed", error=repr(failure), retry_in=pause)


def grow(cursor: Cursor[Any], limit: int) -> bool:
    """Adds up to that many events to the tree, in the cursor's transaction; returns whether there
    were any.

    Positions are committed in order, so that none turns up later below the last one.
    """
    tables = ProofTables(cursor)
    progress = tables.held()
    events = tables.events(progress.position, limit)
    if not events:
        return False
    edge, places = tables.edge(progress.size)
    growth = Growth(progress.size, edge)
    positions: defaultdict[int, list[int]] = defaultdict(list)
    positions[progress.size // WIDTH] = places
    for position, topic, data, tags in events:
        positions[growth.size // WIDTH].append(position)
        growth.add(leaf_hash(leaf_bytes(position, topic, data, tags)))
    growth.close()
    tables.keep(growth.changed, positions)
    tables.move(Progress(growth.size, events[-1][0]))
    cursor.execute("SELECT pg_notify(%s, %s)", [TREE_CHANNEL, str(events[-1][0])])
    return True


def _has_lock(connection: Connection[Any]) -> bool:
    row = connection.execute(_LOCK).fetchone()
    return row is not None and bool(row[0])
