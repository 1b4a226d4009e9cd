"""Detects whether the database's disk has room: from the results of those who write, and by
trying.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from time import monotonic

import psycopg
from psycopg.errors import ConfigurationLimitExceeded, DiskFull

from service.database.connections import on_primary, service_conninfo

REMEMBERED = 30.0
"""Seconds for which the disk is believed to be full after a write failed for that. Then it takes
another to find out: a writer that is asked nothing any more could not know when there is room.
"""

_TRY = """
    SELECT max(length(filler)) FROM (
        SELECT number, repeat('-', 256) AS filler FROM generate_series(1, 4096) AS number
        ORDER BY number DESC
    ) AS sorted
"""
"""Makes a sort write a file of a mebibyte, for want of memory, and delete it again: no table, no
log and nobody's rights are touched. It takes some 5 ms.
"""


class Writer(Enum):
    """The writers that find out in the course of their work."""

    COMMANDS = "commands"
    PROJECTOR = "projector"


class DiskSpace:
    """The latest findings of one process. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._full_at = dict.fromkeys(Writer, float("-inf"))

    def found(self, writer: Writer, has_space: bool) -> None:
        """Takes a result: something was recorded, or was not for want of room."""
        self._full_at[writer] = float("-inf") if has_space else self._clock()

    def is_missing(self) -> bool:
        """Whether a writer failed for want of room, at its last recent try."""
        return self._clock() - max(self._full_at.values()) < REMEMBERED


def is_disk_full(database_url: str) -> bool:
    """Whether the database's disk has no room for a mebibyte, whoever filled it. OperationalError
    when the database does not answer.
    """
    session = on_primary(service_conninfo(database_url, "pg_catalog"))
    with psycopg.connect(session) as connection:
        connection.execute("SET LOCAL work_mem = '64kB'")
        try:
            connection.execute(_TRY)
        except DiskFull:
            return True
        except ConfigurationLimitExceeded:  # temp_file_limit: it is not ours to try
            return False
        return False
