"""What commands on rosters are primed with: one position of the read model, asked by a command's
own thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, Cursor, IsolationLevel
from psycopg_pool import ConnectionPool

from domain.kernel.ids import SEGMENT, USER, SegmentId, uuid_in
from domain.kernel.read_model_late import ReadModelLate
from domain.memberships.directory import KnownSegments, KnownUsers
from domain.people.lookup import UserKey

Pool = ConnectionPool[Connection[Any]]

ON_THE_SITE = "u.status IN ('active', 'suspended')"

KEY_COLUMNS = {
    UserKey.ID: "u.id",
    UserKey.USERNAME: "u.username",
    UserKey.EMAIL: "u.email_key",
    UserKey.CODE: "u.code_key",
}

_USERS = """
    SELECT wanted.place, replace(u.id::text, '-', ''), m.member IS NOT NULL
    FROM unnest(%s::{kind}[]) WITH ORDINALITY AS wanted (key, place)
    JOIN users u ON {column} = wanted.key AND {on_the_site}
    LEFT JOIN members m ON m.member = u.number
        AND m.segment = (SELECT number FROM segment_numbers WHERE id = %s)
"""

_SEGMENTS = """
    SELECT replace(s.id::text, '-', '') FROM members m
    JOIN users u ON u.number = m.member
    JOIN segment_numbers s ON s.number = m.segment
    WHERE u.id = %s
"""


class PrimedDirectory:
    """See domain.memberships.directory.Directory. Safe to share between threads."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def users(self, segment: SegmentId, by: UserKey, keys: Sequence[str]) -> KnownUsers:
        """See Directory."""
        kind = "uuid" if by is UserKey.ID else "text"
        query = _USERS.format(kind=kind, column=KEY_COLUMNS[by], on_the_site=ON_THE_SITE)
        wanted = [uuid_in(key, USER) for key in keys] if by is UserKey.ID else list(keys)
        found: dict[str, str] = {}
        members: set[str] = set()
        with snapshot(self._pool) as (position, cursor):
            cursor.execute(query.encode(), [wanted, uuid_in(segment, SEGMENT)])
            for place, digits, is_in in cursor:
                user = f"{USER}_{digits}"
                found[keys[place - 1]] = user
                if is_in:
                    members.add(user)
        return KnownUsers(position, found, members)

    def segments_of(self, user_id: str) -> KnownSegments:
        """See Directory."""
        with snapshot(self._pool) as (position, cursor):
            cursor.execute(_SEGMENTS, [uuid_in(user_id, USER)])
            return KnownSegments(position, {f"{SEGMENT}_{digits}" for (digits,) in cursor})


@contextmanager
def snapshot(pool: Pool, at_least: int = 0) -> Iterator[tuple[int, Cursor[Any]]]:
    """The read model at one position, however many questions are asked in the block. ReadModelLate
    when it is not at `at_least` yet.

    Names of tables are looked up anew by each question, and would mean another schema once the
    read model has been switched: with rows in it that this transaction cannot see. So the switch is
    held back (projections/rebuild/switch.py); the lock comes first, as it takes no snapshot itself.
    """
    with pool.connection() as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        try:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute("LOCK TABLE progress IN ACCESS SHARE MODE")
                row = cursor.execute("SELECT position FROM progress").fetchone()
                if row is None:
                    raise LookupError("the read model is not there yet")
                if row[0] < at_least:
                    raise ReadModelLate(at_least)
                yield int(row[0]), cursor
        finally:
            connection.isolation_level = None
            connection.read_only = None
