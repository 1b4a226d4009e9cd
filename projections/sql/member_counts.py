"""The number of members of a segment, now or at a position, and the position of its last
deletion.
"""

from __future__ import annotations

from projections.sql.database import Database

COUNT_THEN = """
    SELECT member_count FROM roster_counts
    WHERE roster_counts.number = {segment} AND roster_counts.from_position <= %s
    ORDER BY roster_counts.from_position DESC LIMIT 1
"""
"""Selects the last count that had begun at a position: one step into an index, however often it
changed.
"""


_DELETED = """
    SELECT coalesce(max(to_position), 0) FROM roster_ends WHERE segment = %s AND to_position <= %s
"""
NOW = 2**63 - 2
"""A position at which only what holds now holds."""


async def last_deletion(database: Database, segment: int, as_of: int | None = None) -> int:
    """Returns the position of the segment's last deletion, before `as_of` if given; 0 for never.
    Users who were added before it are no members.
    """
    rows = await database.fetch(_DELETED, [segment, NOW if as_of is None else as_of])
    return int(rows[0][0])


async def member_count(database: Database, segment: int, as_of: int | None = None) -> int:
    """Returns the exact count, by the segment's number; 0 for a segment that never was."""
    if as_of is None:
        query = "SELECT member_count FROM rosters WHERE number = %s"
        rows = await database.fetch(query, [segment])
    else:
        rows = await database.fetch(COUNT_THEN.format(segment="%s"), [segment, as_of])
    return int(rows[0][0]) if rows else 0
