"""What uploads are decided on: one position of the read model, asked by a command's own thread."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Cursor

from domain.kernel.ids import SEGMENT, USER, uuid_in
from domain.kernel.principal import Role
from domain.people.lookup import UserKey
from domain.uploads.snapshot import Found, KnownSegment, KnownUser, Standing
from projections.engine.snapshot import Pool, snapshot
from projections.people.row import PERSON_COLUMNS, person_of
from projections.snapshot.rosters import KEY_COLUMNS, ON_THE_SITE

_SEGMENT = "number, replace(id::text, '-', ''), version, name, description, visible, status"
_USER = f"number, replace(id::text, '-', ''), version, roles, status, {PERSON_COLUMNS}"


class UploadReadModel:
    """See domain.uploads.snapshot.ReadModel. Safe to share between threads."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @contextmanager
    def standing(self, at_least: int) -> Iterator[Standing]:
        """See ReadModel."""
        with snapshot(self._pool, at_least) as (position, cursor):
            yield PrimedStanding(position, cursor)


class PrimedStanding:
    """See domain.uploads.snapshot.Standing."""

    def __init__(self, position: int, cursor: Cursor[Any]) -> None:
        self.position = position
        self._cursor = cursor

    def segments(self, keys: Collection[str]) -> dict[str, KnownSegment]:
        """See Standing."""
        ids = {uuid: key for key in keys if (uuid := uuid_in(key, SEGMENT)) is not None}
        found = {ids[row[0]]: _segment(row[1:]) for row in self._rows("id", _SEGMENT, list(ids))}
        by_code = self._rows("code_key", _SEGMENT, list(keys))
        return found | {row[0]: _segment(row[1:]) for row in by_code}

    def found(self, by: UserKey, keys: Collection[str]) -> dict[str, Found]:
        """See Standing."""
        column = KEY_COLUMNS[by]
        query = (
            f"SELECT {column}, u.number, replace(u.id::text, '-', '') FROM users u"
            f" JOIN unnest(%s::text[]) AS wanted (key) ON {column} = wanted.key AND {ON_THE_SITE}"
        )
        self._cursor.execute(query.encode(), [list(keys)])
        return {key: Found(number, f"{USER}_{digits}") for key, number, digits in self._cursor}

    def users(self, by: UserKey, keys: Collection[str]) -> dict[str, KnownUser]:
        """See Standing."""
        column = KEY_COLUMNS[by]
        query = f"SELECT {column}, {_USER} FROM users u WHERE {column} = ANY(%s) AND {ON_THE_SITE}"
        self._cursor.execute(query.encode(), [list(keys)])
        return {row[0]: _user(row[1:]) for row in self._cursor}

    def members(self, pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """See Standing."""
        if not pairs:
            return set()
        segments, users = zip(*pairs, strict=True)
        self._cursor.execute(
            "SELECT m.segment, m.member FROM members m"
            " JOIN unnest(%s::integer[], %s::integer[]) AS wanted (segment, member)"
            " USING (segment, member)",
            [list(segments), list(users)],
        )
        return set(self._cursor.fetchall())

    def active_site_admins(self) -> set[str]:
        """See Standing."""
        self._cursor.execute(
            "SELECT replace(id::text, '-', '') FROM users"
            " WHERE status = 'active' AND roles @> ARRAY[%s]",
            [Role.SITE_ADMIN.value],
        )
        return {f"{USER}_{digits}" for (digits,) in self._cursor}

    def _rows(self, column: str, columns: str, values: list[Any]) -> list[tuple[Any, ...]]:
        if not values:
            return []
        query = f"SELECT {column}, {columns} FROM segments WHERE {column} = ANY(%s)"
        self._cursor.execute(query.encode(), [values])
        return self._cursor.fetchall()


def _segment(row: tuple[Any, ...]) -> KnownSegment:
    number, digits, version, name, description, visible, status = row
    return KnownSegment(
        number=number,
        id=f"{SEGMENT}_{digits}",
        version=version,
        name=name,
        description=description,
        visible=visible,
        archived=status == "archived",
    )


def _user(row: tuple[Any, ...]) -> KnownUser:
    number, digits, version, roles, status, *person = row
    return KnownUser(
        number=number,
        id=f"{USER}_{digits}",
        version=version,
        person=person_of(person),
        roles=frozenset(map(Role, roles)),
        active=status == "active",
    )
