"""Answers to the questions of commands on rosters."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from domain.kernel.ids import SEGMENT, USER, SegmentId, uuid_in
from domain.memberships.snapshot import MemberLookup
from domain.people.identifiers.lookup import UserKey
from projections.snapshot.base import ON_THE_SITE, SqlSnapshot

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


class SqlRosterSnapshot(SqlSnapshot):
    """See domain.memberships.snapshot.RosterSnapshot."""

    def look_up(self, segment: SegmentId, by: UserKey, keys: Sequence[str]) -> MemberLookup:
        """See RosterSnapshot."""
        kind = "uuid" if by is UserKey.ID else "text"
        query = _USERS.format(kind=kind, column=KEY_COLUMNS[by], on_the_site=ON_THE_SITE)
        wanted = [uuid_in(key, USER) for key in keys] if by is UserKey.ID else list(keys)
        users: dict[str, str] = {}
        members: set[str] = set()
        self._cursor.execute(query.encode(), [wanted, uuid_in(segment, SEGMENT)])
        for place, digits, is_in in self._cursor:
            user = f"{USER}_{digits}"
            users[keys[place - 1]] = user
            if is_in:
                members.add(user)
        return MemberLookup(users, members)

    def segments_of(self, user_id: str) -> AbstractSet[str]:
        """See RosterSnapshot."""
        rows = self._rows(_SEGMENTS, [uuid_in(user_id, USER)])
        return {f"{SEGMENT}_{digits}" for (digits,) in rows}
