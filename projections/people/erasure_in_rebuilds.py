"""Erases users in the read models beside the one that is read, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor, sql

from projections.engine.names import BESIDE, READ_MODEL

_EMPTY = """
    UPDATE {} SET username = '', email = '', email_key = '', first_name = '', last_name = '',
        code = NULL, code_key = NULL, name_key = '', search = '', roles = '{{}}', status = 'erased'
    WHERE id = ANY(%s)
"""
"""Leaves a row as the fold does for a destroyed key (row.py), so that the fold can go on from
it.
"""

UNUSABLE_VERSION = 0
"""The version of a read model that no projector can go on with."""


def erase_in_rebuilds(cursor: Cursor[Any], ids: Sequence[str]) -> None:
    """Erases users in the transaction in which the read model itself erases them.

    A read model of another release may keep personal data elsewhere: all rows of users are deleted
    there, and nobody can switch to it any more.
    """
    if _is_there(cursor, "current_schema() = %s", READ_MODEL):
        for schema in BESIDE:
            if _is_there(cursor, "to_regclass(%s) IS NOT NULL", f"{schema}.progress"):
                _forget_in(cursor, schema, ids)


def _forget_in(cursor: Cursor[Any], schema: str, ids: Sequence[str]) -> None:
    progress, users = sql.Identifier(schema, "progress"), sql.Identifier(schema, "users")
    # Its projector writes before this, or after the keys are destroyed; not in between.
    held = sql.SQL("SELECT version = (SELECT version FROM progress) FROM {} FOR UPDATE")
    if cursor.execute(held.format(progress)).fetchone() == (True,):
        cursor.execute(sql.SQL(_EMPTY).format(users), [ids])
        return
    cursor.execute(sql.SQL("UPDATE {} SET version = %s").format(progress), [UNUSABLE_VERSION])
    if _is_there(cursor, "to_regclass(%s) IS NOT NULL", f"{schema}.users"):
        cursor.execute(sql.SQL("DELETE FROM {}").format(users))


def _is_there(cursor: Cursor[Any], condition: str, name: str) -> bool:
    return cursor.execute(f"SELECT {condition}".encode(), [name]).fetchone() == (True,)
