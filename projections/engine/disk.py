"""Detects that the database failed because its disk is full."""

from __future__ import annotations

from psycopg.errors import DiskFull


def is_disk_full(failure: BaseException | None) -> bool:
    """Whether PostgreSQL said so, of this failure or of what led to it (SQLSTATE 53100)."""
    while failure is not None:
        if isinstance(failure, DiskFull):
            return True
        failure = failure.__cause__
    return False
