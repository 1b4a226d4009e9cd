"""Deletes the data of an erased user that is outside their row of the read model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from projections.people.erasure_in_rebuilds import erase_in_rebuilds
from projections.people.row import UserRow

_KEYS = "SELECT vault.destroy_keys(%s)"
_ACTORS = "SELECT identity.forget_actors(%s)"
_REJECTED_ROWS = "uploads.rejected_rows"


def erase(cursor: Cursor[Any], erased: Sequence[UserRow]) -> None:
    """Deletes it in the very transaction that folds their erasure: it happens with it, or not at
    all.

    Without the key nothing in the log tells who they were. Names of actors that a token called as
    it would them go, too. Kept rows of uploaded files may name anybody: all of them go, once; not
    again when a read model is built anew, which finds the key destroyed.
    """
    if not erased:
        return
    ids = [row.id for row in erased]
    erase_in_rebuilds(cursor, ids)
    [(destroyed,)] = cursor.execute(_KEYS, [ids]).fetchall()
    cursor.execute(_ACTORS, [ids])
    if destroyed and _is_there(cursor, _REJECTED_ROWS):
        cursor.execute(f"DELETE FROM {_REJECTED_ROWS}".encode())


def _is_there(cursor: Cursor[Any], table: str) -> bool:
    row = cursor.execute("SELECT to_regclass(%s)", [table]).fetchone()
    return row is not None and row[0] is not None
