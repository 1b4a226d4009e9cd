"""Snapshots of the site for commands with a long story, asked by a command's own thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Any

from psycopg import Cursor

from domain.kernel.ids import SEGMENT, USER, SegmentId, segment_id_of, user_id_of, uuid_in
from domain.kernel.principal import Role
from domain.kernel.values import CodeKey
from domain.people.lookup import UserKey
from domain.people.state import User
from domain.segments.state import Segment
from domain.snapshot import Snapshot
from projections.engine.snapshot import Pool, snapshot
from projections.people.row import HASH_COLUMNS, USER_COLUMNS, user_of
from projections.segments.row import SEGMENT_COLUMNS, segment_of
from projections.site import VERSION
from projections.snapshot.rosters import ON_THE_SITE

_SEGMENT = f"SELECT version, {SEGMENT_COLUMNS} FROM segments WHERE id = %s"
_CODE_HOLDER = "SELECT id FROM segments WHERE code_key = %s"
_USER = f"SELECT {USER_COLUMNS} FROM users WHERE id = %s"
_IDENTIFIER_HOLDER = f"SELECT id FROM users u WHERE {{column}} = %s AND {ON_THE_SITE}"
_SITE_ADMINS = f"SELECT id FROM users u WHERE roles @> ARRAY[%s] AND {ON_THE_SITE}"
_SUSPENDED = "SELECT id FROM users WHERE id = ANY(%s) AND status = 'suspended'"


class SiteSnapshots:
    """See domain.snapshot.Snapshots. Safe to share between threads."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @contextmanager
    def open(self) -> Iterator[Snapshot | None]:
        """See Snapshots."""
        with snapshot(self._pool) as (position, cursor):
            [(version,)] = cursor.execute("SELECT version FROM progress").fetchall()
            yield SiteSnapshot(position, cursor) if version == VERSION else None


class SiteSnapshot:
    """See domain.snapshot.Snapshot."""

    def __init__(self, position: int, cursor: Cursor[Any]) -> None:
        self.position = position
        self._cursor = cursor

    def segment(self, segment_id: str) -> Segment | None:
        """See SegmentSnapshot."""
        for version, *columns in self._rows(_SEGMENT, [uuid_in(segment_id, SEGMENT)]):
            return segment_of(SegmentId(segment_id), version, columns)
        return None

    def code_holder(self, key: CodeKey) -> SegmentId | None:
        """See SegmentSnapshot."""
        return next((segment_id_of(uuid) for (uuid,) in self._rows(_CODE_HOLDER, [key])), None)

    def user(self, user_id: str) -> User | None:
        """See PeopleSnapshot."""
        for columns in self._rows(_USER, [uuid_in(user_id, USER)]):
            return user_of(user_id, columns)
        return None

    def identifier_holder(self, by: UserKey, hashed: str) -> str | None:
        """See PeopleSnapshot."""
        query = _IDENTIFIER_HOLDER.format(column=HASH_COLUMNS[by])
        return next((user_id_of(uuid) for (uuid,) in self._rows(query, [hashed])), None)

    def site_admins(self) -> AbstractSet[str]:
        """See PeopleSnapshot."""
        rows = self._rows(_SITE_ADMINS, [Role.SITE_ADMIN.value])
        return {user_id_of(uuid) for (uuid,) in rows}

    def suspended(self, user_ids: AbstractSet[str]) -> AbstractSet[str]:
        """See PeopleSnapshot."""
        uuids = [uuid_in(user_id, USER) for user_id in user_ids]
        return {user_id_of(uuid) for (uuid,) in self._rows(_SUSPENDED, [uuids])}

    def _rows(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self._cursor.execute(query.encode(), values).fetchall()
