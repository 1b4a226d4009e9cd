"""Answers to the questions of uploads, many rows at a time."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from domain.kernel.ids import SEGMENT, USER, SegmentId, uuid_in
from domain.kernel.principal import Role
from domain.people.identifiers.lookup import UserKey
from domain.uploads.snapshot import ExistingSegment, ExistingUser, FoundUser
from projections.people.row import PERSON_COLUMNS, person_of
from projections.segments.row import SEGMENT_COLUMNS, segment_of
from projections.snapshot.base import ON_THE_SITE, SqlSnapshot
from projections.snapshot.rosters import KEY_COLUMNS

_SEGMENT = f"number, replace(id::text, '-', ''), version, {SEGMENT_COLUMNS}"
_USER = f"number, replace(id::text, '-', ''), version, roles, status, {PERSON_COLUMNS}"


class SqlUploadSnapshot(SqlSnapshot):
    """See domain.uploads.snapshot.UploadSnapshot."""

    def segments_named(self, keys: Collection[str]) -> dict[str, ExistingSegment]:
        """See UploadSnapshot."""
        ids = {uuid: key for key in keys if (uuid := uuid_in(key, SEGMENT)) is not None}
        found = {ids[row[0]]: _segment(row[1:]) for row in self._known("id", _SEGMENT, list(ids))}
        by_code = self._known("code_key", _SEGMENT, list(keys))
        return found | {row[0]: _segment(row[1:]) for row in by_code}

    def find_users(self, by: UserKey, keys: Collection[str]) -> dict[str, FoundUser]:
        """See UploadSnapshot."""
        column = KEY_COLUMNS[by]
        query = (
            f"SELECT {column}, u.number, replace(u.id::text, '-', '') FROM users u"
            f" JOIN unnest(%s::text[]) AS wanted (key) ON {column} = wanted.key AND {ON_THE_SITE}"
        )
        self._cursor.execute(query.encode(), [list(keys)])
        return {key: FoundUser(number, f"{USER}_{digits}") for key, number, digits in self._cursor}

    def users_named(self, by: UserKey, keys: Collection[str]) -> dict[str, ExistingUser]:
        """See UploadSnapshot."""
        column = KEY_COLUMNS[by]
        query = f"SELECT {column}, {_USER} FROM users u WHERE {column} = ANY(%s) AND {ON_THE_SITE}"
        self._cursor.execute(query.encode(), [list(keys)])
        return {row[0]: _user(row[1:]) for row in self._cursor}

    def memberships(self, pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """See UploadSnapshot."""
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
        """See UploadSnapshot."""
        self._cursor.execute(
            "SELECT replace(id::text, '-', '') FROM users"
            " WHERE status = 'active' AND roles @> ARRAY[%s]",
            [Role.SITE_ADMIN.value],
        )
        return {f"{USER}_{digits}" for (digits,) in self._cursor}

    def _known(self, column: str, columns: str, values: list[Any]) -> list[tuple[Any, ...]]:
        if not values:
            return []
        query = f"SELECT {column}, {columns} FROM segments WHERE {column} = ANY(%s)"
        self._cursor.execute(query.encode(), [values])
        return self._cursor.fetchall()


def _segment(row: tuple[Any, ...]) -> ExistingSegment:
    number, digits, version, *columns = row
    return ExistingSegment(number, segment_of(SegmentId(f"{SEGMENT}_{digits}"), version, columns))


def _user(row: tuple[Any, ...]) -> ExistingUser:
    number, digits, version, roles, status, *person = row
    return ExistingUser(
        number=number,
        id=f"{USER}_{digits}",
        version=version,
        person=person_of(person),
        roles=frozenset(map(Role, roles)),
        active=status == "active",
    )
