"""Events that cannot be applied to the ones before them: recorded in a table, so that they are
reported.
"""

from __future__ import annotations

import psycopg
from psycopg import Cursor
from psycopg.rows import TupleRow

UNFIT = (ValueError, LookupError, psycopg.IntegrityError, psycopg.DataError)
"""The exceptions of a fold, or of the database, for an event that cannot be valid there."""

_KEEP = "INSERT INTO unfit_events (position, why) VALUES (%s, %s)"


def keep(cursor: Cursor[TupleRow], position: int, why: str) -> None:
    """Records an event that could not be applied as it is."""
    cursor.execute(_KEEP, [position, why])


def why_of(failure: Exception) -> str:
    """Returns the reason, without what the database says of values: they may be personal."""
    if isinstance(failure, psycopg.Error):
        return f"{type(failure).__name__} {failure.diag.constraint_name or ''}".rstrip()
    return str(failure.args[0]) if failure.args else type(failure).__name__
