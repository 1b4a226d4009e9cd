"""What commands on rosters are primed with: one position of the read model, asked by a command's
own thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.ids import SEGMENT, USER, SegmentId, uuid_in
from domain.memberships.snapshot import KnownSegments, KnownUsers
from domain.people.lookup import UserKey
from projections.engine.snapshot import Pool, snapshot

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
    """See domain.memberships.snapshot.Directory. Safe to share between threads."""

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
